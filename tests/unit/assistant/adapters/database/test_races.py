"""Many at once: what the database forbids stays forbidden. Several stores stand for several processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.adapters.database import DatabaseStore, open_store
from assistant.adapters.database.schema import bookings, occupancy
from assistant.booking import rules
from assistant.booking.venues import BookingBook
from assistant.errors import KeyReused
from assistant.ports import Booking, BookingRequest, Clock, Declined

Wish = Callable[..., BookingRequest]
Overlaps = Callable[[], Awaitable[int]]

ROUNDS = 100
AT_ONCE = 16
SITTINGS = ("11:30", "13:30", "15:30", "17:30", "19:30")


@asynccontextmanager
async def several(url: str, book: BookingBook, clock: Clock, count: int) -> AsyncIterator[list[DatabaseStore]]:
    async with AsyncExitStack() as stack:
        stores = []
        for _ in range(count):
            stores.append(await open_store(url, book=book, clock=clock))
            stack.push_async_callback(stores[-1].close)
        yield stores


async def create(store: DatabaseStore, request: BookingRequest, now: datetime, *, key: str) -> Booking | Declined:
    async with store.unit() as unit:
        return await unit.bookings.create(request, key=key, user_id="u", now=now)


def open_days(start: date) -> list[date]:
    days = [start + timedelta(days=number) for number in range(30)]
    return [day for day in days if day.weekday() != 0]


async def test_of_many_who_want_the_last_table_exactly_one_gets_it(
    url: str, book: BookingBook, clock: Clock, wish: Wish, now: datetime, overlaps: Overlaps
) -> None:
    wishes = [wish(at, venue="single", day=day) for day in open_days(date(2026, 6, 12)) for at in SITTINGS][:ROUNDS]
    assert len(wishes) == ROUNDS
    async with several(url, book, clock, 2) as stores:
        for number, request in enumerate(wishes):
            answers = await asyncio.gather(
                *(create(stores[racer % 2], request, now, key=f"{number}-{racer}") for racer in range(AT_ONCE))
            )
            assert sum(isinstance(answer, Booking) for answer in answers) == 1
            assert {answer.reason for answer in answers if isinstance(answer, Declined)} == {rules.FULL}
    assert await overlaps() == 0


async def test_the_database_itself_refuses_a_table_that_is_taken(
    store: DatabaseStore, book: BookingBook, wish: Wish, now: datetime
) -> None:
    """Without any of our checks: the rows alone, as a mistaken program would write them."""
    made = await create(store, wish("19:00", venue="single"), now, key="k")
    assert isinstance(made, Booking)

    async def write_the_same_again() -> None:
        async with store._engines.writer.begin() as connection:
            row = (await connection.execute(sa.select(bookings))).mappings().one()
            await connection.execute(sa.insert(bookings).values({**row, "id": "intruder"}))
            if store._engines.is_sqlite:
                taken = {"venue": "single", "table_id": made.table, "bucket": made.starts_at, "booking_id": "intruder"}
                await connection.execute(sa.insert(occupancy).values(taken))

    with pytest.raises(IntegrityError):
        await write_the_same_again()
    assert (await store.records.list_bookings()).rows == (made,)


async def test_a_key_sent_many_times_at_once_books_once(
    url: str, book: BookingBook, clock: Clock, wish: Wish, now: datetime
) -> None:
    async with several(url, book, clock, 2) as stores:
        for number, day in enumerate(open_days(date(2026, 6, 12))[:10]):
            answers = await asyncio.gather(
                *(create(stores[racer % 2], wish(day=day), now, key=f"k{number}") for racer in range(8))
            )
            assert all(answer == answers[0] for answer in answers)
        assert len((await stores[0].records.list_bookings()).rows) == 10


async def test_of_different_requests_with_one_key_at_once_one_counts(
    url: str, book: BookingBook, clock: Clock, wish: Wish, now: datetime
) -> None:
    async with several(url, book, clock, 2) as stores:
        answers = await asyncio.gather(
            *(
                create(stores[number % 2], wish(at, day=date(2026, 6, 12 + number % 3)), now, key="k")
                for number, at in enumerate(SITTINGS)
            ),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, Booking) for answer in answers) == 1
        assert sum(isinstance(answer, KeyReused) for answer in answers) == len(SITTINGS) - 1
        assert len((await stores[0].records.list_bookings()).rows) == 1


async def test_a_change_and_a_cancellation_at_once_leave_one_of_both(
    url: str, book: BookingBook, clock: Clock, wish: Wish, now: datetime, overlaps: Overlaps
) -> None:
    async with several(url, book, clock, 2) as stores:
        for number, day in enumerate(open_days(date(2026, 6, 12))[:10]):
            made = await create(stores[0], wish(day=day, venue="single"), now, key=f"c{number}")
            assert isinstance(made, Booking)
            booking_id = made.id

            async def change(booking_id: str = booking_id, number: int = number, day: date = day) -> None:
                async with stores[0].unit() as unit:
                    await unit.bookings.modify(
                        booking_id, wish("12:00", day=day, venue="single"), key=f"m{number}", now=now
                    )

            async def call_off(booking_id: str = booking_id, number: int = number) -> None:
                async with stores[1].unit() as unit:
                    await unit.bookings.cancel(booking_id, key=f"x{number}")

            await asyncio.gather(change(), call_off())
            async with stores[0].unit() as unit:
                after = await unit.bookings.get(booking_id=booking_id)
                free = await unit.bookings.days([("single", day)], now=now)
            assert after is not None
            assert after.cancelled
            assert len(free[0].largest_party) == 20, "a cancelled booking holds no table"
    assert await overlaps() == 0


async def test_bookings_that_swap_places_at_once_never_share_a_table(
    url: str, book: BookingBook, clock: Clock, wish: Wish, now: datetime, overlaps: Overlaps
) -> None:
    noon, evening = wish("12:00", venue="single"), wish("19:00", venue="single")
    async with several(url, book, clock, 2) as stores:
        first, second = await create(stores[0], noon, now, key="a"), await create(stores[1], evening, now, key="b")
        assert isinstance(first, Booking)
        assert isinstance(second, Booking)

        async def move(store: DatabaseStore, booking: Booking, to: BookingRequest) -> Booking | Declined:
            async with store.unit() as unit:
                return await unit.bookings.modify(booking.id, to, key=f"swap {booking.id}", now=now)

        answers = await asyncio.gather(move(stores[0], first, evening), move(stores[1], second, noon))
        assert all(
            replace(answer, alternatives=()) == Declined(rules.FULL)
            for answer in answers
            if isinstance(answer, Declined)
        )
        assert len([answer for answer in answers if isinstance(answer, Declined)]) == 2
    assert await overlaps() == 0
