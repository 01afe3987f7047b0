"""When a booking can be had: pure functions of a venue, a wish and the time. Knows nothing of tables taken or of slots.

A check returns the first rule that a wish breaks, or None. Days and times of day are local to the venue throughout.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from assistant.booking.venues import BookingBook, Hours, Venue

UNKNOWN_VENUE: Final = "unknown_venue"
"""There is no such venue."""
PAST: Final = "past"
"""The day or the time is over. Limit: today, or the time of day it is."""
HORIZON: Final = "horizon"
"""Further ahead than bookings are taken. Limit: the last day."""
CLOSED: Final = "closed"
"""The venue is closed on that weekday. Limit: the next day it is open, where there is one to book."""
HOURS: Final = "hours"
"""Outside the seating hours. Limit: opening, or the last seating, whichever was missed."""
STEP: Final = "step"
"""Not on the grid of starts. Limit: minutes between starts."""
NO_SUCH_TIME: Final = "no_such_time"
"""The clocks skip that time on that day."""
UNKNOWN_SERVICE: Final = "unknown_service"
"""There is no such service, or none was named where one is needed."""
UNKNOWN_STAFF: Final = "unknown_staff"
"""Nobody of that name works at the venue."""
TOO_FEW: Final = "too_few"
"""Fewer people than make a party. Limit: the smallest party."""
TOO_MANY: Final = "too_many"
"""More people than any table of the venue seats. Limit: the largest party."""
FULL: Final = "full"
"""Nothing that seats the party is free then."""
CANCELLED: Final = "cancelled"
"""The booking was cancelled before."""

REASONS: Final = frozenset(
    {
        UNKNOWN_VENUE,
        UNKNOWN_SERVICE,
        UNKNOWN_STAFF,
        PAST,
        HORIZON,
        CLOSED,
        HOURS,
        STEP,
        NO_SUCH_TIME,
        TOO_FEW,
        TOO_MANY,
        FULL,
        CANCELLED,
    }
)
"""The closed set of reasons; replies are chosen by these words, so they are stable."""

SMALLEST_PARTY: Final = 1


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a wish breaks: its word, and the figure behind it as a canonical string (`21:00`, `2026-08-09`, `12`)."""

    reason: str
    limit: str = ""


def clock(at: time) -> str:
    """The time of day as `HH:MM`."""
    return at.strftime("%H:%M")


def parse_clock(written: str) -> time:
    """The time of day that `HH:MM` says. Raises `ValueError` with a sentence for the writer."""
    if len(written) == len("HH:MM"):
        with suppress(ValueError):
            return time.fromisoformat(written)
    raise ValueError(f'write a time of day as "HH:MM", not {written!r}')


def today(venue: Venue, now: datetime) -> date:
    """The date at the venue; `now` is timezone-aware."""
    return now.astimezone(venue.zone).date()


def last_day(book: BookingBook, venue: Venue, now: datetime) -> date:
    """The last day that can be booked, included."""
    return today(venue, now) + timedelta(days=book.horizon_days)


def seating_hours(venue: Venue, weekday: int, length: timedelta | None = None) -> tuple[time, time] | None:
    """First and last start of that weekday (0 is Monday), both included; None when the venue is closed.

    With the `length` of a service the last start is one that lets it end by closing.
    """
    hours = venue.hours.get(weekday)
    return (hours.opens, last_start(hours, length)) if hours else None


