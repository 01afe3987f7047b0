"""Changes written with arrows: `12일→20일, 7명→12명으로`, "7pm -> 8pm". Knows no tags: an arrow says which value is new."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from assistant.composer.heard import Heard
from assistant.composer.numbers import NUMERIC, names_held
from assistant.composer.pieces import doubted, set_to
from assistant.domain import SlotSpec
from assistant.types import Op, Operation

_CLAUSE_END = re.compile(r"[,;\n]")
_ARROW = re.compile(r"[→⇒➡]\ufe0f?|[-=]+>|>>+")
_SAID = (Op.SET, Op.ADJUST, Op.CLEAR, Op.ASK)
"""Operations beside which the tagger has understood such a message itself."""


def from_to(operations: Iterable[Operation], scene: Heard) -> tuple[Operation, ...] | None:
    """The new values of a message with arrows; None where it has none, or one of them is not clear.

    Args:
        operations: what was made of the message otherwise.
        scene: the message and what is held.
    """
    clauses = (_ARROW.split(clause) for clause in _CLAUSE_END.split(scene.message.text))
    changes = [(_slot_of(old, new, scene), new) for sides in clauses for old, new in pairwise(sides)]
    if not changes or any(one.op in _SAID for one in operations) or any(spec is None for spec, _ in changes):
        return None
    return tuple(doubted(set_to(spec, scene.read(new, spec), None), scene) for spec, new in changes if spec)


def _slot_of(old: str, new: str, scene: Heard) -> SlotSpec | None:
    """The one slot that holds the old value and can take the new one."""
    fitting = [
        spec
        for spec in scene.domain.slots
        if spec.kind in NUMERIC and names_held(old, spec, scene) and scene.read(new, spec).values
    ]
    return fitting[0] if len(fitting) == 1 else None
