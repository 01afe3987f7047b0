"""From the numbers of the tagger to spans and acts.

A best path through the BIO tags that never opens inside a syllable or a number, then tidy character spans.
Knows tags and characters; does not know models or what a label means.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlu.labels import SLOT_REF, Labels
from nlu.types import Role, Span

Scores = NDArray[np.float32]
Offset = tuple[int, int]

_IMPOSSIBLE: Final = np.float32(-1e9)
_HALF_ENDINGS: Final = ("a.m.", "p.m.")


def log_softmax(logits: Scores) -> Scores:
    """Log probabilities over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.asarray(shifted - total, dtype=np.float32)


def decode_spans(log_probabilities: Scores, offsets: Sequence[Offset], text: str, labels: Labels) -> tuple[Span, ...]:
    """Read the spans off the tag scores of one stretch of word pieces.

    Args:
        log_probabilities: (pieces, tags), natural logarithms, tags in the order of `labels.tags`.
        offsets: the characters of each piece in `text`, half open.
        text: the utterance.
        labels: the label sets.

    Returns:
        Spans in order, without overlaps. Each covers whole syllables and whole numbers, and neither starts nor ends with
        a blank or a sentence mark. Its confidence is the mean probability of its label.
    """
    if not offsets:
        return ()
    path = best_path(log_probabilities, glued(offsets, text))
    spans: list[Span] = []
    at = 0
    while at < len(path):
        if path[at] == 0:
            at += 1
            continue
        kind = (path[at] - 1) // 2
        end = at + 1
        while end < len(path) and path[end] == 2 * kind + 2:
            end += 1
        probabilities = np.exp(log_probabilities[at:end, 2 * kind + 1 : 2 * kind + 3]).sum(axis=1)
        left = max(offsets[at][0], spans[-1].end if spans else 0)
        start, stop = tidy(text, left, offsets[end - 1][1])
        if start < stop:
            label, role = labels.spans[kind]
            confidence = min(float(probabilities.mean()), 1.0)
            if spans and _is_one_phrase(spans[-1], label, role, text[spans[-1].end : start]):
                before = spans.pop()
                start, confidence = before.start, min(before.confidence, confidence)
            spans.append(Span(label, role, start, stop, text[start:stop], confidence))
        at = end
    return tuple(spans)


def _is_one_phrase(before: Span, label: str, role: Role, between: str) -> bool:
    """Two values of one slot with nothing but a blank between them are one ("just" "the two of us"); slots are named in rows."""
    return (before.label, before.role) == (label, role) and label != SLOT_REF and not between.strip()


def best_path(log_probabilities: Scores, joined: Sequence[bool]) -> list[int]:
    """The likeliest sequence of tags that obeys BIO (Viterbi).

    Args:
        log_probabilities: (pieces, tags): `O`, then `B` and `I` of every label in turn.
        joined: for each piece whether it continues the syllable or number of the piece before, so that nothing may
            start or end between the two.

    Returns:
        One tag a piece.
    """
    likeliest: list[int] = log_probabilities.argmax(axis=1).tolist()
    if _obeys(likeliest, joined):
        return likeliest  # no path has a better sum than the best of each piece
    inside, opening = slice(2, None, 2), slice(1, None, 2)
    sums = np.array(log_probabilities)  # of the best path that ends in each tag of each piece
    sums[0, inside] = _IMPOSSIBLE
    for at in range(1, len(sums)):
        before, here = sums[at - 1], sums[at]
        best = before.max()
        here[0] += before[0] if joined[at] else best
        here[opening] += _IMPOSSIBLE if joined[at] else best
        here[inside] += np.maximum(before[opening], before[inside])
    path = [int(sums[-1].argmax())]
    for at in range(len(sums) - 1, 0, -1):
        tag, before = path[-1], sums[at - 1]
        if tag and tag % 2 == 0:
            path.append(tag - 1 if before[tag - 1] >= before[tag] else tag)
        else:
            path.append(0 if joined[at] else int(before.argmax()))
    return path[::-1]


def _obeys(path: Sequence[int], joined: Sequence[bool]) -> bool:
    """Whether each tag may follow the one before: inside only what is open; nothing starts or ends within what is joined."""
    return all(
        before in (tag - 1, tag) if tag and tag % 2 == 0 else not (held and (tag or before))
        for before, tag, held in zip((0, *path[:-1]), path, joined, strict=True)
    )


def glued(offsets: Sequence[Offset], text: str) -> list[bool]:
    """For each piece: does it continue the syllable or the run of digits of the piece before?"""
    joined = [False]
    for before, here in pairwise(offsets):
        same_syllable = here[0] < before[1]
        same_number = here[0] == before[1] and text[here[0] - 1 : here[0] + 1].isdecimal()
        joined.append(same_syllable or same_number)
    return joined


def tidy(text: str, start: int, end: int) -> Offset:
    """Strip blanks and sentence marks off the ends; the dot of "p.m." and opening signs of value ("+82") stay."""
    while start < end and not (text[start].isalnum() or text[start] in "+#"):
        start += 1
    while end > start and not text[end - 1].isalnum():
        if text[start:end].lower().endswith(_HALF_ENDINGS):
            break
        end -= 1
    return start, end
