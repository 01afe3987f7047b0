"""Every dialogue of tests/scenarios through the real server, with the trained tagger and the trained policy."""

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
def plays() -> dict[tuple[str, str], dict[str, Any]]:
    done = run("test", str(FOLDER), "--json", "-")
    assert done.returncode in (0, 1), done.stderr
    return {(one["id"], one["mode"]): one for one in json.loads(done.stdout)["scenarios"]}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scenario", IDS)
def test_every_turn_of_the_dialogue_is_right(plays, scenario, mode):
    wrong = [turn for turn in plays[scenario, mode]["turns"] if not turn["right"]]
    assert not wrong, "\n".join(f"{turn['turn']} {turn['say']!r}: {turn['differences']}" for turn in wrong)


def test_the_demonstration_ends_well():
    done = run("demo")
    assert done.returncode == 0, done.stdout + done.stderr
