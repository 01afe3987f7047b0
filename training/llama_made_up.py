"""Rows for copying made of words that nobody says, so that they can be answered by copying only, not by heart.

A model that reads a few million tokens learns first which words are frequent, and answers with those. Here every word is
drawn from syllables, letters and figures; what is asked for, or the words in front, say what to copy.
Knows the prompt of the track task; does not know slots, tokenizers or models.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from assistant.prompts import INSTRUCTIONS, Segment, Task, escape, from_record
from training.llama_corpus import COPYING, Document

_ONSETS: Final = ("", *"bcdfghjklmnprstvwyz", "br", "ch", "cl", "dr", "fl", "gr", "kr", "pl", "sh", "st", "th", "tr")
_VOWELS: Final = (*"aeiou", "ai", "ea", "ee", "io", "oo", "ou")
_CODAS: Final = ("", "", "", *"bdgklmnprstx", "ck", "ng", "nt", "rd", "ss")
_FIRST_SYLLABLE: Final = 0xAC00
_FINALS: Final = 28
_FREQUENT_FINALS: Final = (0, 0, 0, 0, 1, 4, 8, 16, 17, 19, 20, 21)
"""Of a syllable: none, ㄱ, ㄴ, ㄹ, ㅁ, ㅂ, ㅅ, ㅆ, ㅇ."""
_FREQUENT_ONSETS: Final = (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18)
_AROUND: Final = {
    "en": (("", "it's ", "the ", "um, ", "yes, ", "for ", "at "), ("", "", ".", " please", ", thanks", " then")),
    "ko": (("", "음 ", "네, ", "그럼 ", "아 "), ("", "이요", "요", "로 해 주세요", "입니다", "예요", " 부탁해요")),
}
"""What may stand around an answer and is not copied."""
_IS: Final = {"en": (" ", " is ", ": ", " to "), "ko": (" ", "는 ", ": ", "은 ", "을 ")}
_NEXT: Final = {"en": (", ", " and ", ". ", "; "), "ko": (", ", " 그리고 ", "이고 ", ". ")}


def read_made_up(number: int, names: Sequence[str], seed: int) -> list[Document]:
    """Rows of both languages in turn.

    Args:
        number: how many.
        names: of slots; words that are made up take their place in every other row.
        seed: decides everything.
    """
    rng = random.Random(seed)
    found = []
    for at in range(number):
        lang = ("en", "ko")[at % 2]
        slots = [rng.choice(names) if rng.random() < 0.5 else _word("en", rng) for _ in range(rng.randint(1, 4))]
        slots = list(dict.fromkeys(slots))
        held = "".join(f' {name}="{escape(_words(lang, rng))}"' for name in slots if rng.random() < 0.3)
        values = [_words(lang, rng) for _ in slots]
        if len(slots) == 1:
            before, after = (rng.choice(some) for some in _AROUND[lang])
            asked, text = slots[0], f"{before}{values[0]}{after}"
        else:
            asked, pairs = "none", zip(slots, values, strict=True)
            text = rng.choice(_NEXT[lang]).join(f"{name}{rng.choice(_IS[lang])}{value}" for name, value in pairs)
        lines = [f'set {name} "{escape(value)}"' for name, value in zip(slots, values, strict=True)]
        given = f'asked {asked} | collecting create\nheld{held}\nsaid "{escape(text)}"'
        prompt = from_record(Task.TRACK, INSTRUCTIONS[Task.TRACK, lang], given)
        found.append(Document((*prompt.segments, Segment("\n".join(lines))), COPYING, lang, f"made up {at}"))
    return found


def _words(lang: str, rng: random.Random) -> str:
    return " ".join(_word(lang, rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 4))))


def _word(lang: str, rng: random.Random) -> str:
    """A word or a number; Korean ones are of syllables, now and then of rare ones."""
    if rng.random() < 0.25:
        return rng.choice(("{}:{:02}", "{}/{}", "{}-{}", "{}", "{}{}")).format(rng.randrange(32), rng.randrange(60))
    if lang == "en":
        return "".join(
            rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.choice((1, 2, 2, 3)))
        )
    return "".join(_syllable(rng) for _ in range(rng.choice((1, 2, 2, 3, 3, 4))))


def _syllable(rng: random.Random) -> str:
    if rng.random() < 0.1:
        return chr(_FIRST_SYLLABLE + rng.randrange(11172))
    onset, vowel = rng.choice(_FREQUENT_ONSETS), rng.choice((0, 1, 4, 5, 6, 8, 13, 18, 20))
    return chr(_FIRST_SYLLABLE + (onset * 21 + vowel) * _FINALS + rng.choice(_FREQUENT_FINALS))
