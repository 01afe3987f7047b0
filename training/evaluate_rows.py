"""Measures a tagger on rows: scores per source and language, SET beside CLEAR, calibration, confusion, attacks, mistakes.

Knows a tagger by `tag` and the rows that training held out; does not know dialogues.
"""

from __future__ import annotations

import random
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assistant.domain import Domain
from assistant.scenarios.score import Rate
from nlu.calibration import Claim, bins, calibration_error
from nlu.context import render_context
from nlu.labels import SLOT_REF
from nlu.types import Kind, Role, Span, Tagging
from training.calibration import act_claims, span_claims
from training.contexts import Scene, Slots, draw_scene
from training.examples import Example
from training.metrics import place, removed, score
from training.mixture import Pools
from training.probes import GRAVE, Carrier, Eyes

HAND: Final = "hand"
"""The source whose rows people wrote for this domain; the others are easier, or of other places."""
NONE: Final = "-"
"""In a confusion: no act was wanted, or none was said."""
CARRIERS: Final = 40
"""Plain utterances that suspicious phrases are put behind."""
HELD: Final[Mapping[Kind, str]] = {
    Kind.DATE: "2026-06-12",
    Kind.TIME: "19:00",
    Kind.COUNT: "4",
    Kind.NAME: "Kim Minsu",
    Kind.PHONE: "010-1234-5678",
}
"""What a slot holds where a row says only that it holds something."""
NOW: Final = "2026-06-10T14:00:00+09:00"


@dataclass(frozen=True, slots=True)
class Read:
    """A row, the moment in which it is said, and what was read."""

    example: Example
    scene: Scene
    tagging: Tagging


def read_rows(eyes: Eyes, dev: Pools, slots: Slots) -> dict[tuple[str, str], list[Read]]:
    """Read the held-out rows, each in the same context for every model.

    Args:
        eyes: the tagger.
        dev: held-out rows by source and language.
        slots: of the domain.
    """
    found = {}
    for key, examples in sorted(dev.items()):
        rng = random.Random(0)
        scenes = [draw_scene(example, slots, rng) for example in examples]
        found[key] = [
            Read(example, scene, eyes.tag(example.text, context_in(scene)))
            for example, scene in zip(examples, scenes, strict=True)
        ]
    return found


def context_in(scene: Scene) -> str:
    """A moment as the encoder sees it."""
    return render_context(scene.asked, scene.phase, scene.pending, scene.filled)


@dataclass(frozen=True, slots=True)
class Counts:
    """SET, CLEAR and false clears of some rows or turns; `quiet` are those in which nothing may be cleared."""

    sets: Rate
    clears: Rate
    false_clears: int
    quiet: int


def counts(rows: Sequence[Read]) -> Counts:
    """Count what is set and what is cleared in rows; one change is a span, or the act `clear_all`."""
    sets, clears, false, quiet = Rate(), Rate(), 0, 0
    for row in rows:
        wanted, said = set(row.example.acts or ()), set(row.tagging.acts)
        sets.add(_set(row.example.spans), _set(row.tagging.spans))
        gone = removed(row.tagging.spans, said if row.example.acts is not None else set())
        clears.add(frozenset(removed(row.example.spans, wanted)), frozenset(gone))
        if not row.example.clears:
            quiet += 1
            false += bool(gone)
    return Counts(sets, clears, false, quiet)


def figures(rows: Mapping[tuple[str, str], Sequence[Read]]) -> dict[str, Any]:
    """Everything about the rows but mistakes, as JSON: `scores`, `calibration` and `confusion`."""
    scores, calibration, confusion = {}, {}, {}
    for (source, lang), those in rows.items():
        examples, taggings = [row.example for row in those], [row.tagging for row in those]
        scores[f"{source}.{lang}"] = score(examples, taggings)
        if source == HAND:
            calibration[lang] = {
                "spans": _calibration(span_claims(examples, taggings)),
                "acts": _calibration(act_claims(examples, taggings)),
            }
            confusion[lang] = confused(those)
    return {"scores": scores, "calibration": calibration, "confusion": confusion}


