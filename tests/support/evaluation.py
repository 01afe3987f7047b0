"""Figures of a training run as `training.evaluate` writes them, small ones."""

from __future__ import annotations

from typing import Any

from nlu.types import Role, Span, Tagging
from training import evaluate_rows
from training.contexts import Scene
from training.evaluate import side
from training.evaluate_rows import Read
from training.examples import Example

MORNING = '<b>아침 8시</b> & "more"'


def evaluation(
    *, canary: tuple[int, int] = (4, 4), active: bool = True, p95: float = 20.0, exact: float = 0.5
) -> dict[str, Any]:
    """A candidate that is as good as what is in use, unless something is said."""
    new = one_side(canary=canary, p95=p95)
    return {
        "format": 1,
        "domain": "restaurant",
        "measured": "2026-11-21 10:00",
        "against": {"version": "shipped" if active else "", "identity": "i"},
        "candidate": new,
        "active": one_side() if active else {},
        "adapter": {"candidate": one_adapter(exact), "active": one_adapter() if active else {}},
        "curves": {
            "tagger": [
                {"epoch": epoch, "loss": 1 / epoch, "dev": {"hand.en": {"spans": 0.9, "clear": 0.8}}}
                for epoch in (1, 2)
            ],
            "llama": {"log": [{"step": 1, "loss": 2.0}, {"step": 2, "eval_loss": 1.5}]},
        },
    }


def one_side(*, canary: tuple[int, int] = (4, 4), p95: float = 20.0) -> dict[str, Any]:
    """All figures of one side, from two rows."""
    span = Span("time", Role.VALUE, 0, 1, "8", 0.9)
    rows = {
        ("hand", lang): [
            Read(
                Example("8", lang, ("affirm",), (span,)),
                Scene("time", "collecting", "create", ()),
                Tagging({}, (span,)),
            )
        ]
        for lang in ("en", "ko")
    }
    found = {
        "tagger": "tagger@1",
        **evaluate_rows.figures(rows),
        "attacks": {"wrong": 1, "of": 9, "texts": [MORNING]},
        "probes": {"wrong": 0, "of": 0, "phrases": []},
        "errors": [
            {"where": "hand ko", "text": MORNING, "wrong": ["-time=8시"], "weight": 1.0, "explain": "assistant explain"}
        ],
        "mistakes": 7,
    }
    whole = side(
        found, {lang: evaluate_rows.counts(rows["hand", lang]) for lang in ("en", "ko")}, ([], []), ("en", "ko")
    )
    whole["canary_wrong"] = [
        {
            "where": f"tests/canary/sets.yaml en turn {turn}",
            "text": "for two",
            "wrong": ["slots: party_size=3 instead of party_size=2"],
            "weight": 2.0,
            "explain": "assistant explain 'for two'",
        }
        for turn in range(canary[0] + 1, canary[1] + 1)
    ]
    whole["gates"]["canary"] = whole["canary"] = {"right": canary[0], "of": canary[1]}
    whole["gates"]["latency_ms"] = whole["latency_ms"] = {"p50": 10.0, "p95": p95, "turns": 4}
    return whole


def one_adapter(exact: float = 0.5) -> dict[str, Any]:
    """All figures of an adapter of the language model."""
    scores = {"rows": 2, "exact": exact, "clear_f1": 0.9, "false_clears": 0.0}
    return {"adapter": "track-reply@1", "languages": {"en": scores, "ko": scores}}
