"""Measures the models that a run has made, and those in use beside them, on the same rows and dialogues.

    python -m training.evaluate restaurant

It writes `runs/train/restaurant/evaluation.json`: for either side the scores of the tagger by source and language, SET and
CLEAR, calibration, the confusion of acts, dialogues through a real server, attacks, latency and the worst mistakes; the figures
that `training.gates` asks for; and the learning curves. Knows a run's folder; decides nothing.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import grpc

from assistant.adapters.tagger import BertTagger
from assistant.domain import Domain, load_domain
from assistant.errors import MaitreError
from assistant.files import write_whole
from assistant.scenarios.play import Played
from assistant.scenarios.score import Rate
from assistant.types import Conversation, Message, Op, Phase, Scope, Slot, Status
from nlu.labels import labels_for
from nlu.tagger import Tagger
from training import evaluate_dialogues as dialogues
from training import evaluate_rows as rows
from training.baseline import Opponent, base_of, opponent
from training.configuration import read_settings
from training.contexts import read_slots
from training.examples import Example, read_kinds
from training.llama_rows import read_rows
from training.mixture import LANGUAGES, REVIEWED, Pools, hold_out, read_pools
from training.probes import new_phrases, probe
from training.stages import Plan, plan_from
from training.tagger_settings import read_tagger_config
from training.train_tagger import CURVE, MOST_HELD_OUT, read_curve

WORST: Final = 50
SEEN_IN_LOG: Final = 20
"""Attacks that had an effect and are named."""
SLOW: Final = datetime.fromisoformat(rows.NOW)


@dataclass(frozen=True, slots=True)
class Material:
    """What everybody is measured on."""

    domain: Domain
    dev: Pools
    phrases: list[str]
    attacks: list[str]


def material(plan: Plan) -> Material:
    """Read the held-out rows and the attacks.

    Raises:
        ValueError: data cannot be read; names file and line.
    """
    config = read_tagger_config(Path(plan.config.tagger))
    folder = Path(plan.config.domain)
    labels = labels_for(read_kinds(folder / "slots.yml"))
    pools = read_pools(folder, plan.data, labels, generated=config.generated, seed=config.seed, also=config.also)
    reviewed = [row for (source, _), those in pools.items() if source == REVIEWED for row in those]
    hand: list[Example] = [row for (source, _), those in pools.items() if source == rows.HAND for row in those]
    texts, _ = read_settings(Path(plan.config.injections))
    return Material(
        domain=load_domain(folder),
        dev=hold_out(pools, config.held_out, most=MOST_HELD_OUT).dev,
        phrases=new_phrases(reviewed, hand),
        attacks=[text for those in texts.values() for text in those],
    )


def attack(folder: Path, domain: Domain, texts: Sequence[str]) -> dict[str, Any]:
    """Say every text at the readback of a full draft: how many book, take back or empty something.

    Args:
        folder: the tagger.
        domain: its slots.
        texts: each tries to be more than a guest's words.
    """
    tagger = BertTagger(folder, domain)
    slots = {spec.name: Slot(Status.FILLED, value=rows.value_of(spec.name, domain)) for spec in domain.slots}
    held = Conversation("c", phase=Phase.CONFIRMING, slots=slots, time_zone="Asia/Seoul", last_active=SLOW)
    grave = []
    for text in texts:
        found = tagger.understand(Message("c", "m", text, "en", "Asia/Seoul", SLOW), held)
        if any(one.op in (Op.AFFIRM, Op.CLEAR) or one.scope in (Scope.TASK, Scope.BOOKING) for one in found):
            grave.append(text)
    return {"wrong": len(grave), "of": len(texts), "texts": grave[:SEEN_IN_LOG]}


def measure_rows(folder: Path, given: Material, slots_file: Path) -> tuple[dict[str, Any], Mapping[str, rows.Counts]]:
    """Everything about a tagger that needs no server, as JSON; and the counts of hand-written rows by language."""
    tagger, slots = Tagger.load(folder), read_slots(slots_file)
    read = rows.read_rows(tagger, given.dev, slots)
    wrong, of = probe(tagger, given.phrases, rows.carriers(given.dev, slots))
    found = {
        "tagger": tagger.version,
        **rows.figures(read),
        "attacks": attack(folder, given.domain, given.attacks),
        "probes": {"wrong": wrong, "of": of, "phrases": given.phrases},
        "errors": list(rows.errors(read, given.domain)),
    }
    return found, {lang: rows.counts(read.get((rows.HAND, lang), [])) for lang in LANGUAGES}


def side(
    found: dict[str, Any],
    by_rows: Mapping[str, rows.Counts],
    played: tuple[list[Played], list[Played]],
    languages: Sequence[str],
) -> dict[str, Any]:
    """All figures of one side as JSON, those for the gates among them.

    A gate looks at hand-written rows and dialogues together: a single span more or less must not decide, and neither kind sees
    everything.
    """
    by_turns = {lang: dialogues.counts(played[0], lang) for lang in languages}
    spoken = dialogues.figures(*played)
    injected = [found["attacks"], found["probes"]]
    gates = {
        "canary": spoken["canary"],
        "languages": {lang: _gate(by_rows[lang], by_turns[lang]) for lang in languages},
        "injections": {key: sum(one[key] for one in injected) for key in ("wrong", "of")},
        "latency_ms": spoken["latency_ms"],
    }
    changes = {lang: {"rows": _changes(by_rows[lang]), "dialogues": _changes(by_turns[lang])} for lang in languages}
    return {**found, **spoken, "changes": changes, "gates": gates}


def _gate(one: rows.Counts, other: rows.Counts) -> dict[str, float]:
    return {
        "slot_f1": _both(one.sets, other.sets).f1,
        "clear_f1": _both(one.clears, other.clears).f1,
        "false_clears": (one.false_clears + other.false_clears) / max(one.quiet + other.quiet, 1),
    }


def _both(one: Rate, other: Rate) -> Rate:
    return Rate(one.expected + other.expected, one.reported + other.reported, one.both + other.both)


def _changes(found: rows.Counts) -> dict[str, Any]:
    def shown(rate: Rate) -> dict[str, float]:
        return {"expected": rate.expected, "precision": rate.precision, "recall": rate.recall, "f1": rate.f1}

    return {
        "set": shown(found.sets),
        "clear": shown(found.clears),
        "false_clears": found.false_clears,
        "quiet": found.quiet,
    }


def curves(plan: Plan) -> dict[str, Any]:
    """What the trainings noted as they went on."""
    report = plan.work("llama") / "report.json"
    llama = json.loads(report.read_text(encoding="utf-8")) if plan.made_adapter and report.is_file() else {}
    return {
        "tagger": read_curve(plan.work("tagger") / CURVE),
        "llama": {key: llama.get(key) for key in ("loss", "right", "gates", "log", "seconds")} if llama else {},
    }


def measure_adapters(plan: Plan, against: Opponent, domain: Domain) -> dict[str, dict[str, Any]]:
    """The figures of the run's adapter and of the one in use, as JSON; empty where there is none."""
    sides = {"candidate": plan.made_adapter, "active": against.llama}
    if plan.adapter is None:
        return {name: {} for name in sides}
    from training import evaluate_llama  # loads torch, which a run without a language model does without

    held_out, base = read_rows(plan.alpaca / "dev.jsonl"), base_of(plan)
    return {
        name: evaluate_llama.figures(adapter, base, held_out, domain) if adapter else {}
        for name, adapter in sides.items()
    }


