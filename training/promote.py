"""Makes a release of what a run has made and activates it, if every gate holds; else says why not.

    python -m training.promote restaurant

A running server goes on with what it has until it is told: `assistant models reload`, or SIGHUP. Knows figures and releases;
does not know a model.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from assistant.artefacts import Origin, Release, ReleaseParts, Releases, releases_of
from assistant.domain import load_domain
from assistant.errors import MaitreError
from assistant.files import write_whole
from assistant.settings import Settings
from training import gates
from training.baseline import opponent
from training.report import judge, judge_adapter
from training.stages import Plan, plan_from

TURNS_TOLD: Final = 5
"""Wrong turns of the canary set that are printed; the report has all."""


def promote(plan: Plan, found: Mapping[str, Any], releases: Releases) -> Release:
    """Write the release and activate it. Doing it again changes nothing.

    Args:
        plan: of the run.
        found: its figures.
        releases: of its domain.

    Raises:
        BadRelease: it could not be served; the active one stays.
        Unavailable: the disk does not take it; the active one stays.
    """
    parts = ReleaseParts(plan.tagger, plan.policy, adapter_of(plan, found))
    origin = origin_of(plan, parts.llama)
    release = releases.write(version_of(found, parts), parts, origin=origin, metrics=metrics_of(found))
    releases.activate(release.version)
    return release


def refusal(found: Mapping[str, Any], reasons: Sequence[str]) -> Iterator[str]:
    """Lines about every gate that does not hold: its figures, the first turns that went wrong, where to go on.

    Args:
        found: the figures of the run.
        reasons: of `judge`.
    """
    for reason in reasons:
        yield reason
        if reason.startswith("canary"):
            wrong = sorted(found["candidate"]["canary_wrong"], key=lambda one: -one["weight"])
            for turn in wrong[:TURNS_TOLD]:
                yield f"  {turn['where']}: {turn['text']!r}: {'; '.join(turn['wrong'])}"
            if len(wrong) > TURNS_TOLD:
                yield f"  and {len(wrong) - TURNS_TOLD} more"
        if advice := gates.look_at(reason):
            yield f"  next: {advice}"


def adapter_of(plan: Plan, found: Mapping[str, Any]) -> Path | None:
    """The adapter that goes into the release: the run's own, or the one in use where that reads better or is the only one."""
    return opponent(plan).llama if judge_adapter(found) else plan.made_adapter


def version_of(found: Mapping[str, Any], parts: ReleaseParts) -> str:
    """A name that is the same whenever the same models were measured on the same day."""
    files = [parts.tagger / "manifest.json", parts.policy, *([parts.llama / "manifest.json"] if parts.llama else [])]
    return f"{found['measured'][:10].replace('-', '.')}-{_hash(files)[:8]}"


def origin_of(plan: Plan, adapter: Path | None) -> Origin:
    """What the models of the release were made from; the adapter may be older than the run."""
    rows = [plan.note, *([plan.alpaca / "manifest.json"] if plan.config.alpaca else [])]
    settings = [Path(path) for path in (plan.config.tagger, plan.config.alpaca, plan.config.llama) if path]
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return Origin(
        data=_hash(rows), config=_hash(settings), code=described or "unknown", bases=dict(_bases(plan, adapter))
    )


def metrics_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """The figures that a release carries: those of the gates, the few on top as `assistant models list` shows them."""
    gates = found["candidate"]["gates"]
    short = {
        f"{key}_{lang}": round(those[key], 4)
        for lang, those in sorted(gates["languages"].items())
        for key in ("slot_f1", "clear_f1")
    }
    return {
        **short,
        "p95_ms": round(gates["latency_ms"]["p95"], 1),
        "gates": gates,
        "against": found["against"]["version"],
    }


def _bases(plan: Plan, adapter: Path | None) -> Iterator[tuple[str, str]]:
    """The pretrained models by name, with a hash over their weights."""
    tagger = json.loads((plan.tagger / "manifest.json").read_text(encoding="utf-8"))["config"]["encoder"]
    folder = Path(tagger)
    weights = sorted(path for path in folder.glob("*") if path.suffix in (".onnx", ".safetensors"))
    if weights:
        yield folder.name, _hash(weights)
    else:
        from training.encoder import PACKAGE_SHA256  # loads torch, and the recipe has checked this hash already

        yield tagger, PACKAGE_SHA256
    if adapter:
        base = json.loads((adapter / "manifest.json").read_text(encoding="utf-8"))["base"]
        yield str(base["name"]), hashlib.sha256(json.dumps(base, sort_keys=True).encode()).hexdigest()


def _hash(paths: Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    try:
        plan = plan_from(__doc__ or "", arguments)
        found = json.loads(plan.evaluation.read_text(encoding="utf-8"))
        if reasons := judge(found):
            print("promote: refused; the active version stays", *refusal(found, reasons), sep="\n  ", file=sys.stderr)
            print(f"  {plan.out / 'report.html'} shows more", file=sys.stderr)
            return 1
        if worse := judge_adapter(found):
            print("promote: the language model's adapter stays the one in use", *worse, sep="\n  ")
        release = promote(plan, found, releases_of(Settings().releases, load_domain(Path(plan.config.domain))))
        write_whole(plan.out / "promoted.json", [json.dumps({"version": release.version})])
    except (MaitreError, ValueError, OSError) as wrong:
        print(f"promote: {wrong}", file=sys.stderr)
        return 1
    print(
        f"promote: {release.version} is active; a running server takes it with `assistant models reload`, or on SIGHUP"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
