"""How one message is understood, step by step, as plain values: what the tagger saw, what was read and what it changed.

For people who look for a mistake. Knows the steps of a turn up to the reducer; asks no server, store or policy and prints
nothing. Whether a table is free is not known here, so nothing is ever refused as full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from assistant.composer.compose import compose
from assistant.composer.numbers import NUMBER, NUMERIC, SLOT_REF
from assistant.composer.refs import named_slots
from assistant.context import context_of
from assistant.domain import Domain
from assistant.possible import Possible
from assistant.state import Given, apply
from assistant.tracker import readback
from assistant.types import (
    Conversation,
    Dropped,
    Message,
    NewValue,
    Op,
    Operation,
    Pending,
    Phase,
    Producer,
    Refusal,
    Slot,
    Slots,
)
from nlu.types import Delta, Moment, Reading, Span, Tagging
from nlu.values import normalise, read_delta

IDLE_MINUTES = 60
BOOKING = "the-booking"
"""Id of the booking that a conversation which is booked, or changes a booking, refers to."""


class Piece(Protocol):
    """A word piece with its tag; `nlu.tagger.TaggedPiece` is one."""

    @property
    def text(self) -> str:
        """The characters."""

    @property
    def tag(self) -> str:
        """The BIO tag."""

    @property
    def confidence(self) -> float:
        """The tag's probability in 0..1."""


class Eyes(Protocol):
    """What is asked of a tagger; `nlu.tagger.Tagger` has it."""

    def tag(self, text: str, context: str) -> Tagging:
        """Acts that hold, and spans."""

    def acts(self, text: str, context: str) -> Mapping[str, float]:
        """The probability of every act."""

    def pieces(self, text: str, context: str) -> Sequence[Piece]:
        """Every word piece with its tag."""


@dataclass(frozen=True, slots=True)
class PieceSeen:
    """A word piece, its BIO tag and the tag's probability (0..1)."""

    text: str
    tag: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ActSeen:
    """An act with its probability (0..1), and whether that is enough to count."""

    act: str
    probability: float
    counts: bool


@dataclass(frozen=True, slots=True)
class SpanRead:
    """A span and all that its words can be: values by slot, a change of a held value, or slots that they name."""

    span: Span
    readings: Mapping[str, Reading]
    delta: Delta | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotChange:
    """A slot that the message changed."""

    slot: str
    before: Slot
    after: Slot


@dataclass(frozen=True, slots=True)
class Explanation:
    """One message, from word pieces to the meaning that the policy hears."""

    text: str
    context: str
    pieces: tuple[PieceSeen, ...]
    acts: tuple[ActSeen, ...]
    spans: tuple[SpanRead, ...]
    operations: tuple[Operation, ...]
    changes: tuple[SlotChange, ...]
    dropped: tuple[Dropped, ...]
    refusals: tuple[Refusal, ...]
    meaning: str
    asks: bool
    """Whether a question came with it, which the policy hears second."""
    before: tuple[str, str]
    """Phase and pending before the message."""
    after: tuple[str, str]
    """Phase and pending after the reducer; the policy has not spoken yet."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the conversation stands when the message comes. `phase` None: collecting with values, idle without."""

    values: Mapping[str, NewValue]
    asked: str | None = None
    phase: Phase | None = None
    pending: Pending = Pending.CREATE


def conversation_in(
    situation: Situation, domain: Domain, now: datetime, zone: str
) -> tuple[Conversation, list[Refusal]]:
    """A conversation that stands so, as if a program had filled its slots.

    Args:
        situation: the canonical values, and what was asked.
        domain: the slots.
        now: timezone-aware; values in the past are refused.
        zone: the user's IANA zone.

    Returns:
        The conversation, and the values that the rules of the domain refuse.
    """
    operations = [
        Operation(Op.SET, (name,), value=value, producer=Producer.API) for name, value in situation.values.items()
    ]
    empty = Conversation("explain", time_zone=zone, last_active=now)
    filled = apply(empty, operations, _given(domain, now)) if operations else None
    slots: Slots = filled.conversation.slots if filled else {}
    booked = situation.phase is Phase.BOOKED or situation.pending is not Pending.CREATE
    conversation = replace(
        empty,
        phase=situation.phase or (Phase.COLLECTING if slots else Phase.IDLE),
        pending=situation.pending,
        slots=slots,
        asked=situation.asked,
        booking_id=BOOKING if booked else "",
        booked=slots if booked else {},
    )
    if conversation.phase is Phase.CONFIRMING:
        conversation = replace(conversation, read_back=readback(conversation))
    return conversation, list(filled.effects.refusals) if filled else []


def explain(message: Message, before: Conversation, domain: Domain, eyes: Eyes) -> Explanation:
    """Understand a message and keep every step.

    Args:
        message: what was said; its clock and zone decide relative words.
        before: where the conversation stands.
        domain: slots and rules.
        eyes: the tagger.
    """
    context = context_of(before, domain)
    tagging = eyes.tag(message.text, context)
    operations = compose(tagging, message, before, domain)
    applied = apply(before, operations, _given(domain, message.now))
    after = applied.conversation
    names = dict.fromkeys((*(spec.name for spec in domain.slots), *after.slots))
    return Explanation(
        text=message.text,
        context=context,
        pieces=tuple(PieceSeen(one.text, one.tag, one.confidence) for one in eyes.pieces(message.text, context)),
        acts=_ranked(eyes.acts(message.text, context), tagging),
        spans=tuple(_read(span, message, domain) for span in tagging.spans),
        operations=operations,
        changes=tuple(
            SlotChange(name, before.slot(name), after.slot(name))
            for name in names
            if before.slot(name) != after.slot(name)
        ),
        dropped=applied.effects.dropped,
        refusals=applied.effects.refusals,
        meaning=applied.meaning,
        asks=applied.asks,
        before=(str(before.phase), str(before.pending)),
        after=(str(after.phase), str(after.pending)),
    )


def _ranked(probabilities: Mapping[str, float], tagging: Tagging) -> tuple[ActSeen, ...]:
    ranked = sorted(probabilities.items(), key=lambda one: -one[1])
    return tuple(ActSeen(act, probability, act in tagging.acts) for act, probability in ranked)


def _read(span: Span, message: Message, domain: Domain) -> SpanRead:
    """A slot's span as a value of that slot; a bare number as a value of every slot that it might be for."""
    if span.label == SLOT_REF:
        return SpanRead(span, {}, names=named_slots(span.text, domain))
    meant = [
        spec for spec in domain.slots if spec.name == span.label or (span.label == NUMBER and spec.kind in NUMERIC)
    ]
    moment = Moment(message.now, message.time_zone)
    readings = {spec.name: normalise(span.text, spec.kind, moment, spec.choices) for spec in meant}
    delta = read_delta(span.text, meant[0].kind) if len(meant) == 1 else None
    return SpanRead(span, readings, delta)


def _given(domain: Domain, now: datetime) -> Given:
    return Given(Possible(domain, now), "explain", timedelta(minutes=IDLE_MINUTES))
