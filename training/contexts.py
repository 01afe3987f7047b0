"""Draws the context of a training example where its file does not say: a sensible moment of a dialogue.

Knows phases and slots; does not know words.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.context import render_context
from training.examples import Example

_PHASES = ("collecting",) * 11 + ("confirming",) * 4 + ("booked",) * 3 + ("idle",) * 2


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a domain in its order: all, those that may be asked for, those that every booking holds."""

    names: tuple[str, ...]
    asked: tuple[str, ...]
    required: tuple[str, ...]


def read_slots(path: Path) -> Slots:
    """Read which slots a domain asks for from its `slots.yml`."""
    slots = yaml.safe_load(path.read_text(encoding="utf-8"))["slots"]
    asked = tuple(name for name, slot in slots.items() if slot.get("required", False) is not False)
    return Slots(tuple(slots), asked, tuple(name for name in asked if slots[name]["required"] is True))


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of a dialogue, in the words of `nlu.context.render_context`."""

    asked: str
    phase: str
    pending: str
    filled: tuple[str, ...]


def draw_context(example: Example, slots: Slots, rng: random.Random) -> str:
    """Draw a context and write it as the encoder sees it.

    Args:
        example: its hints bind; everything else is drawn.
        slots: of the domain.
        rng: decides.
    """
    scene = draw_scene(example, slots, rng)
    return render_context(scene.asked, scene.phase, scene.pending, scene.filled)


def draw_scene(example: Example, slots: Slots, rng: random.Random) -> Scene:
    """Draw the moment in which an example may have been said.

    Args:
        example: its hints bind; everything else is drawn.
        slots: of the domain.
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
    return Scene(asked, phase, pending, tuple(_filled(phase, asked, slots, rng) if filled is None else filled))


def _asked(phase: str, slots: Slots, rng: random.Random) -> tuple[str, ...]:
    if phase == "suspended":
        return ("resume",)
    if phase != "collecting":
        return ("none",)
    return ("what_to_change",) if rng.random() < 0.08 else slots.asked


def _filled(phase: str, asked: str, slots: Slots, rng: random.Random) -> list[str]:
    if phase == "idle":
        return []
    if phase in ("confirming", "booked"):
        return [slot for slot in slots.names if slot in slots.required or rng.random() < 0.25]
    before = slots.names.index(asked) if asked in slots.names else len(slots.names)
    return [slot for number, slot in enumerate(slots.names) if rng.random() < (0.9 if number < before else 0.15)]
