"""Who sits where: tables, what is taken, and what is left. Pure; knows neither storage nor conversation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assistant.booking import rules
from assistant.booking.venues import BookingBook, Table, Venue

MOST_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, start included, end not; both are aware."""

    start: datetime
    end: datetime

    def overlaps(self, other: Span) -> bool:
        """Whether the two share an instant."""
        return self.start < other.end and other.start < self.end


Taken = Mapping[str, Sequence[Span]]
"""By table id, the spans in which it is taken."""


def span_of(book: BookingBook, starts_at: datetime, service: str = "") -> Span:
    """The whole buckets that a sitting, or a service, from `starts_at` takes."""
    bucket = timedelta(minutes=book.occupancy_bucket)
    start = _floor(starts_at, bucket)
    last = _floor(starts_at + book.length(service) - timedelta(microseconds=1), bucket)
    return Span(start, last + bucket)


def buckets(book: BookingBook, span: Span) -> Iterator[datetime]:
    """The start of every bucket in a span."""
    start = span.start
    while start < span.end:
        yield start
        start += timedelta(minutes=book.occupancy_bucket)


def free_tables(venue: Venue, party: int, span: Span, taken: Taken, staff: str = "") -> Iterator[Table]:
    """The tables that seat the party and are free throughout, the smallest first; with `staff` that person alone."""
    return _free((table for table in _of(venue, staff) if table.seats >= party), span, taken)


def largest_parties(
    book: BookingBook, venue: Venue, day: date, now: datetime, taken: Taken, service: str = "", staff: str = ""
) -> dict[time, int]:
    """For every start of that day still to come that has a table left, the largest party that it can seat.

    With a `service`, starts at which it can be done; with `staff`, by that person.
    """
    length = book.length(service) if service else None
    instants = {at: rules.starts_at(venue, day, at) for at in rules.starts_to_come(book, venue, day, now, length)}
    sittings = {at: span_of(book, instant, service) for at, instant in instants.items() if instant is not None}
    if not sittings:
        return {}
    whole = Span(min(each.start for each in sittings.values()), max(each.end for each in sittings.values()))
    that_day = {table: [other for other in spans if other.overlaps(whole)] for table, spans in taken.items()}
    largest = {}
    for at, sitting in sittings.items():
        table = next(_free(reversed(_of(venue, staff)), sitting, that_day), None)
        if table is not None:
            largest[at] = table.seats
    return largest


def nearest(free: Collection[time], wanted: time) -> tuple[time, ...]:
    """The few free starts around the wanted one, nearest first; of two equally near ones the earlier first."""

    def distance(at: time) -> tuple[int, time]:
        return abs((at.hour - wanted.hour) * 60 + at.minute - wanted.minute), at

    return tuple(sorted((at for at in free if at != wanted), key=distance)[:MOST_ALTERNATIVES])


def _of(venue: Venue, staff: str) -> tuple[Table, ...]:
    return tuple(table for table in venue.tables if staff in ("", table.id))


def _free(tables: Iterable[Table], span: Span, taken: Taken) -> Iterator[Table]:
    return (table for table in tables if not any(span.overlaps(other) for other in taken.get(table.id, ())))


def _floor(instant: datetime, step: timedelta) -> datetime:
    midnight = datetime(1970, 1, 1, tzinfo=instant.tzinfo)
    return instant - (instant - midnight) % step
