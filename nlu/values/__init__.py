"""The value normaliser: words in, canonical values, candidates or a reason out.

Deterministic, without a model. Knows the calendar and the two languages; does not know venues' opening hours, which
reading is possible, or what is held already: the reducer decides those.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from nlu.types import Choice, Delta, Kind, Moment, Reading
from nlu.values import english, korean
from nlu.values.choices import read_choice
from nlu.values.text import clean, has_hangul

__all__ = ["normalise", "read_delta", "warm_up"]

MOST: Final = 1000
"""Characters that are read; nobody says one value in more, and the time that a text can cost stays bounded."""


def normalise(text: str, kind: Kind, moment: Moment, choices: Sequence[Choice] = ()) -> Reading:
    """Read one span as a value of `kind`.

    Args:
        text: the user's words in English, Korean or a mixture; anything a keyboard can send. The first `MOST` are read.
        kind: what to read it as.
        moment: the user's now and zone, for relative words.
        choices: the possible values; used by `Kind.CHOICE` only.

    Returns:
        A `Reading`; never raises on any text.
    """
    words = clean(text[:MOST])
    if kind is Kind.CHOICE:
        return read_choice(words, choices)
    read = korean.read if has_hangul(words) else english.read
    return read(words, kind, moment)


def read_delta(text: str, kind: Kind) -> Delta | None:
    """Read one span as a relative change of a held value of `kind` (date, time or count), or None where it is none."""
    words = clean(text[:MOST])
    read = korean.read_delta if has_hangul(words) else english.read_delta
    return read(words, kind)


def warm_up() -> None:
    """Load the calendars and dictionaries that are read at first use, so that no user waits half a second for them."""
    now = Moment(datetime.now(UTC), "UTC")
    for words in ("Chirstmas", "설날"):
        for kind in Kind:
            normalise(words, kind, now)
