from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from assistant.adapters.database import DatabaseStore
from assistant.errors import StaleWrite
from assistant.ports import TrackerEvent
from assistant.types import Conversation, Outcome, Reply, Slot, Status

BEGIN: list[TrackerEvent] = [{"event": "user", "text": "hello"}]


async def save(
    store: DatabaseStore,
    conversation: Conversation,
    now: datetime,
    *,
    message_id: str,
    events: Sequence[TrackerEvent] = (),
    fingerprint: str = "f",
) -> Outcome:
    outcome = Outcome(conversation, replies=(Reply("Hello.", "greet"),))
    async with store.unit() as unit:
        await unit.save(outcome, message_id=message_id, fingerprint=fingerprint, text="hello", events=events, at=now)
    return outcome


async def load(store: DatabaseStore, conversation_id: str = "c") -> Conversation:
    async with store.unit() as unit:
        found = await unit.load(conversation_id)
    assert found is not None
    return found


async def events(store: DatabaseStore, most: int) -> list[str]:
    async with store.unit() as unit:
        return [event["name"] for event in await unit.events("c", most)]


def named(*names: str) -> list[TrackerEvent]:
    return [{"event": "action", "name": name} for name in names]


async def test_what_was_never_said_is_not_there(store: DatabaseStore) -> None:
    async with store.unit() as unit:
        assert await unit.load("c") is None
        assert await unit.replay("c", "m") is None
        assert await unit.events("c", 10) == []
        assert await unit.profile("u") == {}


async def test_a_saved_turn_is_found_with_one_revision_more(store: DatabaseStore, now: datetime) -> None:
    conversation = Conversation("c", user_id="u", version=3, slots={"time": Slot(Status.FILLED, "19:00")})
    await save(store, conversation, now, message_id="m")
    assert await load(store) == replace(conversation, revision=1)


async def test_a_message_that_was_answered_is_replayed_with_its_fingerprint(
    store: DatabaseStore, now: datetime
) -> None:
    outcome = await save(store, Conversation("c"), now, message_id="m", fingerprint="abc")
    async with store.unit() as unit:
        assert await unit.replay("c", "m") == ("abc", outcome)
        assert await unit.replay("other", "m") is None


async def test_a_turn_that_builds_on_an_older_revision_is_refused(store: DatabaseStore, now: datetime) -> None:
    await save(store, Conversation("c"), now, message_id="m1")
    first = await load(store)
    await save(store, replace(first, failures=1), now, message_id="m2")
    with pytest.raises(StaleWrite):
        await save(store, replace(first, failures=9), now, message_id="m3")
    assert (await load(store)).failures == 1
    async with store.unit() as unit:
        assert await unit.replay("c", "m3") is None


async def test_only_one_turn_can_open_a_conversation(store: DatabaseStore, now: datetime) -> None:
    await save(store, Conversation("c", user_id="first"), now, message_id="m1")
    with pytest.raises(StaleWrite):
        await save(store, Conversation("c", user_id="second"), now, message_id="m2")
    assert (await load(store)).user_id == "first"


async def test_a_message_is_stored_once(store: DatabaseStore, now: datetime) -> None:
    await save(store, Conversation("c"), now, message_id="m")
    with pytest.raises(StaleWrite):
        await save(store, await load(store), now, message_id="m")
    assert (await load(store)).revision == 1


async def test_of_turns_at_once_that_started_from_one_state_one_wins(store: DatabaseStore, now: datetime) -> None:
    await save(store, Conversation("c"), now, message_id="m")
    start = await load(store)
    done = await asyncio.gather(
        *(save(store, replace(start, failures=number), now, message_id=f"m{number}") for number in range(8)),
        return_exceptions=True,
    )
    won = [number for number, result in enumerate(done) if isinstance(result, Outcome)]
    assert len(won) == 1
    assert all(isinstance(result, StaleWrite) for number, result in enumerate(done) if number not in won)
    assert (await load(store)).failures == won[0]


async def test_events_come_in_order_and_begin_with_a_turn(store: DatabaseStore, now: datetime) -> None:
    await save(store, Conversation("c"), now, message_id="m1", events=named("a", "b", "c"))
    await save(store, await load(store), now, message_id="m2", events=named("d", "e"))
    await save(store, await load(store), now, message_id="m3")
    await save(store, await load(store), now, message_id="m4", events=named("f"))
    assert await events(store, 10) == ["a", "b", "c", "d", "e", "f"]
    assert await events(store, 6) == ["a", "b", "c", "d", "e", "f"]
    assert await events(store, 5) == ["d", "e", "f"]
    assert await events(store, 3) == ["d", "e", "f"]
    assert await events(store, 2) == ["f"]


async def test_a_turn_longer_than_the_window_leaves_it_empty(store: DatabaseStore, now: datetime) -> None:
    await save(store, Conversation("c"), now, message_id="m1", events=named("a", "b", "c"))
    assert await events(store, 2) == []


async def test_reads_before_the_first_write_hold_no_lock(store: DatabaseStore, now: datetime) -> None:
    await save(store, Conversation("c"), now, message_id="m1", events=BEGIN)
    async with store.unit() as reading:
        seen = await reading.load("c")
        await save(store, await load(store), now, message_id="m2")
        again = await reading.load("c")
    assert seen is not None
    assert again is not None
    assert (seen.revision, again.revision) == (1, 2)


async def test_after_the_first_write_a_unit_sees_what_it_wrote(store: DatabaseStore, now: datetime) -> None:
    async with store.unit() as unit:
        await unit.save(Outcome(Conversation("c")), message_id="m", fingerprint="", text="", events=BEGIN, at=now)
        assert await unit.load("c") is not None
        assert await unit.events("c", 5) == BEGIN


async def test_a_unit_that_raises_saves_nothing(store: DatabaseStore, now: datetime) -> None:
    async def save_and_fail() -> None:
        async with store.unit() as unit:
            await unit.save(Outcome(Conversation("c")), message_id="m", fingerprint="", text="", events=BEGIN, at=now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await save_and_fail()
    async with store.unit() as unit:
        assert await unit.load("c") is None


async def test_a_unit_that_is_called_off_saves_nothing_and_blocks_nobody(store: DatabaseStore, now: datetime) -> None:
    saved = asyncio.Event()

    async def save_and_wait() -> None:
        async with store.unit() as unit:
            await unit.save(Outcome(Conversation("c")), message_id="m", fingerprint="", text="", events=BEGIN, at=now)
            saved.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(save_and_wait())
    await saved.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.unit() as unit:
        assert await unit.load("c") is None
    await save(store, Conversation("c"), now, message_id="m")


async def test_a_long_text_of_any_characters_is_kept(store: DatabaseStore, now: datetime) -> None:
    text = "취소 \x00 '); DROP TABLE turns; -- 🙂" * 50
    async with store.unit() as unit:
        await unit.save(Outcome(Conversation("c")), message_id="m", fingerprint="", text=text, events=(), at=now)
    _, turns = await store.records.show_conversation("c")
    assert turns[0].text == text
