"""The reducer: a conversation and the operations of one turn in, the next conversation out. One pure function, `apply`.

Knows scopes of cancelling, history and sessions; the values themselves are settled in `assistant.values`. Does not
decide what happens next: it says what the user meant (`Applied.meaning`), and the policy decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from assistant.domain import Need
from assistant.possible import Possible
from assistant.types import (
    Conversation,
    Effects,
    Flag,
    Op,
    Operation,
    Pending,
    Phase,
    Producer,
    Scope,
    Slot,
    Slots,
    Snapshot,
    Source,
    Status,
)
from assistant.values import NOTHING_HELD, VALUE_OPERATIONS, apply_values, touched

LONGEST_HISTORY = 100
"""Changes that can be undone; older ones are in the event log only."""
MOST_NAMED = 3
"""A copy of more slots than a guest names one by one is one of a whole booking."""
DRAFTING = (Phase.COLLECTING, Phase.CONFIRMING)
OUT_OF_SCOPE = "out_of_scope"
"""Topic of a chitchat operation that asks for something that is not our business, or tries to manipulate."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What the operations led to. `meaning` is the intent that the policy hears, `asks` whether a question came with it."""

    conversation: Conversation
    effects: Effects
    meaning: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What a turn is applied with. `profile` are values that may be suggested, `earlier` the slots of an earlier booking."""

    possible: Possible
    message_id: str
    idle: timedelta
    profile: Mapping[str, str] = field(default_factory=dict)
    earlier: Slots = field(default_factory=dict)


def apply(before: Conversation, operations: Sequence[Operation], given: Given) -> Applied:
    """The conversation after the operations of one turn.

    Args:
        before: the conversation as stored.
        operations: in the order of the user's words, at least one.
        given: rules, clock, profile.
    """
    if before.phase is Phase.HANDED_OFF and not _wants_restart(operations):
        return Applied(before, Effects(), _plain_meaning(operations) or "not_understood")
    woken, operations, waits = _wake(before, operations, given)
    if waits:
        return Applied(woken, Effects(), "returned")
    operations = [
        _from_this_draft(one, woken, given) for one in operations if not _copies_nothing(one, operations, woken, given)
    ]
    operations = _given_up(operations, woken)
    directed, meaning, undone = _direct(woken, operations, given)
    moved = _moved(woken, directed) if undone else ()
    values = [] if meaning == "cancel_booking" else [one for one in operations if one.op in VALUE_OPERATIONS]
    after, effects = _value(directed, values, given)
    after, effects = _leave(after, operations, effects)
    effects = replace(
        effects,
        changed=tuple(dict.fromkeys((*moved, *effects.changed))),
        undone=undone == "undo",
        redone=undone == "redo",
        restarted=meaning == "start_over",
    )
    after = _end_attempt(after, operations, effects)
    if _differs(before, after):
        after = replace(after, version=before.version + 1)
        if undone is None:
            after = replace(after, past=(*before.past, _snapshot(before))[-LONGEST_HISTORY:], future=())
        if after.phase is Phase.CONFIRMING:
            after = replace(after, phase=Phase.COLLECTING)
    after = replace(after, mentioned=touched(values, given.possible) or after.mentioned, loose_number="")
    meaning = meaning or _meaning(operations, effects, after, undone)
    after = _count_failures(after, meaning, operations)
    asks = meaning != "ask" and any(one.op is Op.ASK for one in operations)
    return Applied(after, effects, meaning, asks)


# --- sessions ------------------------------------------------------------------------------------------------------


def _wake(
    before: Conversation, operations: Sequence[Operation], given: Given
) -> tuple[Conversation, Sequence[Operation], bool]:
    """A draft that lay idle is suspended and the message's values held; the answer then decides what they apply to."""
    values = tuple(one for one in operations if one.op in VALUE_OPERATIONS)
    if before.phase is Phase.SUSPENDED:
        return _answer_resume(before, operations, values)
    silent = given.possible.now - before.last_active if before.last_active else timedelta()
    idle = before.phase in DRAFTING and silent > given.idle and any(slot.holds for slot in before.slots.values())
    if not idle or _has(operations, Op.HANDOFF):
        return before, operations, False
    return replace(before, phase=Phase.SUSPENDED, held=values), operations, True


