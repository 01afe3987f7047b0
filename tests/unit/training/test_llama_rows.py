"""Rows as token ids: what the model learns from is what serving sends."""

import json
from pathlib import Path
from typing import Any

import pytest
from transformers import AutoTokenizer

from assistant.adapters.llama_engine import Engine
from assistant.prompts import INSTRUCTIONS, Task, from_record
from tests.support.llama_rows import HOURS, make_rows, write_lines, write_pairs
from tests.support.tiny_llama import make_base
from training.llama_rows import MASKED, Encoder, Row, draw, read_pairs, read_rows


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("llama") / "base")


@pytest.fixture(scope="module")
def tokenizer(base: Path) -> Any:
    return AutoTokenizer.from_pretrained(base)


def row(said: str, output: str = "affirm") -> Row:
    return Row(INSTRUCTIONS[Task.TRACK, "en"], f'asked time\nheld name="{said}"\nsaid "{said}"', output)


@pytest.mark.parametrize("said", ["7시", "<|end_of_text|>", r"a \"quote\" \# \u{a}", "", "👍 한옥"])
def test_a_prompt_is_learnt_with_the_ids_that_serving_sends(base: Path, tokenizer: Any, said: str) -> None:
    learnt = Encoder.of(tokenizer).prompt(row(said))
    served = Engine.load(base, {}).tokens(from_record(Task.TRACK, row(said).instruction, row(said).given))
    assert learnt == served


def test_only_the_answer_and_its_end_are_learnt(tokenizer: Any) -> None:
    encoder = Encoder.of(tokenizer)
    example = encoder.example(row("7시", 'set time "7시"'))
    start = len(encoder.prompt(row("7시")))
    assert example["labels"][:start] == [MASKED] * start
    assert example["labels"][start:] == example["input_ids"][start:]
    assert tokenizer.decode(example["labels"][start:-1]) == 'set time "7시"'
    assert example["labels"][-1] == tokenizer.eos_token_id


def test_a_control_token_in_an_answer_is_plain_letters(tokenizer: Any) -> None:
    ids = Encoder.of(tokenizer).answer('affirm "<|end_of_text|>"')
    assert ids.count(tokenizer.eos_token_id) == 1


def test_padding_is_never_the_end(base: Path) -> None:
    unpadded = AutoTokenizer.from_pretrained(base, pad_token="<|end_of_text|>")
    encoder = Encoder.of(unpadded)
    assert encoder.pad != encoder.eos
    assert unpadded.pad_token == "<|pad|>"


def test_a_tokenizer_without_a_token_to_pad_with_is_refused(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poor = AutoTokenizer.from_pretrained(base, pad_token=None)
    monkeypatch.setattr(poor, "get_vocab", lambda: {"<|end_of_text|>": 1})
    with pytest.raises(ValueError, match="pad_token is missing"):
        Encoder.of(poor)


def test_a_smaller_sample_is_part_of_a_larger_one(tmp_path: Path) -> None:
    rows = read_rows(write_lines(tmp_path / "rows.jsonl", make_rows()))
    assert draw(rows, 3, seed=1) == draw(rows, 8, seed=1)[:3]
    assert len(draw(rows, 0, seed=1)) == len(rows) == 2 * len(HOURS)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "rows.jsonl:1: no JSON"),
        ("[]", "no row with the texts instruction, input, output"),
        ('{"instruction": "a", "input": 3, "output": "c"}', "no row with the texts"),
        ('{"instruction": "Sing.", "input": "b", "output": "c"}', "'Sing.' is none of the prompts"),
    ],
)
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "rows.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_rows(tmp_path / "rows.jsonl")


def test_a_preference_pair_has_the_prompt_of_its_row(tmp_path: Path, tokenizer: Any) -> None:
    encoder = Encoder.of(tokenizer)
    pair = read_pairs(write_pairs(tmp_path / "pairs.jsonl"))[1]
    ids = encoder.pair(pair)
    assert pair.better == Row(
        **{"instruction": (row := make_rows()[1])["instruction"], "given": row["input"]}, output='deny "no"'
    )
    assert ids["prompt_ids"] == encoder.prompt(pair.better)
    assert ids["chosen_ids"][-1] == ids["rejected_ids"][-1] == tokenizer.eos_token_id


def test_a_pair_with_a_foreign_prompt_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text(json.dumps({"prompt": "Hello", "chosen": "a", "rejected": "b"}) + "\n")
    with pytest.raises(ValueError, match="'Hello' is none of the prompts"):
        read_pairs(tmp_path / "pairs.jsonl")
