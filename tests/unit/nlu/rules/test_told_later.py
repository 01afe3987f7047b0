"""When a guest will know or tell more is no wish."""

from __future__ import annotations

import pytest

from nlu.rules.told_later import only_told_later, told_later
from tests.support.marked import marked_words


def _told(marked: str) -> bool:
    """Whether the words in brackets are only told."""
    return told_later(*marked_words(marked))


@pytest.mark.parametrize(
    "marked",
    [
        "I'll have to check with everybody [this evening]",
        "Sorry, I can only give you the number [on Monday].",
        "my sister will tell me [tomorrow], so leave it open",
        "We should know the final count [by Friday] at the latest",
        "Let me get back to you [tomorrow] when I've asked",
        "ok, I’ll call you back [at 6]",
        "around six, I'll confirm [tomorrow]",
    ],
)
def test_a_day_on_which_the_guest_will_know_more_is_only_told(marked: str) -> None:
    assert _told(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "I can tell you it's [Friday]",
        "I'll tell you, [Friday]",
        "I would like to ask for [tomorrow]",
        "I know [Friday] works",
        "We will check in at [7]",
        "I can tell you [Friday] is best",
        "I'll ask if [tonight] is free",
        "Let me take [tomorrow]",
        "I'll come [tonight]",
        "I'll confirm [Friday]",
        "let me know if you want [Friday]",
    ],
)
def test_a_day_that_is_wished_for_is_not_only_told(marked: str) -> None:
    assert not _told(marked)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("We'll find out tomorrow morning.", True),
        ("I'll let you know tonight, but make it five of us", False),
        ("I'll let you know", False),
    ],
)
def test_a_message_that_tells_and_says_nothing_else_is_known(text: str, alone: bool) -> None:
    assert only_told_later(text) is alone
