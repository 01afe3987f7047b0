"""A message with what was seen in it and made of it so far: what decides on it as a whole is given this.

Types only, and whether operations are no more than remarks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.composer.heard import Heard
from assistant.types import Op, Operation
from nlu.types import Span, Tagging

Operations = Sequence[Operation]
REMARKS: Final = (Op.CHITCHAT, Op.UNKNOWN, Op.DENY)
"""Operations that change nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message with what the tagger saw in it."""

    scene: Heard
    tagging: Tagging
    """Its acts, and its spans as they stand."""
    spans: Sequence[Span]
    """Those that are wishes, numbers in their slots."""
    told: bool
    """Whether a span was left out, because it only tells of something."""


Meaning = Callable[[Operations, Seen], tuple[Operation, ...] | None]


def only_remarks(operations: Operations) -> bool:
    """Whether nothing was understood that changes anything."""
    return all(one.op in REMARKS for one in operations)
