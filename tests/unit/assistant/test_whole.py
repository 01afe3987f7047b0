"""What a message means as a whole."""

from __future__ import annotations

import pytest

from assistant.types import Op, Operation, Pending, Phase
from tests.support.annotated import FRIDAY, Talk, draft


def _at_the_read_back(annotated: str, pending: Pending = Pending.CREATE, **held: str) -> list[Operation]:
    return list(Talk(draft({**FRIDAY, **held}, phase=Phase.CONFIRMING, pending=pending)).operations(annotated))


@pytest.mark.parametrize(
    "annotated", ["cancel_change|nah, keep the rest", "deny+cancel_change|no no everything else stays!!"]
)
def test_a_no_that_only_keeps_the_rest_leaves_the_read_back_as_it_is(annotated: str) -> None:
    assert [one.op for one in _at_the_read_back(annotated)] == [Op.CHITCHAT]


@pytest.mark.parametrize("annotated", ["deny|Hmm no, drop that change", "undo|scrap the change"])
def test_at_the_read_back_of_a_change_the_change_alone_ends(annotated: str) -> None:
    (operation,) = _at_the_read_back(annotated, Pending.MODIFY)
    assert (operation.op, operation.scope) == (Op.CANCEL, "change")


@pytest.mark.parametrize("annotated", ["unknown|No further wishes. Confirm.", "deny|nothing to add, go ahead"])
def test_who_has_nothing_to_add_and_asks_for_it_says_yes(annotated: str) -> None:
    assert [one.op for one in _at_the_read_back(annotated)] == [Op.AFFIRM]
    assert Op.AFFIRM not in [one.op for one in _at_the_read_back(annotated, Pending.CANCEL)]


def test_a_party_is_doubled() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|double the party please")
    assert talk.values["party_size"] == "8"


def test_the_last_digit_of_the_number_is_put_right() -> None:
    talk = Talk(draft({**FRIDAY, "phone": "010-4471-2209"}))
    talk.hear("|the last digit is wrong, it ends in [8](number)")
    assert talk.values["phone"] == "010-4471-2208"


@pytest.mark.parametrize(
    ("annotated", "mentioned", "asked", "changed"),
    [
        ("|wait no [8](number) sry", ("time",), "party_size", {"time": "20:00"}),
        ("|Negative, [1800](number).", ("time",), "name", {"time": "18:00"}),
        ("|[6](number)", ("time",), "party_size", {"party_size": "6"}),
        ("|mia isnt coming so [3](number)", (), "name", {"party_size": "3"}),
        ("|the bus isnt coming so [3](number)", (), "name", {}),
        ("|without [Tom](name.old) we're [3](number)", (), "phone", {"party_size": "3"}),
        ("|my sister wanted [6 pm](time) but [8 pm](time) suits me", (), "name", {"time": "20:00"}),
        ("|we came in 1998 when one sat [wherever](slot_ref.any)", (), "name", {}),
        ("|the kids are [3 and 5](party_size)", (), "name", {}),
        ("|[kia ora](name), hello there", (), "time", {}),
    ],
)
def test_a_value_is_of_what_the_words_around_it_tell(
    annotated: str, mentioned: tuple[str, ...], asked: str, changed: dict[str, str]
) -> None:
    talk = Talk(draft(FRIDAY, mentioned=mentioned))
    talk.hear(annotated, asked=asked)
    assert {name: value for name, value in talk.values.items() if FRIDAY.get(name) != value} == changed


def test_company_alone_is_the_party_though_nothing_was_seen() -> None:
    talk = Talk(draft({name: value for name, value in FRIDAY.items() if name != "party_size"}))
    talk.hear("unknown|me + my photographer", asked="restaurant")
    assert talk.values["party_size"] == "2"
