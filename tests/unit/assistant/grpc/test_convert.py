from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.grpc import convert, convert_booking, convert_requests
from assistant.pb import assistant_pb2 as pb
from assistant.ports import Booking, BookingRequest
from assistant.types import (
    Change,
    Commits,
    Conversation,
    Flag,
    NewValue,
    Op,
    Operation,
    Outcome,
    Pending,
    Phase,
    Producer,
    Quote,
    Refusal,
    Reply,
    Scope,
    Slot,
    Source,
    Status,
)

SLOTS = [
    Slot(),
    Slot(Status.FILLED, "19:00", text="seven", flags=frozenset({Flag.INFERRED, Flag.APPROXIMATE}), confidence=0.75),
    Slot(Status.FILLED, "3", parts={"adults": "2", "children": "1"}, source=Source.API, message_id="m"),
    Slot(Status.FILLED, "2026-06-12", source=Source.PROFILE, flags=frozenset({Flag.SUGGESTED})),
    Slot(Status.FILLED, "hanok_table", source=Source.BOOKING, flags=frozenset({Flag.COPIED})),
    Slot(Status.CANDIDATES, candidates=("07:00", "19:00"), text="7"),
    Slot(Status.CANDIDATES, bounds=("17:00", "21:00"), text="저녁"),
    Slot(Status.INVALID, text="25 o'clock"),
    Slot(Status.CLEARED),
    Slot(Status.DONT_CARE, text="anywhere"),
]


@pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: f"{slot.status} {slot.value or slot.text}")
def test_a_slot_crosses_and_comes_back_the_same(slot):
    message = pb.Slot.FromString(convert.slot_out("time", slot).SerializeToString())
    assert message.name == "time"
    assert convert.slot_in(message) == slot


@pytest.mark.parametrize(
    ("table", "enum"),
    [
        (convert.STATUSES, pb.SlotStatus),
        (convert.SOURCES, pb.SlotSource),
        (convert.FLAGS, pb.SlotFlag),
        (convert.STATES, pb.ConversationState),
        (convert.PENDINGS, pb.PendingAction),
    ],
)
def test_the_words_of_the_contract_are_the_words_of_the_types(table, enum):
    assert {0, *table.values()} == set(enum.values())


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("pending", Pending)
def test_pending_is_told_only_while_a_draft_is_worked_on(domain, phase, pending):
    message = convert.conversation_out(Conversation("c", phase=phase, pending=pending), domain)
    told = convert.PENDINGS[pending] if phase in (Phase.COLLECTING, Phase.CONFIRMING) else pb.PENDING_ACTION_UNSPECIFIED
    assert (message.state, message.pending) == (convert.STATES[phase], told)


def test_a_conversation_shows_every_slot_of_the_domain(domain):
    conversation = Conversation(
        "c",
        version=7,
        slots={"time": Slot(Status.CLEARED)},
        asked="time",
        booking_id="b",
        commits=Commits(1, 2, 3),
        locale="ko",
        time_zone="Asia/Seoul",
    )
    message = convert.conversation_out(conversation, domain)
    assert set(message.slots) == {spec.name for spec in domain.slots}
    assert message.slots["time"].status == pb.SLOT_STATUS_CLEARED
    assert message.slots["date"] == pb.Slot(name="date", status=pb.SLOT_STATUS_EMPTY)
    assert (message.version, message.asked_slot, message.booking_id) == (7, "time", "b")
    assert message.commits == pb.CommitCounts(created=1, modified=2, cancelled=3)
    assert (message.locale, message.time_zone) == ("ko", "Asia/Seoul")


OPERATIONS = [
    Operation(Op.SET, ("time",), value=NewValue(("07:00", "19:00")), quote=Quote(3, 4, "7"), confidence=0.5),
    Operation(Op.CLEAR, ("restaurant",), everything=True, producer=Producer.API),
    Operation(Op.ADJUST, ("time",), change=Change("minutes", -30), quote=Quote(0, 3, "half an hour earlier")),
    Operation(Op.ADJUST, ("time",), change=Change("minutes", clock_minute=30)),
    Operation(Op.CANCEL, scope=Scope.BOOKING, producer=Producer.LLAMA),
    Operation(Op.ASK, topic="parking"),
    Operation(Op.UNKNOWN),
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.op)
def test_an_operation_crosses_and_comes_back_the_same(domain, operation):
    message = pb.Operation.FromString(convert.operation_out(operation).SerializeToString())
    assert convert_requests.operation_in(message, "operation", domain) == operation


def test_a_range_is_sent_as_its_two_ends():
    operation = Operation(Op.SET, ("time",), value=NewValue(bounds=("17:00", "21:00")))
    assert list(convert.operation_out(operation).values) == ["17:00", "21:00"]


def test_an_outcome_crosses_whole(domain):
    outcome = Outcome(
        Conversation("c"),
        replies=(Reply("When?", "ask_time", ("18:00", "20:30")),),
        operations=(Operation(Op.AFFIRM),),
        refusals=(Refusal("time", "full", text="eight", alternatives=("18:00", "20:30")),),
        degraded=True,
        model_version="tagger@1",
    )
    message = convert.outcome_out(outcome, domain)
    assert message.replies[0] == pb.Reply(text="When?", act="ask_time", quick_replies=["18:00", "20:30"])
    assert message.refusals[0] == pb.Refusal(slot="time", text="eight", reason="full", alternatives=["18:00", "20:30"])
    assert [operation.name for operation in message.operations] == ["affirm"]
    assert (message.degraded, message.model_version) == (True, "tagger@1")


def test_a_booking_crosses_and_comes_back_the_same():
    booking = Booking(
        id="b",
        request=BookingRequest("hanok_table", date(2026, 6, 12), "19:00", 3, 2, 1, "김민수", "010-1234-5678", "room"),
        user_id="u",
        time_zone="Asia/Seoul",
        starts_at=datetime(2026, 6, 12, 10, tzinfo=UTC),
        ends_at=datetime(2026, 6, 12, 12, tzinfo=UTC),
        table="t4-1",
        cancelled=True,
        version=3,
    )
    assert convert_booking.booking_in(convert_booking.booking_out(booking)) == booking
