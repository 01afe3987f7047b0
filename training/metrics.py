"""Scores taggings against annotated examples.

Knows examples and taggings; does not know models.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from nlu.labels import join
from nlu.types import Role, Span, Tagging
from training.examples import Example

Counts = Counter[str]


def score(examples: Sequence[Example], taggings: Sequence[Tagging]) -> dict[str, float]:
    """Score taggings.

    Args:
        examples: what is right. Those without acts count for spans only.
        taggings: what the model said, in the same order.

    Returns:
        Fractions in 0..1: `acts` and `spans` (micro F1; a span must have the right places, label and role), `clear`
        (F1 over slot_ref.clear, old values and clear_all), `exact` (everything right), `false_clears` (share of the
        rows that clear nothing in which something is cleared); then `act:...` and `span:...` F1 by name; `rows`.
    """
    counts: Counts = Counter()
    exact = quiet = false = 0
    for example, tagging in zip(examples, taggings, strict=True):
        said = set(tagging.acts) if example.acts is not None else set()
        right = set(example.acts or ())
        wanted, found = set(map(place, example.spans)), set(map(place, tagging.spans))
        _count(counts, "acts", right, said)
        _count(counts, "spans", wanted, found)
        for act in right | said:
            _count(counts, f"act:{act}", right & {act}, said & {act})
        for name in {key[0] for key in wanted | found}:
            _count(counts, f"span:{name}", {k for k in wanted if k[0] == name}, {k for k in found if k[0] == name})
        clears = removed(tagging.spans, said)
        _count(counts, "clear", removed(example.spans, right), clears)
        exact += wanted == found and right == said
        if not example.clears:
            quiet += 1
            false += bool(clears)
    scores = {name: _f1(counts, name) for name in ("acts", "spans", "clear")}
    scores |= {
        "exact": exact / max(len(examples), 1),
        "false_clears": false / max(quiet, 1),
        "rows": float(len(examples)),
    }
    names = sorted(name.rsplit("|", 1)[0] for name in counts if ":" in name)
    return scores | {name: _f1(counts, name) for name in dict.fromkeys(names)}


def mistakes(examples: Sequence[Example], taggings: Sequence[Tagging]) -> list[str]:
    """One line for every example that was not read exactly right."""
    lines = []
    for example, tagging in zip(examples, taggings, strict=True):
        said = set(tagging.acts) if example.acts is not None else set()
        right = set(example.acts or ())
        if said != right or set(map(place, example.spans)) != set(map(place, tagging.spans)):
            lines.append(
                f"{example.source}: {example.text!r}: {sorted(right)} {_words(example.spans)} "
                f"read as {sorted(said)} {_words(tagging.spans)}"
            )
    return lines


def _words(spans: Iterable[Span]) -> list[str]:
    return [f"{join(span.label, span.role)}={span.text}" for span in spans]


def place(span: Span) -> tuple[str, int, int]:
    """What a span must have right to count: its label with its role, and its places."""
    return join(span.label, span.role), span.start, span.end


def removed(spans: Iterable[Span], acts: AbstractSet[str]) -> set[object]:
    """What is to go: old values, slots that are named to be cleared, and `clear_all`."""
    gone: set[object] = {place(span) for span in spans if span.role in (Role.CLEAR, Role.OLD)}
    return gone | ({"clear_all"} & acts)


def _count(counts: Counts, name: str, wanted: AbstractSet[object], found: AbstractSet[object]) -> None:
    counts[f"{name}|hit"] += len(wanted & found)
    counts[f"{name}|wanted"] += len(wanted)
    counts[f"{name}|found"] += len(found)


def _f1(counts: Counts, name: str) -> float:
    total = counts[f"{name}|wanted"] + counts[f"{name}|found"]
    return 2 * counts[f"{name}|hit"] / total if total else 1.0
