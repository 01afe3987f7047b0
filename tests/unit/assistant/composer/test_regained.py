"""A value that was there before is taken again where the message says that it was right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.types import Conversation, Op, Pending, Phase, Scope, Snapshot
from tests.support.annotated import FRIDAY, Talk, draft, filled


def _changed(name: str, earlier: str, now: str, **fields: object) -> Conversation:
    """A draft in which a slot held another value before."""
    before = draft({**FRIDAY, name: earlier})
    return draft({**FRIDAY, name: now}, past=(Snapshot(before.slots, Pending.CREATE, True),), **fields)


def _after(annotated: str, name: str, earlier: str, now: str) -> str | None:
    talk = Talk(_changed(name, earlier, now))
    talk.hear(annotated)
    return talk.values.get(name)


@pytest.mark.parametrize(
    ("annotated", "name", "earlier", "now"),
    [
        ("|Oh no wait, [6](number) was right.", "party_size", "6", "5"),
        ("|[6](number.old) was right after all", "party_size", "6", "5"),
        ("|nvm [3](number.old) was rigth", "party_size", "3", "4"),
        ("|[five](number) was corect, sorry", "party_size", "5", "2"),
        ("|no wait, [Friday](date) was fine after all", "date", "2026-06-12", "2026-06-13"),
        ("|[seven](number) was better", "time", "19:00", "20:00"),
        ("|I preferred [7](number)", "time", "19:00", "20:00"),
        ("unknown|the earlier time suited us better", "time", "19:00", "20:00"),
    ],
)
def test_a_value_held_before_that_was_right_is_taken_again(annotated: str, name: str, earlier: str, now: str) -> None:
    assert _after(annotated, name, earlier, now) == earlier


@pytest.mark.parametrize(
    "annotated",
    [
        "|[6](number) was too many",
        "ask|was [6](number) right?",
        "|I'm not sure [6](number) was right",
        "|[6](number) was fine but five is what we are",
        "|[6](number) was fine, but now five is better",
        "|[8](number) was right",
    ],
)
def test_a_value_that_is_not_called_right_is_not_taken_again(annotated: str) -> None:
    assert _after(annotated, "party_size", "6", "5") == "5"


def _modifying(**now: str) -> Conversation:
    booked = draft(FRIDAY)
    return draft(
        {**FRIDAY, **now},
        phase=Phase.CONFIRMING,
        pending=Pending.MODIFY,
        booking_id="b",
        booked=filled(FRIDAY),
        past=(Snapshot(booked.slots, Pending.MODIFY, True),),
    )


@pytest.mark.parametrize(
    "annotated",
    ["|Hmm, leave [the time](slot_ref.keep) as it was", "|[the time](slot_ref.keep) can stay as it was",
     "|put [the time](slot_ref.restore) back to how it was"],
)  # fmt: skip
def test_the_only_change_that_is_left_as_it_was_ends(annotated: str) -> None:
    (operation,) = Talk(_modifying(time="20:00")).operations(annotated)
    assert (operation.op, operation.scope) == (Op.CANCEL, Scope.CHANGE)


def test_one_of_two_changes_that_is_left_as_it_was_is_the_bookings_again() -> None:
    talk = Talk(_modifying(time="20:00", date="2026-06-13"))
    talk.hear("|leave [the time](slot_ref.keep) as it was")
    assert (talk.values["time"], talk.values["date"]) == ("19:00", "2026-06-13")


@pytest.mark.parametrize("annotated", ["|leave [the time](slot_ref.keep) as it is", "|keep [the time](slot_ref.keep)"])
def test_what_stays_as_it_is_now_is_not_put_back(annotated: str) -> None:
    talk = Talk(_modifying(time="20:00"))
    talk.hear(annotated)
    assert talk.values["time"] == "20:00"


def test_a_draft_takes_what_it_held_before() -> None:
    talk = Talk(_changed("time", "19:00", "20:00"))
    talk.hear("|leave [the time](slot_ref.keep) as it was")
    assert talk.values["time"] == "19:00"


def _booked_before(**fields: object) -> Conversation:
    return replace(draft({}, phase=Phase.IDLE), booked=filled(FRIDAY), **fields)  # type: ignore[arg-type]


def test_the_same_place_and_time_are_those_of_the_earlier_booking() -> None:
    talk = Talk(_booked_before())
    talk.hear("|can I book for [saturday](date) instead, same [place](slot_ref.keep) same [time](slot_ref.keep)")
    assert talk.values == {"date": "2026-06-13", "restaurant": "hanok_table", "time": "19:00"}


@pytest.mark.parametrize(
    "annotated",
    [
        "|[saturday](date), we all arrive at the same time",
        "|[saturday](date), same old story",
        "|[saturday](date) please",
    ],
)
def test_what_compares_nothing_copies_nothing(annotated: str) -> None:
    talk = Talk(_booked_before())
    talk.hear(annotated)
    assert talk.values == {"date": "2026-06-13"}


def test_the_same_place_is_looked_for_in_other_conversations_where_this_one_holds_none() -> None:
    operations = Talk(draft({})).operations("|[saturday](date), same [place](slot_ref.keep)")
    assert [(one.op, one.slots) for one in operations] == [(Op.SET, ("date",)), (Op.COPY, ("restaurant",))]


def test_the_same_place_is_kept_where_one_is_held() -> None:
    operations = Talk(draft(FRIDAY)).operations("|[saturday](date), the same [place](slot_ref.keep)")
    assert [one.op for one in operations] == [Op.SET]


def test_what_is_put_back_though_nothing_was_undone_is_undone() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|[8 pm](time)")
    talk.hear("redo|no sorry, change that back please")
    assert talk.values["time"] == "19:00"


def test_the_place_of_before_is_copied_in_korean_too() -> None:
    talk = Talk(_booked_before())
    talk.hear("|지난번 갔던 가게로 [토요일](date)에 부탁해요")
    assert talk.values == {"date": "2026-06-13", "restaurant": "hanok_table"}


@pytest.mark.parametrize("said", ["|forget it, keep [the 17th](date)", "|됐어요, [17일](date)로 둘게요"])
def test_a_kept_day_of_the_month_is_the_held_one_and_not_the_next_to_come(said: str) -> None:
    talk = Talk(draft({**FRIDAY, "date": "2026-07-17"}))
    talk.hear(said)
    assert talk.values["date"] == "2026-07-17"


def test_a_kept_day_of_the_month_is_the_one_from_before_it_was_moved() -> None:
    talk = Talk(draft({**FRIDAY, "date": "2026-07-17"}))
    talk.hear("|[a day later](date.delta)")
    talk.hear("|no, stick with [the 17th](date)")
    assert talk.values["date"] == "2026-07-17"


def test_a_day_of_the_month_that_is_only_named_is_the_next_to_come() -> None:
    talk = Talk(draft({**FRIDAY, "date": "2026-07-17"}))
    talk.hear("|on [the 17th](date) please")
    assert talk.values["date"] == "2026-06-17"


@pytest.mark.parametrize("said", ["then stick with [Saturday](date)", "그럼 [토요일](date) 그대로 둘게요"])
def test_a_kept_weekday_is_the_held_one_and_not_the_next_to_come(said: str) -> None:
    talk = Talk(draft({**FRIDAY, "date": "2026-06-27"}))
    talk.hear(f"|{said}")
    assert talk.values["date"] == "2026-06-27"
