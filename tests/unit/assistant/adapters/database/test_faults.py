from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.adapters.database import DatabaseStore, engines, open_store
from assistant.booking.venues import BookingBook
from assistant.errors import StoreUnavailable
from assistant.ports import Booking, BookingRequest, Clock

Wish = Callable[..., BookingRequest]


async def create(store: DatabaseStore, request: BookingRequest, now: datetime, *, key: str) -> Booking:
    async with store.unit() as unit:
        made = await unit.bookings.create(request, key=key, user_id="u", now=now)
    assert isinstance(made, Booking)
    return made


async def test_a_full_disk_books_nothing_reads_on_and_recovers_by_itself(
    sqlite_store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    store = sqlite_store
    kept = await create(store, wish("12:00"), now, key="before")

    async def limit_pages(pages: int) -> None:
        async with store._engines.writer.connect() as connection:
            await connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    await limit_pages(1)  # SQLite takes the present size instead: the file can no longer grow
    long = "a long name " * 2000
    with pytest.raises(StoreUnavailable):
        await create(store, wish("19:00", name=long), now, key="full")
    assert (await store.records.list_bookings()).rows == (kept,)
    await limit_pages(1_000_000)
    await create(store, wish("19:00", name=long), now, key="full")


async def test_a_database_that_stays_locked_is_unavailable_and_then_available_again(
    tmp_path: Path, book: BookingBook, clock: Clock, wish: Wish, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    file = tmp_path / "maitre.db"
    store = await open_store(f"sqlite+aiosqlite:///{file}", book=book, clock=clock)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        await create(store, wish(), now, key="k")
    assert (await store.records.list_bookings()).rows == ()
    other.execute("ROLLBACK")
    other.close()
    await create(store, wish(), now, key="k")
    await store.close()


async def test_units_that_wait_too_long_for_the_writer_are_told_so(
    tmp_path: Path, book: BookingBook, clock: Clock, wish: Wish, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "QUEUE_SECONDS", 0.05)
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'maitre.db'}", book=book, clock=clock)
    async with store.unit() as slow:
        await slow.bookings.create(wish("12:00"), key="slow", user_id="u", now=now)
        with pytest.raises(StoreUnavailable):
            await create(store, wish("19:00"), now, key="waiting")
    await create(store, wish("19:00"), now, key="waiting")
    await store.close()


async def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path, book: BookingBook, clock: Clock) -> None:
    pytest.importorskip("asyncpg", reason="the PostgreSQL driver asyncpg is not installed")
    with pytest.raises(StoreUnavailable):
        await open_store(f"postgresql+asyncpg://maitre@/maitre?host={tmp_path}", book=book, clock=clock)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_connections_that_the_server_dropped_are_replaced(
    store: DatabaseStore, wish: Wish, now: datetime
) -> None:
    await create(store, wish("12:00"), now, key="before")
    drop = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    async def create_and_lose_the_connection() -> None:
        async with store.unit() as unit:
            await unit.bookings.create(wish("15:00"), key="dropped", user_id="u", now=now)
            async with store._engines.reader.connect() as connection:
                await connection.execute(drop)

    with pytest.raises(StoreUnavailable):
        await create_and_lose_the_connection()
    await create(store, wish("15:00"), now, key="dropped")
    assert len((await store.records.list_bookings()).rows) == 2
