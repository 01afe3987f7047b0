"""`make train` from the shipped tagger to a verdict, with next to no training: about two minutes on two free cores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from assistant.settings import Settings
from training.pipeline import main

pytestmark = [
    pytest.mark.recipes,
    pytest.mark.skipif(
        not Settings().policy_python.is_file() or not (Settings().tagger / "manifest.json").is_file(),
        reason="needs `make env` and a trained tagger",
    ),
]


def test_a_run_ends_with_a_verdict_and_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_RELEASES", str(tmp_path / "releases"))
    given = yaml.safe_load(Path("training/configs/tagger/restaurant-again.yml").read_text(encoding="utf-8"))
    little = {"generated": 100, "epochs": 1, "epoch_examples": 64, "batch": 16, "threads": 1, "learning_rate": 1e-9}
    (tmp_path / "tagger.yml").write_text(yaml.safe_dump({**given, **little, "embedding_rate": 1e-9}))
    settings = yaml.safe_load(Path("training/configs/train/restaurant.yml").read_text(encoding="utf-8"))
    changed = {"tagger": str(tmp_path / "tagger.yml"), "alpaca": "", "llama": "", "scenarios": []}
    (tmp_path / "mine.yml").write_text(yaml.safe_dump({**settings, **changed}))
    arguments = [str(tmp_path / "mine.yml"), "--runs", str(tmp_path / "runs"), "--data", str(tmp_path / "absent")]

    status = main(arguments)
    figures = json.loads((tmp_path / "runs/mine/report.json").read_text())
    assert status == (0 if figures["verdict"]["promote"] else 1), capfd.readouterr()
    assert (tmp_path / "releases/restaurant/active.json").is_file() == figures["verdict"]["promote"]
    assert figures["candidate"]["gates"]["canary"] == figures["active"]["gates"]["canary"]
    assert figures["candidate"]["gates"]["canary"]["of"] > 60
    assert "report.html" in capfd.readouterr().out

    assert main(arguments) == status
    again = capfd.readouterr().out
    assert all(f"{stage}: up to date" in again for stage in ("data", "tagger", "policy", "evaluate", "report"))
