"""A held name or choice that a verb of removal takes out beside other wishes: "one fewer, and remove Kim Minsu".

Looks for what is held in the words; does not know what the tagger saw, but for what was already made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain import SlotSpec
from assistant.heard import Heard
from assistant.pieces import doubted
from assistant.types import Op, Operation
from nlu.folded import folded
from nlu.negation import removed
from nlu.types import Kind


def let_go(scene: Heard, operations: Iterable[Operation]) -> list[Operation]:
    """The operations that empty what is taken out by name, though nothing else in the message is about it.

    Args:
        scene: the message and what is held; a question takes nothing out.
        operations: what was made of the message.
    """
    text = folded(scene.message.text)
    touched = {name for one in operations for name in one.slots}
    held = (spec for spec in scene.domain.slots if spec.kind in (Kind.NAME, Kind.CHOICE) and spec.name not in touched)
    return [doubted(Operation(Op.CLEAR, (spec.name,)), scene) for spec in held if _is_taken_out(text, spec, scene)]


def _is_taken_out(text: str, spec: SlotSpec, scene: Heard) -> bool:
    """Whether what the slot holds stands behind a verb of removal, in a sentence that asks nothing."""
    value = scene.conversation.value(spec.name)
    if value is None:
        return False
    choice = next((one for one in spec.choices if one.id == value), None)
    for name in choice.names if choice else (value,):
        for found in re.finditer(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text):
            if removed(text, found.start(), found.end()) and not re.match(r"[^.!]*\?", text[found.end() :]):
                return True
    return False
