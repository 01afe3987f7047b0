from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.pb import assistant_pb2 as pb
from assistant.scenarios.compare import Reported, differences, expected_view
from assistant.scenarios.files import TurnEntry
from assistant.scenarios.view import Counts, View, view_of

RIGHT = View(slots={"time": "19:00"}, state="collecting", pending="create", asked="date")


def keys(view: View, language: str = "en", **more: Any) -> list[str]:
    """The keys that differ between a view and a turn that expects `RIGHT` and what `more` says."""
    reported = Reported(view, **{name: more.pop(name) for name in ("base", "code", "grown") if name in more})
    reported = replace(reported, replies=more.pop("replies", ["Noted." if language == "en" else "네."]))
    entry = {"say": {"en": "hi", "ko": "네"}, "slots": {"time": "19:00"}, "state": "collecting", **more}
    turn = TurnEntry.model_validate(entry)
    wanted = expected_view(turn, lambda value: value.told(language))
    return [one.what for one in differences(turn, wanted, reported, language)]


def test_a_turn_that_is_as_expected_has_no_differences():
    assert keys(RIGHT, ask=["date", "time"]) == []


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"slots": {}}, "slots"),
        ({"slots": {"time": "19:00", "date": "2026-06-12"}}, "slots"),
        ({"party": {"adults": "2", "children": "1"}}, "party"),
        ({"cleared": frozenset({"date"})}, "cleared"),
        ({"dont_care": frozenset({"seating"})}, "dont_care"),
        ({"candidates": {"date": frozenset({"a", "b"})}}, "candidates"),
        ({"state": "confirming"}, "state"),
        ({"pending": "cancel"}, "pending"),
    ],
)
def test_whatever_is_reported_and_not_expected_is_a_difference(changed, key):
    assert keys(replace(RIGHT, **changed)) == [key]


def test_no_pending_action_is_as_good_as_create():
    assert keys(replace(RIGHT, pending="")) == []


def test_the_open_question_is_compared_only_where_one_is_written():
    assert keys(RIGHT, ask=["time"]) == ["ask"]
    assert keys(replace(RIGHT, asked="")) == []


def test_bookings_are_counted_from_the_base():
    wanted = {"created": 0, "modified": 1, "cancelled": 0}
    counted = replace(RIGHT, counts=Counts(created=1, modified=1))
    assert keys(counted, bookings=wanted, base=Counts(created=1)) == []
    assert keys(counted, bookings=wanted) == ["bookings"]


def test_marks_must_be_on_and_others_may_be():
    marked = replace(RIGHT, flags={"time": frozenset({"inferred", "approximate"})})
    assert keys(marked, flags={"time": "inferred"}) == []
    assert keys(marked, flags={"time": ["inferred", "copied"]}) == ["flags.time"]


def test_a_list_of_candidates_is_a_set_and_a_range_is_no_list():
    listed = replace(RIGHT, candidates={"date": frozenset({"2", "1"})})
    ranged = replace(RIGHT, candidates={"date": ("1", "2")})
    assert keys(listed, candidates={"date": ["1", "2"]}) == []
    assert keys(ranged, candidates={"date": {"from": "1", "to": "2"}}) == []
    assert keys(ranged, candidates={"date": ["1", "2"]}) == ["candidates"]


def test_status_and_growth_are_compared():
    assert keys(RIGHT, code="ABORTED") == ["code"]
    assert keys(RIGHT, version_change=1, grown=2) == ["version_change"]


@pytest.mark.parametrize(
    ("language", "replies", "right"),
    [
        ("ko", ["19:00, Kim Minsu"], False),
        ("ko", ["Hanok Table, 저녁 7시"], True),
        ("en", ["Noted: 김민수, 7 pm."], True),
        ("en", ["Noted.", "몇 명으로 예약해 드릴까요?"], False),
        ("en", [], False),
    ],
)
def test_the_reply_must_be_in_the_language_of_the_message(language, replies, right):
    assert keys(RIGHT, language, replies=replies) == ([] if right else ["reply"])


def test_a_reported_conversation_is_seen_by_status_and_invalid_is_empty():
    status = {
        "time": pb.Slot(status=pb.SLOT_STATUS_FILLED, value="19:00", flags=[pb.SLOT_FLAG_INFERRED]),
        "date": pb.Slot(status=pb.SLOT_STATUS_INVALID),
        "name": pb.Slot(status=pb.SLOT_STATUS_CLEARED),
        "seating": pb.Slot(status=pb.SLOT_STATUS_DONT_CARE),
        "party_size": pb.Slot(status=pb.SLOT_STATUS_CANDIDATES, candidates=["5", "4"]),
        "phone": pb.Slot(status=pb.SLOT_STATUS_EMPTY),
    }
    answer = pb.Conversation(
        slots=status, state=pb.CONVERSATION_STATE_HANDED_OFF, pending=pb.PENDING_ACTION_MODIFY, version=7
    )
    assert view_of(answer) == View(
        slots={"time": "19:00"},
        cleared=frozenset({"name"}),
        dont_care=frozenset({"seating"}),
        candidates={"party_size": frozenset({"4", "5"})},
        flags={"time": frozenset({"inferred"})},
        state="handed_off",
        pending="modify",
        version=7,
    )
