"""A short message that turns a value down takes it back, and one that is glad denies nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.types import Op, Phase, Slot, Status
from tests.support.annotated import FRIDAY, Talk, draft


@pytest.mark.parametrize(
    ("annotated", "cleared"),
    [
        ("deny|oh, that's the wrong time", {"time"}),
        ("unknown|you've got the wrong name, sorry", {"name"}),
        ("chitchat|oh dear, not Friday, I have a shift", {"date"}),
        ("deny|no, not that one after all", {"party_size"}),
        ("deny|haha jk not that", {"party_size"}),
        ("unknown|oops thats the wrong date, dont use it", {"date"}),
    ],
)
def test_what_is_turned_down_by_words_alone_is_taken_back(annotated: str, cleared: set[str]) -> None:
    talk = Talk(draft(FRIDAY, mentioned=("party_size",)))
    talk.hear(annotated)
    assert talk.cleared == cleared


@pytest.mark.parametrize(
    "annotated", ["chitchat|not Saturday, I hope", "ask|is that the wrong time?", "chitchat|not a problem, thanks"]
)
def test_what_is_not_held_or_only_asked_is_not(annotated: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert talk.values == FRIDAY


@pytest.mark.parametrize("annotated", ["deny|oh no I really can't wait!", "deny|아니 너무 설렌다"])
def test_the_no_of_a_guest_who_is_glad_is_none(annotated: str) -> None:
    (operation,) = Talk(draft(FRIDAY, phase=Phase.CONFIRMING)).operations(annotated)
    assert operation.op is Op.CHITCHAT


def test_a_range_that_is_turned_down_goes_though_the_hours_of_the_venue_have_cut_it() -> None:
    evening = Slot(Status.CANDIDATES, bounds=("18:00", "20:00"))
    talk = Talk(draft({"restaurant": "morning_cup"}).with_slots({"time": evening}))
    talk.hear("|[the evening](time.old) won't work")
    assert talk.cleared == {"time"}


@pytest.mark.parametrize(
    ("annotated", "op"),
    [
        ("cancel_task|right, scrap that idea", "change"),
        ("cancel_task|없던 걸로 하죠", "change"),
        ("cancel_task|scrap that idea, cancel the booking", "task"),
    ],
)
def test_while_an_attempt_stands_open_it_is_given_up_first(annotated: str, op: str) -> None:
    (operation,) = Talk(replace(draft(FRIDAY), attempt="restaurant")).operations(annotated)
    assert (operation.op, operation.scope) == (Op.CANCEL, op)


@pytest.mark.parametrize(
    ("said", "cleared"),
    [
        ("ask|예약한 거 날짜가 다르게 들어가 있네요", {"date"}),
        ("modify|이름을 틀리게 쓰셨어요", {"name"}),
        ("skip|음, 그건 그냥 비워 둘게요", {"party_size"}),
        ("ask|날짜가 잘못 들어갔나요?", set()),
    ],
)
def test_what_korean_calls_wrong_or_points_at_is_taken_back(said: str, cleared: set[str]) -> None:
    talk = Talk(draft(FRIDAY, mentioned=("party_size",)))
    talk.hear(said)
    assert talk.cleared == cleared


def test_a_wrong_number_is_the_one_to_call() -> None:
    talk = Talk(draft({**FRIDAY, "phone": "010-1234-5678"}))
    talk.hear("unknown|sorry that's the wrong number, please don't call it")
    assert talk.cleared == {"phone"}


@pytest.mark.parametrize(
    ("said", "cleared"),
    [
        ("unknown|Friday, really? I teach on Fridays, we can't do that day", {"date"}),
        ("unknown|그건 제 번호 아니에요 동생 폰이라", {"phone"}),
        ("ask|그거 제 이름 아니에요?", set()),
    ],
)
def test_a_day_that_will_not_do_and_what_is_not_theirs_go(said: str, cleared: set[str]) -> None:
    talk = Talk(draft({**FRIDAY, "phone": "010-1234-5678"}))
    talk.hear(said)
    assert talk.cleared == cleared
