"""The ablation plays a conversation like the service does, and its keyword baseline finds what it claims to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadRequest
from assistant.scenarios.files import load
from bench.ablation import play_turns
from bench.keywords import find
from nlu.types import Moment
from tests.support.annotated import DOMAIN, WEDNESDAY, ZONE
from tests.support.fakes import AnnotatedTagger

HEAD = """
id: X1
clock: 2026-06-10T14:00:00+09:00
time_zone: Asia/Seoul
start: {slots: {restaurant: hanok_table, date: 2026-06-12, time: "19:00", party_size: 4, name: Kim}}
turns:
"""
CLEARED = """
  - say: {en: "|forget [the time](slot_ref.clear)"}
    slots: {restaurant: hanok_table, date: 2026-06-12, party_size: 4, name: Kim}
    cleared: [time]
    state: collecting
"""
ANSWERED = """
  - say: {en: "|[8](number)"}
    slots: {restaurant: hanok_table, date: 2026-06-12, time: "20:00", party_size: 4, name: Kim}
    state: confirming
"""
BOOKED_AND_CANCELLED = """
  - say: {en: "affirm|yes"}
    slots: {restaurant: hanok_table, date: 2026-06-12, time: "20:00", party_size: 4, name: Kim}
    state: booked
  - say: {en: "cancel|cancel"}
    slots: {restaurant: hanok_table, date: 2026-06-12, time: "20:00", party_size: 4, name: Kim}
    state: confirming
  - say: {en: "affirm|yes"}
    slots: {}
    state: idle
"""


def played(tmp_path: Path, turns: str) -> list[bool]:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD + turns, encoding="utf-8")
    understand = AnnotatedTagger().understand
    return list(play_turns(load(path), "en", understand, DOMAIN))


def test_a_conversation_is_followed_from_the_slots_it_starts_with_to_its_end(tmp_path: Path) -> None:
    assert played(tmp_path, CLEARED + ANSWERED + BOOKED_AND_CANCELLED) == [True] * 5


def test_a_turn_with_one_wrong_slot_is_wrong(tmp_path: Path) -> None:
    assert played(tmp_path, CLEARED.replace("forget [the time](slot_ref.clear)", "hello")) == [False]


def test_a_turn_in_another_language_is_left_out(tmp_path: Path) -> None:
    assert played(tmp_path, CLEARED.replace("en:", "ko:")) == []


def test_what_needs_a_server_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="X1, turn 1"):
        played(tmp_path, CLEARED.replace('say: {en: "|forget [the time](slot_ref.clear)"}', "call: {rpc: UndoChange}"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("this Friday at 7 pm for four people", ["date", "time", "party_size"]),
        ("make it 8 instead of 7", ["number", "number.old"]),
        ("금요일 말고 토요일 저녁 6시 반에 다섯 명", ["date.old", "date", "time", "party_size"]),
        ("forget the time", ["slot_ref.clear"]),
        ("see you this afternoon", []),
    ],
)
def test_keywords_find_plain_values_and_nothing_inside_other_words(text: str, found: list[str]) -> None:
    spans = find(text, DOMAIN, Moment(WEDNESDAY, ZONE)).spans
    assert [span.label if span.role == "value" else f"{span.label}.{span.role}" for span in spans] == found
