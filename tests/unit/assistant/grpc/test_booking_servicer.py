from __future__ import annotations

import grpc
import pytest

from assistant.pb import booking_pb2 as pb

DETAILS = {
    "restaurant": "hanok_table",
    "date": "2026-06-12",
    "time": "19:00",
    "party_size": 3,
    "adults": 2,
    "children": 1,
    "name": "김민수",
    "phone": "010-1234-5678",
    "seating": "room",
}


def creation(key: str = "k", **change: object) -> pb.CreateBookingRequest:
    return pb.CreateBookingRequest(idempotency_key=key, user_id="u", details={**DETAILS, **change})


async def test_a_booking_is_made_read_changed_listed_and_cancelled(running):
    made = await running.booking.CreateBooking(creation())
    assert (made.status, made.version, made.time_zone) == (pb.BOOKING_STATUS_CONFIRMED, 1, "Asia/Seoul")
    assert made.details == pb.BookingDetails(**DETAILS)
    assert made.starts_at.ToJsonString() == "2026-06-12T10:00:00Z"
    assert made.ends_at.ToJsonString() == "2026-06-12T12:00:00Z"
    assert await running.booking.GetBooking(pb.GetBookingRequest(booking_id=made.booking_id)) == made
    assert await running.booking.GetBooking(pb.GetBookingRequest(idempotency_key="k")) == made
    request = pb.ModifyBookingRequest(booking_id=made.booking_id, idempotency_key="m", details=DETAILS)
    request.details.time = "20:00"
    changed = await running.booking.ModifyBooking(request)
    assert (changed.booking_id, changed.details.time, changed.version) == (made.booking_id, "20:00", 2)
    listed = await running.booking.ListBookings(pb.ListBookingsRequest(user_id="u", date="2026-06-12"))
    assert list(listed.bookings) == [changed]
    for key in ("c", "d"):
        request = pb.CancelBookingRequest(booking_id=made.booking_id, idempotency_key=key)
        assert (await running.booking.CancelBooking(request)).status == pb.BOOKING_STATUS_CANCELLED


async def test_the_same_key_books_once_and_other_details_under_it_are_refused(running, failing):
    made = await running.booking.CreateBooking(creation())
    assert await running.booking.CreateBooking(creation()) == made
    failure = await failing(running.booking.CreateBooking(creation(time="20:00")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ALREADY_EXISTS, "KEY_REUSED")


async def test_a_booking_that_cannot_be_had_says_why_and_what_could(running, failing):
    failure = await failing(running.booking.CreateBooking(creation(time="21:30")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "BOOKING_DECLINED")
    assert failure.metadata["reason"] == "hours"
    assert failure.metadata["alternatives"].startswith("21:00,")


async def test_availability_tells_the_starts_that_seat_the_party(running):
    request = pb.CheckAvailabilityRequest(restaurant="hanok_table", date="2026-06-12", party_size=12)
    starts = (await running.booking.CheckAvailability(request)).starts
    assert (starts[0].time, starts[-1].time) == ("11:30", "21:00")
    assert {start.largest_party for start in starts} == {12}
    request.party_size = 13
    assert not (await running.booking.CheckAvailability(request)).starts


async def test_a_closed_day_has_no_starts(running):
    request = pb.CheckAvailabilityRequest(restaurant="hanok_table", date="2026-06-15")
    assert not (await running.booking.CheckAvailability(request)).starts


async def test_a_list_goes_on_where_the_last_page_ended(running):
    for number in range(5):
        await running.booking.CreateBooking(creation(f"k{number}"))
    first = await running.booking.ListBookings(pb.ListBookingsRequest(page_size=3))
    second = await running.booking.ListBookings(pb.ListBookingsRequest(page_token=first.next_page_token))
    ids = {booking.booking_id for booking in (*first.bookings, *second.bookings)}
    assert (len(first.bookings), len(second.bookings), len(ids), second.next_page_token) == (3, 2, 5, "")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": "12 June"}, "details.date"),
        ({"date": "2026-02-30"}, "details.date"),
        ({"time": "7pm"}, "details.time"),
        ({"party_size": 0}, "details.party_size"),
        ({"party_size": -3}, "details.party_size"),
        ({"adults": 3}, "details.adults"),
        ({"children": -1}, "details.children"),
        ({"restaurant": ""}, "details.restaurant"),
        ({"name": "x" * 129}, "details.name"),
        ({"name": "a\0b"}, "details.name"),
    ],
)
async def test_details_that_cannot_be_read_are_refused_by_field(running, failing, change, field):
    failure = await failing(running.booking.CreateBooking(creation(**change)))
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("CreateBooking", pb.CreateBookingRequest(details=DETAILS), "idempotency_key"),
        ("CreateBooking", pb.CreateBookingRequest(idempotency_key="k"), "details.time"),
        ("ModifyBooking", pb.ModifyBookingRequest(idempotency_key="k", details=DETAILS), "booking_id"),
        ("CancelBooking", pb.CancelBookingRequest(booking_id="b"), "idempotency_key"),
        ("GetBooking", pb.GetBookingRequest(), "booking_id"),
        ("GetBooking", pb.GetBookingRequest(booking_id="b", idempotency_key="k"), "booking_id"),
        ("ListBookings", pb.ListBookingsRequest(page_size=501), "page_size"),
        ("ListBookings", pb.ListBookingsRequest(page_token="nowhere"), "page_token"),
        ("ListBookings", pb.ListBookingsRequest(date="today"), "date"),
        ("CheckAvailability", pb.CheckAvailabilityRequest(restaurant="nope", date="2026-06-12"), "restaurant"),
        ("CheckAvailability", pb.CheckAvailabilityRequest(restaurant="hanok_table"), "date"),
        (
            "CheckAvailability",
            pb.CheckAvailabilityRequest(restaurant="hanok_table", date="2026-06-12", party_size=-1),
            "party_size",
        ),
    ],
)
async def test_a_bad_field_of_a_booking_call_is_refused_by_name(running, failing, method, request_, field):
    failure = await failing(getattr(running.booking, method)(request_))
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("GetBooking", pb.GetBookingRequest(booking_id="b")),
        ("GetBooking", pb.GetBookingRequest(idempotency_key="b")),
        ("CancelBooking", pb.CancelBookingRequest(booking_id="b", idempotency_key="k")),
        ("ModifyBooking", pb.ModifyBookingRequest(booking_id="b", idempotency_key="k", details=DETAILS)),
    ],
)
async def test_a_booking_that_is_not_there_is_not_found(running, failing, method, request_):
    assert (await failing(getattr(running.booking, method)(request_))).code is grpc.StatusCode.NOT_FOUND
