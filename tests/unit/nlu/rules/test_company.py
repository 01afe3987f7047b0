"""Whether the speaker comes on top of those who are named."""

from __future__ import annotations

import pytest

from nlu.rules.company import company_around, with_the_speaker
from tests.support.marked import marked_words


def _together(marked: str) -> str:
    return with_the_speaker(*marked_words(marked))


@pytest.mark.parametrize(
    ("marked", "together"),
    [
        ("I'd like to come with [my three cousins].", "me and my three cousins"),
        ("Supper [with two colleagues] tomorrow", "me and two colleagues"),
        ("I am bringing [my wife and two kids]", "me and my wife and two kids"),
        ("just me [n three pals] on friday", "me n three pals"),
    ],
)
def test_the_speaker_comes_on_top_of_the_company(marked: str, together: str) -> None:
    assert _together(marked) == together


@pytest.mark.parametrize(
    "marked",
    [
        "six of us, with [two kids]",
        "We'll come with [two friends]",
        "A table for five with [my parents]",
        "I spoke with [my two sisters]",
        "a dinner with [12 people]",
        "a table for [my three cousins]",
        "my boss with [two clients]",
    ],
)
def test_the_speaker_is_not_counted_twice_nor_where_nobody_says_so(marked: str) -> None:
    assert not _together(marked)


@pytest.mark.parametrize(
    ("marked", "clause"),
    [
        ("[me] + my accountant", "me + my accountant"),
        ("my wife n [me and our baby], morning cup pls", "my wife n me and our baby"),
        ("[my wife and I]", ""),
        ("[me] and a problem with the site", ""),
    ],
)
def test_the_clause_around_company_counts_all_who_come(marked: str, clause: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert company_around(marked.replace("[", "").replace("]", ""), start, end) == clause
