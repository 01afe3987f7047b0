from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.adapters.database import DatabaseStore
from assistant.booking import rules
from assistant.errors import BadRequest, KeyReused, NotFound
from assistant.ports import Booking, BookingRequest, Declined

Wish = Callable[..., BookingRequest]
FRIDAY = date(2026, 6, 12)


async def create(
    store: DatabaseStore, request: BookingRequest, now: datetime, *, key: str, user_id: str = "user"
) -> Booking | Declined:
    async with store.unit() as unit:
        return await unit.bookings.create(request, key=key, user_id=user_id, now=now)


async def booked(store: DatabaseStore, request: BookingRequest, now: datetime, *, key: str) -> Booking:
    made = await create(store, request, now, key=key)
    assert isinstance(made, Booking)
    return made


async def declined(store: DatabaseStore, request: BookingRequest, now: datetime) -> Declined:
    made = await create(store, request, now, key="declined")
    assert isinstance(made, Declined)
    return made


async def modify(
    store: DatabaseStore, booking_id: str, request: BookingRequest, now: datetime, *, key: str
) -> Booking | Declined:
    async with store.unit() as unit:
        return await unit.bookings.modify(booking_id, request, key=key, now=now)


async def cancel(store: DatabaseStore, booking_id: str, *, key: str) -> Booking:
    async with store.unit() as unit:
        return await unit.bookings.cancel(booking_id, key=key)


async def largest(store: DatabaseStore, day: date, now: datetime, *, excluding: str = "") -> dict[str, int]:
    async with store.unit() as unit:
        (found,) = await unit.bookings.days([("hanok", day)], excluding, now)
    return dict(found.largest_party)


