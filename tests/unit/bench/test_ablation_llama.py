"""The comparison plays each language's own folder and gives every reader one line per language."""

from pathlib import Path

import pytest

from assistant.scenarios.play import Played
from bench.ablation_llama import row, scenarios_of, table
from bench.llama_server import READERS, settings_for

HELDOUT = Path(__file__).parents[2] / "heldout" / "dev"


def test_a_folder_with_one_folder_per_language_is_played_language_by_language():
    english, korean = (scenarios_of([HELDOUT], language) for language in ("en", "ko"))
    assert {turn_language(one) for one in english} == {"en"}
    assert {turn_language(one) for one in korean} == {"ko"}


def turn_language(scenario) -> str:
    (language,) = {language for turn in scenario.turns if turn.say for language in turn.say}
    return language


def test_every_reader_has_a_line_for_every_language():
    played = [Played("S", "t", "en", 1, (), 0.0)]
    lines = table("en", dict.fromkeys(READERS, played)).splitlines()
    assert [line.split("|")[1].strip() for line in lines[4:]] == list(READERS)
    assert len({line.count("|") for line in lines[2:]}) == 1


def test_a_row_of_nothing_is_no_fault():
    from assistant.scenarios.score import Score

    assert "0/0" in row("tagger", Score(), 0)


@pytest.mark.parametrize(("reader", "backend"), [("tagger", "off"), ("llama", "local"), ("always", "local")])
def test_a_language_model_that_is_off_is_taken_from_this_machine(reader: str, backend: str, monkeypatch):
    monkeypatch.delenv("ASSISTANT_LLAMA", raising=False)
    settings = settings_for(reader)
    assert settings.llama == backend
    assert not settings.llama_reply
