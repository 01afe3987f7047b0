"""Where a text falls when rows are split: the same place in every run, whatever the other rows are."""

from __future__ import annotations

import hashlib


def fraction(text: str) -> float:
    """A number in 0..1 that follows from the text alone, spread evenly over texts."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**32
