"""A program that books without pause, run as a process of its own by the load and the crash test.

It is given what `main` takes, in `GIVEN`, and sends for every settled request its key, the answer's id or reason, and the
seconds that it took. With the same seed it asks the same with the same keys.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection

from assistant.adapters.database import open_store
from assistant.booking.venues import BookingBook
from assistant.ports import Booking, BookingRequest

NOW = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)


class Clock:
    """Stands still."""

    def now(self) -> datetime:
        return NOW


def request(book: BookingBook, seed: int, number: int) -> BookingRequest:
    chance = random.Random(f"{seed} {number}")
    venue = chance.choice(book.venues)
    day = date(2026, 6, 11) + timedelta(days=chance.randrange(4))
    minute = chance.randrange(11 * 60 + 30, 21 * 60 + 1, 10)
    return BookingRequest(venue.id, day, f"{minute // 60:02}:{minute % 60:02}", chance.randint(1, venue.largest_table))


async def main(url: str, book: BookingBook, seed: int, first: int, count: int, pipe: Connection) -> None:
    """Settles `count` requests from number `first` on, or goes on until it is killed where `count` is 0."""
    store = await open_store(url, book=book, clock=Clock())
    pipe.send(("ready", "", 0.0))
    numbers = range(first, first + count) if count else itertools.count(first)
    mine: list[str] = []
    for number in numbers:
        key, chance = f"{seed}-{number}", random.Random(f"{seed} {number} what")
        began = time.monotonic()
        async with store.unit() as unit:
            if count and mine and chance.random() < 0.2:
                answer = await unit.bookings.cancel(mine.pop(), key=key)
            elif count and mine and chance.random() < 0.3:
                answer = await unit.bookings.modify(chance.choice(mine), request(book, seed, number), key=key, now=NOW)
            else:
                answer = await unit.bookings.create(request(book, seed, number), key=key, user_id="u", now=NOW)
                if isinstance(answer, Booking):
                    mine.append(answer.id)
        pipe.send((key, answer.id if isinstance(answer, Booking) else answer.reason, time.monotonic() - began))
    await store.close()


asyncio.run(main(**globals()["GIVEN"]))
