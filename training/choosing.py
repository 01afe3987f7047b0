"""Which of several models of one training is kept, by their figures on held-out rows. Knows figures; knows no training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from training.gates import MOST_LOST
from training.tagger_model import TaggerModel

Scores = Mapping[str, Mapping[str, float]]
"""By pool (`source.language`), as `training.metrics.score` gives them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A model that may be kept, and what it does with the held-out rows."""

    way: float
    model: TaggerModel
    scores: Scores
    mistakes: list[str]


def choose(tried: Sequence[Tried], began: Scores) -> Tried:
    """The model to keep: the best of those that lose nothing that guests would miss, or of all where each loses something.

    Args:
        tried: at least one.
        began: scores of the weights that training began with; empty where there is nothing to lose.
    """
    return max(tried, key=lambda one: (not lost(one.scores, began), merit(one.scores)))


def merit(scores: Scores) -> float:
    """How good a model is for guests: what the gates look at, on the rows nearest to what is typed.

    Returns:
        The mean over the hand-written pools, or all where there are none, of the mean F1 of acts, spans and clears, less the
        share of false clears; at most 1. 0 where nothing is held out.
    """
    pools = _nearest(scores).values()
    if not pools:
        return 0.0
    return fmean(fmean(one[key] for key in ("acts", "spans", "clear")) - one["false_clears"] for one in pools)


def lost(scores: Scores, began: Scores) -> list[str]:
    """What a model does worse than the one it was trained on from, by more than `training.gates` lets pass, in words."""
    found = []
    for name, one in _nearest(began).items():
        for key in ("spans", "clear"):
            if one[key] - scores[name][key] > MOST_LOST:
                found.append(f"{name} {key} {100 * one[key]:.2f} -> {100 * scores[name][key]:.2f}")
        if scores[name]["false_clears"] > one["false_clears"]:
            found.append(
                f"{name} false clears {100 * one['false_clears']:.2f} -> {100 * scores[name]['false_clears']:.2f} %"
            )
    return found


def _nearest(scores: Scores) -> Scores:
    """The pools written by hand, or all where there are none; those in which nothing is held out tell nothing."""
    held = {name: one for name, one in scores.items() if one["rows"]}
    return {name: one for name, one in held.items() if name.startswith("hand.")} or held
