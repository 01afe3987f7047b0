"""Any order of calls gives what a plain list of bookings gives: the store against a model that counts minutes."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, precondition, rule

from assistant.adapters.database import open_store
from assistant.booking.venues import BookingBook, Hours, Table, Venue
from assistant.errors import KeyReused
from assistant.ports import Booking, BookingRequest, Declined

T = TypeVar("T")

SEATS = {"2-1": 2, "4-1": 4, "4-2": 4}
VENUE = Venue(
    id="hanok",
    names={"en": "Hanok"},
    aliases=(),
    time_zone="Asia/Seoul",
    hours={weekday: Hours(time(11, 30), time(21), time(22)) for weekday in range(1, 7)},
    tables=tuple(Table(table, seats) for table, seats in SEATS.items()),
)
BOOK = BookingBook(horizon_days=3, occupancy_bucket=30, sitting=120, start_step=30, venues=(VENUE,))
START = datetime(2026, 6, 12, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))

requests = st.builds(
    BookingRequest,
    venue=st.sampled_from(["hanok", "hanok", "hanok", "nowhere"]),
    day=st.integers(-1, 4).map(lambda ahead: START.date() + timedelta(days=ahead)),
    time=st.integers(11 * 6, 22 * 6).map(lambda tens: f"{tens // 6:02}:{tens % 6 * 10:02}"),
    party=st.integers(0, 5),
)
evenings = st.builds(
    BookingRequest,
    venue=st.just("hanok"),
    day=st.just(date(2026, 6, 13)),
    time=st.sampled_from(["18:00", "18:50", "19:00", "20:00", "21:00"]),
    party=st.integers(1, 4),
)


@dataclass
class Row:
    """A booking as the model keeps it: its table, and the minutes taken since the start of 2026."""

    request: BookingRequest
    table: str
    first: int
    end: int


def minutes(request: BookingRequest) -> tuple[int, int]:
    hour, minute = map(int, request.time.split(":"))
    first = (request.day - date(2026, 1, 1)).days * 1440 + hour * 60 + minute
    return first // 30 * 30, -(-(first + 120) // 30) * 30


class Standing:
    """A clock that nobody asks: every call says what now is."""

    def now(self) -> datetime:
        return START.astimezone(UTC)


class Keeping(RuleBasedStateMachine):
    """Creates, changes, cancels, repeats and reopens, and holds every answer against the model."""

    made: Bundle[str] = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.clock = Standing()
        self.folder = tempfile.mkdtemp()
        self.runner = asyncio.Runner()
        self.store = self.run(self.open())
        self.rows: dict[str, Row] = {}
        self.gone: set[str] = set()
        self.answers: dict[str, tuple[BookingRequest, Booking]] = {}
        self.keys = 0

    def run(self, what: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(what)

    async def open(self) -> Any:
        return await open_store(f"sqlite+aiosqlite:///{self.folder}/maitre.db", book=BOOK, clock=self.clock)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def key(self) -> str:
        self.keys += 1
        return f"k{self.keys}"

    def expected(self, request: BookingRequest, mine: str = "") -> str:
        """The table that the request should get, or the reason why none."""
        if request.venue != "hanok":
            return "unknown_venue"
        if not 1 <= request.party <= 4:
            return "too_few" if request.party < 1 else "too_many"
        today = self.now.date()
        if request.day < today:
            return "past"
        if request.day > today + timedelta(days=3):
            return "horizon"
        if request.day.weekday() == 0:
            return "closed"
        if not "11:30" <= request.time <= "21:00":
            return "hours"
        if request.day == today and request.time <= self.now.strftime("%H:%M"):
            return "past"
        first, end = minutes(request)
        busy = {row.table for id_, row in self.rows.items() if id_ != mine and row.first < end and first < row.end}
        free = [table for table, seats in SEATS.items() if seats >= request.party and table not in busy]
        if mine and self.rows[mine].table in free:
            return self.rows[mine].table
        return free[0] if free else "full"

    async def create_(self, request: BookingRequest, key: str) -> Booking | Declined:
        async with self.store.unit() as unit:
            return await unit.bookings.create(request, key=key, user_id="u", now=self.now)

    async def modify_(self, booking: str, request: BookingRequest, key: str) -> Booking | Declined:
        async with self.store.unit() as unit:
            return await unit.bookings.modify(booking, request, key=key, now=self.now)

    async def cancel_(self, booking: str) -> Booking:
        async with self.store.unit() as unit:
            return await unit.bookings.cancel(booking, key=self.key())

    @rule(target=made, request=requests | evenings)
    def create(self, request: BookingRequest) -> Any:
        expected, key = self.expected(request), self.key()
        answer = self.run(self.create_(request, key))
        if isinstance(answer, Declined):
            assert answer.reason == expected
            return multiple()
        assert answer.table == expected
        self.rows[answer.id] = Row(request, answer.table, *minutes(request))
        self.answers[key] = (request, answer)
        return answer.id

    @rule(booking=made, request=requests | evenings)
    def modify(self, booking: str, request: BookingRequest) -> None:
        expected = "cancelled" if booking in self.gone else self.expected(request, booking)
        answer = self.run(self.modify_(booking, request, self.key()))
        if isinstance(answer, Declined):
            assert answer.reason == expected
        else:
            assert answer.table == expected
            self.rows[booking] = Row(request, answer.table, *minutes(request))

    @rule(booking=consumes(made))
    def cancel(self, booking: str) -> None:
        assert self.run(self.cancel_(booking)).cancelled
        self.rows.pop(booking, None)
        self.gone.add(booking)

    @precondition(lambda self: self.answers)
    @rule(data=st.data(), other=evenings)
    def repeat(self, data: st.DataObject, other: BookingRequest) -> None:
        key = data.draw(st.sampled_from(sorted(self.answers)))
        request, answer = self.answers[key]
        assert self.run(self.create_(request, key)) == answer
        if other != request:
            try:
                self.run(self.create_(other, key))
            except KeyReused:
                return
            raise AssertionError("another request took a used key")

    @rule(hours=st.integers(1, 12))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def reopen(self) -> None:
        self.run(self.store.close())
        self.store = self.run(self.open())

    @invariant()
    def what_stands_and_what_is_free_agree_with_the_model(self) -> None:
        async def look() -> tuple[Any, Any]:
            async with self.store.unit() as unit:
                free = await unit.bookings.days([("hanok", date(2026, 6, 13))], now=self.now)
            return (await self.store.records.list_bookings(most=500)).rows, free[0].largest_party

        listed, free = self.run(look())
        standing = {booking.id: (booking.request, booking.table) for booking in listed if not booking.cancelled}
        assert standing == {id_: (row.request, row.table) for id_, row in self.rows.items()}
        expected = {}
        for minute in range(11 * 60 + 30, 21 * 60 + 1, 30):
            at = f"{minute // 60:02}:{minute % 60:02}"
            fits = [
                party
                for party in (4, 2)
                if self.expected(BookingRequest("hanok", date(2026, 6, 13), at, party)) in SEATS
            ]
            if fits:
                expected[at] = fits[0]
        assert free == expected


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(max_examples=10, stateful_step_count=20, deadline=None)
