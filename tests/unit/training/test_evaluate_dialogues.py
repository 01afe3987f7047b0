"""What is counted of dialogues that were played."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from assistant.errors import BadDomain
from assistant.scenarios.compare import Difference
from assistant.scenarios.files import Scenario, load
from assistant.scenarios.play import Answer, Mode, Played, PlayedTurn
from assistant.scenarios.view import View
from training.evaluate_dialogues import counts, errors, figures, latency, modes_of
from training.evaluate_dialogues import load as load_folders

SCENARIO = """id: {id}
clock: 2026-06-10T14:00:00+09:00
time_zone: Asia/Seoul
turns:
  - say: {say}
    slots: {{}}
    state: collecting
"""
BOTH = "{en: hello, ko: 안녕하세요}"


def scenario(folder: Path, say: str = BOTH) -> Scenario:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "D1.yaml").write_text(SCENARIO.format(id="D1", say=say))
    return load(folder / "D1.yaml")


def turn(number: int, said: str, *differences: Difference, cleared: str = "", seconds: float = 0.01) -> PlayedTurn:
    before = View(slots={"time": "19:00"}, state="collecting", asked="name")
    after = View(cleared=frozenset(filter(None, [cleared])), state="collecting")
    answer = Answer("OK", after, seconds)
    return PlayedTurn(number, "c", "en", said, View(), before, before, answer, differences, False)


def played(*turns: PlayedTurn, mode: Mode = "en") -> Played:
    return Played("D1", "", mode, 1, turns, 1.0)


WRONG = Difference("slots", "{}", "{time: 19:00}")


@pytest.mark.parametrize(
    ("say", "modes"), [(BOTH, ("en", "ko", "mixed")), ("{en: hello}", ("en",)), ("{ko: 네}", ("ko",))]
)
def test_a_dialogue_is_played_in_the_languages_that_it_has(tmp_path: Path, say: str, modes: tuple[str, ...]) -> None:
    assert modes_of(scenario(tmp_path, say)) == modes


def test_folders_may_use_the_same_ids_and_may_be_missing(tmp_path: Path) -> None:
    scenario(tmp_path / "en", "{en: hello}")
    scenario(tmp_path / "ko", "{ko: 네}")
    assert len(load_folders([str(tmp_path / "en"), str(tmp_path / "ko"), str(tmp_path / "absent")])) == 2


def test_a_dialogue_that_cannot_be_used_is_named_by_file_line_and_key(tmp_path: Path) -> None:
    scenario(tmp_path)
    broken = tmp_path / "D1.yaml"
    broken.write_text(broken.read_text().replace("state: collecting", "state: dreaming"))
    with pytest.raises(BadDomain, match=r"D1\.yaml:7: turns\.0\.state"):
        load_folders([str(tmp_path)])


def test_a_language_counts_what_was_played_in_it_throughout() -> None:
    found = [played(turn(1, "a", cleared="time")), played(turn(1, "b", cleared="time"), mode="mixed")]
    assert counts(found, "en").false_clears == 1
    assert counts(found, "en").quiet == 1
    assert counts(found, "ko").quiet == 0


def test_latency_is_that_of_all_turns() -> None:
    turns = [turn(number, "a", seconds=number / 1000) for number in range(1, 101)]
    assert latency([played(*turns)]) == {"p50": 50.5, "p95": pytest.approx(95.05), "turns": 100}
    assert latency([]) == {"p50": 0, "p95": 0, "turns": 0}


def test_the_canary_set_is_counted_in_turns() -> None:
    found = figures([played(turn(1, "a"))], [played(turn(1, "a"), turn(2, "b", WRONG))])
    assert found["canary"] == {"right": 1, "of": 2}
    assert found["scenarios"]["en"]["turns"] == 1


def test_a_false_clear_is_worse_than_another_mistake_and_a_later_mistake_less_than_the_first(tmp_path: Path) -> None:
    found = errors(
        [played(turn(1, "a", WRONG), turn(2, "b", WRONG)), played(turn(1, "c", WRONG, cleared="time"))],
        {Path("t.yaml"): scenario(tmp_path)},
    )
    assert [one["text"] for one in sorted(found, key=lambda one: -one["weight"])] == ["c", "a", "b"]
    assert found[0]["wrong"] == ["slots: {time: 19:00} instead of {}"]


def test_the_command_shows_where_the_dialogue_stood(tmp_path: Path) -> None:
    (found,) = errors([played(turn(1, "it's me", WRONG))], {Path("t.yaml"): scenario(tmp_path)})
    assert found["where"] == "t.yaml en turn 1"
    words = shlex.split(found["explain"])
    assert words[:3] == ["assistant", "explain", "it's me"]
    assert words[words.index("--set") + 1] == "time=19:00"
    assert words[words.index("--asked") + 1] == "name"
    assert words[words.index("--now") + 1] == "2026-06-10T14:00:00+09:00"