def _answer_resume(
    before: Conversation, operations: Sequence[Operation], values: tuple[Operation, ...]
) -> tuple[Conversation, Sequence[Operation], bool]:
    answer = _last(operations, Op.AFFIRM, Op.DENY) or _last(operations, Op.START)
    if _has(operations, Op.HANDOFF):
        return before, operations, False
    if answer is None:
        return replace(before, held=(*before.held, *values)), operations, True
    resumed = replace(before, phase=Phase.COLLECTING, held=(), asked=None)
    apart = [one for one in operations if one.op not in (Op.AFFIRM, Op.DENY, Op.START)]
    if answer.op is not Op.AFFIRM:
        return resumed, (replace(answer, op=Op.START, everything=True), *before.held, *apart), False
    return resumed, (*before.held, *apart), False


# --- scopes and history --------------------------------------------------------------------------------------------


def _direct(woken: Conversation, operations: Sequence[Operation], given: Given) -> tuple[Conversation, str, str | None]:
    """Carry out what concerns the draft as a whole; the meaning where that is what the turn is about; undo or redo."""
    after, meaning, undone = woken, "", None
    for operation in operations:
        match operation.op:
            case Op.CANCEL if operation.scope is not Scope.SLOT:
                after, meaning = _cancel(after, operation.scope or Scope.OPEN)
            case Op.START:
                after, meaning = _start(after, operation, given, meaning)
            case Op.UNDO | Op.REDO:
                moved = _move_in_history(after, operation)
                if moved is None:
                    meaning = "nothing_to_undo"
                else:
                    after, undone = moved
    return after, meaning, undone


def _cancel(before: Conversation, scope: Scope) -> tuple[Conversation, str]:
    if scope is Scope.CHANGE:
        return replace(before, attempt=None), "cancel_change"
    if (before.booking_id and before.pending is not Pending.CREATE) or before.phase is Phase.BOOKED:
        slots = dict(before.booked)
        return replace(
            before, slots=slots, pending=Pending.CANCEL, phase=Phase.COLLECTING, attempt=None, asked=None
        ), "cancel_booking"
    return _without_draft(before), "cancel_draft"


def _without_draft(before: Conversation) -> Conversation:
    """The draft is dropped; a booking that stands is shown again."""
    if before.booking_id and before.pending is Pending.CREATE and before.booked:
        return replace(before, slots=dict(before.booked), phase=Phase.BOOKED, attempt=None, asked=None)
    return replace(before, slots={}, phase=Phase.IDLE, pending=Pending.CREATE, attempt=None, asked=None, read_back=None)


def _start(before: Conversation, operation: Operation, given: Given, meaning: str) -> tuple[Conversation, str]:
    if operation.everything:
        return _new_draft(before, given, suggest=False), "start_over"
    if before.phase in (Phase.IDLE, Phase.BOOKED) and meaning != "cancel_booking":
        return _new_draft(before, given), ""
    return before, meaning


def _new_draft(before: Conversation, given: Given, *, suggest: bool = True) -> Conversation:
    slots = _suggested(given) if suggest else {}
    return replace(
        before,
        slots=slots,
        phase=Phase.COLLECTING,
        pending=Pending.CREATE,
        attempt=None,
        asked=None,
        read_back=None,
    )


def _suggested(given: Given) -> dict[str, Slot]:
    known = {spec.name for spec in given.possible.domain.slots}
    return {
        name: Slot(Status.FILLED, value=value, source=Source.PROFILE, flags=frozenset({Flag.SUGGESTED}))
        for name, value in given.profile.items()
        if name in known
    }


def _move_in_history(before: Conversation, operation: Operation) -> tuple[Conversation, str] | None:
    restored = _restore(before, operation.slots) if operation.slots else None
    if restored is None and operation.slots and not before.future:
        restored = _restore(before, operation.slots, replaced=True)
    if restored is not None or (operation.slots and not before.future):
        return restored
    # "Bring that one back" right after an undo: what was undone is what is meant.
    redo = operation.op is Op.REDO or bool(operation.slots)
    spoken = operation.producer is not Producer.API
    if redo and spoken and not before.future and _last_change_cleared(before):
        redo = False  # "put that back" right after a clear: the clear is what is taken back
    stack = before.future if redo else before.past
    if not stack:
        return None
    target, here = stack[-1], _snapshot(before)
    past = (*before.past, here) if redo else before.past[:-1]
    future = before.future[:-1] if redo else (*before.future, here)
    phase = Phase.COLLECTING if target.active else Phase.BOOKED if before.booking_id else Phase.IDLE
    moved = replace(
        before, slots=target.slots, pending=target.pending, phase=phase, past=past, future=future, attempt=None
    )
    return moved, "redo" if redo else "undo"


