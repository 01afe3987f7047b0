"""What was played, as JSON for programs. The keys are stable; docs/scenarios.md lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from assistant.scenarios.play import Played, PlayedTurn
from assistant.scenarios.score import Rate, Score
from assistant.scenarios.stability import Unstable
from assistant.scenarios.view import View

FORMAT: Final = 1
"""Grows when a key changes its meaning or goes; new keys may come at any time."""


def results(
    played: Sequence[Played], scores: Mapping[str, Score], unstable: Sequence[Unstable], *, target: str, repeats: int
) -> dict[str, Any]:
    """Everything about a run."""
    return {
        "format": FORMAT,
        "target": target,
        "repeats": repeats,
        "right": all(one.right for one in played),
        "totals": {mode: _score(score) for mode, score in scores.items()},
        "unstable": [
            {"id": one.id, "mode": one.mode, "turn": one.number, "right": one.right, "outcomes": one.outcomes}
            for one in unstable
        ],
        "scenarios": [_played(one) for one in played],
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "scenarios": score.scenarios,
        "scenarios_right": score.scenarios_right,
        "turns": score.turns,
        "turns_right": score.right,
        "set": _rate(score.sets),
        "clear": _rate(score.clears),
        "false_clears": score.false_clears,
        "false_clear_rate": score.false_clear_rate,
        "resurrections": score.resurrections,
        "hard_negatives": score.hard_negatives,
        "hard_negatives_respected": score.hard_negatives_respected,
        "calibration_error": score.calibration_error,
        "latency_ms": {"median": score.median_latency * 1e3, "p95": score.p95_latency * 1e3},
        "seconds": score.seconds,
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "expected": rate.expected,
        "reported": rate.reported,
        "both": rate.both,
        "precision": rate.precision,
        "recall": rate.recall,
        "f1": rate.f1,
    }


def _played(played: Played) -> dict[str, Any]:
    return {
        "id": played.id,
        "mode": played.mode,
        "repeat": played.repeat,
        "right": played.right,
        "seconds": played.seconds,
        "turns": [_turn(turn) for turn in played.turns],
    }


def _turn(turn: PlayedTurn) -> dict[str, Any]:
    answer = turn.answer
    return {
        "turn": turn.number,
        "language": turn.language,
        "say": turn.said,
        "right": turn.right,
        "differences": [{"key": one.what, "expected": one.expected, "got": one.got} for one in turn.differences],
        "code": answer.code,
        "replies": list(answer.replies),
        "operations": list(answer.operations),
        "confidence": answer.confidence,
        "refusals": list(answer.refusals),
        "degraded": answer.degraded,
        "latency_ms": answer.seconds * 1e3,
        "reported": _view(answer.view),
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "slots": dict(view.slots),
        "party": dict(view.party),
        "cleared": sorted(view.cleared),
        "dont_care": sorted(view.dont_care),
        "candidates": {
            name: {"from": held[0], "to": held[1]} if isinstance(held, tuple) else sorted(held)
            for name, held in view.candidates.items()
        },
        "flags": {name: sorted(flags) for name, flags in view.flags.items()},
        "state": view.state,
        "pending": view.pending,
        "ask": view.asked,
        "version": view.version,
    }
