"""What is expressly kept is not removed, whatever a model makes of it."""

from __future__ import annotations

import pytest

from nlu.negation import spared


def _spared(marked: str) -> bool:
    before, words, behind = marked.partition("[")[0], marked.split("[")[1].split("]")[0], marked.split("]")[1]
    return spared(before + words + behind, len(before), len(before) + len(words))


@pytest.mark.parametrize(
    "marked",
    [
        "please don't remove [the time]",
        "do not ever delete [my number]",
        "I'm not dropping [the date], I was only asking",
        "I didn't want to cancel [the room]",
        "without losing [the date]",
        "[시간]은 지우지 마세요",
        "[날짜]는 잊지 않았어요",
        "[이름] 빼지 말아 주세요",
        "[인원]은 삭제하지 말고요",
    ],
)
def test_a_negated_removal_spares_what_it_names(marked: str) -> None:
    assert _spared(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "please remove [the time]",
        "not [friday]",
        "I don't know, drop [the time]",
        "don't remove the date, remove [the time]",
        "don't forget the cake, and take out [the time]",
        "I don't want [the terrace] anymore",
        "[시간]은 지워 주세요",
        "[시간]을 지우지 않으면 안 돼요",
        "[시간]은 지우고, 날짜는 지우지 마세요",
    ],
)
def test_a_removal_of_something_else_or_without_a_no_spares_nothing(marked: str) -> None:
    assert not _spared(marked)
