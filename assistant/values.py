"""Applies the value operations of one turn to a draft: set, adjust, clear, don't care, copy. Pure.

All values of a turn are settled together, in the order venue, party, work, date, time, rest; then what no longer fits is
cleared. Knows nothing of phases, history or of what is said next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.booking import rules
from assistant.domain import Need, SlotSpec, Use
from assistant.possible import Possible
from assistant.settle import HALF_DAY, recheck, settle
from assistant.types import (
    Change,
    Dropped,
    Effects,
    Flag,
    NewValue,
    Op,
    Operation,
    Producer,
    Refusal,
    Slot,
    Slots,
    Source,
    Status,
)
from nlu.types import Kind
from nlu.values import reasons

NEEDED = "needed"
"""Reason of a refusal: a booking cannot do without this slot."""
NOTHING_HELD = "nothing_held"
"""Reason of a refusal: there is no value to change by that much, or to take over."""
NOTHING_EARLIER = "nothing_earlier"
"""Reason of a refusal: there is no earlier booking to take values from."""
ASKED, REJECTED, NOT_NEEDED = "asked", "rejected", "not_needed"
"""Reasons for dropping a value: the user wanted it out, turned an inferred one down, or it is not required any more."""

SETTLE_FIRST = (Use.VENUE, Use.PARTY, Use.SERVICE, Use.STAFF, Use.DATE, Use.TIME)
MINUTES_A_DAY = 24 * 60
VALUE_OPERATIONS = frozenset({Op.SET, Op.ADJUST, Op.CLEAR, Op.DONT_CARE, Op.SKIP, Op.COPY, Op.SWAP})


@dataclass
class _Draft:
    """The draft while one turn works on it."""

    slots: dict[str, Slot]
    changed: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def clear(self, name: str, reason: str) -> None:
        """Take the value out, if there is one, and remember to say so."""
        slot = self.slots.get(name, Slot())
        if slot.holds:
            self.slots[name] = slot.cleared()
            self.dropped.append(Dropped(name, slot.value or "", reason))

    def put(self, name: str, slot: Slot) -> None:
        """Store a slot and remember that it changed."""
        if slot != self.slots.get(name, Slot()):
            self.slots[name] = slot
            self.changed.append(name)


def apply_values(
    slots: Slots, operations: Sequence[Operation], possible: Possible, *, message_id: str, booked: Slots
) -> tuple[Slots, Effects]:
    """The draft after the value operations, and what they did.

    Args:
        slots: the draft before.
        operations: in the order of the user's words; others than value operations are skipped.
        possible: what can be had.
        message_id: stored with every new value.
        booked: the slots of the earlier booking that a copy refers to.
    """
    draft = _Draft(dict(slots))
    spoken = [
        one
        for operation in operations
        for one in (_expand_swap(operation, slots, possible) if operation.op is Op.SWAP else [operation])
    ]
    for spec in _settling_order(possible):
        last = _last_word(spec, spoken)
        if last is not None:
            _apply(last, spec, draft, possible, message_id, booked)
        elif spec.role in SETTLE_FIRST:
            _recheck(spec, draft, possible)
    _drop_what_is_not_needed(slots, draft, possible)
    return draft.slots, Effects(
        tuple(draft.changed),
        tuple(draft.dropped),
        tuple(draft.refusals),
        tuple(name for name in draft.kept if name not in draft.changed),
    )


def touched(operations: Iterable[Operation], possible: Possible) -> tuple[str, ...]:
    """The slots that the value operations speak of, in the order in which slots are asked."""
    named = list(operations)
    return tuple(spec.name for spec in possible.domain.slots if _last_word(spec, named, whole=False))


def _settling_order(possible: Possible) -> list[SlotSpec]:
    specs = possible.domain.slots
    first = [spec for role in SETTLE_FIRST for spec in specs if spec.role is role]
    return [*first, *(spec for spec in specs if spec not in first)]


def _last_word(spec: SlotSpec, operations: Sequence[Operation], *, whole: bool = True) -> Operation | None:
    """The operation that counts for this slot: within one message, the last one that names it."""
    found = None
    for operation in operations:
        if operation.op not in VALUE_OPERATIONS:
            continue
        if operation.everything:
            if whole and spec.name not in operation.slots:
                found = operation
        elif spec.name in operation.slots:
            found = operation
    return found


def _apply(
    operation: Operation, spec: SlotSpec, draft: _Draft, possible: Possible, message_id: str, booked: Slots
) -> None:
    match operation.op:
        case Op.CLEAR:
            draft.clear(spec.name, ASKED)
        case Op.SET:
            _set(operation, operation.value or NewValue(), spec, draft, possible, message_id)
        case Op.ADJUST:
            _adjust(operation, spec, draft, possible, message_id)
        case Op.DONT_CARE if spec.dont_care:
            draft.put(spec.name, Slot(Status.DONT_CARE, text=_words(operation), message_id=message_id))
        case Op.DONT_CARE | Op.SKIP if _needed(spec, draft.slots):
            offers = tuple(choice.id for choice in spec.choices)
            offers = offers or possible.alternatives(spec, _some(spec, possible), draft.slots)
            draft.refusals.append(Refusal(spec.name, NEEDED, text=_words(operation), alternatives=offers))
        case Op.COPY:
            _copy(operation, spec, draft, possible, message_id, booked)


def _needed(spec: SlotSpec, slots: Slots) -> bool:
    """Whether a booking of what is held now cannot do without the slot; the values of the same message count."""
    return spec.required.holds({name: slot.value for name, slot in slots.items()})


def _some(spec: SlotSpec, possible: Possible) -> str:
    """A value around which to offer others to a guest who has no wish; empty for the first ones there are."""
    return possible.now.date().isoformat() if spec.kind is Kind.DATE else ""


def _set(
    operation: Operation, value: NewValue, spec: SlotSpec, draft: _Draft, possible: Possible, message_id: str
) -> None:
    if value.reason == reasons.VAGUE:
        return
    old = draft.slots.get(spec.name, Slot())
    open_again = operation.rejects_old and value.bounds is not None
    before = {**draft.slots, spec.name: Slot()} if open_again else draft.slots
    settled = settle(spec, value, _words(operation), before, possible)
    if settled.refusal is not None:
        _refuse(settled.refusal, spec, draft, moved=operation.op is Op.ADJUST)
        return
    assert settled.slot is not None
    slot = replace(settled.slot, source=_source(operation), confidence=operation.confidence, message_id=message_id)
    if _says_the_same(slot, old):
        draft.kept.append(spec.name)
        # A plain total drops the split; "five, as I said" with nothing new is still a total.
        slot = replace(old, flags=slot.flags | (old.flags & {Flag.COPIED}), parts=slot.parts)
    draft.put(spec.name, slot)


def _refuse(refusal: Refusal, spec: SlotSpec, draft: _Draft, *, moved: bool = False) -> None:
    """Keep a refusal, and what was held: but what was only taken to be meant goes, unless the guest moved on from it."""
    old = draft.slots.get(spec.name, Slot())
    if old.flags & {Flag.INFERRED, Flag.SUGGESTED} and not moved:
        draft.clear(spec.name, REJECTED)
        refusal = replace(refusal, kept="")
    elif old.status is Status.EMPTY:
        draft.slots[spec.name] = Slot(Status.INVALID)
    draft.refusals.append(refusal)


def _says_the_same(slot: Slot, old: Slot) -> bool:
    return slot.status is old.status is Status.FILLED and slot.value == old.value


def _adjust(operation: Operation, spec: SlotSpec, draft: _Draft, possible: Possible, message_id: str) -> None:
    old = draft.slots.get(spec.name, Slot())
    value = moved(spec, operation.change, old)
    if value is None:
        draft.refusals.append(Refusal(spec.name, NOTHING_HELD, text=_words(operation)))
        return
    _set(operation, value, spec, draft, possible, message_id)


def moved(spec: SlotSpec, change: Change | None, old: Slot) -> NewValue | None:
    """The value moved by that much; None where there is no one value.

    Args:
        spec: the slot.
        change: by how much.
        old: what is moved, held or told.
    """
    if change is None or old.value is None:
        return None
    match spec.kind:
        case Kind.DATE:
            day = date.fromisoformat(old.value) + timedelta(days=change.amount)
            return NewValue(candidates=(day.isoformat(),))
        case Kind.TIME:
            hour, minute = (int(part) for part in old.value.split(":"))
            if change.clock_minute is not None:
                return NewValue(candidates=(f"{hour:02d}:{change.clock_minute:02d}",))
            minutes = hour * 60 + minute + change.amount
            if not 0 <= minutes < MINUTES_A_DAY:
                return NewValue(reason=rules.HOURS)
            return NewValue(candidates=(f"{minutes // 60:02d}:{minutes % 60:02d}",))
        case Kind.COUNT if change.without:
            return _without_part(change.without, old)
        case Kind.COUNT:
            return NewValue(candidates=(str(int(old.value) + change.amount),), parts=_moved_parts(change, old))
    return None


def _without_part(part: str, old: Slot) -> NewValue | None:
    """The party without its children (or adults); None where it was never said how many of them there are."""
    if part not in old.parts:
        return None
    rest = {**old.parts, part: "0"}
    return NewValue(candidates=(str(sum(int(count) for count in rest.values())),), parts=rest)


def _moved_parts(change: Change, old: Slot) -> dict[str, str]:
    """The split of a party after a change said in its words; a change that does not say who drops the split."""
    if not change.parts or (not old.parts and "children" not in change.parts):
        return {}  # of a party whose children nobody spoke of no split is told
    held = {part: int(count) for part, count in old.parts.items()} or {"adults": int(old.value or 0), "children": 0}
    after = {part: held.get(part, 0) + change.parts.get(part, 0) for part in ("adults", "children")}
    return {part: str(count) for part, count in after.items()} if min(after.values()) >= 0 else {}


def _missed(operation: Operation, draft: _Draft, booked: Slots) -> str:
    """The slot that is worth a word where the earlier booking lacks it: one asked for by name, or an open one if all lack."""
    if len(operation.slots) > 1 and any(booked.get(name, Slot()).value for name in operation.slots):
        return ""  # "the same as last time": what that booking did without is not missed
    open_ = (name for name in operation.slots if not draft.slots.get(name, Slot()).holds)
    return next(open_, operation.slots[0])


def _copy(
    operation: Operation, spec: SlotSpec, draft: _Draft, possible: Possible, message_id: str, booked: Slots
) -> None:
    earlier = booked.get(spec.name, Slot())
    if earlier.status is not Status.FILLED or earlier.value is None:
        if spec.name == _missed(operation, draft, booked):
            reason = NOTHING_HELD if booked else NOTHING_EARLIER
            draft.refusals.append(Refusal(spec.name, reason, text=_words(operation)))
        return
    broken = possible.check(spec, earlier.value, draft.slots)
    if broken:
        offers = possible.alternatives(spec, earlier.value, draft.slots)
        kept = draft.slots.get(spec.name, Slot()).value or ""
        refusal = Refusal(spec.name, broken.reason, _words(operation), earlier.value, broken.limit, kept, offers)
        _refuse(refusal, spec, draft)
        return
    copied = replace(earlier, source=Source.BOOKING, flags=frozenset({Flag.COPIED}), message_id=message_id)
    draft.put(spec.name, copied)


def _expand_swap(operation: Operation, slots: Slots, possible: Possible) -> list[Operation]:
    """The number of the clock hour becomes the party and the other way round ("I mixed those up")."""
    when, party = possible.domain.used_for(Use.TIME), possible.domain.used_for(Use.PARTY)
    if when is None or party is None:
        return []
    at, count = slots.get(when.name, Slot()).value, slots.get(party.name, Slot()).value
    if at is None or count is None:
        return []
    people = int(at[:2]) % HALF_DAY or HALF_DAY
    hour = int(count) % HALF_DAY
    halves = (f"{hour + HALF_DAY:02d}:00", f"{hour:02d}:00")
    return [
        replace(operation, op=Op.SET, slots=(when.name,), value=NewValue(candidates=halves, half_open=True)),
        replace(operation, op=Op.SET, slots=(party.name,), value=NewValue(candidates=(str(people),))),
    ]


def _recheck(spec: SlotSpec, draft: _Draft, possible: Possible) -> None:
    old = draft.slots.get(spec.name, Slot())
    if not old.holds:
        return
    kept, broken = recheck(spec, draft.slots, possible)
    if broken is not None:
        draft.clear(spec.name, broken.reason)
    elif kept != old:
        draft.put(spec.name, kept)


def _drop_what_is_not_needed(before: Slots, draft: _Draft, possible: Possible) -> None:
    """A slot that was required because of another and no longer is (the phone of a large party) goes."""
    was = {name: slot.value for name, slot in before.items()}
    now = {name: slot.value for name, slot in draft.slots.items()}
    for spec in possible.domain.slots:
        required = spec.required
        if required.need is Need.WHEN and required.holds(was) and now.get(required.slot) and not required.holds(now):
            draft.clear(spec.name, NOT_NEEDED)


def _words(operation: Operation) -> str:
    return operation.quote.text if operation.quote else ""


def _source(operation: Operation) -> Source:
    return Source.API if operation.producer is Producer.API else Source.UTTERANCE
