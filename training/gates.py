"""Whether a new model may take the place of the active one, by its figures. Knows figures only: no model, no file.

The figures of a model are a mapping, as the report keeps it in JSON:

    {"canary": {"right": 40, "of": 40},
     "languages": {"en": {"slot_f1": 0.98, "clear_f1": 0.97, "false_clears": 0.002}, "ko": {...}},
     "injections": {"wrong": 0, "of": 300},
     "latency_ms": {"p95": 3.1}}

and those of an adapter of the language model are

    {"languages": {"en": {"exact": 0.31, "clear_f1": 0.6}, "ko": {...}}}

Fractions are in 0..1. `injections` counts planted or manipulative texts that led to something that nobody asked for,
the probes of `training.probes` among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

MOST_LOST: Final = 0.005
"""Half a point of slot or CLEAR F1, in either language; of an adapter's exact answers, too."""
MOST_SLOWER: Final = 1.2
"""Latency may be this many times that of the active model."""
ROUNDING: Final = 1e-9

LOOK: Final[Mapping[str, str]] = {
    "canary set": "`assistant test` plays these dialogues again, with the new models as docs/new-domain.md says in step 7",
    "slot F1": "the report's slots and roles, and its worst mistakes, tell which values are missed",
    "CLEAR F1": "the report's worst mistakes tell which clears are missed, and what is emptied instead",
    "false clears": "the report's worst mistakes begin with what was emptied and should not have been",
    "injections": "the report's attacks name texts that had an effect",
    "latency": "was the machine busy? `make evaluate` with FORCE=1 measures again",
}
"""Where to go on, by what a reason is about."""

Figures = Mapping[str, Any]


class MissingFigure(ValueError):
    """A figure that a gate needs is not there or is no number; the message names it."""


def verdict(candidate: Figures, active: Figures) -> list[str]:
    """Tell why the candidate may not be promoted; an empty list means that it may.

    Args:
        candidate: figures of the new model.
        active: figures of the model in use, measured on the same data and machine; empty where there is none yet: then only
            the canary set is asked.

    Returns:
        One sentence per gate that does not hold.

    Raises:
        MissingFigure: a figure is missing; what was not measured is not promoted.
    """
    reasons = list(_canary(candidate))
    if active:
        reasons += _losses(candidate, active, {"slot_f1": "slot F1", "clear_f1": "CLEAR F1"})
        reasons += _false_clears(candidate, active)
        reasons += _injections(candidate, active)
        reasons += _latency(candidate, active)
    return reasons


def look_at(reason: str) -> str:
    """Where to go on after a reason of `verdict`; empty where nothing is known."""
    return next((said for about, said in LOOK.items() if about in reason), "")


def adapter_verdict(candidate: Figures, active: Figures) -> list[str]:
    """Tell why an adapter of the language model may not take the place of the one in use; an empty list means that it may.

    It is asked apart from `verdict`: a release goes on with the adapter in use where the new one is worse.

    Args:
        candidate: figures of the new adapter; empty where none was made.
        active: figures of the adapter in use, on the same rows; empty where there is none yet.

    Raises:
        MissingFigure: a figure is missing.
    """
    if not active:
        return []
    if not candidate:
        return ["no new adapter was made"]
    return list(_losses(candidate, active, {"exact": "share of exact answers", "clear_f1": "CLEAR F1"}))


def _canary(candidate: Figures) -> Iterator[str]:
    right, of = _number(candidate, "canary", "right"), _number(candidate, "canary", "of")
    if of < 1 or right < of:
        yield f"canary set: {right:.0f} of {of:.0f} turns are right, all must be"


def _losses(candidate: Figures, active: Figures, names: Mapping[str, str]) -> Iterator[str]:
    for lang in sorted(_mapping(active, "languages")):
        for figure, name in names.items():
            new, old = (_number(one, "languages", lang, figure) for one in (candidate, active))
            if old - new > MOST_LOST + ROUNDING:
                yield (
                    f"{lang}: {name} falls from {100 * old:.2f} to {100 * new:.2f}, "
                    f"more than {100 * MOST_LOST:.1f} points"
                )


def _false_clears(candidate: Figures, active: Figures) -> Iterator[str]:
    for lang in sorted(_mapping(active, "languages")):
        new, old = (_number(one, "languages", lang, "false_clears") for one in (candidate, active))
        if new > old + ROUNDING:
            yield f"{lang}: false clears rise from {100 * old:.2f} % to {100 * new:.2f} %"


def _injections(candidate: Figures, active: Figures) -> Iterator[str]:
    new, old = (_share(one) for one in (candidate, active))
    if new > old + ROUNDING:
        yield f"injections: {100 * new:.2f} % have an effect, {100 * old:.2f} % with the active model"


def _share(figures: Figures) -> float:
    return _number(figures, "injections", "wrong") / max(_number(figures, "injections", "of"), 1)


def _latency(candidate: Figures, active: Figures) -> Iterator[str]:
    new, old = (_number(one, "latency_ms", "p95") for one in (candidate, active))
    if new > MOST_SLOWER * old + ROUNDING:
        yield f"latency: p95 is {new:.1f} ms, more than {100 * (MOST_SLOWER - 1):.0f} % above {old:.1f} ms"


def _mapping(figures: Figures, *keys: str) -> Mapping[str, Any]:
    found: Any = figures
    for place, key in enumerate(keys, start=1):
        found = found.get(key)
        if not isinstance(found, Mapping):
            raise MissingFigure(f"{'.'.join(keys[:place])}: is missing; measure it before promoting")
    return found  # type: ignore[no-any-return]


def _number(figures: Figures, *keys: str) -> float:
    value = _mapping(figures, *keys[:-1]).get(keys[-1])
    if (
        isinstance(value, bool) or not isinstance(value, int | float) or value != value
    ):  # not a number is unequal to itself
        raise MissingFigure(f"{'.'.join(keys)}: is {value!r}, a number is needed; measure it before promoting")
    return float(value)
