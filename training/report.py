"""Makes one page of a run's figures: `runs/train/NAME/report.html`, with its plots in it, and `report.json` with the verdict.

    python -m training.report restaurant

Knows the figures of `training.evaluate`; measures nothing. The page needs no other file and no network.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.errors import MaitreError
from assistant.files import write_whole
from training import gates, plots
from training.evaluate_rows import HAND
from training.stages import Plan, plan_from

TEMPLATES: Final = Path(__file__).parent / "templates"
FIGURES: Final = {"slot_f1": "slot F1", "clear_f1": "CLEAR F1", "false_clears": "false clears"}
"""As the gates call them."""
Figures = Mapping[str, Any]


def judge(found: Figures) -> list[str]:
    """Why the new models may not be promoted; empty if they may. A figure that is missing is a reason, too."""
    try:
        return gates.verdict(found["candidate"]["gates"], found["active"].get("gates", {}))
    except gates.MissingFigure as missing:
        return [str(missing)]


def judge_adapter(found: Figures) -> list[str]:
    """Why the adapter in use stays in use; empty if the new one may take its place, or there is none."""
    adapter = found["adapter"]
    try:
        return gates.adapter_verdict(adapter["candidate"], adapter["active"])
    except gates.MissingFigure as missing:
        return [str(missing)]


def page(found: Figures, plan: Plan, reasons: Sequence[str]) -> str:
    """The page.

    Args:
        found: the contents of `evaluation.json`.
        plan: of the run, for the commands on the page.
        reasons: of `judge`.
    """
    new, old = found["candidate"], found["active"]
    languages = sorted(new["gates"]["languages"])
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("report.html.j2").render(
        domain=found["domain"],
        measured=found["measured"],
        candidate=new["tagger"],
        against=found["against"]["version"],
        folder=plan.config.domain,
        tagger=plan.tagger,
        reasons=[(reason, gates.look_at(reason)) for reason in reasons],
        gates=list(_gates(new["gates"], old.get("gates", {}))),
        changes=list(_changes(new["changes"], old.get("changes", {}))),
        false_clears=list(_false_clears(new["changes"], old.get("changes", {}))),
        sources=[
            {"name": name, "new": scores, "old": _in(old, "scores", name, "exact")}
            for name, scores in sorted(new["scores"].items())
        ],
        languages=languages,
        labels=_labels(new["scores"], old.get("scores", {}), languages),
        calibration=[
            {"name": f"{lang} {kind}", **those}
            for lang, kinds in sorted(new["calibration"].items())
            for kind, those in kinds.items()
        ],
        dialogues=[
            {"name": mode, "new": total, "old": _turns(_in(old, "scenarios", mode))}
            for mode, total in new["scenarios"].items()
        ],
        attacks=[
            {"name": name, "new": _share(new[key]), "old": _share(old.get(key))}
            for name, key in (("injected texts", "attacks"), ("phrases of reviewed rows", "probes"))
        ],
        attack_texts=new["attacks"]["texts"],
        plots=_plots(found),
        adapter_reasons=judge_adapter(found),
        adapter=found["adapter"]["candidate"],
        adapter_in_use=found["adapter"]["active"],
        canary_wrong=new["canary_wrong"],
        errors=new["errors"],
        mistakes=new["mistakes"],
    )


def _plots(found: Figures) -> dict[str, Any]:
    new, curves = found["candidate"], found["curves"]
    sides = {"new": new["latency_ms"]} | ({"in use": found["active"]["latency_ms"]} if found["active"] else {})
    drawn = [plots.tagger_curve(curves["tagger"]), plots.llama_curve((curves["llama"] or {}).get("log") or [])]
    confused = [plots.confusion(pairs, f"acts, {lang}") for lang, pairs in sorted(new["confusion"].items())]
    return {
        "curves": [drawing for drawing in drawn if drawing],
        "confusion": [drawing for drawing in confused if drawing],
        "calibration": plots.calibration(new["calibration"]),
        "latency": plots.latency(sides),
    }


def _gates(new: Figures, old: Figures) -> Iterator[dict[str, Any]]:
    """A row for each figure that a gate looks at. Whether it holds is the gates' own word, asked for one figure at a time."""
    limits = {
        "slot_f1": f"-{100 * gates.MOST_LOST:.1f}",
        "clear_f1": f"-{100 * gates.MOST_LOST:.1f}",
        "false_clears": "no rise",
    }
    whole = new["canary"]
    yield _gate("canary set, turns", _share(whole), _share(old.get("canary")), "all", "canary", new, old)
    for lang, those in sorted(new["languages"].items()):
        for key in FIGURES:
            before = _in(old, "languages", lang, key)
            name = f"{lang}: {FIGURES[key]}"
            shown = f"{100 * those[key]:.2f}", "" if before is None else f"{100 * before:.2f}"
            yield _gate(name, *shown, limits[key], name, new, old)
    yield _gate("attacks", _share(new["injections"]), _share(old.get("injections")), "no rise", "injections", new, old)
    slow, before = (f"{one['latency_ms']['p95']:.1f} ms" if one else "" for one in (new, old))
    yield _gate("latency, p95", slow, before, f"+{100 * (gates.MOST_SLOWER - 1):.0f} %", "latency", new, old)


