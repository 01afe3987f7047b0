"""Draws the context of a training example where its file does not say: a sensible moment of a dialogue.

Knows phases and slots; does not know words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from nlu.context import render_context
from training.examples import Example

_PHASES = ("collecting",) * 11 + ("confirming",) * 4 + ("booked",) * 3 + ("idle",) * 2


def draw_context(example: Example, slots: Sequence[str], rng: random.Random) -> str:
    """Draw a context and write it as the encoder sees it.

    Args:
        example: its hints bind; everything else is drawn.
        slots: the slots of the domain, in the order in which they are asked.
        rng: decides.
    """
    hints = example.hints
    starts = example.acts is not None and "start" in example.acts and "affirm" not in example.acts
    phase = rng.choice(hints.get("phase") or (("idle",) if starts and rng.random() < 0.5 else _PHASES))
    if "asked" in hints and "phase" not in hints:
        phase = {"resume": "suspended"}.get(hints["asked"][0], "collecting")
    asked = rng.choice(hints.get("asked") or _asked(phase, slots, rng))
    pending = rng.choice(hints.get("pending") or ("create", "create", "modify"))
    if phase == "idle":
        pending = "create"
    filled = hints.get("filled")
    return render_context(asked, phase, pending, _filled(phase, asked, slots, rng) if filled is None else filled)


def _asked(phase: str, slots: Sequence[str], rng: random.Random) -> tuple[str, ...]:
    if phase == "suspended":
        return ("resume",)
    if phase != "collecting":
        return ("none",)
    return ("what_to_change",) if rng.random() < 0.08 else tuple(slots[:6])


def _filled(phase: str, asked: str, slots: Sequence[str], rng: random.Random) -> list[str]:
    if phase == "idle":
        return []
    if phase in ("confirming", "booked"):
        return [slot for number, slot in enumerate(slots) if number < 5 or rng.random() < 0.25]
    before = slots.index(asked) if asked in slots else len(slots)
    return [slot for number, slot in enumerate(slots) if rng.random() < (0.9 if number < before else 0.15)]
