"""Messages of the booking side into our types and back; used by our own BookingService and by the client of somebody else's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from assistant.errors import BadRequest
from assistant.grpc import checks
from assistant.pb import booking_pb2 as pb
from assistant.ports import Booking, BookingRequest
from assistant.types import ANY_WORK, Day, Work

LONGEST_FIELD: Final = 128
MOST_PEOPLE: Final = 10_000
MOST_OTHERS: Final = 32
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


def day_in(field: str, value: str) -> date:
    """A day as `2026-06-12`."""
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadRequest(field, f"is {checks.quoted(value)}; give a date as YYYY-MM-DD") from error


def details_in(details: pb.BookingDetails) -> BookingRequest:
    """What a booking is about; whether it can be had is not decided here."""
    if len(details.others) > MOST_OTHERS:
        raise BadRequest("details.others", f"has {len(details.others)} values; give at most {MOST_OTHERS}")
    if not _CLOCK.fullmatch(details.time):
        raise BadRequest("details.time", f"is {checks.quoted(details.time)}; give a time as HH:MM")
    for name in ("party_size", "adults", "children"):
        count = getattr(details, name)
        if not (1 if name == "party_size" else 0) <= count <= MOST_PEOPLE:
            raise BadRequest(f"details.{name}", f"is {count}; give how many people come")
    split = details.adults + details.children
    if split and split != details.party_size:
        raise BadRequest("details.adults", f"adults and children make {split}, party_size is {details.party_size}")
    return BookingRequest(
        venue=checks.identifier("details.restaurant", details.restaurant),
        day=day_in("details.date", details.date),
        time=details.time,
        party=details.party_size,
        adults=details.adults,
        children=details.children,
        name=_line("details.name", details.name),
        phone=_line("details.phone", details.phone),
        wish=_line("details.seating", details.seating),
        service=_line("details.service", details.service),
        staff=_line("details.staff", details.staff),
        others={
            checks.identifier("details.others", name): _line(f"details.others.{name}", value)
            for name, value in sorted(details.others.items())
        },
    )


def _line(field: str, value: str) -> str:
    return checks.identifier(field, value, optional=True)


def details_out(request: BookingRequest) -> pb.BookingDetails:
    """What a booking is about."""
    return pb.BookingDetails(
        restaurant=request.venue,
        date=request.day.isoformat(),
        time=request.time,
        party_size=request.party,
        adults=request.adults,
        children=request.children,
        name=request.name,
        phone=request.phone,
        seating=request.wish,
        service=request.service,
        staff=request.staff,
        others=request.others,
    )


def booking_out(booking: Booking) -> pb.Booking:
    """A booking as stored."""
    return pb.Booking(
        booking_id=booking.id,
        status=pb.BOOKING_STATUS_CANCELLED if booking.cancelled else pb.BOOKING_STATUS_CONFIRMED,
        details=details_out(booking.request),
        user_id=booking.user_id,
        time_zone=booking.time_zone,
        starts_at=instant_out(booking.starts_at),
        ends_at=instant_out(booking.ends_at),
        table=booking.table,
        version=booking.version,
    )


def booking_in(message: pb.Booking) -> Booking:
    """A booking as somebody else's system answers it. Raises `BadRequest` where it says no id or no details."""
    return Booking(
        id=checks.identifier("booking_id", message.booking_id),
        request=details_in(message.details),
        user_id=message.user_id,
        time_zone=checks.time_zone("time_zone", message.time_zone),
        starts_at=message.starts_at.ToDatetime(UTC),
        ends_at=message.ends_at.ToDatetime(UTC),
        table=message.table,
        cancelled=message.status == pb.BOOKING_STATUS_CANCELLED,
        version=message.version,
    )


def day_out(day: Day, party: int) -> pb.CheckAvailabilityResponse:
    """The bookable starts of a day that can seat `party`, in order; 0 means all."""
    return pb.CheckAvailabilityResponse(
        starts=[
            pb.FreeStart(time=at, largest_party=largest)
            for at, largest in sorted(day.largest_party.items())
            if largest >= party
        ]
    )


def free_starts_in(venue: str, day: date, message: pb.CheckAvailabilityResponse, work: Work = ANY_WORK) -> Day:
    """What a venue can still seat on a day."""
    return Day(venue, day, {start.time: start.largest_party for start in message.starts}, work)


def instant_out(moment: datetime) -> Timestamp:
    """An instant as protobuf's Timestamp."""
    stamp = Timestamp()
    stamp.FromDatetime(moment.astimezone(UTC))
    return stamp
