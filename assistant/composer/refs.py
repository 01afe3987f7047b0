"""Which slots some words name: "the time", `날짜랑 시간`, "how many we are". Knows the domain's own words, no values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.domain import Domain
from nlu.values.text import has_hangul

CLOSE_ENOUGH = 84
"""Similarity (0..100, rapidfuzz ratio) from which a misspelt word still names a slot: one letter in six or seven."""
POINTING = re.compile(r"\b(?:the|our|my|whose|wrong|right|different|new|change|set|make|put|amend|update)\s+$")
"""Words right before a name that is meant as a slot of the booking."""
BEHIND = re.compile(r" (?:for|as|in) (?:the |our |my |your )?")
"""Between a value and the name of its slot."""
IN_FRONT = re.compile(
    r"(?:은|는|이|가|을|를|도|만)?\s*(?:(?:그냥|좀|일단|just)\s+)?(?:[:=-]|\bis\b|(?:\b(?:goes|changes|moves|grows|shrinks|drops)\s+)?\bto\b|\bbecomes\b)?\s*$"
)
"""What may stand between the name of a slot and its value."""


LOOKS_LIKE = r"날씨"
"""A word that begins as a name of a slot, and is none; `옛날` ends as one."""


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word that points back; `several` when it may mean more than one slot."""

    several: bool = False


PRONOUNS = {
    **dict.fromkeys(
        ("that", "it", "this", "that one", "this one", "그거", "그건", "그것", "이거", "그걸", "그게", "이건", "저거"),
        Pronoun(),
    ),
    **dict.fromkeys(
        ("both", "both of them", "them", "those", "these", "they", "둘 다", "그것들", "둘다"), Pronoun(True)
    ),
}


def named_slots(words: str, domain: Domain) -> tuple[str, ...]:
    """The slots that the words name, in the order of the words; empty where they name none.

    The longest name counts first, so "party size" is not "party"; a single misspelt word is matched by similarity.
    """
    lexicon = domain.words
    text = words.casefold()
    found = _written(text, lexicon)
    if not found:
        found = [(at, name) for at, word in enumerate(text.split()) for name in _misspelt(word, lexicon)]
    if not found:
        names = [name for name, _ in lexicon if len(name) > 3]
        # "the resturant": an article must not make a long word less like the name.
        for said in (text, *(word for word in text.split() if len(word) > 6)):
            close = process.extractOne(said, names, scorer=fuzz.ratio)
            if close and close[1] >= CLOSE_ENOUGH:
                found = [(0, dict(lexicon)[close[0]])]
                break
    return tuple(dict.fromkeys(slot for _, slot in sorted(found)))


def slot_begun(text: str, start: int, end: int, domain: Domain) -> str | None:
    """The slot of which a longer name begins with the words from `start` to `end`: of "[where] you seat us", the seating."""
    said = text.casefold()
    if said[end : end + 1].isalnum():
        return None  # a piece of a word is no name
    longer = [
        (len(name), slot) for name, slot in domain.words if said.startswith(name, start) and start + len(name) > end
    ]
    length, slot = max(longer, default=(0, None))
    return slot if not said[start + length : start + length + 1].isalnum() else None


def slots_pointed_at(words: str, domain: Domain) -> set[str]:
    """The slots whose name follows a word that points at it: "the time", "wrong date"; "last time" is no slot."""
    text = words.casefold()
    return {slot for at, slot in _written(text, domain.words) if POINTING.search(text[:at])}


def slot_called(words: str, domain: Domain) -> str | None:
    """The slot that the words are a name of, and nothing more: "number of people", not "tell me the time"."""
    return dict(domain.words).get(words.strip().casefold())


def slot_in_front(words: str, domain: Domain) -> str | None:
    """The slot whose name ends the words, so that what follows is its value: `인원`, "party size:", "guests -"."""
    text = IN_FRONT.sub("", words.casefold())
    ends = [(len(name), slot) for name, slot in domain.words if text.endswith(name)]
    longest = max(ends, default=None)
    if longest is None:
        return None
    at = len(text) - longest[0]
    return longest[1] if at == 0 or not text[at - 1].isalnum() else None


def slot_behind(words: str, domain: Domain) -> str | None:
    """The slot whose name follows "for" or "as" at the head of the words: of "0 for the number of people", from the blank on."""
    led = BEHIND.match(words.casefold())
    if led is None:
        return None
    rest = words.casefold()[led.end() :]
    heads = [(len(name), slot) for name, slot in domain.words if re.match(rf"{re.escape(name)}s?\b", rest)]
    return max(heads)[1] if heads else None


def slot_spoken_of(words: str, domain: Domain) -> set[str]:
    """The slots that the words name as things of the booking: "the phone is wrong", `연락처를 잘못 적었네요`."""
    hangul = {slot for at, slot in _written(words.casefold(), domain.words) if has_hangul(words[at : at + 1])}
    return hangul | slots_pointed_at(words, domain)


def _written(text: str, lexicon: tuple[tuple[str, str], ...]) -> list[tuple[int, str]]:
    """Where which slot's name is written in the text, letter by letter, as a plural too; of two at one place the longer one."""
    pattern, slots = _index(lexicon)
    return [
        (match.start(), slots.get(match[0]) or slots[match[0].removesuffix("s")]) for match in pattern.finditer(text)
    ]


@lru_cache(maxsize=8)
def _index(lexicon: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all names, those in front first and Korean ones within a word too, and the slot of each."""
    ascii_, other = (
        "|".join(re.escape(name) for name, _ in lexicon if name.isascii() is plain) or r"(?!)"
        for plain in (True, False)
    )
    return re.compile(rf"\b(?:{ascii_})s?\b|(?!{LOOKS_LIKE})(?<!옛)(?:{other})"), dict(reversed(lexicon))


def _misspelt(word: str, lexicon: Sequence[tuple[str, str]]) -> list[str]:
    """The slots whose name the word is but for letters that changed places behind the first: "tiem" is the time."""
    names = ((name, slot) for name, slot in lexicon if len(name) == len(word) >= 4 and name[0] == word[0])
    return [slot for name, slot in names if sorted(name) == sorted(word)]
