"""The acts of a message that are operations by themselves, whatever is asked or held."""

from __future__ import annotations

from assistant.state import OUT_OF_SCOPE
from assistant.types import Op, Operation, Scope

CANCELS = frozenset(("cancel", "cancel_task", "cancel_booking"))
"""Acts that drop a draft or a booking."""
ACT_OPERATIONS = {
    "affirm": Operation(Op.AFFIRM),
    "deny": Operation(Op.DENY),
    "start": Operation(Op.START),
    "restart": Operation(Op.START, everything=True),
    "cancel_change": Operation(Op.CANCEL, scope=Scope.CHANGE),
    "cancel_task": Operation(Op.CANCEL, scope=Scope.TASK),
    "cancel_booking": Operation(Op.CANCEL, scope=Scope.BOOKING),
    "modify": Operation(Op.MODIFY),
    "undo": Operation(Op.UNDO),
    "redo": Operation(Op.REDO),
    "swap": Operation(Op.SWAP),
    "ask": Operation(Op.ASK),
    "chitchat": Operation(Op.CHITCHAT),
    OUT_OF_SCOPE: Operation(Op.CHITCHAT, topic=OUT_OF_SCOPE),
    "handoff": Operation(Op.HANDOFF),
    "unknown": Operation(Op.UNKNOWN),
}
"""Acts that are operations by themselves; the rest depends on what is asked or held."""
