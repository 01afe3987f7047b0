"""What the texts of a domain must hold: every key that is looked up, and only placeholders that are filled. Renders nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from string import Formatter
from typing import Final

Key = tuple[str, ...]

PLACEHOLDERS: Final[Mapping[str, frozenset[str]]] = {
    "asks": frozenset({"slot", "choices"}),
    "choose": frozenset({"slot", "choices", "from", "to"}),
    "instead": frozenset({"slot"}),
    "changed": frozenset({"values"}),
    "open": frozenset({"values"}),
    "inferred": frozenset({"value"}),
    "copied": frozenset({"values"}),
    "dont_care": frozenset({"slot"}),
    "dropped": frozenset({"slot", "value", "venue"}),
    "refused": frozenset({"slot", "text", "value", "limit", "venue", "first", "last"}),
    "kept": frozenset({"value"}),
    "alternatives": frozenset({"choices"}),
    "says": frozenset({"summary", "words"}),
    "units": frozenset({"count", "adults", "children"}),
    "approximately": frozenset({"value"}),
}
"""What is filled in by group; texts of other groups have no placeholders."""
FILLED_ALONE: Final[Mapping[Key, frozenset[str]]] = {
    ("says", "explain_cleared_booking"): frozenset({"slot", "choices"}),
    ("choose", "default"): frozenset({"slot", "choices"}),
    ("choose", "range"): frozenset({"slot", "from", "to"}),
    ("dropped", "asked_plain"): frozenset({"slot"}),
}
"""What is filled in where a text differs from its group."""
BY_SLOT: Final = ("asks", "instead")
"""Groups whose keys are slots."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "asks": ("default",),
    "choose": ("default", "range"),
    "instead": ("default",),
    "dropped": ("asked_plain", "default"),
    "refused": ("default",),
    "says": (
        "readback_create",
        "readback_modify",
        "readback_cancel",
        "booked",
        "modified",
        "cancelled",
        "declined",
        "outcome_unknown",
        "ask_what_to_change",
        "kept",
        "show_booking",
        "ask_resume",
        "answer",
        "no_answer",
        "nothing_noted",
        "ask_meaning",
        "ask_meaning_plain",
        "handoff",
        "handoff_empty",
        "with_person",
        "dropped",
        "chitchat",
        "out_of_scope",
        "rephrase",
        "offer_choices",
        "nothing_to_confirm",
        "nothing_to_undo",
        "degraded",
        "explain_cleared_booking",
    ),
    "quick": ("readback",),
    "joins": ("list", "or"),
    "units": ("person", "people", "split"),
}
"""Keys that are looked up and have no other to stand in for them."""


def faults(texts: Mapping[str, object], slots: Collection[str]) -> Iterator[tuple[Key, str]]:
    """What is wrong with the texts of one language: the key, and a sentence.

    Args:
        texts: as `Responses` holds them: a text, or texts by key, by group.
        slots: names of the domain's slots, for texts by slot.
    """
    for group in BY_SLOT:
        held = texts.get(group)
        for key in held if isinstance(held, Mapping) else ():
            if key != "default" and key not in slots:
                yield (group, str(key)), f"there is no such slot; write one of {', '.join(slots)}, or default"
    for group, keys in NEEDED.items():
        held = texts.get(group)
        for key in keys:
            if isinstance(held, Mapping) and key not in held:
                yield (group, key), "this key is missing; write the text"
    for where, text in _texts(texts):
        yield from (
            (where, fault)
            for fault in _misfilled(text, FILLED_ALONE.get(where, PLACEHOLDERS.get(where[0], frozenset())))
        )


def _texts(texts: Mapping[str, object]) -> Iterator[tuple[Key, str]]:
    for group, held in texts.items():
        if isinstance(held, str):
            yield (group,), held
        elif isinstance(held, Mapping):
            yield from (((group, str(key)), text) for key, text in held.items() if isinstance(text, str))


def _misfilled(text: str, known: frozenset[str]) -> Iterator[str]:
    try:
        named = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as fault:
        yield f"this text has a brace that is no placeholder ({fault}); write {{{{ for a brace"
        return
    for name in named:
        if name not in known:
            filled = ", ".join(f"{{{one}}}" for one in sorted(known)) or "none"
            yield f"{{{name}}} is not filled in here; known are: {filled}"
