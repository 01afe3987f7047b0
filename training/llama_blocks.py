"""Documents as blocks of token ids: encoded, drawn by share, packed so that no document is cut that fits a block.

Knows documents and tokenizers; does not know models.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from assistant.prompts import Encode, encoder
from training.llama_corpus import Document
from training.llama_tokenizer import BEGIN, END, PAD, control

IGNORED: Final = -100
"""The label of a place that counts for nothing."""
_OPEN: Final = 32
"""Blocks that are filled at the same time."""

Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks to learn from or to measure on; both arrays are (blocks, length)."""

    ids: Ids
    labels: Ids

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Row:
    """One document as ids, begin and end included; labels of places that do not count are `IGNORED`."""

    ids: list[int]
    labels: list[int]


class Encoder:
    """Encodes documents segment by segment, as prompts are encoded."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._encode: Encode = encoder(tokenizer)
        self._begin, self._end, self.pad = (control(tokenizer, name) for name in (BEGIN, END, PAD))

    def row(self, document: Document, *, response_only: bool = False) -> Row:
        """The ids of a document.

        Args:
            document: what to encode.
            response_only: whether only the last segment and the end count.
        """
        parts = [self._encode(segment.text, special=False) for segment in document.segments]
        ids = [self._begin, *(one for part in parts for one in part), self._end]
        counted = len(parts[-1]) + 1 if response_only else len(ids) - 1
        return Row(ids, [IGNORED] * (len(ids) - counted) + ids[len(ids) - counted :])


def draw(
    pools: Mapping[str, Sequence[Document]], shares: Mapping[str, float], wanted: int, encode: Encoder, seed: int
) -> list[Row]:
    """Draw documents by their pool's share of the tokens, each pool from its beginning again once it is read through.

    Args:
        pools: what to draw from; an empty pool gives nothing, and the others more.
        shares: of the tokens, per pool.
        wanted: tokens altogether.
        encode: of the tokenizer.
        seed: decides order.
    """
    rng = random.Random(seed)
    present = {name: documents for name, documents in sorted(pools.items()) if documents}
    total = sum(shares[name] for name in present)
    rows: list[Row] = []
    for name, documents in present.items():
        known: dict[int, Row] = {}
        left = wanted * shares[name] / total
        while left > 0:
            for number in rng.sample(range(len(documents)), len(documents)):
                row = known.get(number) or known.setdefault(number, encode.row(documents[number]))
                rows.append(row)
                left -= len(row.ids)
                if left <= 0:
                    break
    rng.shuffle(rows)
    return rows


def pack(rows: Iterable[Row], length: int, pad: int) -> Blocks:
    """Fill blocks: a document goes where it leaves the least room; one that is longer than a block is cut.

    Args:
        rows: encoded documents.
        length: of a block, in tokens.
        pad: fills what is left over, and counts for nothing.
    """
    full: list[Row] = []
    parts: list[Row] = []
    for row in rows:
        for start in range(0, len(row.ids), length):
            part = Row(row.ids[start : start + length], row.labels[start : start + length])
            fitting = [one for one in parts if len(one.ids) + len(part.ids) <= length]
            if fitting:
                best = max(fitting, key=lambda one: len(one.ids))
                best.ids.extend(part.ids)
                best.labels.extend(part.labels)
            else:
                parts.append(part)
            if len(parts) > _OPEN:
                fullest = max(parts, key=lambda one: len(one.ids))
                parts.remove(fullest)
                full.append(fullest)
    full += parts
    ids = np.full((len(full), length), pad, dtype=np.int32)
    labels = np.full((len(full), length), IGNORED, dtype=np.int32)
    for number, row in enumerate(full):
        ids[number, : len(row.ids)] = row.ids
        labels[number, : len(row.labels)] = row.labels
    return Blocks(ids, labels)
