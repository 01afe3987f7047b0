"""Spoils utterances the way keyboards, phones and speech recognisers do, and keeps every span where its words are.

A text is taken apart into cells, each a character and the span that it belongs to; whatever is dropped, inserted or
exchanged, the spans are read off the cells in the end. Knows letters; does not know labels.
"""

from __future__ import annotations

import dataclasses
import random
from typing import Final

from nlu.types import Span
from nlu.values.text import has_hangul
from training.examples import Example

OUTSIDE: Final = -1
Cell = tuple[str, int]
"""A character and the index of its span, or -1."""

_TAILS: Final = {
    "en": ("!", "!!", "...", " :)", " lol", " 🙏", " 😊", " thx", " haha", ".", " pls", " ok"),
    "ko": ("~", "~~", "!", "...", " ㅎㅎ", " ㅋㅋ", " ㅠㅠ", " ^^", " 😊", "ㅎㅎ", "."),
}
_FILLERS: Final = {"en": ("um ", "uh ", "er, ", "well ", "hmm "), "ko": ("음 ", "어 ", "그 ", "저기 ", "아 ", "음.. ")}

_BESIDE: Final = {
    letter: "".join(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for at, letter in enumerate(row)
}
"""The letters beside each on a keyboard."""
_FIRST_SYLLABLE: Final = ord("가")
_VOWELS: Final = 21
_BELOW: Final = 28
"""Consonants below, none among them: how Unicode numbers syllables (The Unicode Standard, section 3.12)."""
_SOUNDS_LIKE: Final = {1: 5, 5: 1, 3: 7, 7: 3, 10: 11, 11: 15, 15: 11, 19: 20}
"""Vowels that are written for one another, by number: ㅐ ㅔ, ㅒ ㅖ, ㅙ ㅚ ㅞ, ㅢ ㅣ."""
_SIMPLER: Final = {20: 19, 2: 1, 6: 4, 9: 8, 18: 17}
"""Double consonants below and the simple one that is left when Shift is missed, by number: ㅆ ㅅ, ㄲ ㄱ, ㄶ ㄴ, ㄺ ㄹ, ㅄ ㅂ."""


def spoil(example: Example, rng: random.Random) -> Example:
    """Add some noise, or none.

    Args:
        example: clean.
        rng: decides.

    Returns:
        An example with the same acts and labels; about half of them unchanged.
    """
    if rng.random() < 0.45:
        return example
    cells = take_apart(example)
    if has_hangul(example.text):
        cells = _blanks(cells, rng)
        if rng.random() < 0.2:
            cells = _hangul_slip(cells, rng)
    elif rng.random() < 0.4:
        cells = _typos(cells, rng)
    if rng.random() < 0.35:
        cells = _without_marks(cells)
    if rng.random() < 0.12:
        cells = _filler(cells, example.lang, rng)
    if rng.random() < 0.18 and not example.text.endswith("?"):
        cells = cells + [(char, OUTSIDE) for char in rng.choice(_TAILS[example.lang])]
    return put_together(example, _recase(cells, rng))


def take_apart(example: Example) -> list[Cell]:
    """The cells of an example."""
    owner = [OUTSIDE] * len(example.text)
    for number, span in enumerate(example.spans):
        owner[span.start : span.end] = [number] * (span.end - span.start)
    return list(zip(example.text, owner, strict=True))


def put_together(example: Example, cells: list[Cell]) -> Example:
    """The example that the cells make; the given one where a span has lost all its words."""
    text = "".join(char for char, _ in cells)
    spans = []
    for number, span in enumerate(example.spans):
        places = [at for at, (char, owner) in enumerate(cells) if owner == number and char != " "]
        if not places:
            return example
        start, end = places[0], places[-1] + 1
        spans.append(Span(span.label, span.role, start, end, text[start:end]))
    return dataclasses.replace(example, text=text, spans=tuple(spans)) if text.strip() else example


def _blanks(cells: list[Cell], rng: random.Random) -> list[Cell]:
    """Korean is often written with blanks left out, or none at all."""
    share = rng.choice((0.0, 0.0, 0.3, 1.0))
    return [
        cell
        for at, cell in enumerate(cells)
        if cell[0] != " " or rng.random() >= share or not (has_hangul(cells[at - 1][0]) or cells[at - 1][0].isdigit())
    ]


def _typos(cells: list[Cell], rng: random.Random) -> list[Cell]:
    """Some letters of words are dropped, doubled, exchanged with the next or struck beside; hasty writers slip more than once."""
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        cells = _typo(cells, rng)
    return cells


def _typo(cells: list[Cell], rng: random.Random) -> list[Cell]:
    """One letter behind the first of a word of three or more."""
    inner = [at for at in range(1, len(cells) - 1) if all(cells[at + step][0].isalpha() for step in (-1, 0, 1))]
    if not inner:
        return cells
    at = rng.choice(inner)
    letter, owner = cells[at]
    match rng.randrange(5):
        case 0:
            return cells[:at] + cells[at + 1 :]
        case 1:
            return [*cells[:at], cells[at], *cells[at:]]
        case 2:
            return [*cells[:at], (rng.choice(_BESIDE.get(letter.lower(), letter)), owner), *cells[at + 1 :]]
        case _:
            swapped = [(cells[at + 1][0], owner), (letter, cells[at + 1][1])]
            return [*cells[:at], *swapped, *cells[at + 2 :]]


def _hangul_slip(cells: list[Cell], rng: random.Random) -> list[Cell]:
    """One syllable with a vowel that sounds alike, without the consonants below, or with a simple one for a double one."""
    places = [at for at, (char, _) in enumerate(cells) if "가" <= char <= "힣"]
    if not places:
        return cells
    at = rng.choice(places)
    code = ord(cells[at][0]) - _FIRST_SYLLABLE
    vowel, below = code // _BELOW % _VOWELS, code % _BELOW
    if vowel in _SOUNDS_LIKE and rng.random() < 0.6:
        code += (_SOUNDS_LIKE[vowel] - vowel) * _BELOW
    elif below in _SIMPLER:
        code += _SIMPLER[below] - below
    elif below and rng.random() < 0.3:
        code -= below
    return [*cells[:at], (chr(_FIRST_SYLLABLE + code), cells[at][1]), *cells[at + 1 :]]


def _without_marks(cells: list[Cell]) -> list[Cell]:
    """Sentence marks go; those inside numbers and abbreviations stay."""

    def inside(at: int) -> bool:
        after = cells[at + 1][0] if at + 1 < len(cells) else " "
        return after.isalnum() or (cells[at][0] == "." and cells[at][1] != OUTSIDE)

    kept = [cell for at, cell in enumerate(cells) if cell[0] not in ",.!?;~" or inside(at)]
    return [cell for at, cell in enumerate(kept) if cell[0] != " " or at == 0 or kept[at - 1][0] != " "]


def _filler(cells: list[Cell], lang: str, rng: random.Random) -> list[Cell]:
    """A hesitation at the start or between words outside a span."""
    gaps = [0] + [at for at in range(1, len(cells)) if cells[at - 1] == (" ", OUTSIDE)]
    at = rng.choice(gaps)
    return cells[:at] + [(char, OUTSIDE) for char in rng.choice(_FILLERS[lang])] + cells[at:]


def _recase(cells: list[Cell], rng: random.Random) -> list[Cell]:
    """The tokenizer lower-cases; only an upper-case shout with another length would matter, so letters keep their number."""
    if rng.random() < 0.9:
        return cells
    return [(char.lower() if len(char.lower()) == 1 else char, owner) for char, owner in cells]
