"""Scores readings of utterances as the published tables do.

Knows rows and readings; does not know models or sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.examples import Example

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a model reads: intents, (slot, start, end) in characters, and how sure it is that there is an intent, 0..1."""

    intents: frozenset[str]
    spans: frozenset[Place]
    confidence: float


def score(rows: Sequence[Example], found: Sequence[Found]) -> dict[str, float]:
    """Score readings.

    Args:
        rows: what is right. Intents None: nobody said; none: out of scope.
        found: what the model reads, in the same order.

    Returns:
        Fractions in 0..1, each only where the rows have it: `intent` (share of the rows in scope whose intents are all
        right), `slots` (micro F1 of spans with the right places and slot, as conlleval counts), `sentence` (both right),
        `oos` (area under the ROC curve of telling rows in scope from those out of it by the confidence); and `rows`.
    """
    pairs = list(zip(rows, found, strict=True))
    scores: dict[str, float] = {}
    judged = [(frozenset(row.acts) == read.intents, row, read) for row, read in pairs if row.acts]
    wanted = [frozenset((span.label, span.start, span.end) for span in row.spans) for row in rows]
    if judged:
        scores["intent"] = sum(right for right, _, _ in judged) / len(judged)
    if any(wanted):
        hits = sum(len(spans & read.spans) for spans, read in zip(wanted, found, strict=True))
        total = sum(len(spans) + len(read.spans) for spans, read in zip(wanted, found, strict=True))
        scores["slots"] = 2 * hits / total
        exact = [
            (row.acts is None or frozenset(row.acts) == read.intents) and spans == read.spans
            for spans, (row, read) in zip(wanted, pairs, strict=True)
        ]
        scores["sentence"] = sum(exact) / len(exact)
    outside = [read.confidence for row, read in pairs if row.acts == ()]
    if judged and outside:
        scores["oos"] = area_under_roc([read.confidence for _, _, read in judged], outside)
    return scores | {"rows": float(len(rows))}


def area_under_roc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Probability that a row in scope gets a higher confidence than one out of it; ties count one half."""
    ordered = np.sort(np.asarray(outside))
    below = np.searchsorted(ordered, inside, side="left")
    not_above = np.searchsorted(ordered, inside, side="right")
    return float((below + not_above).sum() / (2 * len(inside) * len(outside)))


def mistakes(rows: Sequence[Example], found: Sequence[Found]) -> list[str]:
    """One line for every row that is not read exactly right."""
    lines = []
    for row, read in zip(rows, found, strict=True):
        spans = {(span.label, span.start, span.end) for span in row.spans}
        if (row.acts and set(row.acts) != read.intents) or spans != read.spans:
            missed, extra = sorted(spans - read.spans), sorted(read.spans - spans)
            lines.append(
                f"{row.source}: {row.text!r}: {sorted(row.acts or ())} read as {sorted(read.intents)}; missed "
                f"{[(name, row.text[start:end]) for name, start, end in missed]}, "
                f"wrong {[(name, row.text[start:end]) for name, start, end in extra]}"
            )
    return lines
