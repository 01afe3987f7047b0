"""The conversation drawn for a row makes sense of its words."""

import random

import pytest

from assistant.types import Phase, Status
from nlu.labels import labels_for
from tests.support.annotated import DOMAIN
from training.alpaca_contexts import ODD_NAMES, Said, draw_conversation, stock_of
from training.examples import Example, Hints, read_annotated

LABELS = labels_for({spec.name: spec.kind for spec in DOMAIN.slots})


def example(annotated: str, acts: tuple[str, ...] = (), hints: Hints | None = None, lang: str = "en") -> Example:
    text, spans = read_annotated(annotated, LABELS, "test")
    return Example(text, lang, acts, spans, hints or {}, "test", text)


STOCK = stock_of(DOMAIN, [example("[Bob](name)"), example("[김민수](name)입니다", lang="ko")])


def drawn(one: Example, times: int = 60) -> list[Said]:
    return [draw_conversation(one, STOCK, random.Random(seed)) for seed in range(times)]


def test_names_are_those_that_the_rows_give() -> None:
    assert STOCK.names == {"en": ("Bob",), "ko": ("김민수",)}


def test_a_value_that_is_turned_down_is_mostly_held() -> None:
    held = [
        one.conversation.value("restaurant")
        for one in drawn(example('not [Morning Cup]{"entity": "restaurant", "role": "old"}'))
    ]
    assert held.count("morning_cup") > 50


def test_a_bare_number_that_is_turned_down_is_held_by_the_slot_of_its_successor() -> None:
    words = '[8 pm](time) not [7]{"entity": "number", "role": "old"}'
    held = [one.conversation.value("time") for one in drawn(example(words))]
    assert sum(value in ("07:00", "19:00") for value in held) > 50


def test_a_slot_that_is_named_to_be_cleared_mostly_holds_something() -> None:
    said = drawn(example('forget [the phone]{"entity": "slot_ref", "role": "clear"}'))
    assert sum(one.conversation.slot("phone").holds for one in said) > 50


def test_a_word_that_points_back_mostly_has_something_to_point_at() -> None:
    said = drawn(example('not [that]{"entity": "slot_ref", "role": "clear"}'))
    assert sum(len(one.conversation.mentioned) == 1 for one in said if one.conversation.slots) > 30


def test_what_a_row_says_of_its_context_binds() -> None:
    hints: Hints = {"asked": ("time",), "phase": ("collecting",), "filled": ("date",)}
    for one in drawn(example("[7](number)", hints=hints)):
        assert one.conversation.asked == "time"
        assert one.conversation.phase is Phase.COLLECTING
        assert set(one.conversation.slots) == {"date"}


def test_what_is_asked_though_it_is_held_is_being_changed() -> None:
    for one in drawn(example("[Friday](date)", hints={"asked": ("time",)})):
        slot = one.conversation.slot("time")
        assert one.conversation.attempt == ("time" if slot.status is Status.FILLED else None)


@pytest.mark.parametrize("spec", DOMAIN.slots, ids=lambda spec: spec.name)
def test_every_slot_can_be_filled_with_a_canonical_value(spec: object) -> None:
    name = spec.name  # type: ignore[attr-defined]
    said = drawn(example("ok", hints={"phase": ("confirming",), "filled": (name,)}))
    assert any(one.conversation.slot(name).status is Status.FILLED for one in said)


def test_nothing_is_held_before_a_task_begins() -> None:
    phases = {one.conversation.phase for one in drawn(example("hello", ("start",)), 300)}
    assert Phase.IDLE in phases
    assert not any(
        one.conversation.slots and one.conversation.phase is Phase.IDLE
        for one in drawn(example('forget [the phone]{"entity": "slot_ref", "role": "clear"}'), 300)
    )


def test_some_names_are_odd_and_none_is_ours_to_trust() -> None:
    said = drawn(example("ok", hints={"phase": ("confirming",), "filled": ("name",)}), 300)
    assert {one.conversation.value("name") for one in said} & set(ODD_NAMES)


def test_the_same_seed_gives_the_same_conversation() -> None:
    assert drawn(example("ok"), 5) == drawn(example("ok"), 5)