async def test_a_booking_is_kept_with_its_local_time_zone_and_instant(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    request = replace(
        wish("19:10", 3), adults=2, children=1, phone="010-1234-5678", wish="terrace", name="김민수 \x00'"
    )
    booking = await booked(store, request, now, key="k")
    assert (booking.request, booking.user_id, booking.time_zone) == (request, "user", "Asia/Seoul")
    assert booking.starts_at == datetime(2026, 6, 12, 10, 10, tzinfo=UTC)
    assert booking.ends_at == datetime(2026, 6, 12, 12, 10, tzinfo=UTC)
    async with store.unit() as unit:
        assert await unit.bookings.get(booking_id=booking.id) == booking
        assert await unit.bookings.get(key="k") == booking
        assert await unit.bookings.get(booking_id="other") is None
        assert await unit.bookings.get(key="other") is None
        assert await unit.bookings.get() is None


async def test_the_smallest_free_table_that_seats_the_party_is_given(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    tables = [(await booked(store, wish(party=2), now, key=f"k{number}")).table for number in range(4)]
    assert tables == ["2-1", "2-2", "4-3", "6-4"]


async def test_a_full_hour_is_declined_with_the_nearest_free_starts(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    await booked(store, wish("19:00", 6), now, key="k")
    assert await declined(store, wish("19:00", 6), now) == Declined(rules.FULL, ("17:00", "21:00", "16:30", "16:00"))


async def test_a_table_is_free_again_when_the_sitting_ends(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    await booked(store, wish("17:00", 6), now, key="k1")
    await booked(store, wish("19:00", 6), now, key="k2")
    assert (await declined(store, wish("18:59", 6), now)).reason == rules.FULL


async def test_a_start_off_the_grid_takes_every_half_hour_that_it_touches(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    await booked(store, wish("16:50", 6), now, key="k1")
    assert (await declined(store, wish("18:50", 6), now)).reason == rules.FULL
    await booked(store, wish("19:00", 6), now, key="k2")


@pytest.mark.parametrize(
    ("request_", "reason", "offers"),
    [
        (BookingRequest("nowhere", FRIDAY, "19:00", 2), rules.UNKNOWN_VENUE, 0),
        (BookingRequest("hanok", FRIDAY, "19:00", 0), rules.TOO_FEW, 4),
        (BookingRequest("hanok", FRIDAY, "19:00", 7), rules.TOO_MANY, 0),
        (BookingRequest("hanok", date(2026, 6, 9), "19:00", 2), rules.PAST, 0),
        (BookingRequest("hanok", date(2026, 6, 10), "13:30", 2), rules.PAST, 4),
        (BookingRequest("hanok", date(2026, 8, 11), "19:00", 2), rules.HORIZON, 0),
        (BookingRequest("hanok", date(2026, 6, 15), "19:00", 2), rules.CLOSED, 0),
        (BookingRequest("hanok", FRIDAY, "21:30", 2), rules.HOURS, 4),
    ],
)
async def test_what_the_rules_forbid_is_declined(
    store: DatabaseStore, request_: BookingRequest, reason: str, offers: int, now: datetime
) -> None:
    answer = await declined(store, request_, now)
    assert answer.reason == reason
    assert len(answer.alternatives) == offers


async def test_a_time_that_cannot_be_read_is_a_mistake_of_the_caller(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    with pytest.raises(BadRequest, match="HH:MM"):
        await create(store, wish("7pm"), now, key="k")


async def test_a_declined_request_leaves_its_key_unused(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    assert isinstance(await create(store, wish("21:30"), now, key="k"), Declined)
    assert isinstance(await create(store, wish("21:00"), now, key="k"), Booking)


async def test_the_same_key_and_request_give_the_same_booking(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    first = await booked(store, wish(), now, key="k")
    later = now.replace(day=11)
    assert await create(store, wish(), later, key="k") == first
    assert len((await store.records.list_bookings()).rows) == 1


async def test_the_same_key_with_another_request_is_refused(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    booking = await booked(store, wish(), now, key="k")
    with pytest.raises(KeyReused):
        await create(store, wish("20:00"), now, key="k")
    with pytest.raises(KeyReused):
        await create(store, wish(), now, key="k", user_id="somebody else")
    with pytest.raises(KeyReused):
        await cancel(store, booking.id, key="k")
    assert (await store.records.list_bookings()).rows == (booking,)


async def test_a_unit_that_raises_books_nothing(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    async def book_and_fail() -> None:
        async with store.unit() as unit:
            await unit.bookings.create(wish(), key="k", user_id="user", now=now)
            raise RuntimeError("the turn fails after the booking")

    with pytest.raises(RuntimeError):
        await book_and_fail()
    assert (await store.records.list_bookings()).rows == ()
    await booked(store, wish(), now, key="k")


async def test_a_changed_booking_keeps_its_table_where_it_can(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    booking = await booked(store, wish(party=4), now, key="k1")
    await booked(store, wish("15:00", 1), now, key="k2")
    changed = await modify(store, booking.id, wish("19:30", 2), now, key="k3")
    assert isinstance(changed, Booking)
    assert (changed.id, changed.table, changed.version) == (booking.id, booking.table, 2)
    async with store.unit() as unit:
        assert await unit.bookings.get(booking_id=booking.id) == changed


async def test_a_changed_booking_moves_to_a_larger_table_and_frees_its_own(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    booking = await booked(store, wish(party=4), now, key="k1")
    changed = await modify(store, booking.id, wish(party=6), now, key="k2")
    assert isinstance(changed, Booking)
    assert changed.table == "6-4"
    assert (await booked(store, wish(party=4), now, key="k3")).table == "4-3"


async def test_a_booking_can_move_to_another_venue_and_day(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    booking = await booked(store, wish(), now, key="k1")
    changed = await modify(store, booking.id, wish(venue="single", day=date(2026, 6, 13)), now, key="k2")
    assert isinstance(changed, Booking)
    assert (changed.request.venue, changed.table) == ("single", "4-1")
    assert await largest(store, FRIDAY, now) == dict.fromkeys(await largest(store, FRIDAY, now), 6)


async def test_a_change_that_cannot_be_had_leaves_the_booking_as_it_is(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    booking = await booked(store, wish("13:00", 6), now, key="k1")
    await booked(store, wish("19:00", 6), now, key="k2")
    answer = await modify(store, booking.id, wish("19:00", 6), now, key="k3")
    assert isinstance(answer, Declined)
    assert answer.reason == rules.FULL
    async with store.unit() as unit:
        assert await unit.bookings.get(booking_id=booking.id) == booking


async def test_a_change_may_overlap_the_booking_that_it_changes(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    booking = await booked(store, wish("19:00", 6), now, key="k1")
    assert isinstance(await modify(store, booking.id, wish("19:30", 6), now, key="k2"), Booking)


async def test_a_repeated_change_counts_once(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    booking = await booked(store, wish(), now, key="k1")
    changed = await modify(store, booking.id, wish("20:00"), now, key="k2")
    assert await modify(store, booking.id, wish("20:00"), now, key="k2") == changed
    with pytest.raises(KeyReused):
        await modify(store, booking.id, wish("18:00"), now, key="k2")


async def test_a_cancelled_booking_frees_its_table_and_stays_readable(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    booking = await booked(store, wish(party=6), now, key="k1")
    cancelled = await cancel(store, booking.id, key="k2")
    assert cancelled == replace(booking, cancelled=True, version=2)
    assert (await booked(store, wish(party=6), now, key="k3")).table == booking.table
    async with store.unit() as unit:
        assert await unit.bookings.get(booking_id=booking.id) == cancelled


async def test_cancelling_twice_gives_the_same_answer(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    booking = await booked(store, wish(), now, key="k1")
    cancelled = await cancel(store, booking.id, key="k2")
    assert await cancel(store, booking.id, key="k2") == cancelled
    assert await cancel(store, booking.id, key="k3") == cancelled


async def test_a_cancelled_booking_cannot_be_changed(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    booking = await booked(store, wish(), now, key="k1")
    await cancel(store, booking.id, key="k2")
    assert await modify(store, booking.id, wish("20:00"), now, key="k3") == Declined(rules.CANCELLED)


async def test_a_booking_that_is_not_there_can_be_neither_changed_nor_cancelled(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    with pytest.raises(NotFound):
        await modify(store, "nothing", wish(), now, key="k1")
    with pytest.raises(NotFound):
        await cancel(store, "nothing", key="k2")


async def test_days_tell_the_largest_party_of_every_start(store: DatabaseStore, wish: Wish, now: datetime) -> None:
    await booked(store, wish("19:00", 6), now, key="k1")
    await booked(store, wish("19:00", 4), now, key="k2")
    seats = await largest(store, FRIDAY, now)
    assert (seats["17:00"], seats["17:30"], seats["20:30"], seats["21:00"]) == (6, 2, 2, 6)
    assert list(seats) == sorted(seats)
    assert len(seats) == 20


async def test_days_count_the_table_of_the_booking_in_hand_as_free(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    booking = await booked(store, wish("19:00", 6), now, key="k")
    assert (await largest(store, FRIDAY, now))["19:00"] == 4
    assert (await largest(store, FRIDAY, now, excluding=booking.id))["19:00"] == 6


async def test_days_leave_out_what_is_over_closed_too_far_or_nowhere(store: DatabaseStore, now: datetime) -> None:
    async with store.unit() as unit:
        found = await unit.bookings.days(
            [
                ("hanok", date(2026, 6, 10)),
                ("hanok", date(2026, 6, 15)),
                ("hanok", date(2026, 8, 11)),
                ("nowhere", FRIDAY),
            ]
        )
        assert await unit.bookings.days([]) == []
    assert [len(day.largest_party) for day in found] == [14, 0, 0, 0]
    assert min(found[0].largest_party) == "14:30"
    assert [(day.venue, day.day.day) for day in found] == [("hanok", 10), ("hanok", 15), ("hanok", 11), ("nowhere", 12)]
