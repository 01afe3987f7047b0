"""A number of children alone changes the children of a party that is split."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.types import Slot, Status
from tests.support.annotated import FRIDAY, Talk, draft


def _family(adults: int, children: int) -> Talk:
    parts = {"adults": str(adults), "children": str(children)}
    slot = Slot(Status.FILLED, value=str(adults + children), parts=parts)
    return Talk(replace(draft(FRIDAY).with_slots({"party_size": slot})))


@pytest.mark.parametrize(
    ("annotated", "children"),
    [
        ("|my eldest doesn't want to come, so only [two children](party_size)", "2"),
        ("|just [one kid](party_size) now", "1"),
        ("|the kids will be [four](party_size)", "4"),
        ("|sorry, only [1 child](party_size)", "1"),
    ],
)
def test_children_said_anew_change_the_children_only(annotated: str, children: str) -> None:
    talk = _family(2, 3)
    talk.hear(annotated)
    assert talk.conversation.slot("party_size").parts == {"adults": "2", "children": children}
    assert talk.values["party_size"] == str(2 + int(children))


@pytest.mark.parametrize(
    ("annotated", "size"),
    [
        ("|[3 adults and 2 kids](party_size)", "5"),
        ("|[4 people](party_size)", "4"),
        ("|[three kids](party_size), no adults", "3"),
        ("|a table for [two kids](party_size)", "2"),
        ("|the kids will be [four](party_size) years old, lovely", "4"),
    ],
)
def test_a_whole_party_replaces_the_party(annotated: str, size: str) -> None:
    talk = _family(2, 1)
    talk.hear(annotated)
    assert talk.values["party_size"] == size


def test_of_a_party_that_was_never_split_children_are_all_of_it() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|[two children](party_size)")
    assert talk.values["party_size"] == "2"


def test_a_party_is_doubled() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|double the party please")
    assert talk.values["party_size"] == "8"


@pytest.mark.parametrize(
    ("annotated", "parts"),
    [
        ("|the kids stay with gran, so just [the two adults](party_size)", {"adults": "2", "children": "0"}),
        ("|they have a sleepover, so only us [two grown-ups](party_size)", {"adults": "2", "children": "0"}),
        ("|[어른 둘만](party_size) 갈게요", {"adults": "2", "children": "0"}),
        ("|granny joins us, so [three adults](party_size)", {"adults": "3", "children": "2"}),
        ("|[five of us](party_size)", {}),
    ],
)
def test_adults_said_anew_change_the_adults_and_alone_leave_nobody_else(annotated: str, parts: dict[str, str]) -> None:
    talk = _family(2, 2)
    talk.hear(annotated)
    assert talk.conversation.slot("party_size").parts == parts
    assert talk.values["party_size"] == str(sum(map(int, parts.values())) or 5)


@pytest.mark.parametrize(
    ("annotated", "size"),
    [
        ("|the kids have the flu, it's only [the grown-ups](party_size)", "2"),
        ("|[성인들](party_size)만 갈게요", "2"),
        ("|[the adults](party_size) will drink wine", "5"),
    ],
)
def test_of_a_party_of_which_only_the_adults_come_the_children_go(annotated: str, size: str) -> None:
    talk = _family(2, 3)
    talk.hear(annotated)
    assert talk.values["party_size"] == size


@pytest.mark.parametrize("annotated", ["|it's just [my wife and me](party_size)", "|[아내랑 저](party_size)만 가요"])
def test_those_who_are_left_by_name_leave_no_children(annotated: str) -> None:
    talk = _family(2, 3)
    talk.hear(annotated)
    assert talk.conversation.slot("party_size").parts == {"adults": "2", "children": "0"}
