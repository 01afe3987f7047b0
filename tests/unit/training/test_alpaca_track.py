"""Rows of the task track: from annotated utterances and from logged turns, and what is refused."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Op, Operation
from nlu.labels import labels_for
from nlu.types import Role, Span
from tests.support.annotated import DOMAIN
from training.alpaca_contexts import stock_of
from training.alpaca_rows import AlpacaRow, Part
from training.alpaca_track import Looks, rows_of, rows_of_turns, with_refs
from training.examples import DataError, Example, read_annotated

LABELS = labels_for({spec.name: spec.kind for spec in DOMAIN.slots})
LOOKS = Looks({"en": re.compile("delete|not"), "ko": re.compile("지워|말고")})
TURN: dict[str, Any] = {
    "id": "abc-2",
    "text": "Friday at 8 pm",
    "lang": "en",
    "now": "2026-06-10T14:00:00+09:00",
    "zone": "Asia/Seoul",
    "context": {"asked": "date", "phase": "collecting", "slots": {"party_size": {"status": "filled", "value": "4"}}},
    "operations": [
        {
            "op": "set",
            "slots": ["date"],
            "value": {"candidates": ["2026-06-12"]},
            "quote": {"start": 0, "end": 6, "text": "Friday"},
        },
        {
            "op": "set",
            "slots": ["time"],
            "value": {"candidates": ["20:00"]},
            "quote": {"start": 10, "end": 14, "text": "8 pm"},
        },
    ],
    "confidence": 0.9,
    "feedback": {},
    "disagrees": False,
    "reviewed": True,
}


def rows(annotated: str, acts: tuple[str, ...] | None = (), lang: str = "en") -> list[AlpacaRow]:
    text, spans = read_annotated(annotated, LABELS, "test")
    example = Example(text, lang, acts, spans, {}, "data/nlu.en.yml:1", text)
    return list(
        rows_of(
            [example],
            stock_of(DOMAIN, [Example("Bo", "en", (), (Span("name", Role.VALUE, 0, 2, "Bo"),))]),
            LOOKS,
            random.Random(2),
        )
    )


def turns(tmp_path: Path, *contents: dict[str, Any]) -> list[AlpacaRow]:
    path = tmp_path / "turns.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in contents), encoding="utf-8")
    return list(rows_of_turns(path, DOMAIN, LOOKS))


def test_a_row_is_the_prompt_of_the_service_and_the_operations_of_the_composer() -> None:
    (row,) = rows("[Friday](date) at [8 pm](time)")
    assert row.output == 'set date "Friday"\nset time "8 pm"'
    assert row.input.endswith('said "Friday at 8 pm"')
    assert row.task == "track"


def test_a_clear_a_hard_negative_and_a_plain_row_are_told_apart() -> None:
    assert rows('delete [the time]{"entity": "slot_ref", "role": "clear"}')[0].part is Part.CLEAR
    assert rows('do not touch [the time]{"entity": "slot_ref", "role": "keep"}')[0].part is Part.HARD_NEGATIVE
    assert rows("[8 pm](time) please")[0].part is Part.PLAIN


def test_a_value_that_is_replaced_looks_like_a_clear_by_its_annotation() -> None:
    text, spans = read_annotated('[8 pm](time) over [7]{"entity": "number", "role": "old"}', LABELS, "test")
    assert LOOKS.part(text, "en", [Operation(Op.SET, ("time",))], spans) is Part.HARD_NEGATIVE


@pytest.mark.parametrize("text", ["yes, [8 pm](time)", "can you do [8 pm](time)?", "I want [8 pm](time)"])
def test_rows_whose_acts_nobody_labelled_are_used_only_where_they_are_plain_answers(text: str) -> None:
    assert rows(text, None) == []
    assert rows("[8 pm](time)", None) != []


def test_words_that_the_lexicon_lacks_name_their_slot_in_the_rows() -> None:
    named = with_refs(DOMAIN, {"phone": ["my number"]})
    text, spans = read_annotated('delete [my number]{"entity": "slot_ref", "role": "clear"}', LABELS, "test")
    example = Example(text, "en", (), spans, {"phase": ("collecting",), "asked": ("date",)}, "x", text)
    stock = stock_of(named, [Example("Bo", "en", (), (Span("name", Role.VALUE, 0, 2, "Bo"),))])
    (row,) = rows_of([example], stock, LOOKS, random.Random(2))
    assert row.output == 'clear phone "my number"'


def test_words_for_a_slot_that_there_is_not_are_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        with_refs(DOMAIN, {"colour": ["hue"]})


# --- logged turns ------------------------------------------------------------------------------------------------------


def test_a_logged_turn_is_a_row_of_its_dialogue(tmp_path: Path) -> None:
    (row,) = turns(tmp_path, TURN)
    assert row.output == 'set date "Friday"\nset time "8 pm"'
    assert row.input == 'asked date | collecting create\nheld party_size=4\nsaid "Friday at 8 pm"'
    assert (row.dialogue, row.user) == ("abc", True)


def test_what_users_say_that_they_meant_is_not_learnt_from(tmp_path: Path) -> None:
    corrected = {"corrected": [{"op": "clear", "slots": ["date"], "quote": {"start": 0, "end": 6, "text": "Friday"}}]}
    (row,) = turns(tmp_path, TURN | {"feedback": corrected})
    assert row.output == 'set date "Friday"\nset time "8 pm"'


def test_turns_that_nobody_reviewed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="row 2: reviewed"):
        turns(tmp_path, TURN, TURN | {"reviewed": False})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"operations": [{"op": "explode"}]}, r"turns.jsonl:2: operations.0.op"),
        ({"operations": [{"op": "clear", "slots": ["colour"]}]}, r"turns.jsonl:2: operations: 'colour'"),
        (
            {"operations": [{"op": "clear", "slots": ["date"], "quote": {"start": 0, "end": 6, "text": "Monday"}}]},
            r"turns.jsonl:2: operations: the words 'Monday'",
        ),
        ({"context": {"slots": {"colour": {"status": "filled"}}}}, r"turns.jsonl:2: context.slots: 'colour'"),
        ({"lang": "fr"}, r"turns.jsonl:2: lang: 'fr'"),
        ({"text": None}, r"turns.jsonl:2: text"),
    ],
)
def test_a_turn_that_cannot_be_right_is_refused_by_file_and_line(
    change: dict[str, Any], complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match=complaint):
        turns(tmp_path, TURN, TURN | change)


def test_turns_that_are_no_text_are_refused_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "turns.jsonl"
    path.write_bytes(json.dumps(TURN).encode() + b"\n" + "네".encode("euc-kr") + b"\n")
    with pytest.raises(DataError, match=r"turns.jsonl:2: not UTF-8"):
        list(rows_of_turns(path, DOMAIN, LOOKS))
