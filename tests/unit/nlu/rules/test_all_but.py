"""That the one goes and that all the others go is said in nearly the same words."""

from __future__ import annotations

import pytest

from nlu.rules.all_but import (
    all_but_this,
    all_spared,
    goes_alone,
    left_out,
    left_out_behind,
    only_this_goes,
    rest_is_fine,
    rest_is_fine_but,
)


def marked(text: str) -> tuple[str, int, int]:
    """The text without its brackets, and where the words in them begin and end."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    "text",
    [
        "keep everything but drop the time",
        "nothing needs removing",
        "remove nothing please",
        "please don't clear everything",
        "다 지우지 마세요",
        "한 명 빼고 다 와요",
        "저 빼고 나머지는 모두 갑니다",
    ],
)
def test_who_keeps_everything_clears_only_what_is_named(text: str) -> None:
    assert all_spared(text)


@pytest.mark.parametrize(
    "text", ["clear everything", "leave the rest out", "keep the name, clear everything else", "다 지워 주세요"]
)
def test_who_clears_everything_is_heard(text: str) -> None:
    assert not all_spared(text)


@pytest.mark.parametrize(
    "text", ["don't drop the time, only [the date]", "I didn't mean to clear the name. Just [the day]."]
)
def test_one_thing_goes_alone_behind_what_stays(text: str) -> None:
    assert only_this_goes(*marked(text))


@pytest.mark.parametrize("text", ["drop the time, only [the date] stays", "don't drop [the date]", "only [the date]"])
def test_only_without_something_spared_takes_nothing_out(text: str) -> None:
    assert not only_this_goes(*marked(text))


@pytest.mark.parametrize(
    "text",
    [
        "Everything but [the name] can stay",
        "all except [the date] is fine, get rid of that",
        "everything is fine except [the time]",
        "ok, keep everything except [Friday]",
    ],
)
def test_what_praise_of_the_rest_leaves_out_is_found(text: str) -> None:
    assert rest_is_fine(*marked(text)[:2])


@pytest.mark.parametrize(
    "text",
    [
        "remove everything but [the name]",
        "remove everything but [the name] right now",
        "ok, clear everything except [the time]",
        "yes, bin it all except [the time]",
        "everything but the name is fine, make it [Saturday]",
        "[the name] is fine",
    ],
)
def test_what_a_removal_leaves_out_and_what_stands_beside_praise_are_not(text: str) -> None:
    assert not rest_is_fine(*marked(text)[:2])


def test_what_a_removal_leaves_out_is_found() -> None:
    assert left_out(*marked("clear everything except [the time]")[:2])
    assert not left_out(*marked("everything except [the time] is fine")[:2])


def test_what_is_wiped_while_the_rest_stays_goes_alone() -> None:
    assert goes_alone(*marked("wipe [the date], keep the rest")[:2])
    assert not goes_alone(*marked("keep [the date], wipe the rest")[:2])
    assert not goes_alone(*marked("don't wipe [the date], and keep the rest")[:2])


def test_of_what_more_is_said_it_is_not_yet_known_that_it_goes() -> None:
    assert rest_is_fine_but(*marked("all fine except [the time]!"))
    assert not rest_is_fine_but(*marked("all fine except [the time], can that be changed?"))


@pytest.mark.parametrize(
    "text",
    ["[날짜]를 제외하고 지워줘", "[금요일] 빼고 지워 주세요", "[시간]만 남기고 다 삭제", "[인원] 외에는 전부 없애줘"],
)
def test_what_korean_leaves_out_of_all_that_goes_is_found(text: str) -> None:
    assert left_out_behind(marked(text)[0], marked(text)[2])


@pytest.mark.parametrize(
    "text",
    [
        "[날짜] 빼고 시간 지워줘",
        "[날짜] 빼고 다 지우지 마세요",
        "[날짜] 빼고 지워도 돼요?",
        "[날짜]는 빼고 예약해줘",
        "[날짜]를 지워줘",
        "[날짜]를 제외해줘",
        "[시간]은 빼고 비워 둬요",
    ],
)
def test_what_goes_itself_is_left_out_of_nothing(text: str) -> None:
    assert not left_out_behind(marked(text)[0], marked(text)[2])


def test_any_but_one_is_said_behind_it() -> None:
    assert all_but_this("주말만 아니면 돼요", len("주말"))
    assert not all_but_this("주말만 돼요", len("주말"))
    assert not all_but_this("주말 아니면 평일이요", len("주말"))
