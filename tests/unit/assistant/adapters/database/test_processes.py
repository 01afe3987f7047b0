"""Several processes on one database, and processes that are killed."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import runpy
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import sqlalchemy as sa

from assistant.adapters.database import open_store
from assistant.adapters.database.schema import bookings, idempotency
from assistant.booking import rules
from assistant.booking.venues import BookingBook, Table
from assistant.ports import Clock

WRITER = Path(__file__).with_name("writer.py")
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["assistant.adapters.database", "aiosqlite"])

WRITERS = 4
REQUESTS = 60
KILLS = 20


def start(url: str, book: BookingBook, *, seed: int, first: int = 0, count: int) -> tuple[BaseProcess, Connection]:
    ours, theirs = PROCESSES.Pipe(duplex=False)
    given = {"url": url, "book": book, "seed": seed, "first": first, "count": count, "pipe": theirs}
    process = PROCESSES.Process(target=runpy.run_path, args=(str(WRITER), {"GIVEN": given}, "__main__"))
    process.start()
    theirs.close()
    return process, ours


def answers(pipe: Connection) -> list[tuple[str, str]]:
    """Everything that the process has said and will say, until it ends."""
    said = []
    while True:
        try:
            key, answer, _ = pipe.recv()
        except EOFError:
            return said
        said.append((key, answer))


async def test_processes_that_book_change_and_cancel_at_random_never_overlap(
    url: str, book: BookingBook, clock: Clock, overlaps: Callable[[], Awaitable[int]]
) -> None:
    running = [start(url, book, seed=seed, count=REQUESTS) for seed in range(WRITERS)]
    said = [answers(pipe) for _, pipe in running]
    for (process, pipe), words in zip(running, said, strict=True):
        process.join()
        pipe.close()
        assert process.exitcode == 0
        assert len(words) == REQUESTS + 1, "every request was answered"
        assert {answer for _, answer in words if len(answer) < 32} <= {"", *rules.REASONS}
        process.close()
    assert await overlaps() == 0
    store = await open_store(url, book=book, clock=clock)
    assert len((await store.records.list_bookings(most=500)).rows) > 10
    await store.close()


async def test_a_writer_that_is_killed_loses_no_booking_that_it_was_told_of(
    url: str, book: BookingBook, clock: Clock, overlaps: Callable[[], Awaitable[int]]
) -> None:
    tables = tuple(Table(f"6-{number}", 6) for number in range(60))
    large = replace(book, venues=tuple(replace(venue, tables=tables) for venue in book.venues))
    chance = random.Random(7)
    kept: dict[str, str] = {}
    settled = 0
    for _ in range(KILLS):
        # The next process begins with the request whose answer the last one did not live to tell.
        process, pipe = start(url, large, seed=0, first=settled, count=0)
        assert pipe.recv()[0] == "ready"
        await asyncio.sleep(chance.uniform(0, 0.12))
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        process.close()
        for key, answer in answers(pipe):
            settled += 1
            if len(answer) == 32:
                kept[key] = answer
        pipe.close()
    assert len(kept) > KILLS
    store = await open_store(url, book=large, clock=clock)
    async with store.unit() as unit:
        for key, booking_id in kept.items():
            booking = await unit.bookings.get(key=key)
            assert booking is not None, f"{key} was told of and is lost"
            assert booking.id == booking_id
    async with store._engines.reader.connect() as connection:
        counts = [
            (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
            for table in (bookings, idempotency)
        ]
        if store._engines.is_sqlite:
            assert (await connection.exec_driver_sql("PRAGMA integrity_check")).scalar() == "ok"
    await store.close()
    assert counts[0] == counts[1], "one booking per key"
    assert counts[0] - len(kept) <= 1, "at most the one whose answer was cut off last"
    assert await overlaps() == 0
