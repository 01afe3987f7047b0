"""Words at a read-back by which nothing more changes, or by which the change itself ends."""

from __future__ import annotations

import pytest

from nlu.rules.unchanged import change_ends, never_minded, nothing_more


@pytest.mark.parametrize(
    "text",
    [
        "nah no dramas, leave the rest",
        "nope, everything else stays",
        "no further changes please",
        "nothing more to change thanks",
        "that's the only change",
        "no, keep everything else the same",
        "nah the rest is fine",
        "don't change anything else",
    ],
)
def test_who_says_that_all_the_rest_stays_changes_nothing_more(text: str) -> None:
    assert nothing_more(text)
    assert not change_ends(text)


@pytest.mark.parametrize(
    "text", ["no, change the time", "keep the rest but drop the time", "nothing else works", "yes, the rest is fine"]
)
def test_who_names_something_or_says_yes_says_more(text: str) -> None:
    assert not nothing_more(text)


@pytest.mark.parametrize(
    "text",
    [
        "scrap the change",
        "forget that change",
        "actually, ditch the change",
        "no, cancel the change",
        "let's not make that change",
        "nah skip the change, keep it as it was",
        "oh no, let's not move it after all",
        "leave the reservation as it was then",
    ],
)
def test_who_gives_the_change_up_ends_it(text: str) -> None:
    assert change_ends(text)


@pytest.mark.parametrize(
    "text",
    [
        "undo that last change",
        "cancel the booking",
        "drop the time",
        "change that",
        "no change of plan, drop the room",
        "don't change it to Friday",
    ],
)
def test_who_drops_something_else_ends_no_change(text: str) -> None:
    assert not change_ends(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kindly ignore my last message",
        "oh, take no notice of what I said",
        "no, it's no longer necessary",
        "please don't bother",
        "아니에요 신경 안 쓰셔도 돼요",
        "그 말씀은 안 들은 걸로 해 주세요",
        "아 그냥 말지 뭐",
    ],
)
def test_who_gives_a_wish_up_names_nothing(text: str) -> None:
    assert never_minded(text)


@pytest.mark.parametrize(
    "text", ["forget the time", "I forgot my glasses", "ignore the traffic, we come by train", "못 가요"]
)
def test_who_names_something_gives_no_wish_up(text: str) -> None:
    assert not never_minded(text)
