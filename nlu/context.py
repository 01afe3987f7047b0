"""What the encoder sees before the utterance: what was asked, where the dialogue stands and what is filled.

Training and serving call the same function; `tests/unit/nlu/test_context.py` pins its words, because a model only
understands the form that it was trained on. Knows no conversation and no slot by name.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

VERSION: Final = 1
"""Goes into a model's manifest; raise it whenever the words change."""

ASKED: Final = ("none", "what_to_change", "resume")
"""What may be asked besides the name of a slot."""
PHASES: Final = ("idle", "collecting", "confirming", "booked", "handed_off", "suspended")
PENDING: Final = ("create", "modify", "cancel")


def render_context(asked: str, phase: str, pending: str, filled: Collection[str]) -> str:
    """Write the first segment of the encoder's input.

    Args:
        asked: the slot that the last prompt asked for, or one of `ASKED`.
        phase: one of `PHASES`.
        pending: one of `PENDING`: what a yes would do.
        filled: the slots that hold something, in the order of the domain.

    Returns:
        Plain lower-case words, as few as will do since each costs as much time as one of the user's:
        `time collecting create : restaurant date`.

    Raises:
        ValueError: a phase or a pending task is unknown.
    """
    if phase not in PHASES:
        raise ValueError(f"phase: {phase!r} is none of {', '.join(PHASES)}")
    if pending not in PENDING:
        raise ValueError(f"pending: {pending!r} is none of {', '.join(PENDING)}")
    held = " ".join(_plain(slot) for slot in filled)
    return f"{_plain(asked)} {_plain(phase)} {pending} : {held}".rstrip()


def _plain(name: str) -> str:
    return name.replace("_", " ")
