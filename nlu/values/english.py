"""English words to values. Knows the language and the calendar; does not know what is held or which value is possible."""

from __future__ import annotations

from nlu.types import Delta, Kind, Moment, Reading
from nlu.values import reasons


def read(words: str, kind: Kind, moment: Moment) -> Reading:
    """Read English words as a value of `kind`; never raises."""
    return Reading(reason=reasons.UNREADABLE)


def read_delta(words: str, kind: Kind) -> Delta | None:
    """Read English words as a change of a held value of `kind`, or None where they are none."""
    return None
