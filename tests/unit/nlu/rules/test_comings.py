"""What the words around a bare number are about: people, or the clock."""

from __future__ import annotations

import pytest

from nlu.rules.comings import people_ahead, people_behind, speaks_of_clock


def _behind(marked: str) -> bool:
    """Whether people are told of behind the bar."""
    head, _, tail = marked.partition("|")
    return people_behind(head + tail, len(head))


@pytest.mark.parametrize(
    "marked",
    [
        "Make that 4|, a colleague decided to join",
        "make it 11|, Tom is out",
        "so 5|, my cousin can't make it",
        "8| now, the twins want to come",
        "make that 5|, Anna just cancelled",
        "make it 9|. Lucas dropped out this morning",
        "5| please, Mia and Tom said yes",
        "7|! my aunt's coming too",
        "change to 4|, both kids are ill",
        "sorry, 3|, she has a cold",
    ],
)
def test_somebody_who_comes_or_stays_away_is_told_of(marked: str) -> None:
    assert _behind(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "make it 8|, she can't make it before",
        "make it 8|, I can't come earlier",
        "5|, I come by train",
        "make it 6|, it is out of the way",
        "make it 8|",
        "7|, we're coming from work",
    ],
)
def test_the_guest_and_the_hour_are_nobody_who_comes(marked: str) -> None:
    assert not _behind(marked)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("7 then, I finish work at 6", True),
        ("make that 8, we're running late", True),
        ("that's cutting it close. 7 then", True),
        ("7 is safer, the train gets in at 6", True),
        ("make it 8, my husband can't come before that", True),
        ("make it 8", False),
        ("8, two late joiners", False),
        ("we are not 7 but 8", False),
    ],
)
def test_being_early_or_late_is_talk_of_the_clock(text: str, clock: bool) -> None:
    assert speaks_of_clock(text) is clock


@pytest.mark.parametrize(
    ("marked", "people"),
    [
        ("one of the altos is staying home, so make it |five", 1),
        ("yes, but one of the altos has lost her voice and is staying home, so make it |five", 1),
        ("two of the kids are full of cold and stay at home, |five then", 2),
        ("the altos have lost their voices and eat nothing, |five", 0),
    ],
)
def test_what_happened_to_them_may_stand_before_that_they_stay_away(marked: str, people: int) -> None:
    head, _, tail = marked.partition("|")
    assert people_ahead(head + tail, len(head)) == people
