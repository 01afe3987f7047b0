"""One unit's way to the database: reads at once, one transaction from the first write on. Knows no table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.adapters.database.engines import Engines
from assistant.adapters.database.faults import connecting, translated


class Session:
    """Reads see the latest committed state until something is written; from then on they see the transaction as well."""

    def __init__(self, engines: Engines, stack: AsyncExitStack) -> None:
        self._engines = engines
        self._stack = stack
        self._transaction: AsyncConnection | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether SQLite's own means must be used: there is one writer at a time."""
        return self._engines.is_sqlite

    async def begin(self) -> None:
        """Opens the transaction where it is not open yet. In SQLite this waits for the one writer's turn."""
        if self._transaction is None:
            with connecting():
                self._transaction = await self._stack.enter_async_context(self._engines.writer.begin())

    async def rows(self, statement: sa.Executable) -> Sequence[sa.Row[Any]]:
        """All rows that a query finds."""
        if self._transaction is not None:
            with translated():
                return (await self._transaction.execute(statement)).all()
        with connecting():
            async with self._engines.reader.connect() as connection:
                return (await connection.execute(statement)).all()

    async def row(self, statement: sa.Executable) -> sa.Row[Any] | None:
        """The first row that a query finds, or None."""
        found = await self.rows(statement)
        return found[0] if found else None

    async def write(self, statement: sa.Executable, values: Sequence[dict[str, Any]] | None = None) -> int:
        """Carries out a change within the transaction, for each of `values` where given; tells how many rows it met."""
        await self.begin()
        assert self._transaction is not None
        with translated():
            done = await self._transaction.execute(statement, values)
            return done.rowcount

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """A part of the transaction that may fail by itself: what it wrote is taken back and the transaction goes on."""
        await self.begin()
        assert self._transaction is not None
        with translated():
            async with self._transaction.begin_nested():
                yield

    async def hold(self, name: str) -> None:
        """Lets one transaction at a time go on under that name, until it ends. SQLite's writer is alone anyway."""
        await self.begin()
        if not self.is_sqlite:
            number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
            await self.rows(sa.select(sa.func.pg_advisory_xact_lock(sa.cast(number, sa.BigInteger))))


@asynccontextmanager
async def open_session(engines: Engines) -> AsyncIterator[Session]:
    """A session whose transaction commits when the block ends and rolls back when it raises."""
    with translated():
        async with AsyncExitStack() as stack:
            yield Session(engines, stack)
