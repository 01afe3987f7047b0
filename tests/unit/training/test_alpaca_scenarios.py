"""Rows out of transcripts: the tagger's reading counts only where it leads to what the transcript writes."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.types import Conversation, Message, Op, Operation, Quote
from tests.support.annotated import DOMAIN
from training.alpaca_rows import AlpacaRow, Part
from training.alpaca_scenarios import SURE, Reader, scenario_rows
from training.alpaca_track import Looks

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LOOKS = Looks({"en": re.compile("forget"), "ko": re.compile("지워")})


class OneWord:
    """A tagger that takes every message for the same thing."""

    version = "one@1"

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations

    def understand(self, message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        whole = Quote(0, len(message.text), message.text)
        topics = {Op.ASK: message.text}
        return tuple(replace(one, quote=whole, topic=topics.get(one.op, "")) for one in self.operations)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SCENARIOS / "S04_clear_one.yaml", tmp_path)
    return tmp_path


def rows(folder: Path, *operations: Operation) -> dict[str, AlpacaRow]:
    found = scenario_rows(folder, Reader(DOMAIN, OneWord(*operations), LOOKS))
    return {row.input.split("\nsaid ")[1]: row for row in found}


def test_a_reading_that_leads_to_the_written_slots_is_a_row(folder: Path) -> None:
    found = rows(folder, Operation(Op.CLEAR, ("time",)))
    row = found['"Forget the time for now."']
    assert row.output == 'clear time "Forget the time for now."'
    assert (row.dialogue, row.part) == ("S04", Part.CLEAR)
    assert "party_size=4" in row.input


def test_a_reading_that_leads_elsewhere_is_none(folder: Path) -> None:
    found = rows(folder, Operation(Op.CLEAR, ("date",)))
    assert '"Forget the time for now."' not in found


def test_a_doubtful_reading_is_none(folder: Path) -> None:
    assert rows(folder, Operation(Op.CLEAR, ("time",), confidence=SURE - 0.1)) == {}


def test_both_languages_are_read(folder: Path) -> None:
    assert {row.lang for row in rows(folder, Operation(Op.ASK)).values()} == {"en", "ko"}


def test_a_turn_that_is_marked_so_is_a_hard_negative(tmp_path: Path) -> None:
    shutil.copy(SCENARIOS / "S11_false_friends.yaml", tmp_path)
    assert rows(tmp_path, Operation(Op.ASK))['"취소 수수료 있어요?"'].part is Part.HARD_NEGATIVE
