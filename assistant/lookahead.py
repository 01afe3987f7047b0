"""Which days, and which work on them, a turn may need to know free starts of, before it is applied. Pure; reads no store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from assistant.domain import Domain, Use
from assistant.types import Conversation, Operation, Slot, Work

MOST_DAYS = 8
"""More days than this in one message are a range; then only the held one matters."""


def wanted_days(before: Conversation, operations: Sequence[Operation], domain: Domain) -> tuple[tuple[str, date], ...]:
    """Every (venue, day) that the draft may come to stand on with these operations."""
    spec = domain.used_for(Use.DATE)
    if spec is None:
        return ()
    slots = [before.slot(spec.name), before.booked.get(spec.name, Slot())]
    held = [value for slot in slots for value in (slot.value, *slot.candidates) if value]
    said = [value for one in (*operations, *before.held) if spec.name in one.slots for value in _dates_of(one, held)]
    days = sorted({date.fromisoformat(value) for value in (*held, *said)})[:MOST_DAYS]
    return tuple((venue.id, day) for venue in domain.book.venues for day in days)


def wanted_work(before: Conversation, operations: Sequence[Operation], domain: Domain) -> tuple[Work, ...]:
    """Everything that the draft may come to ask for with these operations: one `Work` in a domain without services and staff."""
    services = _choices_of(Use.SERVICE, before, operations, domain) or [""]
    staff = ["", *_choices_of(Use.STAFF, before, operations, domain)]
    return tuple(Work(service, person) for service in services for person in staff)


def _choices_of(role: Use, before: Conversation, operations: Sequence[Operation], domain: Domain) -> list[str]:
    """What the slot with that role holds, held at booking time, or is set to."""
    spec = domain.used_for(role)
    if spec is None:
        return []
    slots = [before.slot(spec.name), before.booked.get(spec.name, Slot())]
    held = [value for slot in slots for value in (slot.value, *slot.candidates) if value]
    named = [one for one in (*operations, *before.held) if spec.name in one.slots and one.value is not None]
    earlier = [snapshot.slots.get(spec.name, Slot()).value for snapshot in (*before.past[-1:], *before.future[-1:])]
    said = [value for one in named if one.value for value in one.value.candidates]
    return list(dict.fromkeys([*held, *said, *(value for value in earlier if value)]))


def _dates_of(operation: Operation, held: Sequence[str]) -> Iterable[str]:
    if operation.value is not None:
        yield from operation.value.candidates
    if operation.change is not None:
        for value in held:
            yield (date.fromisoformat(value) + timedelta(days=operation.change.amount)).isoformat()
