from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from assistant.adapters.database import engines, open_store
from assistant.adapters.database.schema import metadata, occupancy
from assistant.booking.venues import BookingBook
from assistant.errors import BadRequest, StoreUnavailable
from assistant.ports import Clock


async def inspect(url: str, look: Any) -> Any:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(look)
    finally:
        await engine.dispose()


async def opened_and_closed(url: str, book: BookingBook, clock: Clock) -> None:
    await (await open_store(url, book=book, clock=clock)).close()


async def test_an_empty_database_is_brought_to_the_newest_schema(url: str, book: BookingBook, clock: Clock) -> None:
    await opened_and_closed(url, book, clock)

    def differences(connection: sa.Connection) -> list[Any]:
        def ours(thing: Any, _name: Any, kind: str, _reflected: bool, _other: Any) -> bool:
            table = thing if kind == "table" else getattr(thing, "table", None)
            return connection.dialect.name == "sqlite" or table is None or table.name != occupancy.name

        context = MigrationContext.configure(connection, opts={"include_object": ours})
        return list(compare_metadata(context, metadata))

    assert await inspect(url, differences) == []


async def test_opening_again_changes_nothing(url: str, book: BookingBook, clock: Clock) -> None:
    await opened_and_closed(url, book, clock)
    await opened_and_closed(url, book, clock)

    def version(connection: sa.Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    config = Config()
    config.set_main_option("script_location", "assistant.adapters.database:migrations")
    assert await inspect(url, version) == ScriptDirectory.from_config(config).get_current_head()


async def test_several_processes_may_open_an_empty_database_at_once(url: str, book: BookingBook, clock: Clock) -> None:
    stores = await asyncio.gather(*(open_store(url, book=book, clock=clock) for _ in range(6)))
    for store in stores:
        await store.check()
        await store.close()


async def test_who_opens_waits_for_a_migration_longer_than_a_statement_waits_for_a_lock(
    url: str, book: BookingBook, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate = engines._migrate

    def slowly(connection: sa.Connection) -> None:
        migrate(connection)
        time.sleep(0.5)

    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(engines, "_migrate", slowly)
    for store in await asyncio.gather(*(open_store(url, book=book, clock=clock) for _ in range(3))):
        await store.close()


async def test_the_way_back_leads_to_an_empty_database(url: str, book: BookingBook, clock: Clock) -> None:
    await opened_and_closed(url, book, clock)

    def down(connection: sa.Connection) -> list[str]:
        config = Config()
        config.set_main_option("script_location", "assistant.adapters.database:migrations")
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        return sa.inspect(connection).get_table_names()

    assert await inspect(url, down) == ["alembic_version"]
    await opened_and_closed(url, book, clock)


@pytest.mark.parametrize(
    "wrong", ["", "nonsense", "sqlite:///file.db", "sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "mysql://h/n"]
)
async def test_an_unsupported_url_is_refused_with_the_supported_forms(
    wrong: str, book: BookingBook, clock: Clock
) -> None:
    with pytest.raises(BadRequest, match=r"sqlite\+aiosqlite:///file"):
        await open_store(wrong, book=book, clock=clock)


async def test_a_folder_that_cannot_be_made_is_a_fault_of_the_store(
    tmp_path: Path, book: BookingBook, clock: Clock
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        await open_store(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'maitre.db'}", book=book, clock=clock)


async def test_sqlite_runs_with_the_settings_that_durability_rests_on(
    tmp_path: Path, book: BookingBook, clock: Clock
) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'maitre.db'}", book=book, clock=clock)
    opened = store._engines
    for engine in (opened.writer, opened.reader):
        async with engine.connect() as connection:
            read = {
                pragma: (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar()
                for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
            }
        assert read == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
            "busy_timeout": 5000,
        }
    await store.close()