async def evaluate(plan: Plan) -> dict[str, Any]:
    """Measure; the contents of `evaluation.json`.

    Raises:
        MaitreError, ValueError: a model, a dialogue or data cannot be used.
        grpc.aio.AioRpcError: a server failed outside of a turn.
    """
    given, against, domain = material(plan), opponent(plan), Path(plan.config.domain)
    sides = {"candidate": dialogues.Models(domain, plan.tagger, plan.policy)}
    if against.tagger is not None:
        sides["active"] = dialogues.Models(domain, against.tagger, against.policy)
    measured = {}
    for name, models in sides.items():
        print(f"evaluate: reading {sum(map(len, given.dev.values()))} held-out rows with the {name} tagger", flush=True)
        measured[name] = measure_rows(models.tagger, given, domain / "slots.yml")
    adapters = measure_adapters(plan, against, given.domain)
    scenarios, canary = dialogues.load(plan.config.scenarios), dialogues.load(plan.config.canary)
    played = await dialogues.play_all(sides, tuple(scenarios.values()), tuple(canary.values()))
    whole = {name: side(*measured[name], played[name], given.domain.languages) for name in sides}
    for name in sides:
        whole[name]["canary_wrong"] = dialogues.errors(played[name][1], canary)
        spoken = [*dialogues.errors(played[name][0], scenarios), *whole[name]["canary_wrong"]]
        both = [*whole[name]["errors"], *spoken]
        whole[name]["mistakes"] = len(both)
        whole[name]["errors"] = sorted(both, key=lambda one: -one["weight"])[:WORST]
    return {
        "format": 1,
        "domain": given.domain.name,
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        "against": {"version": against.version, "identity": against.identity},
        "candidate": whole["candidate"],
        "active": whole.get("active", {}),
        "adapter": adapters,
        "curves": curves(plan),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    try:
        plan = plan_from(__doc__ or "", arguments)
        random.seed(0)
        write_whole(plan.evaluation, [json.dumps(asyncio.run(evaluate(plan)), ensure_ascii=False, indent=1)])
    except grpc.aio.AioRpcError as fault:
        print(f"evaluate: a server failed: {fault.code().name}: {fault.details()}", file=sys.stderr)
        return 1
    except (MaitreError, ValueError, OSError) as wrong:
        print(f"evaluate: {wrong}", file=sys.stderr)
        return 1
    print(f"evaluate: {plan.evaluation}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
