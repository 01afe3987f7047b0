"""Names to choice ids."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.types import Choice, Reading
from nlu.values import reasons


def read_choice(text: str, choices: Sequence[Choice]) -> Reading:
    """Match words to a choice."""
    return Reading(reason=reasons.UNKNOWN_CHOICE)
