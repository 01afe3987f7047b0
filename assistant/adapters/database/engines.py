"""Connections: one writer and several readers, with the settings that durability rests on, and the way to the newest schema."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from filelock import AsyncFileLock
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from assistant.adapters.database.faults import connecting
from assistant.errors import BadRequest

SQLITE = "sqlite+aiosqlite"
POSTGRES = "postgresql+asyncpg"

BUSY_SECONDS = 5
"""How long a statement waits for a lock before the store counts as unavailable."""
QUEUE_SECONDS = 10
"""How long a unit waits for a connection."""
OPENING_SECONDS = 60
"""How long a process that opens the database waits for others that do the same: each brings the schema up in its turn."""
READERS = 4
POSTGRES_CONNECTIONS = 16

_MIGRATION_LOCK = 0x6D616974726501
"""PostgreSQL advisory lock: one process migrates, the others wait and find nothing left to do."""


@dataclass(frozen=True, slots=True)
class Engines:
    """The two ways into one database. `writer` opens transactions, `reader` sees what is committed, statement by statement."""

    writer: AsyncEngine
    reader: AsyncEngine

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a SQLite file."""
        return self.writer.dialect.name == "sqlite"

    async def close(self) -> None:
        """Closes every connection."""
        await self.reader.dispose()
        await self.writer.dispose()


async def open_engines(url: str) -> Engines:
    """Opens the database at `url` and brings its schema to the newest version.

    Raises:
        BadRequest: the URL is none of the two supported forms.
        StoreUnavailable: the database cannot be reached.
    """
    engines = _engines(url)
    try:
        with connecting():
            async with _alone(engines) as connection:
                await connection.run_sync(_migrate)
    except BaseException:
        await engines.close()
        raise
    return engines


@asynccontextmanager
async def _alone(engines: Engines) -> AsyncIterator[AsyncConnection]:
    """A transaction that no other process opening the same database has at the same time."""
    if engines.is_sqlite:
        # The lock is beside the database: of two connections that turn a new file to WAL, SQLite refuses one at once.
        lock = AsyncFileLock(f"{engines.writer.url.database}.lock", timeout=OPENING_SECONDS)
        async with lock, engines.writer.begin() as connection:
            yield connection
        return
    async with engines.writer.begin() as connection:
        for setting in ("lock_timeout", "statement_timeout"):
            await connection.execute(sa.select(sa.func.set_config(setting, f"{OPENING_SECONDS}s", True)))
        await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        yield connection


def _engines(url: str) -> Engines:
    forms = "write sqlite+aiosqlite:///file or postgresql+asyncpg://user@host/name"
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as wrong:
        raise BadRequest("database_url", f"this is no database URL; {forms}") from wrong
    if parsed.drivername == SQLITE:
        if parsed.database in (None, "", ":memory:"):
            raise BadRequest("database_url", f"a file is needed, memory does not last; {forms}")
        return _sqlite(parsed)
    if parsed.drivername == POSTGRES:
        return _postgres(parsed)
    raise BadRequest("database_url", f"{parsed.drivername!r} is not supported; {forms}")


def _sqlite(url: sa.URL) -> Engines:
    with connecting():
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    timeout = {"timeout": BUSY_SECONDS}
    writer = create_async_engine(
        url, connect_args=timeout, pool_size=1, max_overflow=0, pool_timeout=QUEUE_SECONDS, hide_parameters=True
    )
    reader = create_async_engine(
        url,
        connect_args=timeout,
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=QUEUE_SECONDS,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,  # a reader has nothing to roll back
        hide_parameters=True,
    )
    common = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    _on_connect(writer, common)
    _on_connect(reader, (*common, "query_only=ON"))

    @sa.event.listens_for(writer.sync_engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # Taking the write lock at once: a transaction that starts as a reader cannot always become a writer.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return Engines(writer, reader)


def _on_connect(engine: AsyncEngine, pragmas: tuple[str, ...]) -> None:
    @sa.event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver opens no transactions of its own
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _postgres(url: sa.URL) -> Engines:
    settings = {"lock_timeout": f"{BUSY_SECONDS}s", "statement_timeout": f"{2 * BUSY_SECONDS}s"}
    try:
        writer = create_async_engine(
            url,
            pool_size=POSTGRES_CONNECTIONS,
            max_overflow=0,
            pool_timeout=QUEUE_SECONDS,
            pool_pre_ping=True,
            connect_args={"server_settings": settings, "timeout": BUSY_SECONDS},
            hide_parameters=True,
        )
    except ModuleNotFoundError as missing:
        raise BadRequest("database_url", "PostgreSQL needs its driver; install maitre[postgres]") from missing
    return Engines(writer, writer.execution_options(isolation_level="AUTOCOMMIT"))


def _migrate(connection: sa.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "assistant.adapters.database:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
