"""English words to values: one entrance to the readers of each kind.

Knows which reader serves which kind; does not know what is held already or which value is possible.
"""

from __future__ import annotations

import re
from typing import Final
from zoneinfo import ZoneInfo

from nlu.types import Delta, Kind, Moment, Reading
from nlu.values import english_deltas as deltas
from nlu.values.english_counts import read_count
from nlu.values.english_dates import read_date
from nlu.values.english_names import read_name
from nlu.values.english_sentence import UNREADABLE
from nlu.values.english_times import read_time
from nlu.values.phones import read_phone

_EITHER: Final = re.compile(r"\beither\s+", re.IGNORECASE)
"""Says of two values no more than what stands between them."""
_LONGEST: Final = 1000
"""Characters in which a value is looked for; a tagged span is far shorter."""


def read(words: str, kind: Kind, moment: Moment) -> Reading:
    """Read English words as a value of `kind`.

    Args:
        words: cleaned text (`nlu.values.text.clean`), a tagged span or a whole sentence.
        kind: date, time, count, name or phone; a choice is read by `nlu.values.choices`.
        moment: the user's now and zone.

    Returns:
        A reading; never raises on any text.
    """
    words = words[:_LONGEST]
    now = moment.now.astimezone(ZoneInfo(moment.zone))
    match kind:
        case Kind.DATE:
            return read_date(words, now, moment.zone)
        case Kind.TIME:
            return read_time(words, now)
        case Kind.COUNT:
            return read_count(_EITHER.sub("", words))
        case Kind.NAME:
            return read_name(words)
        case Kind.PHONE:
            return read_phone(words)
        case Kind.CHOICE:
            return UNREADABLE


def read_delta(words: str, kind: Kind) -> Delta | None:
    """Read English words as a change of a held value of `kind` (date, time or count), or None where they are none."""
    words = words[:_LONGEST]
    match kind:
        case Kind.DATE:
            return deltas.read_days(words)
        case Kind.TIME:
            return deltas.read_minutes(words)
        case Kind.COUNT:
            return deltas.read_people(words)
        case _:
            return None
