from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest

from assistant.adapters.bookings_remote import RemoteBookings, RemoteStore, connect, wire_key
from assistant.adapters.database.store import DatabaseStore, open_store
from assistant.domain import load_domain
from assistant.errors import BadRequest, KeyReused, NotFound, OutcomeUnknown, Unavailable
from assistant.grpc.status import BookingDeclined, answer_to
from assistant.pb import booking_pb2 as pb
from assistant.pb import booking_pb2_grpc
from assistant.ports import Booking, BookingRequest, Declined
from assistant.settings import ROOT

NOW = datetime(2026, 6, 10, 5, tzinfo=UTC)
REQUEST = BookingRequest("hanok_table", date(2026, 6, 12), "19:00", 3, 2, 1, "김민수", "010-1234-5678", "room")
LATER = BookingRequest("hanok_table", date(2026, 6, 12), "20:00", 3, 2, 1, "김민수", "010-1234-5678", "room")


class FixedClock:
    def now(self) -> datetime:
        return NOW


@dataclass
class Restaurant(booking_pb2_grpc.BookingServiceServicer):
    """Somebody's booking system. `fault` is what its next calls fail with, before or (with `after`) after the work."""

    fault: grpc.StatusCode | Exception | None = None
    after: bool = False
    slow: bool = False
    deaf: bool = False
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    calls: list[str] = field(default_factory=list)
    bookings: dict[str, pb.Booking] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    async def CreateBooking(self, request: Any, context: Any) -> pb.Booking:
        self.calls.append("create")
        self.asked.set()
        await self._fail(context, after=False)
        if request.idempotency_key not in self.keys:
            booking = pb.Booking(booking_id=f"b{len(self.bookings)}", details=request.details, user_id=request.user_id)
            booking.status = pb.BOOKING_STATUS_CONFIRMED
            self.bookings[booking.booking_id] = booking
            self.keys[request.idempotency_key] = booking.booking_id
        await self._fail(context, after=True)
        return self.bookings[self.keys[request.idempotency_key]]

    async def ModifyBooking(self, request: Any, context: Any) -> pb.Booking:
        self.calls.append("modify")
        await self._fail(context, after=False)
        self.bookings[request.booking_id].details.CopyFrom(request.details)
        await self._fail(context, after=True)
        return self.bookings[request.booking_id]

    async def CancelBooking(self, request: Any, context: Any) -> pb.Booking:
        self.calls.append("cancel")
        await self._fail(context, after=False)
        self.bookings[request.booking_id].status = pb.BOOKING_STATUS_CANCELLED
        await self._fail(context, after=True)
        return self.bookings[request.booking_id]

    async def GetBooking(self, request: Any, context: Any) -> pb.Booking:
        self.calls.append("get")
        if self.deaf:
            await context.abort(grpc.StatusCode.UNAVAILABLE, "down")
        booking_id = request.booking_id or self.keys.get(request.idempotency_key, "")
        if booking_id not in self.bookings:
            await context.abort(grpc.StatusCode.NOT_FOUND, "none")
        return self.bookings[booking_id]

    async def CheckAvailability(self, request: Any, context: Any) -> pb.CheckAvailabilityResponse:
        self.calls.append(f"check {request.restaurant} {request.date} {request.excluding_booking_id}")
        await self._fail(context, after=False)
        return pb.CheckAvailabilityResponse(starts=[pb.FreeStart(time="19:00", largest_party=4)])

    async def _fail(self, context: Any, *, after: bool) -> None:
        if after != self.after:
            return
        if self.slow:
            await asyncio.sleep(10)
        if isinstance(self.fault, Exception):
            code, message, metadata = answer_to(self.fault, "r")
            await context.abort(code, message, metadata)
        elif self.fault:
            await context.abort(self.fault, "fault")


@dataclass
class Setting:
    restaurant: Restaurant
    store: DatabaseStore
    channel: grpc.aio.Channel
    bookings: RemoteBookings


@pytest.fixture
async def remote(tmp_path: Path) -> AsyncIterator[Setting]:
    book = load_domain(ROOT / "domains" / "restaurant").book
    restaurant, server = Restaurant(), grpc.aio.server()
    booking_pb2_grpc.add_BookingServiceServicer_to_server(restaurant, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'maitre.db'}", book=book, clock=FixedClock())
    try:
        async with connect(f"127.0.0.1:{port}") as channel:
            yield Setting(restaurant, store, channel, RemoteBookings(channel, store.records, timeout=0.5))
    finally:
        await server.stop(0)
        await store.close()


async def create(remote: Setting, request: BookingRequest = REQUEST, key: str = "c:1:create") -> Booking | Declined:
    return await remote.bookings.create(request, key=key, user_id="u", now=NOW)


async def made(remote: Setting) -> Booking:
    booking = await create(remote)
    assert isinstance(booking, Booking)
    return booking


async def test_a_booking_is_made_there_and_nothing_is_left_open(remote):
    booking = await made(remote)
    assert (booking.id, booking.request, booking.user_id) == ("b0", REQUEST, "u")
    assert remote.restaurant.calls == ["create"]
    assert not await remote.store.records.open_intents()


async def test_what_is_about_to_be_asked_is_stored_before_it_is_asked(remote):
    remote.restaurant.slow = remote.restaurant.deaf = True
    asking = asyncio.create_task(create(remote))
    await remote.restaurant.asked.wait()
    assert list(await remote.store.records.open_intents()) == [wire_key("c:1:create")]
    with pytest.raises(OutcomeUnknown):
        await asking


async def test_an_intent_holds_nothing_about_the_person(remote):
    remote.restaurant.fault, remote.restaurant.deaf = grpc.StatusCode.UNAVAILABLE, True
    with pytest.raises(OutcomeUnknown):
        await create(remote)
    (intent,) = (await remote.store.records.open_intents()).values()
    assert intent == {"call": "create", "venue": "hanok_table", "day": "2026-06-12", "time": "19:00"}


