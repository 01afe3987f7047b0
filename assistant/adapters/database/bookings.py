"""The `Bookings` port on a database, within the transaction of a unit. The rules are in `assistant.booking`, not here.

What forbids overbooking is a constraint of the database. The checks before it find the best table and the reason for a no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.adapters.database import codec
from assistant.adapters.database.schema import bookings, idempotency, occupancy
from assistant.adapters.database.session import Session
from assistant.booking import rules, seating
from assistant.booking.seating import Span
from assistant.booking.venues import BookingBook, Table, Venue
from assistant.errors import BadRequest, KeyReused, NotFound
from assistant.ports import Booking, BookingRequest, Clock, Declined
from assistant.types import ANY_WORK, Day, Work

_AROUND = timedelta(days=1)
"""How far beyond its start a sitting can reach: farther than any sitting is long."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A request that keeps every rule: where, and for how long. `at` is local, `starts_at` the instant."""

    venue: Venue
    at: time
    starts_at: datetime
    ends_at: datetime
    span: Span


class DatabaseBookings:
    """Bookings within one unit of work.

    Args:
        session: the unit's.
        book: venues and limits.
        clock: what "now" is where a caller does not say.
    """

    def __init__(self, session: Session, *, book: BookingBook, clock: Clock) -> None:
        self._session = session
        self._book = book
        self._clock = clock

    async def days(
        self,
        wanted: Sequence[tuple[str, date]],
        excluding: str = "",
        now: datetime | None = None,
        work: Work = ANY_WORK,
    ) -> Sequence[Day]:
        """What each (venue, day) can still seat, by starts on the grid that are still to come; one query for all.

        Raises:
            KeyError: there is no such service.
        """
        moment = now or self._clock.now()
        venues = {venue_id: self._venue(venue_id) for venue_id, _ in wanted}
        known = [(venue, day) for venue_id, day in wanted if (venue := venues[venue_id])]
        taken = await self._taken(known, excluding)
        found = []
        for venue_id, day in wanted:
            venue = venues[venue_id]
            largest = (
                seating.largest_parties(self._book, venue, day, moment, taken[venue_id, day], work.service, work.staff)
                if venue is not None
                else {}
            )
            found.append(Day(venue_id, day, {rules.clock(at): party for at, party in largest.items()}, work))
        return found

    async def create(self, request: BookingRequest, *, key: str, user_id: str, now: datetime) -> Booking | Declined:
        """Books the smallest free table that seats the party, or says why not. Only a booking uses up the key.

        Raises:
            KeyReused: the key came before with another request.
        """
        asked = _hash("create", user_id, codec.REQUEST.dump(request))
        if answered := await self._answered(key, asked):
            return answered
        plan = await self._plan(request, now)
        if isinstance(plan, Declined):
            return plan
        booking = Booking(
            id=uuid4().hex,
            request=request,
            user_id=user_id,
            time_zone=plan.venue.time_zone,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            table="",
        )
        taken = (await self._taken([(plan.venue, request.day)]))[request.venue, request.day]
        for table in seating.free_tables(plan.venue, request.party, plan.span, taken, request.staff):
            seated = replace(booking, table=table.id)
            if await self._insert(seated, plan.span):
                await self._remember(key, asked, seated)
                return seated
        return await self._declined(rules.FULL, plan.venue, request, plan.at, now)

    async def modify(self, booking_id: str, request: BookingRequest, *, key: str, now: datetime) -> Booking | Declined:
        """Changes a booking, on its own table where that can be; or says why not and leaves it as it is.

        Raises:
            NotFound: there is no such booking.
            KeyReused: the key came before with another request.
        """
        asked = _hash("modify", booking_id, codec.REQUEST.dump(request))
        if answered := await self._answered(key, asked):
            return answered
        await self._session.hold(f"day {request.venue} {request.day}")
        booking = await self._get_to_change(booking_id)
        if booking.cancelled:
            return Declined(rules.CANCELLED)
        plan = await self._plan(request, now, excluding=booking_id)
        if isinstance(plan, Declined):
            return plan
        changed = replace(
            booking,
            request=request,
            time_zone=plan.venue.time_zone,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            version=booking.version + 1,
        )
        taken = (await self._taken([(plan.venue, request.day)], booking_id))[request.venue, request.day]
        free = seating.free_tables(plan.venue, request.party, plan.span, taken, request.staff)
        stays = request.venue == booking.request.venue
        for table in _first(booking.table, free) if stays else free:
            seated = replace(changed, table=table.id)
            if await self._update(seated, plan.span):
                await self._remember(key, asked, seated)
                return seated
        return await self._declined(rules.FULL, plan.venue, request, plan.at, now, excluding=booking_id)

    async def cancel(self, booking_id: str, *, key: str) -> Booking:
        """Cancels a booking and frees its table; one that is cancelled already stays as it is.

        Raises:
            NotFound: there is no such booking.
            KeyReused: the key came before with another request.
        """
        asked = _hash("cancel", booking_id)
        if answered := await self._answered(key, asked):
            return answered
        booking = await self._get_to_change(booking_id)
        if not booking.cancelled:
            booking = replace(booking, cancelled=True, version=booking.version + 1)
            await self._session.write(
                sa.update(bookings).where(bookings.c.id == booking_id).values(cancelled=True, version=booking.version)
            )
            await self._free(booking_id)
        await self._remember(key, asked, booking)
        return booking

    async def get(self, *, booking_id: str = "", key: str = "") -> Booking | None:
        """The booking with that id, or that the key created, changed or cancelled, as it is now; None where there is none."""
        query = sa.select(bookings)
        if key:
            query = query.join(idempotency, idempotency.c.booking_id == bookings.c.id).where(idempotency.c.key == key)
        if booking_id or not key:
            query = query.where(bookings.c.id == booking_id)
        row = await self._session.row(query)
        return booking_of(row) if row else None

    async def latest(self, user_id: str) -> Booking | None:
        """The user's booking with the latest start; None where the user is not known or has none."""
        if not user_id:
            return None
        row = await self._session.row(
            sa.select(bookings).where(bookings.c.user_id == user_id).order_by(bookings.c.starts_at.desc()).limit(1)
        )
        return booking_of(row) if row else None

    def _venue(self, venue_id: str) -> Venue | None:
        return self._book.venue(venue_id)

    async def _plan(self, request: BookingRequest, now: datetime, excluding: str = "") -> _Plan | Declined:
        """Holds the request against the rules, and then the day against other writers."""
        try:
            at = rules.parse_clock(request.time)
        except ValueError as wrong:
            raise BadRequest("time", str(wrong)) from wrong
        venue = self._venue(request.venue)
        if venue is None:
            return Declined(rules.UNKNOWN_VENUE)
        if unknown := rules.check_work(self._book, venue, request.service, request.staff):
            return Declined(unknown.reason)
        length = self._book.length(request.service)
        broken = (
            rules.check_party(venue, request.party)
            or rules.check_day(self._book, venue, request.day, now)
            or rules.check_time(self._book, venue, request.day, at, now, length=length if request.service else None)
        )
        if broken:
            return await self._declined(broken.reason, venue, request, at, now, excluding)
        starts_at = rules.starts_at(venue, request.day, at)
        assert starts_at is not None, "check_time refuses a time that the clocks skip"
        await self._session.hold(f"day {request.venue} {request.day}")
        span = seating.span_of(self._book, starts_at, request.service)
        return _Plan(venue, at, starts_at, starts_at + length, span)

    async def _declined(
        self, reason: str, venue: Venue, request: BookingRequest, at: time, now: datetime, excluding: str = ""
    ) -> Declined:
        taken = (await self._taken([(venue, request.day)], excluding))[venue.id, request.day]
        largest = seating.largest_parties(self._book, venue, request.day, now, taken, request.service, request.staff)
        free = [start for start, party in largest.items() if party >= request.party]
        return Declined(reason, tuple(rules.clock(start) for start in seating.nearest(free, at)))

    async def _taken(
        self, wanted: Sequence[tuple[Venue, date]], excluding: str = ""
    ) -> dict[tuple[str, date], dict[str, list[Span]]]:
        """By (venue, day) and table, the spans of that day and of its neighbours: sittings may run over midnight."""
        taken: dict[tuple[str, date], dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        if not wanted:
            return taken
        zones = {venue.id: venue.zone for venue, _ in wanted}
        noons = [datetime.combine(day, time(12), tzinfo=venue.zone).astimezone(UTC) for venue, day in wanted]
        rows = await self._session.rows(
            sa.select(bookings.c.venue, bookings.c.table_id, bookings.c.taken_from, bookings.c.taken_to).where(
                bookings.c.venue.in_(zones),
                bookings.c.taken_from > min(noons) - 2 * _AROUND,
                bookings.c.taken_from < max(noons) + _AROUND,
                sa.not_(bookings.c.cancelled),
                bookings.c.id != excluding,
            )
        )
        for row in rows:
            span = Span(row.taken_from, row.taken_to)
            zone = zones[row.venue]
            day = span.start.astimezone(zone).date() - _AROUND
            while day <= span.end.astimezone(zone).date() + _AROUND:
                taken[row.venue, day][row.table_id].append(span)
                day += _AROUND
        return taken

    async def _insert(self, booking: Booking, span: Span) -> bool:
        """Whether the database took the booking; it does not where the table is taken."""
        try:
            async with self._session.attempt():
                await self._session.write(sa.insert(bookings).values(id=booking.id, **_values(booking, span)))
                await self._occupy(booking, span)
        except IntegrityError:
            return False
        return True

    async def _update(self, booking: Booking, span: Span) -> bool:
        try:
            async with self._session.attempt():
                await self._free(booking.id)
                await self._session.write(
                    sa.update(bookings).where(bookings.c.id == booking.id).values(**_values(booking, span))
                )
                await self._occupy(booking, span)
        except IntegrityError:
            return False
        return True

    async def _occupy(self, booking: Booking, span: Span) -> None:
        if self._session.is_sqlite:
            place = {"venue": booking.request.venue, "table_id": booking.table, "booking_id": booking.id}
            rows = [{**place, "bucket": bucket} for bucket in seating.buckets(self._book, span)]
            await self._session.write(sa.insert(occupancy), rows)

    async def _free(self, booking_id: str) -> None:
        if self._session.is_sqlite:
            await self._session.write(sa.delete(occupancy).where(occupancy.c.booking_id == booking_id))

    async def _get_to_change(self, booking_id: str) -> Booking:
        await self._session.begin()
        row = await self._session.row(sa.select(bookings).where(bookings.c.id == booking_id).with_for_update())
        if row is None:
            raise NotFound("there is no such booking")
        return booking_of(row)

    async def _answered(self, key: str, asked: str) -> Booking | None:
        """What was answered to that key before. From here on nobody else can use the key until the unit ends."""
        await self._session.hold(f"key {key}")
        row = await self._session.row(sa.select(idempotency).where(idempotency.c.key == key))
        if row is None:
            return None
        if row.request_hash != asked:
            raise KeyReused("this idempotency key was used for another request; take a new key")
        return codec.BOOKING.load(row.result)

    async def _remember(self, key: str, asked: str, booking: Booking) -> None:
        await self._session.write(
            sa.insert(idempotency).values(
                key=key,
                request_hash=asked,
                booking_id=booking.id,
                result=codec.BOOKING.dump(booking),
                at=self._clock.now(),
            )
        )


def booking_of(row: sa.Row[Any]) -> Booking:
    """The booking in a row of `bookings`."""
    return Booking(
        id=row.id,
        request=codec.REQUEST.load(row.request),
        user_id=row.user_id,
        time_zone=row.time_zone,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        table=row.table_id,
        cancelled=row.cancelled,
        version=row.version,
    )


def _values(booking: Booking, span: Span) -> dict[str, Any]:
    return {
        "user_id": booking.user_id,
        "venue": booking.request.venue,
        "day": booking.request.day.isoformat(),
        "time": booking.request.time,
        "time_zone": booking.time_zone,
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
        "table_id": booking.table,
        "taken_from": span.start,
        "taken_to": span.end,
        "request": codec.REQUEST.dump(booking.request),
        "cancelled": booking.cancelled,
        "version": booking.version,
    }


def _first(table_id: str, tables: Iterable[Table]) -> list[Table]:
    """The tables with one of them first, where it is among them."""
    return sorted(tables, key=lambda table: table.id != table_id)


def _hash(*parts: str) -> str:
    return sha256("\x00".join(parts).encode()).hexdigest()
