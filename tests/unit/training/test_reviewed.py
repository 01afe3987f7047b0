"""Reviewed utterances that may be learnt from, and those that may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.labels import labels_for
from nlu.types import Kind, Role, Span
from training.examples import Example
from training.mixture import hold_out, read_pools
from training.reviewed import admit


def row(text: str, *acts: str, spans: tuple[Span, ...] = (), **hints: tuple[str, ...]) -> Example:
    return Example(text, "en", acts, spans, hints, f"file:{text}", text)


HAND = [
    row("hmm, let me think about it", "unknown"),
    row("four", asked=("party_size",), spans=(Span("party_size", Role.VALUE, 0, 4, "four"),)),
    row("no", "deny"),
]


def test_a_row_that_says_something_new_is_learnt_from() -> None:
    new = row("hm, I need a minute", "unknown")
    assert admit([new], HAND).rows == (new,)


@pytest.mark.parametrize(
    "wrong",
    [
        row("No!", "affirm"),
        row("Hmm, let me think about it.", "affirm"),
        row("hmmm let me think about it", "affirm", phase=("confirming",)),
        row("four", asked=("party_size",), spans=(Span("time", Role.VALUE, 0, 4, "four"),)),
    ],
)
def test_a_row_that_contradicts_what_was_written_by_hand_is_left_out_and_named(wrong: Example) -> None:
    admitted = admit([wrong], HAND)
    assert admitted.rows == ()
    assert admitted.refused[0].startswith(f"{wrong.source}: ")


def test_the_same_words_may_mean_something_else_where_something_else_was_asked() -> None:
    time = row("four", asked=("time",), spans=(Span("time", Role.VALUE, 0, 4, "four"),))
    assert admit([time], HAND).rows == (time,)


def test_of_two_reviewed_rows_that_contradict_each_other_the_first_counts() -> None:
    first, second = row("suits me fine then", "affirm"), row("suits me fine, then", "deny")
    assert admit([first, second], HAND).rows == (first,)


def test_reviewed_rows_are_learnt_beside_those_written_by_hand_and_never_held_out() -> None:
    hand = [row(f"written {number}") for number in range(60)]
    said = [row(f"said {number}") for number in range(60)]
    split = hold_out({("hand", "en"): hand, ("reviewed", "en"): said}, {"hand": 0.5}, most=1000)
    assert set(split.train) == set(split.dev) == {("hand", "en")}
    assert all(one in split.train["hand", "en"] for one in said)
    assert split.dev["hand", "en"]
    assert not any(one in split.dev["hand", "en"] for one in said)


def test_the_reviewed_file_of_a_domain_is_read_and_its_contradictions_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    block = 'version: "3.1"\nnlu:\n- intent: {}\n  examples: |\n    - {}\n'
    (tmp_path / "data/nlu.en.yml").write_text(block.format("deny", "no way, not today"))
    (tmp_path / "data/reviewed.en.yml").write_text(
        block.format("affirm", "no way, not today!\n    - sure thing, my friend")
    )
    pools = read_pools(tmp_path, tmp_path / "absent", labels_for({"time": Kind.TIME}), generated=0, seed=1)
    assert [one.text for one in pools["reviewed", "en"]] == ["sure thing, my friend"]
    assert "reviewed.en.yml:5: 'no way, not today!' is left out" in capsys.readouterr().out