def confused(rows: Sequence[Read]) -> list[tuple[str, str, int]]:
    """How often an act was wanted and which one was said, the most frequent first.

    A row may have several acts: those that agree are counted as such, the others as every pair of a missed and a surplus one.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.example.acts is None:
            continue
        wanted, said = set(row.example.acts), set(row.tagging.acts)
        pairs.update((act, act) for act in wanted & said)
        pairs.update((act, other) for act in wanted - said or {NONE} for other in said - wanted or {NONE})
    pairs.pop((NONE, NONE), None)
    return [(act, other, number) for (act, other), number in pairs.most_common()]


def carriers(dev: Pools, slots: Slots) -> list[Carrier]:
    """Plain held-out utterances of either language that ask for nothing grave."""
    found = []
    for lang in sorted({lang for source, lang in dev if source == HAND}):
        rng = random.Random(0)
        plain = [row for row in dev[HAND, lang] if not row.clears and not set(row.acts or ()) & GRAVE]
        found += [Carrier(row.text, context_in(draw_scene(row, slots, rng))) for row in plain[: CARRIERS // 2]]
    return found


def errors(rows: Mapping[tuple[str, str], Sequence[Read]], domain: Domain) -> Iterator[dict[str, Any]]:
    """Rows that were read wrongly, with a weight: a false clear weighs most, then what the tagger was sure of."""
    for (source, lang), those in rows.items():
        for row in those:
            if wrong := _wrong(row):
                false_clear = not row.example.clears and any(one.startswith("+") and _clears(one) for one in wrong)
                sure = max([span.confidence for span in row.tagging.spans], default=0.5)
                yield {
                    "where": f"{source} {lang}",
                    "text": row.example.text,
                    "wrong": wrong,
                    "weight": (2.0 if false_clear else 1.0 if row.example.clears else 0.0) + sure,
                    "explain": explain_command(row.example.text, row.scene, lang, domain),
                }


def explain_command(text: str, scene: Scene, lang: str, domain: Domain) -> str:
    """The `assistant explain` that shows how a text is read at a moment of a dialogue."""
    held = [f"{spec.name}={value_of(spec.name, domain)}" for spec in domain.slots if spec.name in scene.filled]
    options = ["--lang", lang, "--now", NOW, "--phase", scene.phase, "--pending", scene.pending]
    options += ["--asked", scene.asked] if scene.asked not in ("", "nothing", "none") else []
    return shlex.join(["assistant", "explain", text, *options, *(part for one in held for part in ("--set", one))])


def value_of(name: str, domain: Domain) -> str:
    """A canonical value that a slot of the domain may hold."""
    spec = domain.slot(name)
    assert spec is not None, "only slots of the domain are asked about"
    return spec.choices[0].id if spec.choices else HELD.get(spec.kind, "x")


def _wrong(row: Read) -> list[str]:
    """What was missed (-) and what was read although it is not there (+)."""
    wanted, said = set(row.example.acts or ()), set(row.tagging.acts) if row.example.acts is not None else set()
    spans, found = ({place(span): span for span in one} for one in (row.example.spans, row.tagging.spans))
    return [
        *(f"-{act}" for act in sorted(wanted - said)),
        *(f"+{act}" for act in sorted(said - wanted)),
        *(f"-{key[0]}={span.text}" for key, span in spans.items() if key not in found),
        *(f"+{key[0]}={span.text}" for key, span in found.items() if key not in spans),
    ]


def _clears(difference: str) -> bool:
    return any(word in difference.partition("=")[0] for word in (".old", ".clear", "clear_all"))


def _set(spans: Sequence[Span]) -> frozenset[object]:
    return frozenset(
        place(span) for span in spans if span.role not in (Role.CLEAR, Role.OLD) and span.label != SLOT_REF
    )


def _calibration(claims: Sequence[Claim]) -> dict[str, Any]:
    return {
        "claims": len(claims),
        "error": calibration_error(claims),
        "bins": [{"said": one.confidence, "right": one.accuracy, "count": one.count} for one in bins(claims)],
    }
