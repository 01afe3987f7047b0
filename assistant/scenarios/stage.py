"""What stands around the conversations of one scenario: full tables, profiles, bookings made before; and its removal.

Everything is made and removed over gRPC and carries ids of its own, so that no scenario meets what another one left.
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import grpc

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

    async def fill(self, full: FullEntry) -> None:
        """Books tables until nobody can be seated at that start."""
        booking = self._client.booking
        wanted = booking_pb2.CheckAvailabilityRequest(
            restaurant=full.restaurant.en,
            date=full.date.en,
            party_size=1,
            now=self._now,
            service=full.service.en,
            staff=full.staff.en,
        )
        while True:
            day = await self._client.call(booking.CheckAvailability, wanted)
            start = next((start for start in day.starts if start.time == full.time.en), None)
            if start is None:
                return
            details = booking_pb2.BookingDetails(
                restaurant=full.restaurant.en,
                date=full.date.en,
                time=full.time.en,
                party_size=start.largest_party,
                service=full.service.en,
                staff=full.staff.en,
            )
            await self._book(details, self.user("full"), uuid4().hex)

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
            await self._book(details, user_id, f"{user_id}-earlier")  # the same key, so that a second start adds none
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
                    cancel = booking_pb2.CancelBookingRequest(booking_id=one.booking_id, idempotency_key=uuid4().hex)
                    await self._client.call(booking.CancelBooking, cancel)
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

    async def _book(self, details: booking_pb2.BookingDetails, user_id: str, key: str) -> None:
        request = booking_pb2.CreateBookingRequest(idempotency_key=key, details=details, user_id=user_id, now=self._now)
        await self._client.call(self._client.booking.CreateBooking, request)


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
