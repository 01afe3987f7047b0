"""What happened on a day that is over is no wish; what was said of the booking then may be one."""

from __future__ import annotations

import pytest

from nlu.rules.korean_past import told_of_the_past
from tests.support.marked import marked_words


def _told(marked: str) -> bool:
    """Whether the words in brackets belong to a story."""
    return told_of_the_past(*marked_words(marked))


@pytest.mark.parametrize(
    "marked",
    [
        "어제 동네 카페에서 [두 시간] 기다렸어요",
        "지난 주말엔 [셋이서] 캠핑을 갔는데 비가 왔네요",
        "작년에는 [6시]에 가서 오래 줄을 섰거든요",
        "정말 근사한 [저녁]이었습니다",
    ],
)
def test_a_story_of_another_day_is_no_wish(marked: str) -> None:
    assert _told(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "어제 [네 명]이라고 했는데 아니에요",
        "어제 [6시]로 예약했어요",
        "지난주에 셋이 갔는데 이번엔 [다섯 명]이요",
        "어제 [한 명] 줄었어요",
        "오늘 [두 시간] 기다렸어요",
        "조용하고 좋은 [저녁] 자리 부탁해요",
    ],
)
def test_what_was_done_to_the_booking_that_day_is_no_story(marked: str) -> None:
    assert not _told(marked)
