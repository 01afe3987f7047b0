"""New rows out of old ones: the values of slots exchanged for other values of the same slot.

A model that has seen a name in one sentence only learns the name; one that sees other names in its place learns the
sentence. Knows rows; does not know models or sets.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from nlu.types import Span
from training.examples import Example

Kind = tuple[tuple[str, ...] | None, str]
"""A slot under the intents of its row: the same slot can mean other things under another intent."""
SHARE: Final = 0.5
"""Of the spans in a row that is changed."""
OPEN: Final = 1 / 3
"""Different values among all of a slot, from which on it has names. A slot with a few words gets no new ones by exchange,
only pairs that nobody says."""


def values_of(rows: Sequence[Example]) -> dict[Kind, tuple[str, ...]]:
    """The different values of every slot that has names, in alphabetical order."""
    values: dict[Kind, list[str]] = defaultdict(list)
    for row in rows:
        for span in row.spans:
            values[row.acts, span.label].append(span.text)
    return {kind: tuple(sorted(set(texts))) for kind, texts in values.items() if len(set(texts)) >= OPEN * len(texts)}


def exchange(row: Example, values: Mapping[Kind, Sequence[str]], rng: random.Random) -> Example:
    """Give about half of a row's names another value.

    Args:
        row: its spans are in order and do not overlap.
        values: as `values_of` finds them; each different value is as likely as any other, however often it occurs.
        rng: decides which spans and which values.

    Returns:
        The row with its text and the places of all spans changed accordingly.
    """
    text, at, spans = "", 0, list[Span]()
    for span in row.spans:
        others = values.get((row.acts, span.label), ())
        value = rng.choice(others) if others and rng.random() < SHARE else span.text
        text += row.text[at : span.start] + value
        spans.append(replace(span, start=len(text) - len(value), end=len(text), text=value))
        at = span.end
    return replace(row, text=text + row.text[at:], spans=tuple(spans))
