"""Rows of one domain in the words of another."""

from pathlib import Path

import pytest

from assistant.domain import load_domain
from nlu.labels import labels_for
from nlu.types import Role
from training.examples import Example, read_annotated
from training.shared import lend

ROOT = Path(__file__).parents[3]
RESTAURANT, SALON = load_domain(ROOT / "domains/restaurant"), load_domain(ROOT / "domains/salon")
LABELS = labels_for({slot.name: slot.kind for slot in RESTAURANT.slots})


def row(text: str, lang: str = "en", **hints: tuple[str, ...]) -> Example:
    words, spans = read_annotated(text, LABELS, "here:1")
    return Example(words, lang, (), spans, hints, "here:1", text)


def lent(example: Example) -> list[Example]:
    """What may come of a row: the same one many times over."""
    return [one for seed in range(20) for one in lend([example], RESTAURANT, SALON, seed)]


def test_what_is_the_same_everywhere_is_taken_as_it_stands() -> None:
    same = row("[tomorrow](date) at [7 pm](time), under [Kim Minsu](name)")
    assert lend([same], RESTAURANT, SALON, 1) == [same]


def test_a_row_about_something_that_we_lack_is_left_out() -> None:
    rows = [row("[four of us](party_size) [tomorrow](date)"), row("[4](number)", asked=("party_size",))]
    assert lend(rows, RESTAURANT, SALON, 1) == []


def test_a_choice_becomes_one_of_ours() -> None:
    names = {slot.name: {name for choice in slot.choices for name in choice.names} for slot in SALON.slots}
    rows = lent(row("book [Hanok Table](restaurant) for [Friday](date)", asked=("restaurant",)))
    assert {one.spans[0].label for one in rows} == {"service", "stylist"}
    for one in rows:
        value, day = one.spans
        assert value.text in names[value.label]
        assert one.text == f"book {value.text} for Friday"
        assert one.text[day.start : day.end] == day.text == "Friday"
        assert one.hints["asked"] == (value.label,)


def test_an_old_and_a_new_choice_are_different_ones() -> None:
    for one in lent(row("[terrace](seating) instead of [the hall](seating.old)")):
        new, old = one.spans
        assert (new.label, new.role, old.role) == (old.label, Role.VALUE, Role.OLD)
        assert new.text != old.text


def test_words_that_name_a_slot_we_lack_name_one_of_ours() -> None:
    refs = {ref for slot in SALON.slots for words in slot.refs.values() for ref in words}
    for one in lent(row("forget [the party size](slot_ref.clear)")):
        assert one.text.removeprefix("forget the ") in refs
    kept = row("forget [the time](slot_ref.clear), and [that](slot_ref.clear)")
    assert lend([kept], RESTAURANT, SALON, 1) == [kept]


@pytest.mark.parametrize(
    ("particles", "closed", "opened"),
    [("을", "을", "를"), ("이요", "이요", "요"), ("은 빼", "은 빼", "는 빼"), ("으로요", "으로요", "로요")],
)
def test_korean_particles_follow_the_new_word(particles: str, closed: str, opened: str) -> None:
    for one in lent(row(f"[룸](seating){particles}", "ko")):
        (value,) = one.spans
        last = value.text[-1]
        if not "가" <= last <= "힣":
            continue
        final = (ord(last) - ord("가")) % 28
        expected = closed if final and not (final == 8 and closed.startswith("으로")) else opened
        assert one.text == value.text + expected


def test_the_held_slots_of_a_context_are_translated_too() -> None:
    (one,) = lend(
        [row("[3](number)", asked=("time",), filled=("restaurant", "date", "party_size"))], RESTAURANT, SALON, 1
    )
    assert one.hints["filled"][0] in ("service", "stylist")
    assert one.hints["filled"][1:] == ("date",)
