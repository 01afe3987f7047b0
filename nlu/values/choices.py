"""Names to choice ids, in both languages and with typing slips: "hanok tabel", "mornig cup", `한옥 테이블로요`.

Compares spellings only; does not know what a choice means, nor which choices are open or free.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
_WORD: Final = re.compile(r"[^\W_]+")
_BLANKS: Final = re.compile(r"\s+")
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
    said = _Said(clean(text).lower()[:_LONGEST])
    names = {choice.id: _names(choice) for choice in choices}
    if same := tuple(one for one in names if _is_named(said, names[one])):
        return Reading(same, Ambiguity.UNSURE if len(same) > 1 else Ambiguity.NONE)
    scores = {one: _likeness(said, names[one].each) for one in names}
    best = max(scores.values(), default=0.0)
    if best == 0.0:
        parts = [one for one in names if any(_is_part(said, name) for name in names[one].each)]
        if len(parts) == 1:
            return Reading((parts[0],))
        return Reading(reason=reasons.UNKNOWN_CHOICE)
    near = sorted((name for name, score in scores.items() if score > best - _CLEAR), key=lambda name: -scores[name])
    if best == _SAME:
        near = [name for name in near if scores[name] == _SAME]
    return Reading(tuple(near), Ambiguity.UNSURE if len(near) > 1 else Ambiguity.NONE)


@dataclass(frozen=True, slots=True)
class _Name:
    """A choice's name in the forms that words are compared with."""

    plain: str
    together: str
    """As it is written, but for blanks."""
    size: int
    """How many words it has."""
    key: str
    slack: int
    """By how many letters words may be longer or shorter, and still be the name misspelt."""
    telling: frozenset[str]
    """Its words that say more than "table"."""
    english: bool


@dataclass(frozen=True, slots=True)
class _Names:
    """All names of a choice, and what finds any of them at once."""

    each: tuple[_Name, ...]
    keys: frozenset[str]
    beginnings: tuple[str, ...]
    """The keys that may stand at the start of a Korean word."""
    sizes: frozenset[int]
    pattern: re.Pattern[str]
    """Finds an English name in other words."""


@lru_cache(maxsize=256)  # the choices are the domain's and stay the same
def _names(choice: Choice) -> _Names:
    each = tuple(filter(lambda name: name.key, map(_name, choice.names)))
    korean = [name for name in each if not name.english]
    spelt = (r"[\s\-_.']*".join(map(re.escape, _WORD.findall(name.plain))) for name in each if name.english)
    return _Names(
        each,
        frozenset(name.key for name in each),
        tuple(name.key for name in korean if len(name.together) > 1),
        frozenset(name.size for name in each),
        re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt) or '(?!)'})(?:'?s)?(?![^\W_])"),
    )


def _name(name: str) -> _Name:
    plain = clean(name).lower()
    key, parts = _key(plain), plain.split()
    telling = frozenset(_WORD.findall(_FILLERS.sub(" ", plain)))
    english = _WORD.search(plain) is not None and not has_hangul(plain)
    return _Name(plain, "".join(parts), len(parts), key, max(2, len(key) // 4), telling, english)


class _Said:
    """A user's words in the forms that all names are compared with, each made once, when it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.key = _key(text)
        self.hangul = has_hangul(text)
        self._forms: dict[int, frozenset[str]] = {}

    @cached_property
    def tails(self) -> list[str]:
        """The letters from the start of each word on."""
        return [self.key, *(_key(self.text[match.end() :]) for match in _BLANKS.finditer(self.text))]

    @cached_property
    def bare(self) -> str:
        """Without what people say around a name, blanks and all."""
        bare = _HANGUL_FILLERS.sub("", _PARTICLES.sub("", self.text)) if self.hangul else _FILLERS.sub(" ", self.text)
        return "".join(bare.split())

    @cached_property
    def telling(self) -> list[str]:
        """The words that say more than "table"."""
        return _WORD.findall(_FILLERS.sub(" ", self.text))

    def forms(self, count: int) -> frozenset[str]:
        """The words as they are, without what people say around a name, and each run of `count` words, one more, and one."""
        if count not in self._forms:
            words = self.text.split()
            sizes = {count, count + 1, 1}
            runs = {" ".join(words[at : at + size]) for size in sizes for at in range(min(len(words) - size + 1, 40))}
            runs.add(self.text)
            if self.hangul:
                runs |= {_PARTICLES.sub("", run) for run in runs}
            self._forms[count] = frozenset(map(_key, runs)) | {_key(self.bare)} - {""}
        return self._forms[count]


def _is_named(said: _Said, names: _Names) -> bool:
    """Whether the words are one of the names, alone or with others: as words in English, at the start of one in Korean."""
    if said.key in names.keys or names.pattern.search(said.text):
        return True
    if not said.hangul:
        return False
    if any(tail.startswith(names.beginnings) for tail in said.tails):
        return True
    # `룸` alone, but for its particle
    return any(not said.forms(size).isdisjoint(names.keys) for size in names.sizes)


def _likeness(said: _Said, names: Sequence[_Name]) -> float:
    """How like the nearest of the names the words, or some of them, are; 0 where they are not."""
    best = 0.0
    for name in names:
        for form in said.forms(name.size):
            if abs(len(form) - len(name.key)) <= name.slack:
                best = max(best, _closeness(form, name.key))
    return best


def _is_part(said: _Said, name: _Name) -> bool:
    """Whether the words are a part of the name that says enough: "the hanok", `한옥`; not "table"."""
    if not name.english:
        return said.hangul and len(said.bare) > 1 and name.together.startswith(said.bare)
    return bool(said.telling) and all(len(word) >= _SHORTEST and word in name.telling for word in said.telling)


def _closeness(form: str, key: str) -> float:
    if form == key:
        return _SAME
    if min(len(form), len(key)) < (_JAMO_SHORTEST * 2 if has_hangul(key) else _SHORTEST):
        return 0.0
    likeness = 1 - OSA.distance(form, key) / max(len(form), len(key))
    score = max(likeness, fuzz.ratio(form, key) / 100 - 0.08)
    return score if score >= (_ALIKE if len(key) > 5 else _ALIKE_SHORT) else 0.0


def _key(text: str) -> str:
    """Letters and digits only; Hangul syllables taken apart into jamo."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFD", text)))
