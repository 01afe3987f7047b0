"""Documents as blocks of token ids: encoded, drawn by share, packed so that no document is cut that fits a block.

Documents of a block do not see each other, and each begins at position 0, as a prompt does in serving.
Knows documents and tokenizers; does not know models.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from assistant.prompts import Encode, encoder
from training.llama_corpus import ANSWERED, Document
from training.llama_tokenizer import BEGIN, END, PAD, control

_OPEN: Final = 32
"""Blocks that are filled at the same time."""

Ids = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Blocks as the model takes them."""

    ids: torch.Tensor
    """(blocks, length)"""
    positions: torch.Tensor
    """(blocks, length); of each token in its document."""
    seen: torch.Tensor
    """(blocks, 1, length, length); whether the token of a row sees that of a column."""
    weights: torch.Tensor
    """(blocks, length); how much each token counts in the loss."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks to learn from or to measure on; all arrays are (blocks, length)."""

    ids: Ids
    weights: Weights
    positions: Ids

    def batch(self, at: Sequence[int]) -> Batch:
        """The blocks of these numbers."""
        positions = torch.from_numpy(self.positions[at]).long()
        document = (positions == 0).cumsum(1)
        seen = (document[:, :, None] == document[:, None, :]).tril()
        ids, weights = torch.from_numpy(self.ids[at]).long(), torch.from_numpy(self.weights[at])
        return Batch(ids, positions, seen[:, None], weights)

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Row:
    """One document as ids, begin and end included, and how much each counts."""

    ids: list[int]
    weights: list[float]


class Encoder:
    """Encodes documents segment by segment, as prompts are encoded."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._encode: Encode = encoder(tokenizer)
        self._begin, self._end, self.pad = (control(tokenizer, name) for name in (BEGIN, END, PAD))

    def row(self, document: Document, answer: float = 1.0) -> Row:
        """The ids of a document.

        Args:
            document: what to encode; of one that is answered only the last segment and the end count.
            answer: how much each token of an answer counts; those of plain text count 1.
        """
        parts = [self._encode(segment.text, special=False) for segment in document.segments]
        ids = [self._begin, *(one for part in parts for one in part), self._end]
        if document.pool not in ANSWERED:
            return Row(ids, [0.0] + [1.0] * (len(ids) - 1))
        counted = len(parts[-1]) + 1
        return Row(ids, [0.0] * (len(ids) - counted) + [answer] * counted)


def draw(
    pools: Mapping[str, Sequence[Document]],
    shares: Mapping[str, float],
    wanted: int,
    encode: Callable[[Document], Row],
    seed: int,
) -> list[Row]:
    """Draw documents by their pool's share of the tokens, each pool from its beginning again once it is read through.

    Args:
        pools: what to draw from; an empty pool gives nothing, and the others more.
        shares: of the tokens, per pool.
        wanted: tokens altogether.
        encode: a document as ids.
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
                row = known.get(number) or known.setdefault(number, encode(documents[number]))
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
    full: list[list[Row]] = []
    open_: list[list[Row]] = []

    def used(block: Sequence[Row]) -> int:
        return sum(len(row.ids) for row in block)

    for row in rows:
        for start in range(0, len(row.ids), length):
            part = Row(row.ids[start : start + length], row.weights[start : start + length])
            fitting = [block for block in open_ if used(block) + len(part.ids) <= length]
            if fitting:
                max(fitting, key=used).append(part)
            else:
                open_.append([part])
            if len(open_) > _OPEN:
                full.append(open_.pop(max(range(len(open_)), key=lambda number: used(open_[number]))))
    full += open_
    ids = np.full((len(full), length), pad, dtype=np.int32)
    weights, positions = np.zeros((len(full), length), dtype=np.float32), np.zeros_like(ids)
    for number, block in enumerate(full):
        at = 0
        for row in block:
            place = (number, slice(at, at + len(row.ids)))
            ids[place], weights[place], positions[place] = row.ids, row.weights, range(len(row.ids))
            at += len(row.ids)
    return Blocks(ids, weights, positions)
