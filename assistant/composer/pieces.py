"""Operations made of their parts: a reading, a span, a relative change. Every one rests on words of the message."""

from __future__ import annotations

from dataclasses import replace

from assistant.composer.heard import Heard
from assistant.domain import SlotSpec
from assistant.types import Change, NewValue, Op, Operation, Quote
from nlu.types import Ambiguity, Delta, Reading, Span

SURE = 0.5
"""Spans below this probability are doubted: they are used only where they answer what was asked. What is read without the tagger,
or vouched for by the words beside it, has just this much."""


def set_to(spec: SlotSpec, reading: Reading, span: Span | None) -> Operation:
    """The operation that puts a reading into a slot; without a span the caller says what it rests on."""
    value = NewValue(
        candidates=reading.values,
        bounds=reading.bounds,
        half_open=reading.ambiguity is Ambiguity.HALF,
        approximate=reading.approximate,
        parts=dict(reading.parts),
        reason=reading.reason,
    )
    return resting_on(span, Operation(Op.SET, (spec.name,), value=value))


def adjust(spec: SlotSpec, delta: Delta, span: Span | None) -> Operation:
    """The operation that moves what a slot holds; without a span the caller says what it rests on."""
    parts = {part: delta.sign * count for part, count in delta.parts.items()}
    change = Change(delta.unit, delta.sign * delta.amount, parts, delta.clock_minute, delta.without)
    return resting_on(span, Operation(Op.ADJUST, (spec.name,), change=change))


def doubted(operation: Operation, scene: Heard) -> Operation:
    """The operation, which rests on the whole message and was read without the tagger."""
    return replace(operation, quote=whole(scene), confidence=SURE)


def resting_on(span: Span | None, operation: Operation) -> Operation:
    """The operation with the words it rests on and their confidence; without a span the caller says both."""
    return replace(operation, quote=quote_of(span), confidence=span.confidence) if span else operation


def unknown(scene: Heard, topic: str, span: Span | None = None) -> Operation:
    """Words that are not understood, and of what kind they are; without a span the whole message."""
    return Operation(Op.UNKNOWN, topic=topic, quote=quote_of(span) if span else whole(scene))


def quote_of(span: Span) -> Quote:
    """The words of a span."""
    return Quote(span.start, span.end, span.text)


def whole(scene: Heard) -> Quote:
    """The words of the whole message."""
    return Quote(0, len(scene.message.text), scene.message.text)
