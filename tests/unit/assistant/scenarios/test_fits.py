"""Scenarios that speak of what a domain has not."""

from pathlib import Path

import pytest

from assistant.domain import load_domain
from assistant.errors import BadDomain
from assistant.scenarios.files import load, load_all
from assistant.scenarios.fits import refuse_foreign

SALON = load_domain(Path("domains/salon"))
FILE = """\
id: T1
clock: 2026-06-10T14:00:00+09:00
time_zone: Asia/Seoul
fixtures:
  full:
    - {restaurant: main, date: 2026-06-12, time: "15:00", service: cut, staff: mina}
start:
  slots: {service: cut}
  profile: {phone: 010-1234-5678}
turns:
  - say: {en: "at three"}
    slots: {service: cut, date: 2026-06-12, time: "15:00"}
    cleared: [stylist]
    candidates: {name: [Kim, Lee]}
    flags: {time: inferred}
    state: collecting
    ask: [name, what_to_change]
"""


def test_a_scenario_of_the_domain_itself_fits(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(FILE)
    refuse_foreign(tmp_path / "t.yaml", load(tmp_path / "t.yaml"), SALON)


@pytest.mark.parametrize(("folder", "domain"), [("tests/canary", "restaurant"), ("tests/scenarios-salon", "salon")])
def test_the_dialogues_that_decide_a_promotion_fit_their_domain(folder: str, domain: str) -> None:
    for path in sorted(Path(folder).glob("*.yaml")):
        refuse_foreign(path, load(path), load_domain(Path("domains", domain)))
    assert load_all([Path(folder)])


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("cleared: [stylist]", "cleared: [stylst]", "13: turns.0.cleared.stylst", "did you mean 'stylist'"),
        ("candidates: {name:", "candidates: {nmae:", "14: turns.0.candidates.nmae", "did you mean 'name'"),
        ("flags: {time:", "flags: {tiem:", "15: turns.0.flags.tiem", "did you mean 'time'"),
        ("ask: [name,", "ask: [nam,", "17: turns.0.ask.nam", "did you mean 'name'"),
        ("profile: {phone:", "profile: {fone:", "9: start.profile.fone", "did you mean 'phone'"),
        ("slots: {service: cut}", "slots: {service: cutt}", "8: start.slots.service", "did you mean 'cut'"),
        ("slots: {service: cut, ", "slots: {servce: cut, ", "12: turns.0.slots.servce", "did you mean 'service'"),
        ("slots: {service: cut, ", "slots: {service: massage, ", "12: turns.0.slots.service", "known are cut, styling"),
        (
            '"15:00"}\n    cleared',
            '"3 pm"}\n    cleared',
            "12: turns.0.slots.time",
            "must be a time like \"19:00\", not '3 pm'",
        ),
        ("restaurant: main", "restaurant: mian", "6: fixtures.full.0.restaurant", "did you mean 'main'"),
        ("staff: mina", "staff: nina", "6: fixtures.full.0.staff", "did you mean 'mina'"),
    ],
)
def test_a_slot_or_value_that_the_domain_has_not_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, place: str, said: str
) -> None:
    assert FILE.count(old) == 1
    path = tmp_path / "t.yaml"
    path.write_text(FILE.replace(old, new))
    with pytest.raises(BadDomain, match=said) as raised:
        refuse_foreign(path, load(path), SALON)
    assert raised.value.field == f"{path}:{place}"
