"""The Korean value normaliser: cleaned words that hold Hangul in, canonical values or a reason out.

Sends the words to the reader of their kind; English words with Korean endings (`tomorrow요`) go on to the English one.
Knows no venues and no state; see the package's docstring.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.types import Delta, Kind, Moment, Reading
from nlu.values import english, reasons
from nlu.values.korean_counts import read_count
from nlu.values.korean_dates import read_date
from nlu.values.korean_deltas import read_korean_delta
from nlu.values.korean_mixed import in_korean
from nlu.values.korean_names import read_name
from nlu.values.korean_numerals import numerals_meant
from nlu.values.korean_phones import read_phone
from nlu.values.korean_times import read_time

_IN_EITHER_LANGUAGE: Final = frozenset({Kind.DATE, Kind.TIME, Kind.COUNT})
_LONGEST_MIXED: Final = 200
"""Characters; English words among Korean ones are looked for in answers, not in essays."""
_LATIN = re.compile(r"[A-Za-z]{2}")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]+")


def read(words: str, kind: Kind, moment: Moment) -> Reading:
    """Read Korean words as a value of `kind`.

    Args:
        words: cleaned text (see `nlu.values.text.clean`), a span or a whole sentence, at most 4,000 characters.
        kind: DATE, TIME, COUNT, NAME or PHONE; choices are read elsewhere.
        moment: the user's now and zone, for relative words.

    Returns:
        A `Reading`; never raises on any text.
    """
    text = " ".join(words.split())
    text = numerals_meant(text) if kind in (Kind.COUNT, Kind.TIME) else text
    if kind is Kind.DATE and len(text) <= _LONGEST_MIXED and _LATIN.search(text) and _HANGUL.search(text):
        text = in_korean(text)
    reading = _read(text, kind, moment)
    if reading.reason == reasons.UNREADABLE and _may_be_english(text, kind):
        return english.read(" ".join(_HANGUL.sub(" ", text).split()), kind, moment)
    return reading


def _may_be_english(text: str, kind: Kind) -> bool:
    return kind in _IN_EITHER_LANGUAGE and len(text) <= _LONGEST_MIXED and _LATIN.search(text) is not None


def _read(text: str, kind: Kind, moment: Moment) -> Reading:
    if kind is Kind.DATE:
        return read_date(text, moment)
    if kind is Kind.TIME:
        return read_time(text, moment)
    if kind is Kind.COUNT:
        changed = read_korean_delta(text, kind) is not None
        return Reading(reason=reasons.UNREADABLE) if changed else read_count(text)
    if kind is Kind.NAME:
        return read_name(text)
    if kind is Kind.PHONE:
        return read_phone(text)
    return Reading(reason=reasons.UNREADABLE)


def read_delta(words: str, kind: Kind) -> Delta | None:
    """Read Korean words as a change of a held value of `kind`, or None where they are none."""
    text = " ".join(words.split())
    return read_korean_delta(numerals_meant(text) if kind is Kind.COUNT else text, kind)
