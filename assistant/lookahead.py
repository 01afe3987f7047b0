"""Which days a turn may need to know the free tables of, before it is applied. Pure; reads no store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from assistant.domain import Domain, Use
from assistant.types import Conversation, Operation, Slot

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


def _dates_of(operation: Operation, held: Sequence[str]) -> Iterable[str]:
    if operation.value is not None:
        yield from operation.value.candidates
    if operation.change is not None:
        for value in held:
            yield (date.fromisoformat(value) + timedelta(days=operation.change.amount)).isoformat()
