from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.adapters.database import DatabaseStore
from assistant.errors import BadRequest, NotFound
from assistant.ports import Booking, BookingRequest
from assistant.types import Conversation, Op, Operation, Outcome, Slot, Status

Wish = Callable[..., BookingRequest]


async def talk(store: DatabaseStore, conversation_id: str, at: datetime, *, text: str = "hi", user: str = "u") -> None:
    conversation = Conversation(conversation_id, user_id=user, slots={"name": Slot(Status.FILLED, text)})
    async with store.unit() as unit:
        await unit.save(
            Outcome(conversation), message_id="m", fingerprint="f", text=text, events=[{"event": text}], at=at
        )


async def book_some(store: DatabaseStore, wish: Wish, now: datetime) -> list[Booking]:
    wishes = [
        (wish("12:00"), "ann"),
        (wish("18:00"), "bob"),
        (wish("13:00", venue="single"), "ann"),
        (wish("12:00", day=date(2026, 6, 13)), "ann"),
    ]
    made = []
    for number, (request, user) in enumerate(wishes):
        async with store.unit() as unit:
            booking = await unit.bookings.create(request, key=f"k{number}", user_id=user, now=now)
        assert isinstance(booking, Booking)
        made.append(booking)
    return made


async def test_bookings_are_listed_by_start_venue_day_and_user(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    noon, evening, single, tomorrow = await book_some(store, wish, now)
    records = store.records
    assert (await records.list_bookings()).rows == (noon, single, evening, tomorrow)
    assert (await records.list_bookings(venue="hanok")).rows == (noon, evening, tomorrow)
    assert (await records.list_bookings(day=date(2026, 6, 12), user_id="ann")).rows == (noon, single)
    assert (await records.list_bookings(user_id="nobody")).rows == ()


async def test_pages_follow_one_another_without_gap_or_repeat(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    await book_some(store, wish, now)
    seen: list[str] = []
    after, pages = "", 0
    while after or not pages:
        page = await store.records.list_bookings(most=2, after=after)
        seen += [booking.id for booking in page.rows]
        after, pages = page.after, pages + 1
    assert pages == 2
    assert seen == [booking.id for booking in (await store.records.list_bookings()).rows]


async def test_a_page_has_a_sensible_size_and_a_known_place(store: DatabaseStore) -> None:
    with pytest.raises(BadRequest, match="page_size"):
        await store.records.list_bookings(most=501)
    with pytest.raises(BadRequest, match="page_token"):
        await store.records.list_bookings(after="nothing")


async def test_conversations_are_listed_and_shown(store: DatabaseStore, now: datetime) -> None:
    await talk(store, "late", now + timedelta(hours=1), user="bob")
    await talk(store, "early", now)
    listed = await store.records.list_conversations()
    assert [(line.id, line.user_id, line.phase) for line in listed.rows] == [
        ("early", "u", "idle"),
        ("late", "bob", "idle"),
    ]
    assert [line.id for line in (await store.records.list_conversations(user_id="bob")).rows] == ["late"]
    conversation, turns = await store.records.show_conversation("early")
    assert conversation.value("name") == "hi"
    assert [(turn.message_id, turn.text, turn.at) for turn in turns] == [("m", "hi", now.astimezone(UTC))]
    with pytest.raises(NotFound):
        await store.records.show_conversation("never")


async def test_a_deleted_conversation_leaves_nothing_but_its_bookings(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    await talk(store, "c", now)
    await talk(store, "other", now)
    await store.records.add_feedback("c", "m", rating=1, corrected=(), comment="good")
    await store.records.put_intent("key", conversation_id="c", intent={"name": "Kim"})
    bookings = await book_some(store, wish, now)
    await store.records.delete_conversation("c")
    async with store.unit() as unit:
        assert await unit.load("c") is None
        assert await unit.replay("c", "m") is None
        assert await unit.events("c", 5) == []
        assert await unit.load("other") is not None
    assert await store.records.open_intents() == {}
    assert len((await store.records.list_bookings()).rows) == len(bookings)
    with pytest.raises(NotFound):
        await store.records.delete_conversation("c")


async def test_a_deleted_conversation_is_gone_from_the_bytes_of_the_file(
    sqlite_store: DatabaseStore, tmp_path: Path, now: datetime
) -> None:
    canary = "canary-7f3a9c51"
    await talk(sqlite_store, "c", now, text=canary)

    def stored() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.glob("maitre.db*"))

    assert canary.encode() in stored()
    await sqlite_store.records.delete_conversation("c")
    assert canary.encode() not in stored()


async def test_a_profile_is_replaced_whole(store: DatabaseStore) -> None:
    with pytest.raises(NotFound):
        await store.records.get_profile("u")
    await store.records.put_profile("u", {"name": "Kim", "phone": "010-1234-5678"})
    await store.records.put_profile("u", {"name": "이은지"})
    assert await store.records.get_profile("u") == {"name": "이은지"}
    async with store.unit() as unit:
        assert await unit.profile("u") == {"name": "이은지"}


async def test_feedback_is_about_a_message_that_was_answered(store: DatabaseStore, now: datetime) -> None:
    await talk(store, "c", now)
    corrected = (Operation(Op.CLEAR, slots=("time",)),)
    await store.records.add_feedback("c", "m", rating=-1, corrected=corrected, comment="I meant the time")
    with pytest.raises(NotFound):
        await store.records.add_feedback("c", "never", rating=1, corrected=(), comment="")


async def test_an_intent_is_open_until_it_is_settled(store: DatabaseStore) -> None:
    await store.records.put_intent("k1", conversation_id="c", intent={"time": "19:00"})
    await store.records.put_intent("k1", conversation_id="c", intent={"time": "20:00"})
    await store.records.put_intent("k2", conversation_id="c", intent={})
    assert await store.records.open_intents() == {"k1": {"time": "19:00"}, "k2": {}}
    await store.records.settle_intent("k1")
    assert await store.records.open_intents() == {"k2": {}}
