"""The `Bookings` port over somebody else's BookingService: a restaurant keeps its own system and is asked instead.

What is about to be asked is stored first, in a transaction of its own. Where the answer does not come back, the system is
asked once what became of the key; until that is known the outcome counts as unknown, and it is never assumed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from hashlib import blake2b
from typing import Final

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from assistant.adapters.database.records import Records
from assistant.adapters.database.store import DatabaseStore
from assistant.adapters.database.unit import DatabaseUnit
from assistant.booking import rules
from assistant.errors import BadRequest, KeyReused, NotFound, NotPossible, OutcomeUnknown, Unavailable
from assistant.grpc import convert_booking as convert
from assistant.pb import booking_pb2 as pb
from assistant.pb.booking_pb2_grpc import BookingServiceStub
from assistant.ports import Booking, BookingRequest, Declined, TrackerEvent
from assistant.types import ANY_WORK, Conversation, Day, Outcome, Work

Look = Callable[[], Awaitable[Booking | None]]

CODE = grpc.StatusCode
OPTIONS: Final = (("grpc.keepalive_time_ms", 60_000), ("grpc.keepalive_timeout_ms", 20_000))

_REFUSED: Final = frozenset(
    {
        CODE.INVALID_ARGUMENT,
        CODE.NOT_FOUND,
        CODE.ALREADY_EXISTS,
        CODE.FAILED_PRECONDITION,
        CODE.PERMISSION_DENIED,
        CODE.UNAUTHENTICATED,
        CODE.UNIMPLEMENTED,
        CODE.RESOURCE_EXHAUSTED,
    }
)
"""Answers that say for certain that nothing was done. After any other failure the outcome is unknown."""


class RemoteBookings:
    """Bookings of one conversation, kept elsewhere.

    Args:
        channel: to the BookingService.
        records: where intents are stored.
        timeout: seconds for one call.
        conversation_id: whose intents these are, so that they are erased with it.
    """

    def __init__(
        self, channel: grpc.aio.Channel, records: Records, *, timeout: float, conversation_id: str = ""
    ) -> None:
        self._stub = BookingServiceStub(channel)
        self._records = records
        self._timeout = timeout
        self.conversation_id = conversation_id

    async def days(
        self,
        wanted: Sequence[tuple[str, date]],
        excluding: str = "",
        now: datetime | None = None,
        work: Work = ANY_WORK,
    ) -> Sequence[Day]:
        """What each (venue, day) can still seat; all are asked at once. Raises `Unavailable`."""
        return await asyncio.gather(*(self._day(venue, day, excluding, now, work) for venue, day in wanted))

    async def create(self, request: BookingRequest, *, key: str, user_id: str, now: datetime) -> Booking | Declined:
        """Books, or says why not.

        Raises:
            OutcomeUnknown: no answer came back, and none was to be had about the key.
            Unavailable: the system refused the call; nothing was booked.
        """
        name = wire_key(key)
        message = pb.CreateBookingRequest(
            idempotency_key=name,
            details=convert.details_out(request),
            user_id=user_id,
            now=convert.instant_out(now),
        )

        async def look() -> Booking | None:
            return await self.get(key=key)

        if await self._open(name, "create", request) and (made := await look()):
            return await self._settled(name, made)
        return await self._carry_out(name, self._stub.CreateBooking(message, timeout=self._timeout), look)

    async def modify(self, booking_id: str, request: BookingRequest, *, key: str, now: datetime) -> Booking | Declined:
        """Changes a booking, or says why not; raises as `create`, and `NotFound`."""
        name = wire_key(key)
        message = pb.ModifyBookingRequest(
            booking_id=booking_id,
            idempotency_key=name,
            details=convert.details_out(request),
            now=convert.instant_out(now),
        )

        async def look() -> Booking | None:
            found = await self.get(booking_id=booking_id)
            return found if found and found.request == request else None

        if await self._open(name, "modify", request) and (changed := await look()):
            return await self._settled(name, changed)
        return await self._carry_out(name, self._stub.ModifyBooking(message, timeout=self._timeout), look)

    async def cancel(self, booking_id: str, *, key: str) -> Booking:
        """Cancels a booking; raises as `create`, and `NotFound`."""
        name = wire_key(key)
        message = pb.CancelBookingRequest(booking_id=booking_id, idempotency_key=name)

        async def look() -> Booking | None:
            found = await self.get(booking_id=booking_id)
            return found if found and found.cancelled else None

        await self._open(name, "cancel", None)
        done = await self._carry_out(name, self._stub.CancelBooking(message, timeout=self._timeout), look)
        if isinstance(done, Declined):
            raise NotPossible(f"the booking cannot be cancelled: {done.reason}")
        return done

    async def get(self, *, booking_id: str = "", key: str = "") -> Booking | None:
        """The booking with that id, or made with that key. Raises `Unavailable`."""
        message = pb.GetBookingRequest(booking_id=booking_id, idempotency_key=wire_key(key) if key else "")
        try:
            return convert.booking_in(await self._stub.GetBooking(message, timeout=self._timeout))
        except grpc.aio.AioRpcError as error:
            if error.code() is CODE.NOT_FOUND:
                return None
            raise _unavailable(error) from error
        except BadRequest as error:
            raise Unavailable("the booking system's answer cannot be read") from error

    async def latest(self, user_id: str) -> Booking | None:
        """The user's booking with the latest start, among the first page that the system lists. Raises `Unavailable`."""
        if not user_id:
            return None
        try:
            answer = await self._stub.ListBookings(pb.ListBookingsRequest(user_id=user_id), timeout=self._timeout)
        except grpc.aio.AioRpcError as error:
            raise _unavailable(error) from error
        found = [convert.booking_in(one) for one in answer.bookings]
        return max(found, key=lambda booking: booking.starts_at, default=None)

    async def _day(self, venue: str, day: date, excluding: str, now: datetime | None, work: Work) -> Day:
        message = pb.CheckAvailabilityRequest(
            restaurant=venue,
            date=day.isoformat(),
            excluding_booking_id=excluding,
            now=convert.instant_out(now) if now else None,
            service=work.service,
            staff=work.staff,
        )
        try:
            answer = await self._stub.CheckAvailability(message, timeout=self._timeout)
        except grpc.aio.AioRpcError as error:
            raise _unavailable(error) from error
        return convert.free_starts_in(venue, day, answer, work)

    async def _open(self, name: str, call: str, request: BookingRequest | None) -> bool:
        """Stores what is about to be asked; tells whether it was asked before without a known outcome."""
        if name in await self._records.open_intents():
            return True
        # Who books stays in the conversation: to find out what became of a key, the key is enough.
        intent = {"call": call}
        if request is not None:
            intent |= {"venue": request.venue, "day": request.day.isoformat(), "time": request.time}
        await self._records.put_intent(name, conversation_id=self.conversation_id, intent=intent)
        return False

    async def _carry_out(self, name: str, call: Awaitable[pb.Booking], look: Look) -> Booking | Declined:
        try:
            return await self._settled(name, convert.booking_in(await call))
        except grpc.aio.AioRpcError as error:
            if error.code() in _REFUSED:
                return await self._settled(name, _refusal(error))
        except BadRequest:
            pass  # something was answered, and it tells nothing
        try:
            found = await look()
        except Unavailable as error:
            raise OutcomeUnknown("the booking system did not answer; ask again") from error
        if found is None:
            # It may still be at work on the call.
            raise OutcomeUnknown("the booking system did not say what became of the call; ask again")
        return await self._settled(name, found)

    async def _settled(self, name: str, outcome: Booking | Declined | Exception) -> Booking | Declined:
        await self._records.settle_intent(name)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class RemoteStore:
    """Conversations in our database, bookings elsewhere.

    Args:
        store: ours.
        channel: to the BookingService.
        timeout: seconds for one call.
    """

    def __init__(self, store: DatabaseStore, channel: grpc.aio.Channel, *, timeout: float) -> None:
        self._store = store
        self._channel = channel
        self._timeout = timeout

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[RemoteUnit]:
        """A unit of work; what it books is booked at once, what it saves is saved at its end."""
        async with self._store.unit() as unit:
            yield RemoteUnit(unit, RemoteBookings(self._channel, self._store.records, timeout=self._timeout))


