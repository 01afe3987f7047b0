"""What stages say while they are at work."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from training.crew import Crew

BAR = (
    "import sys; [print(end=f'\\r{n} of 3', file=sys.stderr) for n in (1, 2, 3)]; print(file=sys.stderr); print('well')"
)


@pytest.fixture
def crew() -> Iterator[Crew]:
    lock, other = os.pipe()
    with Crew(lock) as made:
        yield made
    os.close(lock)
    os.close(other)


def test_lines_carry_the_name_of_their_stage_and_bars_are_told_seldom(
    crew: Crew, capsys: pytest.CaptureFixture[str]
) -> None:
    assert crew.run("tagger", (sys.executable, "-c", BAR)) == 0
    said = capsys.readouterr()
    assert said.out == "tagger | well\n"
    assert said.err == "tagger | 1 of 3\ntagger | 3 of 3\n"  # the second bar came within the minute


def test_the_status_of_a_command_is_told(crew: Crew, capsys: pytest.CaptureFixture[str]) -> None:
    assert crew.run("data", (sys.executable, "-c", "raise SystemExit('nlu.en.yml:3: no act')")) == 1
    assert capsys.readouterr().err == "data | nlu.en.yml:3: no act\n"


def test_ended_commands_are_not_waited_for_and_no_further_one_is_run(
    crew: Crew, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    slow = (sys.executable, "-u", "-c", "import time; print('here'); time.sleep(60)")
    worker = threading.Thread(target=crew.run, args=("llama", slow))
    worker.start()
    while not capsys.readouterr().out:
        time.sleep(0.02)
    crew.end(told=False)
    worker.join()
    assert crew.run("report", slow) == -1
    assert time.monotonic() - began < 30
