"""Names to choice ids, in both languages and with typing slips: "hanok tabel", "mornig cup", `한옥 테이블로요`.

Compares spellings only; does not know what a choice means, nor which choices are open or free.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from nlu.types import Ambiguity, Choice, Reading
from nlu.values import reasons
from nlu.values.text import clean, has_hangul

_SAME: Final = 1.0
_ALIKE: Final = 0.78
"""Least likeness of a misspelt name (share of letters that stay); of unrelated venue names, fewer than two thirds do."""
_ALIKE_SHORT: Final = 0.74
_CLEAR: Final = 0.08
"""By how much the best must lead, or both are candidates."""
_LONGEST: Final = 200
"""Characters of a span in which a name is looked for."""
_SHORTEST: Final = 4
_JAMO_SHORTEST: Final = 3
_FILLERS: Final = re.compile(
    r"\b(?:the|a|an|at|in|on|to|for|of|with|please|pls|restaurant|place|seat|seats|seating|table|tables|area|section|one|"
    r"i|we|i'd|like|want|would|prefer|book|go|let's|it|it's|is|make|if|possible|side|some|somewhere|thanks|maybe|then)\b"
)
_PARTICLES: Final = re.compile(
    r"(?:(?:이?라는|이?라고|에서는?|으로|로|에는?|은|는|이|가|을|를|도|만|의|와|과)?"
    r"(?:이?요|이에요|예요|입니다|이야|야|해\s?주세요|부탁해요|부탁드려요|부탁드립니다|주세요|할게요|하고|싶어요|예약|좋아요|좋겠어요|갈게요)?[.!?~]*)$"
)
_HANGUL_FILLERS: Final = re.compile(r"(?:자리|좌석|쪽|식당|레스토랑|가게|집|에서|으로)")


def read_choice(text: str, choices: Sequence[Choice]) -> Reading:
    """Match a span to a choice by any of its names, in either language.

    Case, blanks and punctuation do not count; one or two slips are forgiven in longer names; Korean particles and
    endings are, too. Hangul is compared letter by letter (jamo), so that one wrong vowel is one slip.

    Args:
        text: the user's words for the choice, a name or a few words around it.
        choices: the possible values with their names.

    Returns:
        The id of the clear winner; the ids of those equally near as candidates (`Ambiguity.UNSURE`); or
        `unknown_choice`.
    """
    said = clean(text).lower()[:_LONGEST]
    scores = {choice.id: max((_likeness(said, name) for name in choice.names), default=0.0) for choice in choices}
    best = max(scores.values(), default=0.0)
    if best == 0.0:
        parts = [choice.id for choice in choices if any(_is_part(said, name) for name in choice.names)]
        if len(parts) == 1:
            return Reading((parts[0],))
        return Reading(reason=reasons.UNKNOWN_CHOICE)
    near = sorted((name for name, score in scores.items() if score > best - _CLEAR), key=lambda name: -scores[name])
    if best == _SAME:
        near = [name for name in near if scores[name] == _SAME]
    return Reading(tuple(near), Ambiguity.UNSURE if len(near) > 1 else Ambiguity.NONE)


def _likeness(said: str, name: str) -> float:
    """How like a name the words are, 0 where they are not: 1 for the name itself, also inside other words."""
    wanted, key = _wanted(name)
    if not key:
        return 0.0
    if key == _key(said) or _holds(said, wanted):
        return _SAME
    return max((_closeness(form, key) for form in _forms(said, len(wanted.split()))), default=0.0)


@lru_cache(maxsize=1024)
def _wanted(name: str) -> tuple[str, str]:
    """A choice's name in plain form, and its letters; the names are the domain's and stay the same."""
    wanted = clean(name).lower()
    return wanted, _key(wanted)


def _is_part(said: str, name: str) -> bool:
    """Whether the words are a part of the name that says enough: "the hanok", `한옥`; not "table"."""
    wanted, _ = _wanted(name)
    if has_hangul(wanted):
        bare = "".join(_HANGUL_FILLERS.sub("", _PARTICLES.sub("", said)).split())
        return len(bare) > 1 and has_hangul(bare) and wanted.replace(" ", "").startswith(bare)
    words = re.findall(r"[^\W_]+", _FILLERS.sub(" ", said))
    known = set(re.findall(r"[^\W_]+", _FILLERS.sub(" ", wanted)))
    return bool(words) and all(len(word) >= _SHORTEST and word in known for word in words)


def _holds(said: str, wanted: str) -> bool:
    """Whether the name stands in the words as a whole: as words in English, at the start of a word in Korean."""
    if has_hangul(wanted):
        key = _key(wanted)
        return len(wanted.replace(" ", "")) > 1 and any(
            _key(said[start:]).startswith(key) for start in _word_starts(said)
        )
    return _as_words(wanted).search(said) is not None


@lru_cache(maxsize=1024)
def _as_words(wanted: str) -> re.Pattern[str]:
    spelt = r"[\s\-_.']*".join(re.escape(word) for word in re.findall(r"[^\W_]+", wanted))
    return re.compile(rf"(?<![^\W_]){spelt}(?:'?s)?(?![^\W_])")


def _word_starts(said: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\s+", said))]


@lru_cache(maxsize=64)  # most names of a domain have one word or two
def _forms(said: str, count: int) -> frozenset[str]:
    """The words as they are, without what people say around a name, and each run of `count` words, one more, and one."""
    korean = has_hangul(said)
    bare = _HANGUL_FILLERS.sub("", _PARTICLES.sub("", said)) if korean else _FILLERS.sub(" ", said)
    forms = {_key(said), _key(bare), _key(_PARTICLES.sub("", said)) if korean else ""}
    words = said.split()
    for size in {count, count + 1, 1}:
        for start in range(min(len(words) - size + 1, 40)):
            run = " ".join(words[start : start + size])
            forms |= {_key(run), _key(_PARTICLES.sub("", run)) if korean else ""}
    return frozenset(forms - {""})


def _closeness(form: str, key: str) -> float:
    if form == key:
        return _SAME
    least = _JAMO_SHORTEST * 2 if has_hangul(key) else _SHORTEST
    if min(len(form), len(key)) < least or abs(len(form) - len(key)) > max(2, len(key) // 4):
        return 0.0
    likeness = 1 - OSA.distance(form, key) / max(len(form), len(key))
    score = max(likeness, fuzz.ratio(form, key) / 100 - 0.08)
    return score if score >= (_ALIKE if len(key) > 5 else _ALIKE_SHORT) else 0.0


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """Letters and digits only; Hangul syllables taken apart into jamo. Every choice asks for the same words."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if char.isalnum())
