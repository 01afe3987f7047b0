"""Two readings of one message become one. Pure: knows operations and what is under discussion, no model and no words.

What the tagger read stands, and the Llama alone is believed only about words that the tagger made nothing of; but a yes,
and whatever wipes the draft or the booking, needs both.
Where they read the same slot otherwise nothing is guessed: two values become CANDIDATES, any other difference becomes the
question what the slot shall be, and a yes or a wipe that only one of them heard is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.types import Conversation, NewValue, Op, Operation, Phase, Quote, Scope

ON_SLOTS = frozenset({Op.SET, Op.CLEAR, Op.ADJUST, Op.DONT_CARE, Op.SKIP, Op.COPY, Op.UNDO, Op.REDO, Op.MODIFY})
"""Operations that name the slots they are about; `undo` and others may be without."""
EDITS = frozenset({Op.SET, Op.CLEAR, Op.ADJUST, Op.SWAP, Op.DONT_CARE, Op.COPY, Op.MODIFY, Op.UNDO, Op.REDO})
"""Operations beside which a yes is none."""
ALIKE = ({Op.DONT_CARE, Op.SKIP}, {Op.UNDO, Op.REDO})
"""Operations that come to the same on a slot: the state decides which it is."""


def reconcile(
    tagger: Sequence[Operation], llama: Sequence[Operation], conversation: Conversation
) -> tuple[Operation, ...]:
    """The operations to apply.

    Args:
        tagger: what the tagger read, at least one operation.
        llama: what the language model read, at least one operation.
        conversation: as it was before the message.

    Returns:
        At least one operation; each is one of the two readings', but for CANDIDATES and questions.
    """
    if not _understood(llama):
        return tuple(_without_lone_yes(tagger, llama))
    if _wipes(tagger, conversation) != _wipes(llama, conversation) and _understood(tagger):
        return (_again(tagger),)
    agreed = [_settled(one, llama) for one in _without_lone_yes(tagger, llama)]
    believed = [one for one in llama if _believed_alone(one, tagger, conversation)]
    if any(one.op is not Op.UNKNOWN for one in believed):
        agreed = [one for one in agreed if one.op is not Op.UNKNOWN or one.topic]
        return (*agreed, *believed)
    return tuple(agreed)


def _understood(operations: Iterable[Operation]) -> bool:
    return any(one.op is not Op.UNKNOWN or one.topic for one in operations)


# --- what needs both -----------------------------------------------------------------------------------------------


def _without_lone_yes(tagger: Sequence[Operation], llama: Sequence[Operation]) -> list[Operation]:
    """The tagger's operations; a yes stays only where the other heard a yes too, and neither a no nor a change beside it."""
    heard = {one.op for one in llama}
    if Op.AFFIRM in heard and not heard & {Op.DENY, *EDITS}:
        return list(tagger)
    rest = [one for one in tagger if one.op is not Op.AFFIRM]
    return rest or [_again(tagger)]


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


def _again(operations: Sequence[Operation]) -> Operation:
    quotes = [one.quote for one in operations if one.quote]
    return Operation(Op.UNKNOWN, quote=quotes[0] if quotes else None)


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


def _believed_alone(operation: Operation, tagger: Sequence[Operation], conversation: Conversation) -> bool:
    if operation.op is Op.AFFIRM or _wiped(operation, conversation):
        return False
    touched = {name for one in tagger for name in _slots(one)}
    unread = [one.quote for one in tagger if one.op is Op.UNKNOWN and not one.topic and one.quote]
    return not touched & set(_slots(operation)) and any(_within(operation.quote, quote) for quote in unread)


def _within(quote: Quote | None, words: Quote) -> bool:
    return quote is not None and words.start <= quote.start and quote.end <= words.end
