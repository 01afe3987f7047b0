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
    elif rng.random() < 0.35:
        cells = _typo(cells, rng)
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


def _typo(cells: list[Cell], rng: random.Random) -> list[Cell]:
    """One letter of a longer word is dropped, doubled or exchanged with the next."""
    inner = [at for at in range(2, len(cells) - 1) if all(cells[at + step][0].isalpha() for step in (-2, -1, 0, 1))]
    if not inner:
        return cells
    at = rng.choice(inner)
    kind = rng.randrange(3)
    if kind == 0:
        return cells[:at] + cells[at + 1 :]
    if kind == 1:
        return [*cells[:at], cells[at], *cells[at:]]
    swapped = [(cells[at + 1][0], cells[at][1]), (cells[at][0], cells[at + 1][1])]
    return [*cells[:at], *swapped, *cells[at + 2 :]]


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
