"""The types of understanding: what was said (spans, acts), what it means (readings) and in what context.

Start here. Everything in `nlu/` takes and returns these; none of them knows of gRPC, a database or a policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a span may be read as. Slot types in `slots.yml` name one of these."""

    DATE = "date"
    TIME = "time"
    COUNT = "count"
    NAME = "name"
    PHONE = "phone"
    CHOICE = "choice"


class Role(StrEnum):
    """The part that a span plays in its utterance; written as `label.role` in BIO tags."""

    VALUE = "value"
    """A value to take: "[8] instead of 7"."""
    OLD = "old"
    """A value that is to go, with or without a successor: "8 instead of [7]", "not [Friday]"."""
    DELTA = "delta"
    """A change relative to what is held: "[an hour later]", `[한 명 추가]`."""
    CLEAR = "clear"
    """On a slot_ref: this slot is to be emptied: "forget [the time]"."""
    KEEP = "keep"
    """On a slot_ref: this slot stays: "everything except [the restaurant]", "same [time]"."""
    CHANGE = "change"
    """On a slot_ref: a change is announced, no value yet: "I want to change [the time]"."""
    ANY = "any"
    """On a slot_ref: any value will do: "[seating] doesn't matter"."""
    COPY = "copy"
    """On a slot_ref: take it from the earlier booking: "[same place] as before"."""
    RESTORE = "restore"
    """On a slot_ref: bring the removed value back: "put [the time] back"."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some of the user's words and what they are.

    `label` is a slot name, `number` (a bare number whose slot the context decides) or `slot_ref` (words that
    name a slot, not a value: "the time", `날짜`, "that"). `start` and `end` are character offsets into the utterance,
    half open. `confidence` is a probability in 0..1.
    """

    label: str
    role: Role
    start: int
    end: int
    text: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the tagger sees in one utterance: the acts with their probabilities (only those that hold), and the spans in order."""

    acts: Mapping[str, float]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """The user's now. `now` is timezone-aware; `zone` is an IANA name. Relative words are read in `zone`."""

    now: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("now: a time zone is missing; pass an aware datetime")


class Ambiguity(StrEnum):
    """Why a reading has more than one value."""

    NONE = "none"
    HALF = "half"
    """A clock hour without am or pm: both halves of the day are listed."""
    WEEK = "week"
    """A weekday of this or of next week ("next Friday")."""
    CHOICE = "choice"
    """The speaker named several ("four or five", "the weekend")."""
    UNSURE = "unsure"
    """The reader is in doubt (a misspelt name that fits two venues)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the normaliser makes of a span.

    Exactly one of these holds: `values` has one canonical string (exact), several (candidates, best first), `bounds` is
    set (a range, both ends included, canonical strings), or `reason` says why nothing came out.
    Canonical strings: date `2026-06-12`, time `19:00`, count `3`, phone `010-1234-5678`, choice its id, name as said.
    """

    values: tuple[str, ...] = ()
    ambiguity: Ambiguity = Ambiguity.NONE
    bounds: tuple[str, str] | None = None
    approximate: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    """For a count of people: `adults` and `children`, only when children are mentioned."""
    reason: str = ""
    """One of the words in `nlu.values.reasons`, e.g. `unreadable`, `vague`, `no_such_day`; empty when something came out."""

    @property
    def exact(self) -> str | None:
        """The one value, where there is exactly one."""
        return self.values[0] if len(self.values) == 1 else None


@dataclass(frozen=True, slots=True)
class Delta:
    """A relative change. Units: `minutes` for a time, `days` for a date, `people` for a count.

    `sign` is -1 or +1; `amount` is at least 0. `parts` tells which part of a party changes ("one child more").
    A `clock_minute` is given instead of an amount for "make that half past": the minute to put on the held hour, 0..59.
    """

    unit: str
    amount: int
    sign: int
    parts: Mapping[str, int] = field(default_factory=dict)
    clock_minute: int | None = None
    without: str = ""
    """The part of a party of which none comes: `children` in "no kids after all"; then `amount` is 0."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a `choice` slot with every name it goes by in either language, as `slots.yml` and `booking.yml` list them."""

    id: str
    names: tuple[str, ...]
