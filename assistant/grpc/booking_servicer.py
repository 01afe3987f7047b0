"""BookingService on our own database: what a restaurant's system would offer, for programs and for other assistants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import grpc

from assistant.errors import BadRequest, NotFound
from assistant.grpc import checks, convert_requests
from assistant.grpc import convert_booking as convert
from assistant.grpc.service import Late, Service
from assistant.grpc.status import BookingDeclined
from assistant.pb import booking_pb2 as pb
from assistant.pb import booking_pb2_grpc
from assistant.ports import Booking, Bookings, Declined
from assistant.types import Work

Context = grpc.aio.ServicerContext[Any, Any]
USUAL_PAGE = 100
LARGEST_PAGE = 500


class BookingServicer(booking_pb2_grpc.BookingServiceServicer):
    """The booking side.

    Args:
        late: gives the service as soon as it is loaded.
    """

    def __init__(self, late: Late) -> None:
        self._late = late

    async def CheckAvailability(
        self, request: pb.CheckAvailabilityRequest, context: Context
    ) -> pb.CheckAvailabilityResponse:
        """Tells what can be seated on one day."""
        service = self._late.get()
        venues = tuple(venue.id for venue in service.parts.domain.book.venues)
        venue = checks.one_of("restaurant", request.restaurant, venues)
        day = convert.day_in("date", request.date)
        if request.party_size < 0:
            raise BadRequest("party_size", f"is {request.party_size}; give how many people come, or 0 for any")
        work = self._work_in(request, service)
        excluding = checks.identifier("excluding_booking_id", request.excluding_booking_id, optional=True)
        now = convert_requests.now_in(
            request, clock=service.parts.clock.now(), client_clocks=service.parts.client_clocks
        )
        async with service.bookings() as bookings:
            (found,) = await bookings.days([(venue, day)], excluding, now=now, work=work)
        return convert.day_out(found, request.party_size)

    @staticmethod
    def _work_in(request: pb.CheckAvailabilityRequest, service: Service) -> Work:
        book = service.parts.domain.book
        people = {table.id for venue in book.venues if venue.id == request.restaurant for table in venue.tables}
        return Work(
            checks.one_of("service", request.service, ("", *book.services)),
            checks.one_of("staff", request.staff, ("", *sorted(people))) if request.staff else "",
        )

    async def CreateBooking(self, request: pb.CreateBookingRequest, context: Context) -> pb.Booking:
        """Creates a booking."""
        service = self._late.get()
        key = checks.identifier("idempotency_key", request.idempotency_key)
        details = convert.details_in(request.details)
        user_id = checks.identifier("user_id", request.user_id, optional=True)
        now = convert_requests.now_in(
            request, clock=service.parts.clock.now(), client_clocks=service.parts.client_clocks
        )

        async def create(bookings: Bookings) -> Booking | Declined:
            return await bookings.create(details, key=key, user_id=user_id, now=now)

        return _standing(await _whole(service, key, create))

    async def ModifyBooking(self, request: pb.ModifyBookingRequest, context: Context) -> pb.Booking:
        """Changes a booking."""
        service = self._late.get()
        booking_id = checks.identifier("booking_id", request.booking_id)
        key = checks.identifier("idempotency_key", request.idempotency_key)
        details = convert.details_in(request.details)
        now = convert_requests.now_in(
            request, clock=service.parts.clock.now(), client_clocks=service.parts.client_clocks
        )

        async def modify(bookings: Bookings) -> Booking | Declined:
            return await bookings.modify(booking_id, details, key=key, now=now)

        return _standing(await _whole(service, key, modify))

    async def CancelBooking(self, request: pb.CancelBookingRequest, context: Context) -> pb.Booking:
        """Cancels a booking."""
        booking_id = checks.identifier("booking_id", request.booking_id)
        key = checks.identifier("idempotency_key", request.idempotency_key)

        async def cancel(bookings: Bookings) -> Booking | Declined:
            return await bookings.cancel(booking_id, key=key)

        return _standing(await _whole(self._late.get(), key, cancel))

    async def GetBooking(self, request: pb.GetBookingRequest, context: Context) -> pb.Booking:
        """Reads a booking by its id or its key."""
        if bool(request.booking_id) == bool(request.idempotency_key):
            raise BadRequest("booking_id", "give exactly one of booking_id and idempotency_key")
        booking_id = checks.identifier("booking_id", request.booking_id, optional=True)
        key = checks.identifier("idempotency_key", request.idempotency_key, optional=True)
        async with self._late.get().bookings() as bookings:
            found = await bookings.get(booking_id=booking_id, key=key)
        if found is None:
            raise NotFound("there is no such booking")
        return convert.booking_out(found)

    async def ListBookings(self, request: pb.ListBookingsRequest, context: Context) -> pb.ListBookingsResponse:
        """Lists bookings, earliest first."""
        if not 0 <= request.page_size <= LARGEST_PAGE:
            raise BadRequest("page_size", f"is {request.page_size}; give 1 to {LARGEST_PAGE}, or 0 for {USUAL_PAGE}")
        page = await self._late.get().records.list_bookings(
            venue=checks.identifier("restaurant", request.restaurant, optional=True),
            day=convert.day_in("date", request.date) if request.date else None,
            user_id=checks.identifier("user_id", request.user_id, optional=True),
            most=request.page_size or USUAL_PAGE,
            after=checks.identifier("page_token", request.page_token, optional=True),
        )
        return pb.ListBookingsResponse(
            bookings=[convert.booking_out(booking) for booking in page.rows], next_page_token=page.after
        )


async def _whole(
    service: Service, key: str, work: Callable[[Bookings], Awaitable[Booking | Declined]]
) -> Booking | Declined:
    """Carries out a change to its end, even when the client leaves; a repeat of its key waits for it."""

    async def unit() -> Booking | Declined:
        async with service.bookings() as bookings:
            return await work(bookings)

    return await service.conversations.alone(f"booking {key}", unit)


def _standing(answer: Booking | Declined) -> pb.Booking:
    if isinstance(answer, Declined):
        raise BookingDeclined(answer)
    return convert.booking_out(answer)