@pytest.mark.parametrize("code", [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN])
async def test_a_lost_answer_is_found_by_its_key(remote, code):
    remote.restaurant.fault, remote.restaurant.after = code, True
    assert (await made(remote)).id == "b0"
    assert remote.restaurant.calls == ["create", "get"]
    assert not await remote.store.records.open_intents()


async def test_a_call_that_takes_too_long_has_an_unknown_outcome(remote):
    remote.restaurant.slow = True
    with pytest.raises(OutcomeUnknown):
        await create(remote)
    assert remote.restaurant.calls == ["create", "get"]


async def test_after_an_unknown_outcome_a_retry_asks_by_the_key_and_does_not_create_again(remote):
    remote.restaurant.slow, remote.restaurant.after, remote.restaurant.deaf = True, True, True
    with pytest.raises(OutcomeUnknown):
        await create(remote)
    remote.restaurant.slow = remote.restaurant.deaf = False
    assert (await made(remote)).id == "b0"
    assert remote.restaurant.calls == ["create", "get", "get"]
    assert len(remote.restaurant.bookings) == 1


async def test_after_an_unknown_outcome_that_came_to_nothing_a_retry_books_once(remote):
    remote.restaurant.fault = grpc.StatusCode.UNAVAILABLE
    with pytest.raises(OutcomeUnknown):
        await create(remote)
    remote.restaurant.fault = None
    await made(remote)
    assert remote.restaurant.calls == ["create", "get", "get", "create"]
    assert len(remote.restaurant.bookings) == 1


async def test_a_no_comes_with_its_reason_and_alternatives(remote):
    remote.restaurant.fault = BookingDeclined(Declined("full", ("18:00", "20:30")))
    assert await create(remote) == Declined("full", ("18:00", "20:30"))
    assert not await remote.store.records.open_intents()


async def test_a_no_without_details_counts_as_full(remote):
    remote.restaurant.fault = grpc.StatusCode.FAILED_PRECONDITION
    assert await create(remote) == Declined("full")


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (KeyReused("no"), KeyReused),
        (BadRequest("details.name", "no"), Unavailable),
        (grpc.StatusCode.PERMISSION_DENIED, Unavailable),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, Unavailable),
    ],
)
async def test_a_call_that_was_refused_is_settled_as_not_done(remote, fault, raised):
    remote.restaurant.fault = fault
    with pytest.raises(raised) as caught:
        await create(remote)
    assert not isinstance(caught.value, OutcomeUnknown)
    assert not await remote.store.records.open_intents()


async def test_a_changed_booking_whose_answer_was_lost_is_found_by_its_details(remote):
    booking = await made(remote)
    remote.restaurant.fault, remote.restaurant.after = grpc.StatusCode.UNAVAILABLE, True
    changed = await remote.bookings.modify(booking.id, LATER, key="c:2:modify", now=NOW)
    assert isinstance(changed, Booking)
    assert changed.request == LATER


async def test_a_change_that_did_not_happen_is_unknown_and_then_made_on_retry(remote):
    booking = await made(remote)
    remote.restaurant.fault = grpc.StatusCode.UNAVAILABLE
    with pytest.raises(OutcomeUnknown):
        await remote.bookings.modify(booking.id, LATER, key="c:2:modify", now=NOW)
    remote.restaurant.fault = None
    changed = await remote.bookings.modify(booking.id, LATER, key="c:2:modify", now=NOW)
    assert isinstance(changed, Booking)
    assert changed.request == LATER


async def test_a_cancellation_whose_answer_was_lost_is_found(remote):
    booking = await made(remote)
    remote.restaurant.fault, remote.restaurant.after = grpc.StatusCode.UNAVAILABLE, True
    assert (await remote.bookings.cancel(booking.id, key="c:3:cancel")).cancelled


async def test_a_booking_that_is_not_there_is_none_or_not_found(remote):
    assert await remote.bookings.get(booking_id="nope") is None
    remote.restaurant.fault = grpc.StatusCode.NOT_FOUND
    with pytest.raises(NotFound):
        await remote.bookings.cancel("nope", key="k")


async def test_every_day_is_asked_for_in_the_order_wanted(remote):
    wanted = [("hanok_table", NOW.date() + timedelta(days=count)) for count in (1, 2)]
    days = await remote.bookings.days(wanted, "b7", now=NOW)
    assert [(day.venue, day.day) for day in days] == wanted
    assert dict(days[0].largest_party) == {"19:00": 4}
    assert "check hanok_table 2026-06-11 b7" in remote.restaurant.calls


async def test_a_system_that_is_down_is_unavailable(remote):
    remote.restaurant.fault = grpc.StatusCode.UNAVAILABLE
    with pytest.raises(Unavailable):
        await remote.bookings.days([("hanok_table", NOW.date())])


async def test_an_intent_goes_with_its_conversation(remote):
    store = RemoteStore(remote.store, remote.channel, timeout=0.5)
    remote.restaurant.fault, remote.restaurant.deaf = grpc.StatusCode.UNAVAILABLE, True
    async with store.unit() as unit:
        await unit.load("c")
        with pytest.raises(OutcomeUnknown):
            await unit.bookings.create(REQUEST, key="c:1:create", user_id="u", now=NOW)
    assert unit.bookings.conversation_id == "c"


def test_the_other_side_never_sees_the_id_of_a_conversation():
    key = wire_key("+821012345678:3:create")
    assert "8210" not in key
    assert len(key) <= 128
    assert key == wire_key("+821012345678:3:create") != wire_key("+821012345678:4:create")
