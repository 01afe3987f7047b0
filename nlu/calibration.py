"""How far a confidence can be believed: of what is said with 0.9, is nine in ten right?

Knows claims; does not know who made them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
"""Bins of equal width over 0..1."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a model said: with which probability (0..1), and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of similar confidence: how many, their mean confidence, and the share that was right."""

    count: int
    confidence: float
    accuracy: float


def bins(claims: Sequence[Claim]) -> list[Bin]:
    """The claims by confidence, lowest first; empty bins are left out."""
    groups: dict[int, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(min(int(claim.confidence * BINS), BINS - 1), []).append(claim)
    return [
        Bin(
            count=len(group),
            confidence=sum(claim.confidence for claim in group) / len(group),
            accuracy=sum(claim.right for claim in group) / len(group),
        )
        for _, group in sorted(groups.items())
    ]


def calibration_error(claims: Sequence[Claim]) -> float:
    """The expected calibration error, 0..1: the mean gap between confidence and accuracy, weighted by claims.

    As in Guo et al., "On Calibration of Modern Neural Networks" (2017), equation 3; 0 where nothing was claimed.
    """
    return sum(one.count * abs(one.confidence - one.accuracy) for one in bins(claims)) / max(len(claims), 1)
