"""Nothing that was said is dropped for a message without a word of ending."""

import pytest

from nlu.rules.giving_up import gives_up


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("let's call it off", True),
        ("you can give our table to someone else", True),
        ("cancle please", True),
        ("we'd rather eat at home", True),
        ("예약은 무슨, 집밥 먹을래요", True),
        ("에이 그냥 말래요", True),
        ("ugh, so slow today", False),
        ("this takes ages lol", False),
        ("아 진짜 오래 걸리네", False),
    ],
)
def test_a_word_of_ending_is_looked_for(text: str, *, ends: bool) -> None:
    assert gives_up(text) is ends
