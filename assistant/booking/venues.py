"""Venues as their keepers describe them: hours, tables and the limits that hold for all. Knows no rule and no conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one weekday, local to the venue. A party may come from `opens` to `last_seating`, both included.

    A service with a length of its own ends by `closes`; a table may be kept beyond it.
    """

    opens: time
    last_seating: time
    closes: time


@dataclass(frozen=True, slots=True)
class Table:
    """One thing that is taken for a while: a table, a chair, a person's time. `seats` is the largest party that it takes."""

    id: str
    seats: int


@dataclass(frozen=True, slots=True)
class Venue:
    """A place that takes bookings.

    `names` is by language, `hours` by weekday (0 is Monday; a missing one is closed), `tables` run from small to large.
    """

    id: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    time_zone: str
    hours: Mapping[int, Hours]
    tables: tuple[Table, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The venue's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def largest_table(self) -> int:
        """The largest party that the venue can ever seat."""
        return self.tables[-1].seats


@dataclass(frozen=True, slots=True)
class BookingBook:
    """All venues and the limits that hold for each: days ahead, and minutes of a bucket, of a sitting, between starts.

    `services` gives minutes by service, where there are services; `sitting` is the shortest of them then.
    """

    horizon_days: int
    occupancy_bucket: int
    sitting: int
    start_step: int
    venues: tuple[Venue, ...]
    services: Mapping[str, int] = field(default_factory=dict)

    def venue(self, venue_id: str) -> Venue | None:
        """The venue with that id, or None."""
        return next((venue for venue in self.venues if venue.id == venue_id), None)

    def length(self, service: str = "") -> timedelta:
        """How long a booking takes; without a service the usual sitting. Raises `KeyError` for an unknown service."""
        return timedelta(minutes=self.services[service] if service else self.sitting)