def _gate(
    name: str, new: str, old: str, limit: str, begins: str, candidate: Figures, active: Figures
) -> dict[str, Any]:
    holds = not any(reason.startswith(begins) for reason in gates.verdict(candidate, active))
    return {"name": name, "new": new, "old": old, "limit": limit, "holds": holds}


def _changes(new: Figures, old: Figures) -> Iterator[dict[str, Any]]:
    for lang, kinds in sorted(new.items()):
        for kind, those in kinds.items():
            for name in ("set", "clear"):
                before = _in(old, lang, kind, name, "f1")
                yield {"name": f"{name.upper()}, {lang}, {kind}", "new": those[name], "old": before}


def _false_clears(new: Figures, old: Figures) -> Iterator[dict[str, Any]]:
    for lang, kinds in sorted(new.items()):
        for kind, those in kinds.items():
            before = _in(old, lang, kind, "false_clears")
            shown = "" if before is None else before
            yield {"name": f"{lang}, {kind}", "new": those["false_clears"], "of": those["quiet"], "old": shown}


def _labels(new: Figures, old: Figures, languages: Sequence[str]) -> list[dict[str, Any]]:
    names = {key for lang in languages for key in new.get(f"{HAND}.{lang}", {}) if key.startswith("span:")}
    return [
        {
            "name": name.removeprefix("span:"),
            **{
                lang: {"new": _in(new, f"{HAND}.{lang}", name), "old": _in(old, f"{HAND}.{lang}", name)}
                for lang in languages
            },
        }
        for name in sorted(names)
    ]


def _in(found: Figures, *keys: str) -> Any:
    """What lies that deep, or None."""
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found


def _turns(total: Figures | None) -> str:
    return f"{total['turns_right']}/{total['turns']}" if total else ""


def _share(found: Figures | None) -> str:
    if not found:
        return ""
    return f"{found['right' if 'right' in found else 'wrong']}/{found['of']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    try:
        plan = plan_from(__doc__ or "", arguments)
        found = json.loads(plan.evaluation.read_text(encoding="utf-8"))
        reasons = judge(found)
        short = {key: found[key] for key in ("format", "domain", "measured", "against", "adapter", "curves")}
        sides = {name: {k: v for k, v in found[name].items() if k != "errors"} for name in ("candidate", "active")}
        verdict = {"promote": not reasons, "reasons": reasons, "adapter": judge_adapter(found)}
        write_whole(plan.out / "report.html", [page(found, plan, reasons)])
        write_whole(
            plan.out / "report.json",
            [
                json.dumps(
                    {**short, "verdict": verdict, **sides, "worst": found["candidate"]["errors"]}, ensure_ascii=False
                )
            ],
        )
    except (MaitreError, ValueError, OSError) as wrong:
        print(f"report: {wrong}", file=sys.stderr)
        return 1
    print(f"report: {plan.out / 'report.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
