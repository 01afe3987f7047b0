"""What can be booked right now, given what the draft says so far. Joins the domain, the clock and what is free; pure.

Knows the order venue, work, date, time: a value is judged by the slots before it. Does not know the conversation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assistant.booking import rules
from assistant.booking.rules import Broken
from assistant.booking.venues import Venue
from assistant.domain import Domain, SlotSpec, Use
from assistant.types import Day, Slot, Slots, Work

NEIGHBOURING_DAYS = 7
"""How far to look for another day to offer, in days either way."""


@dataclass(frozen=True, slots=True)
class Possible:
    """The rules as they stand at `now` (timezone-aware). `days` tells what is free; other days are not judged full."""

    domain: Domain
    now: datetime
    days: tuple[Day, ...] = ()

    def check(self, spec: SlotSpec, value: str, draft: Slots) -> Broken | None:
        """The first rule that a canonical value breaks, judged with the slots before it; None where it can be had."""
        match spec.role:
            case Use.VENUE:
                return None if self.domain.book.venue(value) else Broken(rules.UNKNOWN_VENUE)
            case Use.PARTY:
                return _check_count(spec, int(value))
            case Use.DATE:
                return self._first_unless_any_fits(
                    rules.check_day(self.domain.book, venue, date.fromisoformat(value), self.now)
                    for venue in self.venues(draft)
                )
            case Use.TIME:
                return self._first_unless_any_fits(
                    self._check_time(venue, value, draft) for venue in self.venues(draft)
                )
        return _check_count(spec, int(value)) if spec.minimum is not None else None

    def venues(self, draft: Slots) -> tuple[Venue, ...]:
        """The venue of the draft, or all of them while none is chosen."""
        spec = self.domain.used_for(Use.VENUE)
        chosen = self.domain.book.venue(_held(draft, spec)) if spec else None
        return (chosen,) if chosen else self.domain.book.venues

    def seating_hours(self, draft: Slots) -> tuple[str, str]:
        """First and last start (`HH:MM`) for the venue and day of the draft, as far as they are known."""
        venues, day, length = self.venues(draft), self._day(draft), self._length(draft)
        if len(venues) == 1 and day and (hours := rules.seating_hours(venues[0], day.weekday(), length)):
            return rules.clock(hours[0]), rules.clock(hours[1])
        first, last = rules.widest_hours(venues, length)
        return rules.clock(first), rules.clock(last)

    def alternatives(self, spec: SlotSpec, value: str, draft: Slots) -> tuple[str, ...]:
        """What to offer instead of a value that cannot be had: venues, nearby days or nearby free starts; at most four."""
        match spec.role:
            case Use.VENUE:
                return tuple(venue.id for venue in self.domain.book.venues)
            case Use.DATE:
                return tuple(self._days_around(spec, date.fromisoformat(value), draft)) if value else ()
            case Use.TIME:
                return self._starts_around(spec, value, draft)
        return ()

    def _check_time(self, venue: Venue, value: str, draft: Slots) -> Broken | None:
        at, day = time.fromisoformat(value), self._day(draft)
        book, length = self.domain.book, self._length(draft)
        if day is None:
            first, last = rules.widest_hours((venue,), length)
            if not first <= at <= last:
                return Broken(rules.HOURS, rules.clock(first if at < first else last))
            return Broken(rules.STEP, str(book.start_step)) if at.minute % book.start_step else None
        broken = rules.check_time(book, venue, day, at, self.now, on_grid=True, length=length)
        if broken is None and self._is_full(venue, day, value, draft):
            return Broken(rules.FULL)
        return broken

    def _is_full(self, venue: Venue, day: date, value: str, draft: Slots) -> bool:
        free = self._free(venue, day, self._work(draft))
        return free is not None and free.get(value, 0) < self._party(draft)

    def _free(self, venue: Venue, day: date, work: Work) -> Mapping[str, int] | None:
        asked = (venue.id, day, work)
        return next((d.largest_party for d in self.days if (d.venue, d.day, d.work) == asked), None)

    def _work(self, draft: Slots) -> Work:
        service, staff = self.domain.used_for(Use.SERVICE), self.domain.used_for(Use.STAFF)
        return Work(_held(draft, service) if service else "", _held(draft, staff) if staff else "")

    def _length(self, draft: Slots) -> timedelta | None:
        """How long the chosen service takes; None where there is none to end by closing."""
        service = self._work(draft).service
        return self.domain.book.length(service) if service else None

    def _party(self, draft: Slots) -> int:
        spec = self.domain.used_for(Use.PARTY)
        return int(_held(draft, spec) or 1) if spec else 1

    def _day(self, draft: Slots) -> date | None:
        spec = self.domain.used_for(Use.DATE)
        held = _held(draft, spec) if spec else ""
        return date.fromisoformat(held) if held else None

    def _days_around(self, spec: SlotSpec, wanted: date, draft: Slots) -> Iterator[str]:
        for step in (-1, 1):
            around = ((wanted + timedelta(days=step * count)).isoformat() for count in range(1, NEIGHBOURING_DAYS + 1))
            if found := next((day for day in around if self.check(spec, day, draft) is None), None):
                yield found

    def _starts_around(self, spec: SlotSpec, value: str, draft: Slots) -> tuple[str, ...]:
        step = self.domain.book.start_step
        grid = (rules.clock(time(*divmod(minute, 60))) for minute in range(0, 24 * 60, step))
        fitting = [at for at in grid if self.check(spec, at, draft) is None]
        wanted = _minutes(value) if value else 0
        return tuple(sorted(sorted(fitting, key=lambda at: abs(_minutes(at) - wanted))[:3]))

    @staticmethod
    def _first_unless_any_fits(verdicts: Iterator[Broken | None]) -> Broken | None:
        broken = list(verdicts)
        return None if None in broken else broken[0]


def _check_count(spec: SlotSpec, count: int) -> Broken | None:
    if spec.minimum is not None and count < spec.minimum:
        return Broken(rules.TOO_FEW, str(spec.minimum))
    if spec.maximum is not None and count > spec.maximum:
        return Broken(rules.TOO_MANY, str(spec.maximum))
    return None


def _held(draft: Slots, spec: SlotSpec) -> str:
    return draft.get(spec.name, Slot()).value or ""


def _minutes(clock: str) -> int:
    at = time.fromisoformat(clock)
    return at.hour * 60 + at.minute
