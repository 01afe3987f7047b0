"""A day that is counted from another one is counted from the day the message tells, or from the one that is or was held."""

from __future__ import annotations

import pytest

from tests.support.annotated import FRIDAY, Talk, draft


@pytest.mark.parametrize(
    ("annotated", "day"),
    [
        ("|My cousin marries on Saturday, so [the day after](date.delta) please", "2026-06-14"),
        ("|we land on the 24th. could we make it [the evening before](date.delta)?", "2026-06-23"),
        ("|Granny turns 80 on the 17th, let's do [the Saturday of that week](date)", "2026-06-20"),
        ("|the 25th is a Thursday, so [the Friday after](date)", "2026-06-26"),
        ("|the 25th is the exam, so [the Sunday before](date)", "2026-06-21"),
        ("|not [tomorrow](date.old), the day following it", "2026-06-12"),
        ("|[토요일](date.old)에는 이사가 있어서 그 다음 날로 해 주세요", "2026-06-14"),
        ("|16일이 개교기념일이라 그 전날로요", "2026-06-15"),
        ("|졸업식이 17일이라서 그 주 일요일로 할게요", "2026-06-21"),
        ("|19일은 출장이고요, 그 다음 주 목요일로요", "2026-06-25"),
        ("|현충일이 지나고 추석 [다음 날로](date.delta) 옮길게요", "2026-09-26"),
    ],
)
def test_a_day_is_counted_from_the_one_that_the_message_tells(annotated: str, day: str) -> None:
    talk = Talk(draft({"restaurant": "morning_cup"}))
    changed = [one for one in talk.operations(annotated) if one.slots == ("date",)]
    assert [one.value.candidates for one in changed if one.value] == [(day,)]


@pytest.mark.parametrize(
    ("annotated", "day"),
    [
        ("|[Saturday](date) please, there's a concert on Sunday and work the next day", "2026-06-13"),
        ("|[토요일](date)로 해 주세요, 그 전날은 야근이에요", "2026-06-13"),
        ("|make it [a day later](date.delta)", "2026-06-13"),
    ],
)
def test_a_day_that_is_only_told_of_moves_nothing(annotated: str, day: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert talk.values["date"] == day


@pytest.mark.parametrize(
    ("taken", "then", "slot", "value"),
    [
        ("|[Friday](date.old) won't do", "|[the following day](date.delta), then", "date", "2026-06-13"),
        ("|[금요일](date.old)은 안 되겠어요", "|그럼 [그 다음 날로](date.delta)요", "date", "2026-06-13"),
        ("|[금요일](date.old)은 빼 주세요", "|그 다음 주 금요일로 할게요", "date", "2026-06-19"),
        ("|forget [the time](slot_ref.clear)", "|let's say [an hour later](time.delta)", "time", "20:00"),
    ],
)
def test_what_was_taken_back_is_still_what_a_move_counts_from(taken: str, then: str, slot: str, value: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(taken)
    assert slot not in talk.values
    talk.hear(then)
    assert talk.values[slot] == value


def test_nothing_is_moved_where_nothing_was_ever_held() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|[the following day](date.delta), then")
    assert "date" not in talk.values
