"""What does not take place on a day or at an hour is told from what is cancelled here."""

from __future__ import annotations

import pytest

from nlu.rules.own_events import own_event_gone


@pytest.mark.parametrize(
    ("marked", "gone"),
    [
        ("my [6 pm] lesson was cancelled, so that suits us", True),
        ("our [Sunday] rehearsal got moved", True),
        ("the [9]am meeting has been called off, hooray", True),
        ("I'm not working [Thursday]", True),
        ("we aren't on duty this [Friday]", True),
        ("cancel [6 pm]", False),
        ("[Sunday] is cancelled", False),
        ("I'm not coming [Thursday]", False),
        ("my [6 pm] booking was cancelled", False),
        ("[목요일] 회의가 취소됐어요", True),
        ("[10시] 수업은 없어졌대요", True),
        ("[7]시 훈련 미뤄졌어요", True),
        ("[일요일]에 있던 약속이 취소됐네요", True),
        ("[수요일] 야근 아니래요", True),
        ("동생은 [목요일]에 출근 안 한대요", True),
        ("[목요일]은 취소해 주세요", False),
        ("[10시] 예약은 취소요", False),
        ("[수요일] 아니에요", False),
    ],
)
def test_what_is_off_on_a_day_takes_nothing_away(marked: str, *, gone: bool) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert own_event_gone(marked.replace("[", "").replace("]", ""), start, end) is gone
