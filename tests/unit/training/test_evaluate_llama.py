"""How an adapter is measured: as it is served, on rows that were held out."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import prompts
from assistant.domain import load_domain
from assistant.prompts import Task
from nlu.tagger import ModelError
from tests.support.tiny_llama import make_adapter, make_base
from training.evaluate_llama import figures
from training.llama_rows import Row

DOMAIN = load_domain(Path("domains/restaurant"))
ENGLISH = prompts.INSTRUCTIONS[Task.TRACK, "en"]
AWAY, STAYS = (
    Row(ENGLISH, 'asked time | collecting create\nsaid "drop it"', 'clear date "drop"'),
    Row(ENGLISH, 'asked time | collecting create\nsaid "yes"', "affirm"),
)
KOREAN = Row(prompts.INSTRUCTIONS[Task.REPLY, "ko"], "say ask_time", "몇 시요?")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base that has learnt to answer the first row rightly and the second with a clear."""
    lessons = [
        (prompts.from_record(row.task, row.instruction, row.given), answer)
        for row, answer in ((AWAY, AWAY.output), (STAYS, "clear all"))
    ]
    return make_base(tmp_path_factory.mktemp("llama") / "base", taught=lessons)


def test_answers_are_compared_word_for_word_and_clears_by_what_they_clear(base: Path, tmp_path: Path) -> None:
    adapter = make_adapter(tmp_path / "adapter", base, changes=False)
    found = figures(adapter, base, [AWAY, STAYS, KOREAN], DOMAIN)
    assert found["adapter"] == "fitted@1"
    assert found["languages"]["en"] == {
        "rows": 2,
        "exact": 0.5,
        "clear_f1": pytest.approx(2 / 3),  # one was wanted, two were said
        "false_clears": 1.0,
    }
    assert found["languages"]["ko"]["rows"] == 0  # a reply is nothing to read


def test_an_adapter_of_another_base_is_refused(base: Path, tmp_path: Path) -> None:
    other = make_base(tmp_path / "other", seed=5)
    with pytest.raises(ModelError, match="was trained with another base"):
        figures(make_adapter(tmp_path / "adapter", other), base, [AWAY], DOMAIN)
