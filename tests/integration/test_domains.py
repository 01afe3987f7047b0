"""Domain folders as their tools see them: Rasa accepts them, and a domain without Python of its own holds its dialogues."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.new_domain import make_domain
from assistant.settings import ROOT

RASA = ROOT / "policy" / ".venv" / "bin" / "rasa"
TAGGER, POLICY = ROOT / "var" / "tagger-salon", ROOT / "var" / "policy-model-salon.tar.gz"

pytestmark = pytest.mark.integration


@pytest.mark.skipif(not RASA.exists(), reason="the policy's environment is not built (policy/.venv)")
@pytest.mark.parametrize("name", ["template", "salon", "restaurant"])
def test_rasa_finds_nothing_wrong_with_the_folder(tmp_path: Path, name: str) -> None:
    folder, _ = make_domain("clinic", tmp_path, name if name == "template" else str(ROOT / "domains" / name))
    done = subprocess.run(
        [RASA, "data", "validate"],
        cwd=folder,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "No story structure conflicts found" in done.stdout + done.stderr


@pytest.mark.skipif(
    not (TAGGER / "manifest.json").is_file() or not POLICY.is_file(),
    reason="needs `make policy-model tagger DOMAIN=salon`",
)
def test_the_dialogues_of_the_salon_are_right_in_both_languages() -> None:
    settings = {
        "ASSISTANT_DOMAIN": str(ROOT / "domains" / "salon"),
        "ASSISTANT_TAGGER": str(TAGGER),
        "ASSISTANT_POLICY_MODEL": str(POLICY),
    }
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "test", "tests/scenarios-salon", "--lang", "en,ko", "--json", "-"],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    wrong = [
        f"{one['id']} {one['mode']} {turn['say']!r}: {turn['differences']}"
        for one in report["scenarios"]
        for turn in one["turns"]
        if not turn["right"]
    ]
    assert not wrong, "\n".join(wrong)
