"""The `Store` port on a database, and what operators and servicers ask for beside a turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa

from assistant.adapters.database.engines import Engines, open_engines
from assistant.adapters.database.faults import connecting
from assistant.adapters.database.logs import Logs
from assistant.adapters.database.records import Records
from assistant.adapters.database.session import open_session
from assistant.adapters.database.unit import DatabaseUnit
from assistant.booking.venues import BookingBook
from assistant.ports import Clock


class DatabaseStore:
    """Conversations and bookings in one database. `open_store` makes one, `close` ends it.

    Args:
        engines: the open database.
        book: venues and limits.
        clock: what "now" is where a caller does not say.
    """

    def __init__(self, engines: Engines, *, book: BookingBook, clock: Clock) -> None:
        self._engines = engines
        self._book = book
        self._clock = clock
        self.records = Records(engines, clock=clock)
        self.logs = Logs(engines)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[DatabaseUnit]:
        """A unit of work: its transaction opens with its first write, commits at the end and rolls back when the block raises.

        Raises:
            StoreUnavailable: the database cannot be reached or cannot write; nothing of the unit is stored.
        """
        async with open_session(self._engines) as session:
            yield DatabaseUnit(session, book=self._book, clock=self._clock)

    async def check(self) -> None:
        """Asks the database for an answer, for health. Raises `StoreUnavailable`."""
        with connecting():
            async with self._engines.reader.connect() as connection:
                await connection.execute(sa.select(1))

    async def close(self) -> None:
        """Closes every connection."""
        await self._engines.close()


async def open_store(url: str, *, book: BookingBook, clock: Clock) -> DatabaseStore:
    """Opens the store at `url`, making the file and its folders and bringing the schema to the newest version.

    Args:
        url: `sqlite+aiosqlite:///file` or `postgresql+asyncpg://user@host/name`.
        book: venues and limits, from the domain.
        clock: what "now" is where a caller does not say.

    Raises:
        BadRequest: the URL is none of the two supported forms.
        StoreUnavailable: the database cannot be reached.
    """
    return DatabaseStore(await open_engines(url), book=book, clock=clock)
