"""Pointing at one of the values in question by its place."""

from dataclasses import replace

import pytest

from assistant.composer.offered import pointed_at
from assistant.types import Conversation, Op, Slot, Status
from tests.support.annotated import DOMAIN, Talk, draft

DAYS = ("2026-06-19", "2026-06-12")
"""As they were offered: the later one first."""


def asked(name: str, slot: Slot | None = None) -> Conversation:
    conversation = draft({}, asked=name)
    return conversation.with_slots({name: slot}) if slot else conversation


def set_by(words: str, conversation: Conversation) -> str | None:
    first = Talk(conversation).operations(f"|{words}")[0]
    return first.value.candidates[0] if first.op is Op.SET and first.value else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The later one.", DAYS[0]),
        ("ok let's go with the earlier", DAYS[1]),
        ("um, the first one please", DAYS[0]),
        ("second one works", DAYS[1]),
        ("the latter", DAYS[1]),
        ("I'd prefer the last date you mentioned", DAYS[1]),
        ("두 번째요", DAYS[1]),
        ("더 빠른 날로 해 주세요", DAYS[1]),
        ("the first you said", DAYS[0]),
        ("earlier of the two please", DAYS[1]),
        ("뒤에 거", DAYS[1]),
        ("늦은 쪽이 좋아요", DAYS[0]),
    ],
)
def test_a_guest_points_at_one_of_two_days(words: str, day: str) -> None:
    assert set_by(words, asked("date", Slot(Status.CANDIDATES, candidates=DAYS))) == day


@pytest.mark.parametrize(
    "words", ["later", "나중에요", "the first", "make it later", "the third one", "not the first one"]
)
def test_words_that_point_at_none_of_the_two_are_left_to_the_tagger(words: str) -> None:
    assert set_by(words, asked("date", Slot(Status.CANDIDATES, candidates=DAYS))) not in DAYS


def test_of_the_venues_offered_the_place_is_that_of_the_question() -> None:
    assert set_by("the second one", asked("restaurant")) == "morning_cup"
    assert set_by("첫 번째로 할게요", asked("restaurant")) == "hanok_table"
    assert set_by("the later one", asked("restaurant")) is None


def test_a_slot_that_holds_one_value_has_nothing_to_point_at() -> None:
    assert set_by("the first one", asked("restaurant", Slot(Status.FILLED, value="hanok_table"))) is None


def test_of_a_range_of_times_the_earliest_is_where_it_begins() -> None:
    assert set_by("the earliest", asked("time", Slot(Status.CANDIDATES, bounds=("17:00", "21:00")))) == "17:00"


def test_beside_other_words_the_span_is_what_points() -> None:
    conversation = asked("date", Slot(Status.CANDIDATES, candidates=DAYS))
    first, second = Talk(conversation).operations("|my wife says [the later one](date), and [four of us](party_size)")
    assert first.value is not None
    assert (first.slots, first.value.candidates, second.slots) == (("date",), (DAYS[0],), ("party_size",))


def test_words_that_point_where_nothing_is_in_question_set_no_time() -> None:
    (operation,) = Talk(draft({}, asked="name")).operations("|and [the later one](time) for Tom")
    assert operation.op is Op.UNKNOWN


@pytest.mark.parametrize(
    ("words", "day"),
    [("no, the later one", DAYS[0]), ("hmm, actually the other one please", DAYS[0]), ("the first one", DAYS[0])],
)
def test_a_guest_thinks_better_of_the_value_just_chosen(words: str, day: str) -> None:
    talk = Talk(asked("date", Slot(Status.CANDIDATES, candidates=DAYS)))
    talk.hear("|the earlier one")
    assert set_by(words, replace(talk.conversation, asked="name")) == day


def test_once_something_else_was_said_nothing_is_left_to_choose_from() -> None:
    talk = Talk(asked("date", Slot(Status.CANDIDATES, candidates=DAYS)))
    talk.hear("|the earlier one")
    talk.hear("|[four people](party_size)", asked="party_size")
    assert set_by("no, the later one", replace(talk.conversation, asked="name")) is None


def test_somebody_elses_taste_points_too() -> None:
    offered = Slot(Status.CANDIDATES, candidates=("12:00", "13:30"))
    time = DOMAIN.slot("time")
    assert time is not None
    assert pointed_at("아내가 늦은 게 좋대요", time, offered) == "13:30"


@pytest.mark.parametrize(
    ("words", "size"),
    [("the larger one, to be safe", "9"), ("적은 쪽으로 할게요", "8"), ("pick the smaller number", "8")],
)
def test_of_two_numbers_the_larger_or_the_smaller_is_pointed_at(words: str, size: str) -> None:
    people = DOMAIN.slot("party_size")
    assert people is not None
    assert pointed_at(words, people, Slot(Status.CANDIDATES, candidates=("8", "9"))) == size
