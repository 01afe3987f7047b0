"""What is only told is no wish."""

from __future__ import annotations

import pytest

from nlu.rules.korean_hearsay import of_the_past, only_told


@pytest.mark.parametrize(
    "marked",
    [
        "지난달에 [아홉 명]이 모였었는데 시끄러웠어요",
        "저번에 [7시]에 갔더니 붐볐어요",
        "작년에 [테라스]에서 먹었거든요",
    ],
)
def test_a_value_between_another_time_and_a_verb_of_the_past_is_of_the_past(marked: str) -> None:
    assert _told(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "지난번에 간 [모닝컵]으로 할게요",
        "[7시]로 했는데 8시로 바꿔 주세요",
        "저번에 갔는데 좋았어요. [7시]로 했거든요",
        "작년에 갔고 이번엔 [7시]로 했어요",
    ],
)
def test_a_value_of_now_is_not(marked: str) -> None:
    assert not _told(marked)


def _told(marked: str) -> bool:
    start, end = marked.index("["), marked.index("]") - 1
    return of_the_past(marked.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("저번에 앞 손님이 예약을 취소해서 저희가 앉을 수 있었어요", True),
        ("작년엔 비가 와서 취소했거든요", True),
        ("저번에 왔는데 별로였어요. 취소할게요", False),
        ("예약 취소했어요", False),
    ],
)
def test_a_story_of_another_time_asks_for_nothing(text: str, *, told: bool) -> None:
    assert only_told(text) is told
