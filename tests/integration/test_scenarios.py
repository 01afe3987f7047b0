"""The dialogues of tests/scenarios through the real server, with the shipped tagger and a real policy.

Every dialogue must be right, in English, Korean and mixed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.scenarios.files import find, load
from assistant.scenarios.play import MODES
from assistant.settings import ROOT, Settings

FOLDER = Path(__file__).parents[1] / "scenarios"
IDS = [load(path).id for path in find([FOLDER])]
NEEDED = (Settings().tagger / "manifest.json", Settings().policy_python, Settings().policy_model)

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not all(path.is_file() for path in NEEDED), reason="needs `make ready` and a trained tagger"),
]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    done = run("test", str(FOLDER), "--json", "-")
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scenario", IDS)
def test_every_turn_of_the_dialogue_is_right(report, scenario, mode):
    (play,) = [one for one in report["scenarios"] if (one["id"], one["mode"]) == (scenario, mode)]
    wrong = [turn for turn in play["turns"] if not turn["right"]]
    assert not wrong, "\n".join(f"{turn['turn']} {turn['say']!r}: {turn['differences']}" for turn in wrong)


def test_no_value_that_was_taken_back_returns_and_none_is_taken_by_mistake(report):
    assert report["totals"]["all"]["resurrections"] == 0
    assert report["totals"]["all"]["false_clear_rate"] <= 0.005


def test_the_demonstration_ends_well():
    done = run("demo")
    assert done.returncode == 0, done.stdout + done.stderr
