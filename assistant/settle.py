"""Turns one proposed value into a slot, or into a refusal: candidates are cut to what is possible, halves of the day chosen.

Pure. The rules are those of the scenarios' sections 3 and 4; the order in which slots are settled is the reducer's business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.booking import rules
from assistant.booking.rules import Broken
from assistant.domain import SlotSpec
from assistant.possible import Possible
from assistant.types import Flag, NewValue, Refusal, Slot, Slots, Status
from nlu.types import Kind
from nlu.values import reasons

NOON = "12:00"
HALF_DAY = 12
DAY_BEGINS, DAY_ENDS = "00:00", "23:59"
"""Open ends of a range of hours."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Either the slot as it will be, or why the value was refused."""

    slot: Slot | None = None
    refusal: Refusal | None = None


def settle(spec: SlotSpec, value: NewValue, words: str, draft: Slots, possible: Possible) -> Settled:
    """Judge a proposed value with the rest of the draft.

    Args:
        spec: the slot.
        value: the proposal; candidates in order of likelihood.
        words: the user's words, kept with the slot.
        draft: all slots; the ones before this one in the order restaurant, date, time are settled already.
        possible: what can be had.
    """
    old = draft.get(spec.name, Slot())
    if value.reason:
        return _refuse(spec, Broken(value.reason), "", words, draft, possible)
    if value.bounds is not None:
        return _settle_range(spec, value, words, draft, possible)
    readings, chosen_by_half = _prefer(spec, value, old, draft, possible)
    verdicts = [(reading, possible.check(spec, reading, draft)) for reading in readings]
    fitting = tuple(reading for reading, broken in verdicts if broken is None)
    if not fitting:
        reading, broken = verdicts[0]
        assert broken is not None
        return _refuse(spec, broken, reading, words, draft, possible)
    narrowed = len(value.candidates) > len(fitting) == 1 and not chosen_by_half
    flags = _flags(inferred=narrowed, approximate=value.approximate and len(fitting) == 1)
    return Settled(_held(fitting, Slot(text=words, flags=flags, parts=dict(value.parts) if len(fitting) == 1 else {})))


def recheck(spec: SlotSpec, draft: Slots, possible: Possible) -> tuple[Slot, Broken | None]:
    """A held slot after a slot before it changed: kept, cut to what still fits, or CLEARED with the rule that it breaks."""
    slot = draft.get(spec.name, Slot())
    if slot.status is Status.FILLED and slot.value is not None:
        broken = possible.check(spec, slot.value, draft)
        return (slot.cleared(), broken) if broken else (slot, None)
    if slot.bounds is not None:
        cut = _cut(slot.bounds, possible.seating_hours(draft)) if spec.kind is Kind.TIME else slot.bounds
        if cut and cut[0] == cut[1]:
            return Slot(Status.FILLED, value=cut[0], text=slot.text, flags=slot.flags | {Flag.INFERRED}), None
        return (replace(slot, bounds=cut), None) if cut else (slot.cleared(), Broken(rules.HOURS))
    verdicts = [(reading, possible.check(spec, reading, draft)) for reading in slot.candidates]
    fitting = tuple(reading for reading, broken in verdicts if broken is None)
    if fitting == slot.candidates:
        return slot, None
    if not fitting:
        return slot.cleared(), verdicts[0][1]
    flags = slot.flags | _flags(inferred=len(fitting) == 1, approximate=False)
    return _held(fitting, replace(slot, candidates=(), flags=flags)), None


def _prefer(
    spec: SlotSpec, value: NewValue, old: Slot, draft: Slots, possible: Possible
) -> tuple[tuple[str, ...], bool]:
    """The readings to judge, and whether the half of the day under discussion chose among them."""
    readings = value.candidates
    if old.status is Status.CANDIDATES:
        if among := tuple(reading for reading in readings if in_question(reading, old)):
            return among, True
    elif value.half_open and old.status is Status.FILLED and old.value is not None:
        first, last = possible.seating_hours(draft)
        same_half = tuple(r for r in readings if (r < NOON) == (old.value < NOON) and first <= r <= last)
        if same_half:
            return same_half, True
    return readings, False


def in_question(reading: str, old: Slot) -> bool:
    """Whether a canonical value is one of those that a slot with CANDIDATES still asks about."""
    return old.bounds[0] <= reading <= old.bounds[1] if old.bounds else reading in old.candidates


def _settle_range(spec: SlotSpec, value: NewValue, words: str, draft: Slots, possible: Possible) -> Settled:
    assert value.bounds is not None
    old = draft.get(spec.name, Slot())
    limits = possible.seating_hours(draft) if spec.kind is Kind.TIME else value.bounds
    cut = _cut(value.bounds, limits)
    if value.half_open and (cut is None or cut == limits):  # "before 11" is no news where 11 pm is meant
        cut = _cut(_in_other_half(value.bounds), limits) or cut
    if cut is None:
        broken = Broken(rules.HOURS, limits[1] if value.bounds[0] > limits[1] else limits[0])
        return _refuse(spec, broken, value.bounds[0], words, draft, possible)
    if old.status is Status.FILLED and old.value is not None and cut[0] <= old.value <= cut[1]:
        return Settled(replace(old, flags=old.flags - {Flag.INFERRED}))
    if old.bounds is not None:
        cut = _cut(cut, old.bounds) or cut
    among = tuple(reading for reading in old.candidates if cut[0] <= reading <= cut[1])
    if among:
        return Settled(_held(among, Slot(text=words)))
    if cut[0] == cut[1]:
        return Settled(Slot(Status.FILLED, value=cut[0], text=words, flags=frozenset({Flag.INFERRED})))
    return Settled(Slot(Status.CANDIDATES, bounds=cut, text=words))


def _cut(bounds: tuple[str, ...], limits: tuple[str, str]) -> tuple[str, str] | None:
    first, last = max(bounds[0], limits[0]), min(bounds[1], limits[1])
    return (first, last) if first <= last else None


def _in_other_half(bounds: tuple[str, str]) -> tuple[str, str]:
    """A range twelve hours on or back; an end of the day stays where it is."""
    first, last = bounds
    return first if first == DAY_BEGINS else _other_half(first), last if last == DAY_ENDS else _other_half(last)


def _other_half(clock: str) -> str:
    hour, minute = clock.split(":")
    return f"{(int(hour) + HALF_DAY) % (2 * HALF_DAY):02d}:{minute}"


def _held(readings: tuple[str, ...], slot: Slot) -> Slot:
    if len(readings) == 1:
        return replace(slot, status=Status.FILLED, value=readings[0])
    return replace(slot, status=Status.CANDIDATES, candidates=readings)


def _flags(*, inferred: bool, approximate: bool) -> frozenset[Flag]:
    marks = ((Flag.INFERRED, inferred), (Flag.APPROXIMATE, approximate))
    return frozenset(flag for flag, holds in marks if holds)


def _refuse(spec: SlotSpec, broken: Broken, reading: str, words: str, draft: Slots, possible: Possible) -> Settled:
    offers = () if broken.reason == reasons.VAGUE else possible.alternatives(spec, reading, draft)
    kept = draft.get(spec.name, Slot()).value or ""
    return Settled(
        refusal=Refusal(
            spec.name, broken.reason, text=words, value=reading, limit=broken.limit, kept=kept, alternatives=offers
        )
    )