def last_start(hours: Hours, length: timedelta | None) -> time:
    """The last start of a day for something that takes so long and has to end by closing; None: nothing has to."""
    if length is None or hours.closes <= hours.opens:  # open past midnight
        return hours.last_seating
    ends = timedelta(hours=hours.closes.hour, minutes=hours.closes.minute)
    minutes = max((ends - length) // timedelta(minutes=1), 0)
    return min(hours.last_seating, time(*divmod(minutes, 60)))


def widest_hours(venues: tuple[Venue, ...], length: timedelta | None = None) -> tuple[time, time]:
    """First and last start that any of these venues has on any day: all that is known before venue and day are."""
    every: list[Hours] = [hours for venue in venues for hours in venue.hours.values()]
    return min(hours.opens for hours in every), max(last_start(hours, length) for hours in every)


def starts_at(venue: Venue, day: date, at: time) -> datetime | None:
    """The instant of that local time in UTC; None when the clocks skip it. Of a time that comes twice, the first."""
    local = datetime.combine(day, at, tzinfo=venue.zone)
    instant = local.astimezone(UTC)
    return instant if instant.astimezone(venue.zone).replace(tzinfo=None) == local.replace(tzinfo=None) else None


def starts(book: BookingBook, venue: Venue, day: date, length: timedelta | None = None) -> tuple[time, ...]:
    """The grid of that day: every start that is offered, whether free or not, in order; none when closed."""
    hours = seating_hours(venue, day.weekday(), length)
    if hours is None:
        return ()
    grid = (time(*divmod(minute, 60)) for minute in range(0, 24 * 60, book.start_step))
    return tuple(at for at in grid if hours[0] <= at <= hours[1] and starts_at(venue, day, at) is not None)


def starts_to_come(
    book: BookingBook, venue: Venue, day: date, now: datetime, length: timedelta | None = None
) -> tuple[time, ...]:
    """The grid of that day without what is over; none when the day cannot be booked at all."""
    if check_day(book, venue, day, now):
        return ()
    return tuple(at for at in starts(book, venue, day, length) if check_time(book, venue, day, at, now) is None)


def check_day(book: BookingBook, venue: Venue, day: date, now: datetime) -> Broken | None:
    """Whether that day can be booked: past, horizon, closed."""
    if day < today(venue, now):
        return Broken(PAST, today(venue, now).isoformat())
    last = last_day(book, venue, now)
    if day > last:
        return Broken(HORIZON, last.isoformat())
    if day.weekday() not in venue.hours:
        ahead = (day + timedelta(days=count) for count in range(1, 7))
        open_day = next((other for other in ahead if other <= last and other.weekday() in venue.hours), None)
        return Broken(CLOSED, open_day.isoformat() if open_day else "")
    return None


def check_time(
    book: BookingBook,
    venue: Venue,
    day: date,
    at: time,
    now: datetime,
    *,
    on_grid: bool = False,
    length: timedelta | None = None,
) -> Broken | None:
    """Whether a party may come at that time of an open day: closed, hours, step (with `on_grid`), no_such_time, past."""
    hours = seating_hours(venue, day.weekday(), length)
    if hours is None:
        return Broken(CLOSED)
    if not hours[0] <= at <= hours[1]:
        return Broken(HOURS, clock(hours[0] if at < hours[0] else hours[1]))
    if on_grid and (at.hour * 60 + at.minute) % book.start_step:
        return Broken(STEP, str(book.start_step))
    instant = starts_at(venue, day, at)
    if instant is None:
        return Broken(NO_SUCH_TIME)
    if instant <= now:
        return Broken(PAST, clock(now.astimezone(venue.zone).time()))
    return None


def check_work(book: BookingBook, venue: Venue, service: str, staff: str) -> Broken | None:
    """Whether the venue does that service, by that person (empty: by anybody): unknown_service, unknown_staff."""
    if service not in (book.services or {""}):
        return Broken(UNKNOWN_SERVICE)
    if staff and all(table.id != staff for table in venue.tables):
        return Broken(UNKNOWN_STAFF)
    return None


def check_party(venue: Venue, party: int) -> Broken | None:
    """Whether the venue can ever seat that many: too_few, too_many."""
    if party < SMALLEST_PARTY:
        return Broken(TOO_FEW, str(SMALLEST_PARTY))
    if party > venue.largest_table:
        return Broken(TOO_MANY, str(venue.largest_table))
    return None
