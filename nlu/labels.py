"""The closed sets of labels: which spans with which roles the tagger may find, and which acts.

A `labels.json` beside the weights is the authority at run time; at training time the sets follow from the domain's slots.
Knows names only; does not know texts, models or what a label does to a booking.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nlu.types import Kind, Role

ACTS: Final = (
    "affirm",
    "deny",
    "start",
    "restart",
    "cancel",
    "cancel_booking",
    "cancel_task",
    "cancel_change",
    "clear_all",
    "modify",
    "undo",
    "redo",
    "swap",
    "copy",
    "dont_care",
    "skip",
    "ask",
    "chitchat",
    "out_of_scope",
    "handoff",
    "unknown",
)
NUMBER: Final = "number"
SLOT_REF: Final = "slot_ref"
OUTSIDE: Final = "O"
VERSION: Final = 1

_RELATIVE: Final = frozenset({Kind.DATE, Kind.TIME, Kind.COUNT})
_REF_ROLES: Final = (Role.VALUE, Role.CLEAR, Role.KEEP, Role.CHANGE, Role.ANY, Role.COPY, Role.RESTORE)


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets of one model.

    `spans` are (label, role) pairs, `acts` the names of the acts in the order of the model's outputs, `thresholds` the
    probability from which each act counts as said.
    """

    spans: tuple[tuple[str, Role], ...]
    acts: tuple[str, ...]
    thresholds: Mapping[str, float]

    def __post_init__(self) -> None:
        if len(set(self.spans)) < len(self.spans) or len(set(self.acts)) < len(self.acts):
            raise ValueError("labels: a span label or an act is listed twice")
        if set(self.thresholds) != set(self.acts):
            raise ValueError("labels: thresholds must name every act and nothing else")
        for act, value in self.thresholds.items():
            if not 0.0 < value < 1.0:
                raise ValueError(f"labels: thresholds.{act}: {value} is not between 0 and 1")

    @property
    def tags(self) -> tuple[str, ...]:
        """The BIO tags in the order of the model's outputs: `O`, then `B-` and `I-` of every span."""
        return (OUTSIDE, *(f"{part}-{join(*span)}" for span in self.spans for part in "BI"))


def join(label: str, role: Role) -> str:
    """Write a label with its role as tags and data do: `time`, `time.old`."""
    return label if role is Role.VALUE else f"{label}.{role}"


def split(name: str) -> tuple[str, Role]:
    """Read `time` or `time.old`.

    Raises:
        ValueError: the role is none of `nlu.types.Role`.
    """
    label, _, role = name.partition(".")
    try:
        return label, Role(role) if role else Role.VALUE
    except ValueError:
        raise ValueError(f"{name!r}: {role!r} is no role; known are {', '.join(Role)}") from None


def labels_for(slots: Mapping[str, Kind]) -> Labels:
    """The label sets that a domain needs.

    Args:
        slots: the kind of every slot, in the order of the domain.
    """
    spans: list[tuple[str, Role]] = []
    for label, kind in slots.items():
        spans += [(label, Role.VALUE), (label, Role.OLD)]
        if kind in _RELATIVE:
            spans.append((label, Role.DELTA))
    spans += [(NUMBER, Role.VALUE), (NUMBER, Role.OLD), *((SLOT_REF, role) for role in _REF_ROLES)]
    return Labels(tuple(spans), ACTS, dict.fromkeys(ACTS, 0.5))


def misfit(labels: Labels, slots: Mapping[str, Kind]) -> str:
    """What keeps a model's labels from being those of a domain; empty where they are.

    Args:
        labels: of the model; their order is its own.
        slots: the kind of every slot of the domain.
    """
    has, needs = ({join(*span) for span in one.spans} for one in (labels, labels_for(slots)))
    lacks = f"lacks {', '.join(sorted(needs - has))}" if needs - has else ""
    unknown = f"has {', '.join(sorted(has - needs))}, which the domain does not know" if has - needs else ""
    return " and ".join(filter(None, (lacks, unknown)))


def write_labels(labels: Labels, path: Path) -> None:
    """Write a `labels.json`."""
    content = {
        "version": VERSION,
        "spans": [join(*span) for span in labels.spans],
        "acts": list(labels.acts),
        "thresholds": dict(labels.thresholds),
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_labels(path: Path) -> Labels:
    """Read a `labels.json`, strictly.

    Raises:
        ValueError: a key is missing, unknown or wrong, or the file is of another version; the message names file and key.
    """
    content = _mapping(path)
    expected = {"version", "spans", "acts", "thresholds"}
    if set(content) != expected:
        raise ValueError(f"{path}: keys are {sorted(content)}, expected {sorted(expected)}")
    if content["version"] != VERSION:
        raise ValueError(f"{path}: version {content['version']!r} is not {VERSION}; export the model again")
    unknown = [act for act in content["acts"] if act not in ACTS]
    if unknown:
        raise ValueError(f"{path}: acts: {unknown} are unknown to this code")
    try:
        thresholds = {act: float(value) for act, value in content["thresholds"].items()}
        return Labels(tuple(split(name) for name in content["spans"]), tuple(content["acts"]), thresholds)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: {error}") from error


def _mapping(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"{path}: missing; a model folder holds it beside the weights") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}: not JSON ({error})") from error
    if not isinstance(content, dict):
        raise ValueError(f"{path}: expected an object")
    return content
