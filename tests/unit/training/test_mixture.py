"""What an epoch consists of."""

import random
from pathlib import Path

from assistant.import_rasa.run import import_rasa
from nlu.labels import labels_for
from nlu.types import Role, Span
from training.examples import Example, read_kinds
from training.mixture import data_hash, draw_epoch, hold_out, read_pools


def example(text: str, template: str = "", *, clears: bool = False) -> Example:
    spans = (Span("slot_ref", Role.CLEAR, 0, 1, text[0]),) if clears else ()
    return Example(text, "en", (), spans, template=template or text)


def test_wordings_of_one_template_are_never_on_both_sides() -> None:
    rows = [example(f"{template} {number}", f"t{template}") for template in range(40) for number in range(5)]
    split = hold_out({("grammar", "en"): rows}, {"grammar": 0.3}, most=1000)
    learnt = {row.template for row in split.train["grammar", "en"]}
    held = {row.template for row in split.dev["grammar", "en"]}
    assert learnt
    assert held
    assert not learnt & held


def test_rows_written_late_are_held_out_as_often_as_those_written_first() -> None:
    rows = [example(f"row {number}") for number in range(1000)]
    split = hold_out({("hand", "en"): rows}, {"hand": 0.5}, most=100)
    late = sum(int(row.text.split()[1]) >= 500 for row in split.dev["hand", "en"])
    assert len(split.dev["hand", "en"]) == 100
    assert 35 <= late <= 65


def test_a_text_that_is_held_out_is_not_learnt_from_another_source() -> None:
    rows = [example(f"text {number}") for number in range(60)]
    pools = {("hand", "en"): rows, ("grammar", "en"): [example(row.text + ".", "other") for row in rows]}
    split = hold_out(pools, {"hand": 0.3, "grammar": 0.0}, most=1000)
    held = {row.text for row in split.dev["hand", "en"]}
    assert held
    assert not held & {row.text.rstrip(".") for row in split.train["grammar", "en"]}


def test_shares_and_languages_and_clears_are_as_asked() -> None:
    pools = {
        ("hand", "en"): [example(f"e{n}") for n in range(5)] + [example("x", clears=True)],
        ("hand", "ko"): [example(f"k{n}") for n in range(9)],
        ("talk", "en"): [example(f"t{n}") for n in range(300)],
    }
    drawn = draw_epoch(pools, {"hand": 1.0, "talk": 3.0, "absent": 9.0}, 400, 0.2, random.Random(1))
    first = [row.text[0] for row in drawn]
    assert (first.count("t"), first.count("k"), first.count("e"), first.count("x")) == (300, 50, 40, 10)


def test_every_row_is_seen_before_any_is_seen_twice_as_often() -> None:
    drawn = draw_epoch({("hand", "en"): [example(str(n)) for n in range(10)]}, {"hand": 1.0}, 25, 0.1, random.Random(1))
    seen = [sum(row.text == str(n) for row in drawn) for n in range(10)]
    assert min(seen) == 2
    assert max(seen) == 3


def test_the_data_hash_changes_with_a_label() -> None:
    one, other = {("hand", "en"): [example("a")]}, {("hand", "en"): [example("a", clears=True)]}
    assert data_hash(one) == data_hash(dict(one))
    assert data_hash(one) != data_hash(other)


def test_rows_are_lent_in_the_languages_of_the_domain(tmp_path: Path) -> None:
    clinic = import_rasa(Path("tests/data/rasa_clinic"), tmp_path, "clinic").folder
    labels = labels_for(read_kinds(clinic / "slots.yml"))
    pools = read_pools(clinic, tmp_path / "absent", labels, generated=0, seed=1, also=["domains/salon"])
    assert pools["shared", "en"]
    assert {lang for _, lang in pools} == {"en"}