class RemoteUnit:
    """A unit of our database whose bookings are elsewhere."""

    def __init__(self, unit: DatabaseUnit, bookings: RemoteBookings) -> None:
        self._unit = unit
        self.bookings = bookings

    async def load(self, conversation_id: str) -> Conversation | None:
        """The conversation, or None; what is booked from here on is booked for it."""
        self.bookings.conversation_id = conversation_id
        return await self._unit.load(conversation_id)

    async def replay(self, conversation_id: str, message_id: str) -> tuple[str, Outcome] | None:
        """The fingerprint and the outcome stored under that id, or None."""
        return await self._unit.replay(conversation_id, message_id)

    async def events(self, conversation_id: str, most: int) -> Sequence[TrackerEvent]:
        """The last tracker events of the conversation."""
        return await self._unit.events(conversation_id, most)

    async def save(
        self,
        outcome: Outcome,
        *,
        message_id: str,
        fingerprint: str,
        text: str,
        events: Sequence[TrackerEvent],
        at: datetime,
    ) -> None:
        """Stores the turn. Raises `StaleWrite`."""
        await self._unit.save(outcome, message_id=message_id, fingerprint=fingerprint, text=text, events=events, at=at)

    async def reword(self, outcome: Outcome, *, message_id: str) -> None:
        """Replaces the outcome of a stored turn by the same one in other words."""
        await self._unit.reword(outcome, message_id=message_id)

    async def consent(self, conversation: Conversation) -> None:
        """Stores whether a conversation that has ended may be used for training."""
        await self._unit.consent(conversation)

    async def profile(self, user_id: str) -> Mapping[str, str]:
        """The values that may be suggested to that user."""
        return await self._unit.profile(user_id)


def connect(target: str) -> grpc.aio.Channel:
    """A channel to the BookingService at `host:port`; call it within the event loop that will use it."""
    return grpc.aio.insecure_channel(target, options=OPTIONS)


def wire_key(key: str) -> str:
    """The key as the other side sees it: short enough for the contract, and without our conversation's id."""
    return blake2b(key.encode(), digest_size=24).hexdigest()


def _refusal(error: grpc.aio.AioRpcError) -> Declined | Exception:
    match error.code():
        case CODE.FAILED_PRECONDITION:
            return _declined(error)
        case CODE.NOT_FOUND:
            return NotFound("the booking system knows no such booking")
        case CODE.ALREADY_EXISTS:
            return KeyReused("the booking system has another booking under this key")
    return _unavailable(error)


def _declined(error: grpc.aio.AioRpcError) -> Declined:
    status = rpc_status.from_call(error)
    info = error_details_pb2.ErrorInfo()
    for detail in status.details if status else ():
        if detail.Unpack(info):
            break
    reason = info.metadata.get("reason", "")
    alternatives = tuple(time for time in info.metadata.get("alternatives", "").split(",") if time)
    return Declined(reason if reason in rules.REASONS else rules.FULL, alternatives)


def _unavailable(error: grpc.aio.AioRpcError) -> Unavailable:
    return Unavailable(f"the booking system does not take the call ({error.code().name}); try again")
