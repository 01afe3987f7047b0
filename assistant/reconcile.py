"""Two readings of one message become one. Pure: knows operations, slots and what is under discussion, no model and no words.

What the tagger is sure of stands, and the Llama alone is believed only about words that the tagger made nothing of; but it
neither says yes nor wipes the draft or the booking alone, nor gives a name that was not asked for.
Where the tagger is not sure and they differ nothing is guessed: two values become CANDIDATES, any other difference becomes
the question what the slot shall be, and a yes or a wipe that only one of them heard is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.domain import Domain
from assistant.types import Conversation, NewValue, Op, Operation, Phase, Quote, Scope
from nlu.types import Kind

SURE = 0.9
"""Least probability of an act or a span from which the tagger counts as certain. Of 756 turns on tests/heldout/dev and
tests/scenarios 7 % fall below it, or are not understood; of the 5 wrong ones, 4.
"""
ON_SLOTS = frozenset({Op.SET, Op.CLEAR, Op.ADJUST, Op.DONT_CARE, Op.SKIP, Op.COPY, Op.UNDO, Op.REDO, Op.MODIFY})
"""Operations that name the slots they are about; `undo` and others may be without."""
EDITS = frozenset({Op.SET, Op.CLEAR, Op.ADJUST, Op.SWAP, Op.DONT_CARE, Op.COPY, Op.MODIFY, Op.UNDO, Op.REDO})
"""Operations beside which a yes is none."""
ALIKE = ({Op.DONT_CARE, Op.SKIP}, {Op.UNDO, Op.REDO})
"""Operations that come to the same on a slot: the state decides which it is."""


def reconcile(
    tagger: Sequence[Operation], llama: Sequence[Operation], conversation: Conversation, domain: Domain
) -> tuple[Operation, ...]:
    """The operations to apply.

    Args:
        tagger: what the tagger read, at least one operation.
        llama: what the language model read, at least one operation.
        conversation: as it was before the message.
        domain: the slots.

    Returns:
        At least one operation; each is one of the two readings', but for CANDIDATES and questions.
    """
    stands = [one if one.confidence >= SURE else _weighed(one, tagger, llama, conversation) for one in tagger]
    believed = [one for one in llama if _believed_alone(one, tagger, conversation, domain)]
    if any(one.op is not Op.UNKNOWN for one in believed):
        return (*(one for one in stands if one not in unread(tagger)), *believed)
    return tuple(one for at, one in enumerate(stands) if one not in stands[:at])


def unread(operations: Iterable[Operation]) -> list[Operation]:
    """The operations that only say which words were not understood."""
    return [one for one in operations if one.op is Op.UNKNOWN and not one.topic]


# --- what the tagger is not sure of ---------------------------------------------------------------------------------


def _weighed(
    operation: Operation, tagger: Sequence[Operation], llama: Sequence[Operation], conversation: Conversation
) -> Operation:
    """An operation that the tagger is not sure of, or what becomes of it beside the Llama's reading."""
    heard = {one.op for one in llama}
    if len(unread(llama)) == len(llama):
        return _again(operation) if operation.op is Op.AFFIRM else operation
    if operation.op is Op.AFFIRM and (Op.AFFIRM not in heard or heard & {Op.DENY, *EDITS}):
        return _again(operation)
    if _wipes(tagger, conversation) != _wipes(llama, conversation) and operation not in unread(tagger):
        return _again(operation)
    return _settled(operation, llama)


def _wipes(operations: Iterable[Operation], conversation: Conversation) -> frozenset[str]:
    """What is to be emptied as a whole: the draft, the booking, all but some slots; a bare cancel means the nearest."""
    return frozenset(word for one in operations if (word := _wiped(one, conversation)))


def _wiped(operation: Operation, conversation: Conversation) -> str:
    match operation.op:
        case Op.CLEAR if operation.everything:
            return " ".join(["all but", *sorted(operation.slots)])
        case Op.START if operation.everything:
            return "draft"
        case Op.DENY if conversation.phase is Phase.SUSPENDED:
            return "draft"  # a no to "shall we go on?" begins anew
        case Op.CANCEL if operation.scope in (Scope.TASK, Scope.BOOKING, Scope.OPEN):
            return "booking" if conversation.booking_id else "draft"
    return ""


def _again(operation: Operation) -> Operation:
    return Operation(Op.UNKNOWN, quote=operation.quote)


# --- slots ---------------------------------------------------------------------------------------------------------


def _settled(operation: Operation, llama: Sequence[Operation]) -> Operation:
    """The tagger's operation, or what becomes of it where the Llama read its slot otherwise."""
    for name in _slots(operation):
        other = next((one for one in reversed(llama) if name in _slots(one)), None)
        if other is None or _same(operation, other):
            continue
        if operation.op is other.op is Op.SET and (either := _candidates(operation.value, other.value)):
            return replace(operation, value=either, confidence=min(operation.confidence, other.confidence))
        return Operation(Op.MODIFY, (name,), quote=operation.quote, confidence=operation.confidence)
    return operation


def _slots(operation: Operation) -> tuple[str, ...]:
    return operation.slots if operation.op in ON_SLOTS and not operation.everything else ()


def _same(one: Operation, other: Operation) -> bool:
    if one.op is not other.op:
        return any({one.op, other.op} <= alike for alike in ALIKE)
    if one.op is Op.SET and one.value and other.value:
        return _values(one.value) == _values(other.value)
    return one.change == other.change


def _values(value: NewValue) -> object:
    return frozenset(value.candidates), value.bounds, value.reason


def _candidates(one: NewValue | None, other: NewValue | None) -> NewValue | None:
    """Both values, the tagger's first; None where one of them is a range or nothing that can be had."""
    if one is None or other is None or not one.candidates or not other.candidates:
        return None
    return NewValue(tuple(dict.fromkeys((*one.candidates, *other.candidates))))


# --- the Llama alone -----------------------------------------------------------------------------------------------


def _believed_alone(
    operation: Operation, tagger: Sequence[Operation], conversation: Conversation, domain: Domain
) -> bool:
    if operation.op is Op.AFFIRM or _wiped(operation, conversation):
        return False
    # Any words can be a name, so nothing but the question vouches for one; other values are the normaliser's.
    names = {spec.name for spec in domain.slots if spec.kind is Kind.NAME and spec.name != conversation.asked}
    if operation.op is Op.SET and names & set(operation.slots):
        return False
    touched = {name for one in tagger for name in _slots(one)}
    left = [one.quote for one in unread(tagger) if one.quote]
    return not touched & set(_slots(operation)) and any(_within(operation.quote, quote) for quote in left)


def _within(quote: Quote | None, words: Quote) -> bool:
    return quote is not None and words.start <= quote.start and quote.end <= words.end
