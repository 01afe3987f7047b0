"""What is expressly kept is not removed, whatever a model makes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlu.rules.negation import kept, never_said, not_kept, removed, spared
from tests.support.marked import marked_words


def _judged(judge: Callable[[str, int, int], bool], marked: str) -> bool:
    return judge(*marked_words(marked))


def _spared(marked: str) -> bool:
    return _judged(spared, marked)


@pytest.mark.parametrize(
    "marked",
    [
        "please don't remove [the time]",
        "do not ever delete [my number]",
        "I'm not dropping [the date], I was only asking",
        "I didn't want to cancel [the room]",
        "without losing [the date]",
        "I never said to drop [friday]",
        "no way I'd skip [friday]",
        "it's not that I don't want [friday]",
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


@pytest.mark.parametrize(
    "marked", ["keep [friday] then", "leave it at [7]", "never mind, [4] is right", "[friday] still works"]
)
def test_what_stays_or_is_right_is_kept(marked: str) -> None:
    assert _judged(kept, marked)


@pytest.mark.parametrize(
    "marked",
    [
        "leave [the time] open",
        "don't keep [friday]",
        "[friday] is wrong",
        "keep the date, not [7]",
        "leave out [the name]",
    ],
)
def test_what_is_left_out_or_wrong_is_not_kept(marked: str) -> None:
    assert not _judged(kept, marked)


@pytest.mark.parametrize(
    "text", ["Neither the day nor [the time] is right", "I don't think [the time] is right", "I doubt [the time] works"]
)
def test_praise_that_is_denied_keeps_nothing(text: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    assert not kept(text.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    "marked",
    [
        "forget I ever said [friday]",
        "ignore that I mentioned 4 people at [seven]",
        "pretend we never asked for [the terrace]",
        "I never said 3 people on [Sunday]",
        "out with [Friday], in with the 13th",
        "anywhere but [Hanok]",
        "all good except [Friday]",
        "yes, perfect, just not [at 7]",
        "[Ana] is my flatmate, not the name for the booking",
    ],
)
def test_what_is_unsaid_or_left_out_of_praise_is_removed(marked: str) -> None:
    assert _judged(removed, marked)


@pytest.mark.parametrize(
    "marked",
    [
        "I never said to drop [friday]",
        "I didn't say I wanted to change [friday]",
        "clear everything except [friday]",
        "remove anything but [friday]",
        "I never said Thursday, it's [Friday]",
        "I never said [Friday] was off",
        "I didn't say [7]'s wrong",
        "I never said we can't do [Friday]",
        "I didn't say I no longer want [Friday]",
        "did you forget I said [Friday]",
        "pretend I never said Thursday but [Friday]",
    ],
)
def test_what_is_only_spoken_of_beside_such_words_is_not_removed(marked: str) -> None:
    assert not _judged(removed, marked)


def test_praise_behind_all_but_one_thing_is_not_for_that_thing() -> None:
    assert not _judged(kept, "everything but [the name] is fine")
    assert _judged(kept, "[the name] is fine")
    assert _judged(kept, "nothing except [Friday] works")


@pytest.mark.parametrize(
    "marked",
    [
        "Do not save [my number], thanks",
        "and please don't hold on to [the date]",
        "We really don't want you to keep [my name]",
        "stop storing [my phone number]",
        "We'd keep Friday but not [the time]",
        "he'd be fine with the day but not with [the time]",
    ],
)
def test_what_is_not_to_be_kept_is_to_go(marked: str) -> None:
    assert not_kept(*marked_words(marked))


@pytest.mark.parametrize(
    "marked",
    [
        "You don't need to keep [my name]",
        "why don't you keep [the time]",
        "Don't keep [my number]?",
        "don't keep [the time] blank",
        "Please keep [my number]",
        "I wouldn't keep Friday but not [the time]",
        "don't save anything but [my name]",
    ],
)
def test_what_is_kept_or_only_asked_about_is_not_forbidden(marked: str) -> None:
    assert not not_kept(*marked_words(marked))


@pytest.mark.parametrize(
    ("text", "words", "denied"),
    [
        ("철수라고 말씀드린 적 없는데요", "철수", True),
        ("제가 언제 철수라고 했어요?", "철수", True),
        ("영희라고 안 했어요", "영희", True),
        ("철수라고 했는데요", "철수", False),
        ("민철수라고 한 적 없어요", "철수", False),
    ],
)
def test_words_that_a_guest_never_said_are_denied(text: str, words: str, denied: bool) -> None:
    assert never_said(text, words) is denied
