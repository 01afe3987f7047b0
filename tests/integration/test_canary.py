"""The canary set through the real server, with the shipped tagger and a real policy: all of it is right, or nothing ships."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import ROOT, Settings

FOLDER = Path(__file__).parents[1] / "canary"
NEEDED = (Settings().tagger / "manifest.json", Settings().policy_python, Settings().policy_model)

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not all(path.is_file() for path in NEEDED), reason="needs `make ready` and a trained tagger"),
]


def test_every_turn_of_the_canary_set_is_right_in_both_languages():
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "test", str(FOLDER), "--lang", "en,ko", "--json", "-"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stderr
    turns = [turn for play in json.loads(done.stdout)["scenarios"] for turn in play["turns"]]
    assert 60 <= len(turns) <= 80
    wrong = [turn for turn in turns if not turn["right"]]
    assert not wrong, "\n".join(f"{turn['say']!r}: {turn['differences']}" for turn in wrong)
