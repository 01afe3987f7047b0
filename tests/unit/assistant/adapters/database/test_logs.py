"""What may be read for training: consented, not withdrawn, not erased, with all the feedback on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.adapters.database import DatabaseStore
from assistant.feedback.logged import Feedback, LoggedConversation
from assistant.types import Conversation, Op, Operation, Outcome, Slot, Status


async def say(store: DatabaseStore, name: str, text: str, at: datetime, *, consent: bool, turn: int = 1) -> None:
    slots = {"time": Slot(Status.FILLED, f"1{turn}:00")}
    conversation = Conversation(name, user_id="ann", revision=turn - 1, slots=slots, training_consent=consent)
    async with store.unit() as unit:
        outcome = Outcome(conversation, operations=(Operation(Op.AFFIRM),))
        await unit.save(outcome, message_id=f"m{turn}", fingerprint=text, text=text, events=[], at=at)


async def read(store: DatabaseStore, since: datetime | None = None) -> list[LoggedConversation]:
    return [one async for one in store.logs.consented(since)]


async def test_only_conversations_with_consent_are_read(store: DatabaseStore, now: datetime) -> None:
    await say(store, "no", "hello", now, consent=False)
    await say(store, "withdrawn", "hello", now, consent=True)
    await say(store, "withdrawn", "not any more", now, consent=False, turn=2)
    await say(store, "late", "hello", now, consent=False)
    await say(store, "late", "fine, use it", now, consent=True, turn=2)
    assert [one.id for one in await read(store)] == ["late"]


@pytest.mark.parametrize("given", [True, False])
async def test_consent_that_changes_after_the_end_decides(store: DatabaseStore, now: datetime, given: bool) -> None:
    await say(store, "c", "hello", now, consent=not given)
    async with store.unit() as unit:
        conversation = await unit.load("c")
        assert conversation is not None
        await unit.consent(replace(conversation, ended=True, training_consent=given))
    assert [one.id for one in await read(store)] == (["c"] if given else [])
    async with store.unit() as unit:
        kept = await unit.load("c")
    assert kept == replace(conversation, ended=True, training_consent=given)


async def test_an_erased_conversation_is_not_read(store: DatabaseStore, now: datetime) -> None:
    await say(store, "c", "hello", now, consent=True)
    await store.records.delete_conversation("c")
    assert await read(store) == []


async def test_a_turn_comes_with_what_stood_before_it_and_every_opinion_on_it(
    store: DatabaseStore, now: datetime
) -> None:
    await say(store, "c", "eleven", now, consent=True)
    await say(store, "c", "twelve", now, consent=True, turn=2)
    corrected = (Operation(Op.CLEAR, slots=("time",), confidence=0.0),)
    await store.records.add_feedback("c", "m2", rating=-1, corrected=corrected, comment="I meant the time")
    await store.records.add_feedback("c", "m2", rating=1, corrected=(), comment="")
    (logged,) = await read(store)
    first, second = logged.turns
    assert (logged.user_id, first.before.slots, second.before.value("time")) == ("ann", {}, "11:00")
    assert (second.text, second.outcome.conversation.value("time"), first.feedback) == ("twelve", "12:00", ())
    assert [(one.rating, one.corrected, one.comment) for one in second.feedback] == [
        (-1, corrected, "I meant the time"),
        (1, (), ""),
    ]
    assert isinstance(second.feedback[0], Feedback)


async def test_a_cycle_begins_where_it_is_told_to(store: DatabaseStore, now: datetime) -> None:
    await say(store, "old", "hello", now - timedelta(days=2), consent=True)
    await say(store, "new", "hello", now, consent=True)
    assert [one.id for one in await read(store, (now - timedelta(days=1)).astimezone(UTC))] == ["new"]


async def test_a_consent_that_is_withdrawn_while_others_are_read_counts(store: DatabaseStore, now: datetime) -> None:
    for name in ("a", "b", "c"):
        await say(store, name, "hello", now, consent=True)
    reading = store.logs.consented()
    assert (await anext(reading)).id == "a"
    await say(store, "b", "not any more", now, consent=False, turn=2)
    await store.records.delete_conversation("c")
    assert [one.id async for one in reading] == []
