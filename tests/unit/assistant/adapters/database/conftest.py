"""A store on each database. PostgreSQL is started for the session where its server is installed, on a socket of its own."""

from __future__ import annotations

import asyncio
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from assistant.adapters.database import DatabaseStore, open_store
from assistant.booking.venues import BookingBook, Hours, Table, Venue
from assistant.ports import BookingRequest


class FakeClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


def venue(name: str, *seats: int) -> Venue:
    return Venue(
        id=name,
        names={"en": name},
        aliases=(),
        time_zone="Asia/Seoul",
        hours={weekday: Hours(time(11, 30), time(21), time(22)) for weekday in range(1, 7)},
        tables=tuple(Table(f"{size}-{number}", size) for number, size in enumerate(seats, 1)),
    )


@pytest.fixture
def book() -> BookingBook:
    return BookingBook(
        horizon_days=60,
        occupancy_bucket=30,
        sitting=120,
        start_step=30,
        venues=(venue("hanok", 2, 2, 4, 6), venue("single", 4)),
    )


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 6, 10, 5, 0, tzinfo=UTC))  # Wednesday, 14:00 in Seoul


@pytest.fixture
def now(clock: FakeClock) -> datetime:
    return clock.moment


@pytest.fixture
def wish() -> Callable[..., BookingRequest]:
    """Makes a request; whatever is not said is a Friday evening for four."""

    def make(
        at: str = "19:00", party: int = 4, *, venue: str = "hanok", day: date = date(2026, 6, 12), name: str = "Kim"
    ) -> BookingRequest:
        return BookingRequest(venue, day, at, party, name=name)

    return make


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The socket folder of a fresh PostgreSQL server; the test is skipped where there is none."""
    pytest.importorskip("asyncpg", reason="the PostgreSQL driver asyncpg is not installed")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(programs[-1]) if programs else "")
    if not found:
        pytest.skip("no PostgreSQL server is installed")
    as_owner: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root and there is no user postgres")
        as_owner = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if as_owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    programs_folder = Path(found).parent

    def run(*command: str) -> None:
        subprocess.run([*as_owner, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    control = [str(programs_folder / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    try:
        run(found, "-D", str(folder / "data"), "-A", "trust", "-U", "maitre", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        run(*control, "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield str(folder)
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


_names = (f"test_{number}" for number in itertools.count())


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new, empty database of either kind; in PostgreSQL a schema of a user of its own, which is cheaper than a database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'maitre.db'}"
    server = request.getfixturevalue("postgres_server")
    name = next(_names)

    async def create() -> None:
        engine = create_async_engine(f"postgresql+asyncpg://maitre@/postgres?host={server}")
        async with engine.begin() as connection:
            await connection.execute(sa.text(f"CREATE ROLE {name} SUPERUSER LOGIN"))
            await connection.execute(sa.text(f"CREATE SCHEMA {name} AUTHORIZATION {name}"))
        await engine.dispose()

    asyncio.run(create())
    return f"postgresql+asyncpg://{name}@/postgres?host={server}"


@pytest.fixture
async def store(url: str, book: BookingBook, clock: FakeClock) -> AsyncIterator[DatabaseStore]:
    opened = await open_store(url, book=book, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_store(tmp_path: Path, book: BookingBook, clock: FakeClock) -> AsyncIterator[DatabaseStore]:
    opened = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'maitre.db'}", book=book, clock=clock)
    yield opened
    await opened.close()


OVERLAPS = sa.text(
    "SELECT count(*) FROM bookings a JOIN bookings b ON a.venue = b.venue AND a.table_id = b.table_id AND a.id < b.id"
    " AND a.taken_from < b.taken_to AND b.taken_from < a.taken_to WHERE NOT a.cancelled AND NOT b.cancelled"
)


@pytest.fixture
def overlaps(url: str) -> Callable[[], Awaitable[int]]:
    """Counts the pairs of standing bookings that share a table at some instant: by the rows alone, without our code."""

    async def count() -> int:
        engine = create_async_engine(url)
        try:
            async with engine.connect() as connection:
                return int((await connection.execute(OVERLAPS)).scalar_one())
        finally:
            await engine.dispose()

    return count
