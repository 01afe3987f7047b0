"""Exchanged values stay under their slot and in their place."""

import random

from bench.nlu.exchange import exchange, values_of
from nlu.types import Role, Span
from training.examples import Example


def row(act: str, text: str, *spans: tuple[str, str]) -> Example:
    places = [(slot, text.index(value), value) for slot, value in spans]
    found = tuple(Span(slot, Role.VALUE, start, start + len(value), value) for slot, start, value in places)
    return Example(text, "en", (act,), found, {}, "test")


ROWS = [
    row("book", "a table in rome at noon please", ("city", "rome"), ("time", "noon")),
    row("book", "at half past six in new york", ("time", "half past six"), ("city", "new york")),
    row("travel", "fly to ulm", ("city", "ulm")),
]


def changed() -> list[Example]:
    rng = random.Random(1)
    return [exchange(ROWS[0], values_of(ROWS), rng) for _ in range(40)]


def test_a_value_is_exchanged_for_another_of_its_slot_and_intent() -> None:
    assert {new.text for new in changed()} == {
        f"a table in {city} at {time} please" for city in ("rome", "new york") for time in ("noon", "half past six")
    }


def test_every_span_still_covers_its_words() -> None:
    for new in changed():
        assert [new.text[span.start : span.end] for span in new.spans] == [span.text for span in new.spans]
        assert [span.label for span in new.spans] == ["city", "time"]


def test_a_slot_of_a_few_words_keeps_the_word_it_has() -> None:
    rows = [
        row("rate", f"five {unit}", ("unit", unit))
        for unit in ("stars", "stars", "stars", "points", "points", "stars", "stars")
    ]
    assert values_of(rows) == {}
    assert exchange(rows[0], values_of(rows), random.Random(1)) == rows[0]


def test_a_row_without_spans_stays_as_it_is() -> None:
    plain = row("book", "hello")
    assert exchange(plain, values_of(ROWS), random.Random(1)) == plain