def _copies_nothing(operation: Operation, operations: Sequence[Operation], before: Conversation, given: Given) -> bool:
    """Whether "like before" means no earlier booking, for there is none, but the value beside it: "5 again, as before"."""
    whole = operation.op is Op.COPY and len(operation.slots) > MOST_NAMED
    return whole and not (before.booked or given.earlier) and _has(operations, Op.SET, Op.ADJUST)


def _from_this_draft(operation: Operation, before: Conversation, given: Given) -> Operation:
    """A copy where there is no earlier booking: "the same time as before" is what this draft held, or holds."""
    names = operation.slots
    if operation.op is not Op.COPY or before.booked or given.earlier or len(names) > MOST_NAMED:
        return operation
    if all(before.value(name) is not None for name in names):
        return replace(operation, op=Op.CHITCHAT)
    return replace(operation, op=Op.UNDO) if _restore(before, names) else operation


def _moved(before: Conversation, after: Conversation) -> tuple[str, ...]:
    """The slots that hold something else after an undo or redo."""
    return tuple(name for name, slot in after.slots.items() if slot.holds and slot != before.slot(name))


def _restore(
    before: Conversation, names: tuple[str, ...], *, replaced: bool = False
) -> tuple[Conversation, str] | None:
    """Bring back what these slots held last, or `replaced` by what they hold; a change like any other, so it can be undone."""
    found = {
        name: snapshot.slots[name]
        for name in names
        for snapshot in before.past
        if name in snapshot.slots
        and snapshot.slots[name].holds
        and not (replaced and snapshot.slots[name].value == before.value(name))
    }
    lost = {name: slot for name, slot in found.items() if replaced or not before.slot(name).holds}
    if not lost:
        return None
    past = (*before.past, _snapshot(before))[-LONGEST_HISTORY:]
    return replace(before.with_slots(lost), past=past, future=(), attempt=None), "restore"


def _last_change_cleared(before: Conversation) -> bool:
    if not before.past:
        return False
    earlier = before.past[-1].slots
    return any(slot.holds and not before.slot(name).holds for name, slot in earlier.items())


def _snapshot(conversation: Conversation) -> Snapshot:
    return Snapshot(conversation.slots, conversation.pending, conversation.phase in (*DRAFTING, Phase.SUSPENDED))


def _differs(before: Conversation, after: Conversation) -> bool:
    """Whether the draft changed: its values, whether there is one, or what a yes would do to the booking."""
    return _snapshot(before) != _snapshot(after)


# --- values --------------------------------------------------------------------------------------------------------


def _value(before: Conversation, values: Sequence[Operation], given: Given) -> tuple[Conversation, Effects]:
    """Apply the value operations, opening a draft where there is none; a refused slot is the one to ask next."""
    if not values:
        return before, Effects()
    opened = _open(before, values, given)
    booked = before.booked or given.earlier
    slots, effects = apply_values(opened.slots, values, given.possible, message_id=given.message_id, booked=booked)
    did_something = effects.changed or effects.dropped or any(one.reason != NOTHING_HELD for one in effects.refusals)
    if not did_something and opened.phase is not before.phase and before.phase is not Phase.IDLE:
        return before, effects
    if not did_something and not any(one.op is Op.SET for one in values) and not effects.kept:
        return before, effects
    # A wish that cannot be had (a window seat) is told, not asked about: optional slots are never asked.
    needed = [spec.name for spec in given.possible.domain.slots if spec.required.need is not Need.NEVER]
    refused = next((name for name in needed for one in effects.refusals if one.slot == name), None)
    return replace(opened, slots=slots, attempt=refused), effects


def _leave(before: Conversation, operations: Sequence[Operation], effects: Effects) -> tuple[Conversation, Effects]:
    """Values that are said to stay: the reply says so, and an attempt to change one of them is over."""
    stay = tuple(
        name for one in operations if one.op is Op.CHITCHAT for name in one.slots if before.value(name) is not None
    )
    attempt = None if before.attempt in stay else before.attempt
    return replace(before, attempt=attempt), replace(effects, kept=(*effects.kept, *stay))


