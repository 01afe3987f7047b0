"""What Koreans answer when asked whether a booking is to be cancelled, with neither a yes nor a no in it."""

from __future__ import annotations

import pytest

from nlu.rules.korean_cancelling import booking_kept, cancelled, reason_to_cancel


@pytest.mark.parametrize(
    "text",
    [
        "예약은 없던 일로 해주세요",
        "이번 예약은 없던 걸로 할게요",
        "취소요",
        "취소하겠습니다",
        "예약 취소해 주세요ㅠㅠ",
        "어쩔 수 없네요 취소할게요",
        "취소 부탁드립니다.",
        "그 예약 없애주세요",
        "아니요. 아니 예, 취소할게요",
    ],
)
def test_a_plain_wish_to_cancel_is_one(text: str) -> None:
    assert cancelled(text)
    assert not booking_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "없던 일로 할게요",
        "취소는 없던 일로 해주세요",
        "예약 취소는 없던 일로",
        "아니에요 취소할게요",
        "취소할까요?",
        "취소해도 돼요?",
        "취소 말고 시간만 바꿀게요",
        "시간 취소해 주세요",
        "빼주세요",
        "취소하기 싫어요",
        "취소했어요?",
    ],
)
def test_what_may_mean_something_else_is_no_wish_to_cancel(text: str) -> None:
    assert not cancelled(text)


@pytest.mark.parametrize(
    "text",
    [
        "그대로 두세요",
        "네 그대로 둘게요",
        "그대로 예약 유지해주세요",
        "그냥 갈게요",
        "예약대로 가겠습니다",
        "예약 살려주세요",
        "네 취소하지 말아주세요",
        "취소 안 할래요",
        "취소 보류요",
        "그냥 그대로요",
        "예약한 대로 할게요",
    ],
)
def test_a_booking_that_is_left_as_it_is_is_kept(text: str) -> None:
    assert booking_kept(text)
    assert not cancelled(text)


@pytest.mark.parametrize(
    "text",
    [
        "네 취소하고 다른 데 갈게요",
        "안 갈게요",
        "못 가겠어요",
        "네 진행해 주세요",
        "네 그대로 진행해 주세요",
        "그냥 취소해 주세요",
    ],
)
def test_who_does_not_come_keeps_no_booking(text: str) -> None:
    assert not booking_kept(text)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("결국 취소를 해야 할 것 같네요ㅠㅠ", 0),
        ("이번엔 예약 취소해야겠어요", 0),
        ("몸이 안 좋아서 취소해야 할 것 같아요", len("몸이 안 좋아서")),
        ("금요일은 취소해야겠네요", None),
        ("취소하면 수수료 있나요?", None),
    ],
)
def test_who_has_to_cancel_cancels_the_booking_where_nothing_is_named(text: str, end: int | None) -> None:
    assert reason_to_cancel(text) == end
