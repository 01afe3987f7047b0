"""`assistant review` with keys from a pipe: what it keeps, where it goes on, what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.feedback.candidates import dump, read_reviewed
from tests.unit.assistant.feedback.test_review import LABELS, Reads, candidate
from training.examples import read_rasa
from training.llama_rows import read_pairs

LINES = ["affirm|that is right", "|at [8](time) sharp", "deny|[nine](time) of us really", "chitchat|lovely weather"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with four candidates, and a tagger that reads them as they were understood."""
    rows = [candidate(line, confidence=0.5 + number / 10) for number, line in enumerate(LINES)]
    (tmp_path / "out.jsonl").write_text("".join(f"{dump(row)}\n" for row in rows))
    monkeypatch.setattr("nlu.tagger.Tagger.load", lambda _: Reads(*LINES))
    return tmp_path


def review(folder: Path, *typed: str) -> Result:
    out = str(folder / "reviewed.LANG.yml")
    return CliRunner().invoke(app, ["review", str(folder / "out.jsonl"), "--out", out], input="\n".join([*typed, ""]))


def decide(folder: Path, keys: dict[str, str]) -> Result:
    """Reviews with a key for each message, whatever their order."""
    order = review(folder, *["s"] * len(LINES)).output.splitlines()
    shown = [text for line in order for text in keys if line.strip() == text]
    return review(folder, *(keys[text] for text in shown))


KEYS = {
    "that is right": "a",
    "at 8 sharp": "r",
    "nine of us really": "c |[nine](party_size) of us really",
    "lovely weather": "s",
}


def test_a_review_leaves_rows_for_the_tagger_that_training_reads(folder: Path) -> None:
    result = decide(folder, KEYS)
    assert result.exit_code == 0, result.output
    rows = read_rasa(folder / "reviewed.en.yml", "en", LABELS)
    assert {row.text: row.acts for row in rows} == {"that is right": ("affirm",), "nine of us really": ()}
    assert rows[0].hints["filled"] == ("time",)


def test_a_review_leaves_turns_and_pairs_for_the_language_model(folder: Path) -> None:
    decide(folder, KEYS)
    turns = {row.text: row for row in read_reviewed(folder / "out.turns.jsonl")}
    assert set(turns) == {"that is right", "nine of us really"}
    assert [one.slots for one in turns["nine of us really"].operations] == [("party_size",)]
    (pair,) = read_pairs(folder / "out.pairs.jsonl")
    assert pair.better.output == 'set party_size "nine"'
    assert "deny" in pair.worse.output
    assert 'said "nine of us really"' in pair.better.given


def test_a_review_goes_on_where_it_stopped(folder: Path) -> None:
    first = review(folder, "r", "q")
    assert "4 candidates, 0 decided before" in first.output
    with (folder / "out.decisions.jsonl").open("a") as decisions:
        decisions.write('{"id": "cut o')  # killed while writing
    second = review(folder, "s", "s", "s")
    assert "4 candidates, 1 decided before" in second.output
    assert "3/3" in second.output
    assert len((folder / "out.decisions.jsonl").read_text().splitlines()) == 1


def test_rows_of_an_earlier_review_stay_and_stand_once(folder: Path) -> None:
    decide(folder, KEYS)
    (folder / "out.decisions.jsonl").unlink()
    decide(folder, KEYS | {"nine of us really": "r", "lovely weather": "a"})
    rows = read_rasa(folder / "reviewed.en.yml", "en", LABELS)
    assert sorted(row.text for row in rows) == ["lovely weather", "nine of us really", "that is right"]


def test_a_key_that_cannot_be_taken_is_asked_again(folder: Path) -> None:
    result = review(folder, "x", "c affirm|something else", "?", "r", "q")
    assert "'x' is no key" in result.output
    assert "but the message is" in result.output
    assert "acts|text with [words](label.role)" in result.output
    assert len((folder / "out.decisions.jsonl").read_text().splitlines()) == 1


def test_another_file_in_the_place_of_the_reviewed_rows_is_left_alone(folder: Path) -> None:
    (folder / "reviewed.en.yml").write_text("something: else\n")
    result = decide(folder, KEYS)
    assert result.exit_code == 1
    assert "reviewed.en.yml" in result.output
    assert (folder / "reviewed.en.yml").read_text() == "something: else\n"


def test_a_line_that_is_no_candidate_is_named(folder: Path) -> None:
    row = json.loads((folder / "out.jsonl").read_text().splitlines()[0])
    del row["lang"]
    (folder / "out.jsonl").write_text(f"\n{json.dumps(row)}\n")
    result = review(folder, "q")
    assert result.exit_code == 1
    assert "out.jsonl:2: lang" in result.output