def _open(before: Conversation, values: Sequence[Operation], given: Given) -> Conversation:
    if before.phase is Phase.IDLE:
        return _new_draft(before, given)
    if before.phase is Phase.BOOKED or before.pending is Pending.CANCEL:
        return replace(before, phase=Phase.COLLECTING, pending=Pending.MODIFY, slots=dict(before.booked), asked=None)
    return before


def _end_attempt(after: Conversation, operations: Sequence[Operation], effects: Effects) -> Conversation:
    """An announced change makes its slot the one to ask; a yes or no to "what instead?" gives it up.

    A remark gives up what was refused.
    """
    announced = _last(operations, Op.MODIFY)
    if announced is not None and not effects.changed and not effects.refusals:
        if after.phase is Phase.BOOKED:
            after = replace(after, phase=Phase.COLLECTING, pending=Pending.MODIFY)
        return replace(after, attempt=announced.slots[0]) if announced.slots else after
    over = _has(operations, Op.AFFIRM, Op.DENY) or (_was_refused(after) and _has(operations, Op.CHITCHAT))
    if after.attempt and over and not effects.refusals:
        return replace(after, attempt=None)
    return after


def _given_up(operations: list[Operation], before: Conversation) -> list[Operation]:
    """What takes back a wish that was just refused: it ends the attempt, since nothing was changed that could be undone."""
    if not _was_refused(before) or not operations or any(one.op not in (Op.UNDO, Op.SKIP) for one in operations):
        return operations
    return [replace(operations[0], op=Op.CANCEL, scope=Scope.CHANGE, slots=())]


def _was_refused(before: Conversation) -> bool:
    """Whether the message before named a value for one slot, which could not be had, and the slot still holds another one."""
    return before.attempt is not None and before.mentioned == (before.attempt,) and before.slot(before.attempt).holds


# --- meaning -------------------------------------------------------------------------------------------------------


def _meaning(operations: Sequence[Operation], effects: Effects, after: Conversation, undone: str | None) -> str:
    """The one intent that the policy hears for this turn; questions come on top."""
    if _has(operations, Op.HANDOFF):
        return "handoff"
    if any(one.op is Op.UNKNOWN and one.topic for one in operations):
        return "unclear"  # said beside what was understood or alone: it is asked about, never dropped in silence
    if effects.changed or effects.dropped or effects.refusals or undone:
        return "inform"
    announced = _last(operations, Op.MODIFY)
    if announced is not None:
        return "inform" if announced.slots else "modify"
    if not operations:
        return "inform"  # resumed with nothing held: go on where the draft stood
    answer = _last(operations, Op.AFFIRM, Op.DENY)
    if answer is not None:
        if answer.op is Op.AFFIRM and _has(operations, Op.START):
            return "affirm_start"
        return str(answer.op)
    if _has(operations, *VALUE_OPERATIONS):
        return "inform"
    return _plain_meaning(operations) or "not_understood"


def _plain_meaning(operations: Sequence[Operation]) -> str:
    for operation in operations:
        match operation.op:
            case Op.START:
                return "start"
            case Op.ASK:
                return "ask"
            case Op.HANDOFF:
                return "handoff"
            case Op.UNKNOWN if operation.topic:
                return "unclear"
            case Op.CHITCHAT if operation.slots:
                return "inform"
            case Op.CHITCHAT:
                return OUT_OF_SCOPE if operation.topic == OUT_OF_SCOPE else "chitchat"
    return ""


def _count_failures(after: Conversation, meaning: str, operations: Sequence[Operation]) -> Conversation:
    loose = next((one.quote.text for one in operations if one.op is Op.UNKNOWN and one.topic and one.quote), "")
    if meaning == "not_understood":
        return replace(after, failures=after.failures + 1)
    if meaning == OUT_OF_SCOPE:
        return after
    return replace(after, failures=0, loose_number=loose if meaning == "unclear" else "")


def _wants_restart(operations: Sequence[Operation]) -> bool:
    return any(one.op is Op.START and one.everything for one in operations)


def _has(operations: Sequence[Operation], *kinds: Op) -> bool:
    return any(one.op in kinds for one in operations)


def _last(operations: Sequence[Operation], *kinds: Op) -> Operation | None:
    return next((one for one in reversed(operations) if one.op in kinds), None)
