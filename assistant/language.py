"""Which language a message is written in. Looks at its grammar, not at its nouns; knows no conversation and no model.

People mix: a venue's Korean name inside an English question, `7pm` inside a Korean sentence. What decides is the words
that hold a sentence together: English function words on one side, Korean particles, counters and endings on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
_LATIN = re.compile(r"[A-Za-z]")

_ENGLISH: Final = frozenset(
    """
    a about actually am an and any are as at be but by can can't cannot change could did do does don't for from has have
    i i'd i'll i'm if in instead is isn't it it's just let let's like make me my name name's need no not of on one or our
    please put should so sorry than that that's the them then there they this to under us wanna want was we we'd we'll
    we're were what when where which who will with won't would yes you your
    """.split()  # noqa: SIM905  (a paragraph reads better than a list)
)
"""Words that build English sentences. Nouns and weekdays are left out: Korean speakers use those as well."""

_KOREAN_END = re.compile(
    r"(?:[요죠]|니다|니까|까|세요|줘|해|할게|할래|다|네|지|라고|인데|는데|으로|로|에서|에게|한테|까지|부터|이랑|하고|은|는|이|가|을|를|에|의|도|만|와|과|랑)$"
)
_PARTICLE_AFTER_NAME: Final = 2
_SENTENCE_END = re.compile(r"(?:요|죠|니다|니까|까|줘|해|할게|할래|다|네|자)$")


def language_of(text: str, names: Iterable[str] = ()) -> str | None:
    """The language of a message, `en` or `ko`, or None where it has no letters of either script.

    Args:
        text: what the user typed.
        names: names of venues and the like, which may stand in a sentence of either language.
    """
    bare = _without(text, names)
    if not _HANGUL.search(bare):
        if _LATIN.search(bare):
            return "en"
        return _script_of(text)
    if not _LATIN.search(bare):
        return "ko"
    return "ko" if _korean_weight(bare) >= _english_weight(bare) else "en"


def _script_of(text: str) -> str | None:
    """For a message that is nothing but names: the script they were given in."""
    if _HANGUL.search(text):
        return "ko"
    return "en" if _LATIN.search(text) else None


def _without(text: str, names: Iterable[str]) -> str:
    """The text with the Hangul names cut out; a particle after a name stays, and counts."""
    found = sorted((name for name in names if _HANGUL.search(name) and len(name) > 1), key=len, reverse=True)
    if not found:
        return text
    # A name counts only where a Hangul word begins: `홀` is none in `알코홀`.
    pattern = re.compile(r"(?<![\uac00-\ud7a3])(?:" + "|".join(map(re.escape, found)) + ")")
    return pattern.sub(" ~", text)


def _english_weight(text: str) -> int:
    return sum(word.lower().replace("’", "'") in _ENGLISH for word in _WORD.findall(text))


def _korean_weight(text: str) -> int:
    weight = 0
    words = [word for word in re.findall(r"[^\s,;]+", text) if _HANGUL.search(word) or _LATIN.search(word)]
    for word in words:
        letters = word.rstrip(".?!…~)\"'”’")
        run = list(_HANGUL.finditer(letters))
        if not run:
            continue
        glued = run[0].start() > 0 and letters[run[0].start() - 1].isalnum()
        after_name = letters.startswith("~") and letters != "~"
        weight += 1 if glued or after_name or _KOREAN_END.search(letters) else 0
    last = words[-1].rstrip(".?!…~)\"'”’")
    # Korean puts its verb last: an ending there settles it against the odd English word before.
    return weight + (_PARTICLE_AFTER_NAME if _SENTENCE_END.search(last) else 0)
