from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.adapters.database import codec
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
    Snapshot,
    Source,
    Status,
)

FULL_SLOT = Slot(
    status=Status.FILLED,
    value="3",
    text="셋",
    parts={"adults": "2", "children": "1"},
    source=Source.PROFILE,
    flags=frozenset({Flag.SUGGESTED, Flag.INFERRED}),
    confidence=0.25,
    message_id="m1",
)
BOUNDS = Slot(status=Status.CANDIDATES, bounds=("17:00", "21:00"), text="저녁")
FULL_OPERATION = Operation(
    Op.SET,
    slots=("time", "date"),
    everything=True,
    value=NewValue(
        candidates=("07:00", "19:00"),
        bounds=("a", "b"),
        half_open=True,
        approximate=True,
        parts={"adults": "1"},
        reason="vague",
    ),
    change=Change("people", amount=-2, parts={"children": -1}, clock_minute=30, without="children"),
    scope=Scope.BOOKING,
    topic="parking",
    rejects_old=True,
    quote=Quote(3, 7, "일곱 시"),
    confidence=0.5,
    producer=Producer.LLAMA,
)
FULL_CONVERSATION = Conversation(
    id="c",
    user_id="u",
    version=7,
    revision=9,
    phase=Phase.SUSPENDED,
    pending=Pending.MODIFY,
    slots={"party_size": FULL_SLOT, "time": BOUNDS, "date": Slot(status=Status.CLEARED)},
    asked="time",
    attempt="date",
    read_back={"time": "19:00"},
    booking_id="b",
    booked={"time": Slot(status=Status.FILLED, value="19:00", source=Source.BOOKING)},
    commits=Commits(1, 2, 3),
    past=(Snapshot({"time": BOUNDS}, Pending.CREATE, True), Snapshot({}, Pending.CANCEL, False)),
    future=(Snapshot({"party_size": FULL_SLOT}, Pending.MODIFY, True),),
    mentioned=("time",),
    loose_number="4",
    held=(FULL_OPERATION, Operation(Op.AFFIRM)),
    failures=2,
    unsettled="c:7:modify",
    ended=True,
    training_consent=True,
    locale="ko",
    time_zone="Asia/Seoul",
    last_active=datetime(2026, 6, 10, 5, 0, 0, 123456, tzinfo=UTC),
)
FULL_OUTCOME = Outcome(
    conversation=FULL_CONVERSATION,
    replies=(Reply("7시로 할까요? 🙂", "readback", ("네", "아니요")),),
    operations=(FULL_OPERATION,),
    refusals=(Refusal("time", "full", "여덟 시", "20:00", "21:00", "19:00", ("18:00",)),),
    degraded=True,
    model_version="tagger@1",
)


def test_the_examples_set_every_field() -> None:
    for example in (FULL_CONVERSATION, FULL_OPERATION, FULL_OUTCOME, FULL_OPERATION.value, FULL_OPERATION.change):
        assert example is not None
        for field in dataclasses.fields(example):
            assert getattr(example, field.name) != field.default, f"{type(example).__name__}.{field.name}"


def test_a_conversation_comes_back_equal() -> None:
    assert codec.CONVERSATION.load(codec.CONVERSATION.dump(FULL_CONVERSATION)) == FULL_CONVERSATION


def test_an_outcome_comes_back_equal() -> None:
    assert codec.OUTCOME.load(codec.OUTCOME.dump(FULL_OUTCOME)) == FULL_OUTCOME


def test_an_empty_conversation_is_short_and_comes_back_equal() -> None:
    empty = Conversation("c")
    assert codec.CONVERSATION.dump(empty) == '{"id":"c"}'
    assert codec.CONVERSATION.load('{"id":"c"}') == empty


def test_a_booking_comes_back_equal() -> None:
    booking = Booking(
        id="b",
        request=BookingRequest("hanok", date(2026, 6, 12), "19:00", 3, 2, 1, "김민수", "010-1234-5678", "hall"),
        user_id="u",
        time_zone="Asia/Seoul",
        starts_at=datetime(2026, 6, 12, 10, tzinfo=UTC),
        ends_at=datetime(2026, 6, 12, 12, tzinfo=UTC),
        table="4-1",
        cancelled=True,
        version=3,
    )
    assert codec.BOOKING.load(codec.BOOKING.dump(booking)) == booking


def test_an_event_comes_back_as_it_was() -> None:
    event = {"event": "slot", "name": "party_size", "value": None, "parts": [1, 2.5, {"deep": True}]}
    assert codec.EVENT.load(codec.EVENT.dump(event)) == event


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
slots = st.builds(
    Slot,
    status=st.sampled_from(Status),
    value=st.none() | words,
    text=words,
    candidates=st.lists(words, max_size=3).map(tuple),
    bounds=st.none() | st.tuples(words, words),
    parts=st.dictionaries(words, words, max_size=2),
    source=st.sampled_from(Source),
    flags=st.frozensets(st.sampled_from(Flag)),
    confidence=st.floats(0, 1),
    message_id=words,
)
snapshots = st.builds(
    Snapshot, slots=st.dictionaries(words, slots, max_size=2), pending=st.sampled_from(Pending), active=st.booleans()
)
operations = st.builds(
    Operation, op=st.sampled_from(Op), slots=st.lists(words, max_size=2).map(tuple), confidence=st.floats(0, 1)
)
conversations = st.builds(
    Conversation,
    id=words,
    slots=st.dictionaries(words, slots, max_size=3),
    past=st.lists(snapshots, max_size=2).map(tuple),
    held=st.lists(operations, max_size=2).map(tuple),
    read_back=st.none() | st.dictionaries(words, words, max_size=2),
    last_active=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@settings(max_examples=60, deadline=None)
@given(conversations)
def test_whatever_a_conversation_holds_comes_back_equal(conversation: Conversation) -> None:
    assert codec.CONVERSATION.load(codec.CONVERSATION.dump(conversation)) == conversation
