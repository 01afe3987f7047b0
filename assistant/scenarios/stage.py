"""What stands around the conversations of one scenario: full tables, profiles, bookings made before; and its removal.

Everything is made and removed over gRPC and carries ids of its own, so that no scenario meets what another one left.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from uuid import uuid4
from zoneinfo import ZoneInfo

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from assistant.client import Client, timestamp
from assistant.pb import assistant_pb2 as pb
from assistant.pb import booking_pb2
from assistant.scenarios.files import EarlierEntry, FullEntry, StartEntry
from assistant.scenarios.values import Telling
from assistant.scenarios.view import View, view_of

_YES = {"en": "Yes.", "ko": "네."}
_PAGE = 500


class Stage:
    """The surroundings of one scenario, played once in one language.

    Args:
        client: the server.
        name: begins every id that is used; nobody else's may begin with it.
        clock: "now" of the preparations.
        time_zone: of the user, an IANA name.
    """

    def __init__(self, client: Client, name: str, clock: datetime, time_zone: str) -> None:
        self._client = client
        self._name = name
        self._clock = clock
        self._now = timestamp(clock)
        self._time_zone = time_zone
        self._users: set[str] = set()
        self._profiles: set[str] = set()
        self._conversations: list[str] = []

    def open(self) -> str:
        """The id of a new conversation."""
        self._conversations.append(f"{self._name}-{len(self._conversations) + 1}")
        return self._conversations[-1]

    def user(self, name: str = "") -> str:
        """The id of a user of this scenario, by the file's name for them; empty: the usual one."""
        user_id = f"{self._name}-user-{name}" if name else f"{self._name}-user"
        self._users.add(user_id)
        return user_id

    async def fill(self, full: Sequence[FullEntry]) -> None:
        """Books tables until nobody can be seated at those starts, and at others where the day allows it."""
        left = sorted(full, key=lambda one: (*_day_of(one), one.time.en))
        while left:
            left = left[await self._fill_first(left) :]

    async def _fill_first(self, full: Sequence[FullEntry]) -> int:
        """Fills the first start, and those behind it that the same bookings can fill; how many that were.

        A table is taken for a whole sitting. So half of the bookings go to the first start that went with all of these and half
        to the last: with two hours and 19:00, to 17:30 and 20:30, and every start but 19:00 has a half left.
        """
        first = full[0]
        free = list(await self._starts(first))
        booked = await self._book_all(first, first.time.en)
        left = await self._starts(first)
        gone = [at for at in free if at not in left]
        if len(booked) < 2 or not gone[0] < first.time.en < gone[-1]:
            return 1
        at = free.index(first.time.en)
        sitting = max(at - free.index(gone[0]), free.index(gone[-1]) - at)  # the day may cut either

        def before(one: FullEntry) -> str:
            """The first start that is gone with this one."""
            return free[max(free.index(one.time.en) - sitting, 0)]

        same = [
            *takewhile(
                lambda one: _day_of(one) == _day_of(first) and one.time.en in gone and before(one) < first.time.en, full
            )
        ]
        for one in booked[1::2]:
            await self._move(one, gone[-1])
        early = before(same[-1])
        holders = await self._book_all(first, early)  # or an early one would be given the table of a late one
        for one in booked[::2]:
            await self._move(one, early)
        for one in holders:
            await self._cancel(one)
        return len(same)

    async def _starts(self, full: FullEntry) -> dict[str, int]:
        """The starts that can be booked where something is to be full, in order, and the largest party at each."""
        wanted = booking_pb2.CheckAvailabilityRequest(
            restaurant=full.restaurant.en,
            date=full.date.en,
            party_size=1,
            now=self._now,
            service=full.service.en,
            staff=full.staff.en,
        )
        day = await self._client.call(self._client.booking.CheckAvailability, wanted)
        return {start.time: start.largest_party for start in day.starts}

    async def _book_all(self, full: FullEntry, at: str) -> list[booking_pb2.Booking]:
        """Books tables until none is left at that start; the bookings, the largest first."""
        booked = []
        while (largest := (await self._starts(full)).get(at)) is not None:
            details = booking_pb2.BookingDetails(
                restaurant=full.restaurant.en,
                date=full.date.en,
                time=at,
                party_size=largest,
                service=full.service.en,
                staff=full.staff.en,
            )
            booked.append(await self._book(details, self.user("full"), uuid4().hex, self._now))
        return booked

    async def _move(self, booking: booking_pb2.Booking, at: str) -> None:
        details = booking_pb2.BookingDetails()
        details.CopyFrom(booking.details)
        details.time = at
        request = booking_pb2.ModifyBookingRequest(
            booking_id=booking.booking_id, idempotency_key=uuid4().hex, details=details, now=self._now
        )
        await self._client.call(self._client.booking.ModifyBooking, request)

    async def _cancel(self, booking: booking_pb2.Booking) -> None:
        request = booking_pb2.CancelBookingRequest(booking_id=booking.booking_id, idempotency_key=uuid4().hex)
        await self._client.call(self._client.booking.CancelBooking, request)

    async def prepare(
        self, conversation_id: str, user_id: str, start: StartEntry, language: str, told: Telling
    ) -> View:
        """Brings a new conversation and its user to where `start` says; where that is.

        Raises:
            grpc.aio.AioRpcError: the server refuses a value, or cannot be reached.
        """
        if start.profile:
            self._profiles.add(user_id)
            slots = {name: told(value) for name, value in start.profile.items()}
            await self._client.call(
                self._client.assistant.PutProfile, pb.PutProfileRequest(user_id=user_id, slots=slots)
            )
        if start.earlier_booking:
            details = _details(start.earlier_booking, told)
            # The same key, so that a second start adds none.
            await self._book(details, user_id, f"{user_id}-earlier", self._before(start.earlier_booking))
        if not start.slots:
            return View()
        slots = {name: told(value) for name, value in start.slots.items()}
        if start.party:
            slots["party_size"] = f"{start.party.adults}+{start.party.children}"
        request = pb.SetSlotsRequest(
            conversation_id=conversation_id,
            slots=slots,
            request_id="start",
            user_id=user_id,
            locale=language,
            time_zone=self._time_zone,
            now=self._now,
        )
        answer = await self._client.call(self._client.assistant.SetSlots, request)
        if start.booked:
            yes = pb.ConverseRequest(
                conversation_id=conversation_id,
                message_id="start-yes",
                text=_YES[language],
                time_zone=self._time_zone,
                now=self._now,
                user_id=user_id,
            )
            answer = (await self._client.call(self._client.assistant.Converse, yes)).conversation
        return view_of(answer)

    async def remove(self) -> None:
        """Cancels every booking of the scenario's users, deletes its conversations and empties its profiles."""
        for user_id in self._users:
            await self._cancel_all(user_id)
        for conversation_id in self._conversations:
            await self._delete(conversation_id)
        for user_id in self._profiles:
            await self._client.call(self._client.assistant.PutProfile, pb.PutProfileRequest(user_id=user_id))

    async def _cancel_all(self, user_id: str) -> None:
        booking, page = self._client.booking, ""
        while True:
            wanted = booking_pb2.ListBookingsRequest(user_id=user_id, page_size=_PAGE, page_token=page)
            found = await self._client.call(booking.ListBookings, wanted)
            for one in found.bookings:
                if one.status == booking_pb2.BOOKING_STATUS_CONFIRMED:
                    await self._cancel(one)
            page = found.next_page_token
            if not page:
                return

    async def _delete(self, conversation_id: str) -> None:
        request = pb.DeleteConversationRequest(conversation_id=conversation_id)
        try:
            await self._client.call(self._client.assistant.DeleteConversation, request)
        except grpc.aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.NOT_FOUND:  # one that never got a message is not there
                raise

    def _before(self, earlier: EarlierEntry) -> Timestamp:
        """When an earlier booking was made: now, or a day ahead of it where it is over by now."""
        at = datetime.fromisoformat(f"{earlier.date.en}T{earlier.time.en}").replace(tzinfo=ZoneInfo(self._time_zone))
        return timestamp(min(self._clock, at - timedelta(days=1)))

    async def _book(
        self, details: booking_pb2.BookingDetails, user_id: str, key: str, now: Timestamp
    ) -> booking_pb2.Booking:
        request = booking_pb2.CreateBookingRequest(idempotency_key=key, details=details, user_id=user_id, now=now)
        return await self._client.call(self._client.booking.CreateBooking, request)


def _details(earlier: EarlierEntry, told: Telling) -> booking_pb2.BookingDetails:
    return booking_pb2.BookingDetails(
        restaurant=told(earlier.restaurant),
        date=told(earlier.date),
        time=told(earlier.time),
        party_size=earlier.party_size,
        name=told(earlier.name),
        phone=told(earlier.phone),
        seating=told(earlier.seating),
        service=told(earlier.service),
        staff=told(earlier.staff),
    )


def _day_of(full: FullEntry) -> tuple[str, str, str, str]:
    """Where, when, and of what and whom something is to be full."""
    return full.restaurant.en, full.date.en, full.service.en, full.staff.en
