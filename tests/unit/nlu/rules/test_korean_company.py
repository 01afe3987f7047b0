"""Who says in Korean that they come alone, and that people stay away."""

from __future__ import annotations

import pytest

from nlu.rules.korean_company import dines_alone, stays_away


@pytest.mark.parametrize(
    "text", ["혼밥요", "혼밥이요", "혼밥입니다", "오늘 혼밥이에요", "혼밥!", "혼밥할게요", "혼술요", "혼밥하려고요"]
)
def test_who_eats_alone_comes_alone(text: str) -> None:
    assert dines_alone(text)


@pytest.mark.parametrize("text", ["혼밥 되나요?", "혼밥 아니에요", "혼밥은 싫어요", "혼자 왔다가 둘이 갈게요"])
def test_who_asks_about_it_or_refuses_it_does_not_say_so(text: str) -> None:
    assert not dines_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "송구하지만 참석자 두 분이 불참하시게 되었습니다.",
        "세 분이 불참하신답니다",
        "한 분께서 참석이 어려우시다고 합니다",
        "한 분이 불참 의사를 밝히셨습니다",
        "아 근디 큰집에서 하나 못 온다네유",
        "서울서 하나 못 온댜",
        "작은집 둘이 못 온다카네예",
        "한 놈 빠진답니다",
    ],
)
def test_people_who_are_counted_stay_away(text: str) -> None:
    assert stays_away(text)


@pytest.mark.parametrize(
    "text",
    ["버스가 하나 안 와요", "두 분이 불참하시면 어떻게 되나요?", "두 분이 불참하시면 말할게요", "하나도 못 먹어요"],
)
def test_what_does_not_come_or_may_not_come_counts_nobody(text: str) -> None:
    assert not stays_away(text)
