"""A held name or choice that a verb of removal takes out beside other wishes: "one fewer, and remove Kim Minsu".

Looks for what is held in the words; does not know what the tagger saw, but for what was already made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.composer.heard import Heard
from assistant.composer.numbers import names_held
from assistant.composer.pieces import doubted
from assistant.composer.refs import named_slots
from assistant.domain import SlotSpec
from assistant.types import Op, Operation
from nlu.folded import folded
from nlu.rules.negation import removed
from nlu.types import Kind

IS_OFF = re.compile(
    r"^(?:\W|\b(?:sorry|oh|ok|okay|no|ugh|argh|hey|hi|well|actually|so|unfortunately|bad news)\b)*"
    r"(?P<what>[\w: ]{3,24}?)(?:'s| is)(?: (?:now|actually|all))*"
    r" (?:off|out|no good|a no[- ]go|not happening|impossible|off the table)\b(?! (?:the|of)\b)(?![^.!]*\?)"
)
"""A day or an hour that is called off: "sorry, tonight's off"."""
IS_INSTEAD = re.compile(
    r"\b(?:isn'?t|is not|wasn'?t|aren'?t) (?:wrong|the problem|off|the issue|what's wrong)[,;.]? (?:but |it's )?"
    r"(?P<what>(?:the|my) [a-z ]{3,20}?)(?: is| was| that's wrong)?(?: though)?[.!]*$"
)
"""What is wrong in place of something else: "the terrace isn't wrong, the date is"."""
ASKS_YOU_TO = re.compile(
    r"\b(?:may|might|could|can) (?:i|we) (?:(?:also|just|please|kindly|perhaps) )*(?:ask|trouble|bother|get) you to"
    r" (?:(?:please|kindly|just) )*(?:take (?:out|off|away)|remove|delete|clear|drop|erase|blank|strike|forget)"
    r" (?P<what>(?:the|my|our) [a-z ]{3,24})"
)
"""A wish in the form of a question: "may I ask you to take out the time?"."""


def let_go(scene: Heard, operations: Iterable[Operation]) -> list[Operation]:
    """The operations that empty what is taken out by name, though nothing else in the message is about it.

    Args:
        scene: the message and what is held; a question takes nothing out.
        operations: what was made of the message.
    """
    text = folded(scene.message.text)
    touched = {name for one in operations for name in one.slots}
    free = [
        spec for spec in scene.domain.slots if spec.name not in touched and scene.conversation.slot(spec.name).holds
    ]
    gone = [spec.name for spec in free if spec.kind in (Kind.NAME, Kind.CHOICE) and _is_taken_out(text, spec, scene)]
    if off := IS_OFF.search(text):
        when = (
            spec
            for spec in free
            if spec.kind is Kind.DATE or (spec.kind is Kind.TIME and scene.read(off["what"], spec).values)
        )
        gone += [spec.name for spec in when if names_held(off["what"], spec, scene)]
    for found in filter(None, (IS_INSTEAD.search(text), ASKS_YOU_TO.search(text))):
        named = named_slots(found["what"], scene.domain)
        gone += [spec.name for spec in free if spec.name in named]
    return [doubted(Operation(Op.CLEAR, (name,)), scene) for name in dict.fromkeys(gone)]


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
