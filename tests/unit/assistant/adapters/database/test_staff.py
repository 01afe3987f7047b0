"""Bookings that take a person's time: as long as the service says, of that person or of anybody who is free."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time

import pytest

from assistant.adapters.database import DatabaseStore
from assistant.booking import rules
from assistant.booking.venues import BookingBook, Hours, Table, Venue
from assistant.ports import Booking, BookingRequest, Declined
from assistant.types import Work

FRIDAY = date(2026, 6, 12)
SALON = Venue(
    id="salon",
    names={"en": "Salon"},
    aliases=(),
    time_zone="Asia/Seoul",
    hours={weekday: Hours(time(10), time(19, 30), time(20)) for weekday in range(7)},
    tables=(Table("mina", 1), Table("junho", 1)),
)
Book = Callable[..., Awaitable[Booking | Declined]]


@pytest.fixture
def book() -> BookingBook:
    services = {"cut": 30, "perm": 120}
    return BookingBook(
        horizon_days=60, occupancy_bucket=30, sitting=30, start_step=30, venues=(SALON,), services=services
    )


@pytest.fixture
def take(store: DatabaseStore, now: datetime) -> Book:
    async def book(at: str, service: str, staff: str = "") -> Booking | Declined:
        request = BookingRequest("salon", FRIDAY, at, 1, service=service, staff=staff, others={"photo": "yes"})
        async with store.unit() as unit:
            return await unit.bookings.create(request, key=f"{at} {service} {staff}", user_id="u", now=now)

    return book


async def test_a_service_takes_its_own_time_of_the_one_who_was_asked_for(take: Book) -> None:
    perm = await take("15:00", "perm", "mina")
    assert isinstance(perm, Booking)
    assert (perm.table, perm.ends_at) == ("mina", datetime(2026, 6, 12, 8, tzinfo=UTC))
    assert perm.request.others == {"photo": "yes"}
    taken = await take("16:30", "cut", "mina")
    assert isinstance(taken, Declined)
    assert (taken.reason, taken.alternatives[0]) == (rules.FULL, "17:00")
    after = await take("17:00", "cut", "mina")
    assert isinstance(after, Booking)


async def test_anybody_who_is_free_will_do_where_nobody_was_asked_for(take: Book) -> None:
    await take("15:00", "cut", "mina")
    other = await take("15:00", "cut")
    assert isinstance(other, Booking)
    assert other.table == "junho"
    assert isinstance(await take("15:00", "perm"), Declined)


async def test_free_starts_are_those_of_the_work_that_is_asked_for(
    store: DatabaseStore, take: Book, now: datetime
) -> None:
    await take("15:00", "perm", "mina")
    async with store.unit() as unit:
        found = {
            work: set((await unit.bookings.days([("salon", FRIDAY)], now=now, work=work))[0].largest_party)
            for work in (Work("cut"), Work("cut", "mina"), Work("perm", "mina"))
        }
    assert "15:00" in found[Work("cut")]
    assert {"15:00", "16:30"} & found[Work("cut", "mina")] == set()
    assert {"14:30", "17:00"} <= found[Work("cut", "mina")]
    assert "14:00" not in found[Work("perm", "mina")]
    assert max(found[Work("perm", "mina")]) == "18:00"


@pytest.mark.parametrize(
    ("service", "staff", "reason"),
    [("", "", rules.UNKNOWN_SERVICE), ("nails", "", rules.UNKNOWN_SERVICE), ("cut", "zoe", rules.UNKNOWN_STAFF)],
)
async def test_unknown_work_is_declined_with_its_reason(take: Book, service: str, staff: str, reason: str) -> None:
    assert await take("15:00", service, staff) == Declined(reason)
