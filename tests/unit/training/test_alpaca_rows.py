"""Alpaca rows: no copies, nothing on both sides of the split, the shares that were asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from training.alpaca_rows import (
    AlpacaRow,
    Part,
    balance,
    bare,
    read_rows,
    split,
    take,
    varied,
    without_copies,
    write_rows,
)

SHARES = {Part.CLEAR: 0.125, Part.HARD_NEGATIVE: 0.1}


def row(
    said: str, output: str = "affirm", *, lang: str = "en", part: Part = Part.PLAIN, user: bool = False
) -> AlpacaRow:
    return AlpacaRow("List", f'asked none\nsaid "{said}"', output, "track", lang, said, "hand", part, user)


def many() -> list[AlpacaRow]:
    parts = [Part.CLEAR] * 3 + [Part.HARD_NEGATIVE] * 3 + [Part.PLAIN] * 14
    track = [
        row(f"{chr(97 + number % 26)}{chr(97 + number // 26)}", lang=lang, part=parts[number % 20])
        for number in range(300)
        for lang in ("en", "ko")
    ]
    reply = [replace(one, task="reply", input=f"says.x{one.dialogue}", output=one.dialogue) for one in track[:80]]
    return track + reply


def test_a_row_is_there_once() -> None:
    assert len(without_copies([row("yes"), row("yes")], 3)) == 1


def test_rows_that_differ_in_figures_marks_and_case_are_thinned_out() -> None:
    rows = [row(said, f'set time "{said}"') for said in ("at 7 pm", "At 8 pm!", "at 9pm", "at ten")]
    assert [one.dialogue for one in without_copies(rows, 2)] == ["at 7 pm", "At 8 pm!", "at ten"]


def test_the_same_words_with_another_meaning_are_no_copy() -> None:
    assert len(without_copies([row("7", 'set time "7"'), row("7", 'set party_size "7"')], 1)) == 2


@pytest.mark.parametrize(("one", "other"), [("At 7 pm!", "at 12PM"), ("7시요~", "８시요")])
def test_texts_are_compared_without_figures_marks_and_case(one: str, other: str) -> None:
    assert bare(one) == bare(other)


def test_a_dialogue_stands_on_one_side_of_the_split() -> None:
    rows = [replace(one, dialogue=str(number % 40)) for number, one in enumerate(many())]
    train, dev = split(rows, 0.3)
    assert dev
    assert not {(one.task, one.dialogue) for one in train} & {(one.task, one.dialogue) for one in dev}


def test_what_is_measured_on_is_said_nowhere_in_what_is_learnt_from() -> None:
    rows = [replace(row(f"at {number} pm"), dialogue=str(number)) for number in range(50)]
    train, dev = split(rows, 0.3)
    assert dev
    assert train == []


def test_what_users_said_is_never_measured_on() -> None:
    train, dev = split([replace(one, user=True) for one in many()], 0.5)
    assert dev == []
    assert len(train) == len(many())


def test_clears_and_hard_negatives_get_their_shares() -> None:
    track = [one for one in balance(many(), SHARES) if one.task == "track"]
    assert sum(one.part is Part.CLEAR for one in track) / len(track) == pytest.approx(0.125, abs=0.01)
    assert sum(one.part is Part.HARD_NEGATIVE for one in track) / len(track) == pytest.approx(0.1, abs=0.01)
    assert sum(one.lang == "ko" for one in track) == pytest.approx(len(track) / 2, abs=2)


def test_a_smaller_file_is_part_of_a_larger_one() -> None:
    rows = balance(varied(many(), 1), SHARES)
    small, large = take(rows, 50, 0.2, SHARES), take(rows, 200, 0.2, SHARES)
    assert set(small) < set(large)
    assert len(large) == 200
    assert sum(one.task == "reply" for one in large) == 40


def test_an_order_is_varied_from_its_beginning() -> None:
    rows = [row(f"yes {number}") for number in range(400)] + [row("undo that", "undo"), row("redo that", "redo")]
    assert {"undo", "redo"} <= {one.output for one in varied(rows, 1)[:50]}


def test_rows_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    rows = [row("네\u2028"), row("x", part=Part.CLEAR, user=True)]
    write_rows(rows, tmp_path / "rows.jsonl")
    assert read_rows(tmp_path / "rows.jsonl") == rows
