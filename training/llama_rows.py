"""Alpaca rows as token ids: the prompt exactly as serving encodes it, then the answer and the token that ends it.

The trainers get ready ids and labels. Left to themselves they would encode prompt and answer as one text, which merges
tokens where serving cuts, and would read control tokens out of users' words. Knows no model.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant import prompts
from assistant.prompts import Encode, Prompt, Segment, Task

MASKED: Final = -100
"""The label of a token that counts for no loss."""
_TASKS: Final = {text: task for (task, _), text in prompts.INSTRUCTIONS.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the Alpaca data."""

    instruction: str
    given: str
    output: str

    @property
    def task(self) -> Task:
        """What the instruction asks for."""
        return _TASKS[self.instruction]

    @property
    def language(self) -> str:
        """`en` or `ko`, by the instruction."""
        return next(language for (_, language), text in prompts.INSTRUCTIONS.items() if text == self.instruction)


@dataclass(frozen=True, slots=True)
class Pair:
    """A prompt with the better and the worse answer; `better.given` and `worse.given` are the same."""

    better: Row
    worse: Row


@dataclass(frozen=True, slots=True)
class Encoder:
    """The parts of a base's tokenizer that training needs."""

    encode: Encode
    bos: int
    eos: int
    pad: int

    @classmethod
    def of(cls, tokenizer: Any) -> Encoder:
        """Take them from a tokenizer of transformers, whose pad token is set where it is missing or is EOS.

        Raises:
            ValueError: there is no BOS or EOS, or no token that could fill batches up.
        """
        vocabulary = tokenizer.get_vocab()
        if tokenizer.pad_token is None or tokenizer.pad_token == tokenizer.eos_token:
            # Llama 3 leaves tokens unused for this; EOS itself must not be padding, or its loss is masked away.
            spare = ("<|pad|>", "<|finetune_right_pad_id|>", "<|reserved_special_token_0|>")
            tokenizer.pad_token = next((token for token in spare if token in vocabulary), None)
        ids = {name: getattr(tokenizer, f"{name}_token_id") for name in ("bos", "eos", "pad")}
        for name, number in ids.items():
            if number is None:
                raise ValueError(f"tokenizer: {name}_token is missing; give the base a tokenizer that has one")
        return cls(prompts.encoder(tokenizer.backend_tokenizer), **ids)

    def prompt(self, row: Row) -> list[int]:
        """The ids that serving would send for this row."""
        return [self.bos, *prompts.token_ids(prompts.from_record(row.task, row.instruction, row.given), self.encode)]

    def answer(self, text: str) -> list[int]:
        """The ids of an answer, EOS included."""
        return [*self.encode(text, special=False), self.eos]

    def example(self, row: Row) -> dict[str, list[int]]:
        """`input_ids` and `labels` of a row; the prompt's labels are masked."""
        prompt, answer = self.prompt(row), self.answer(row.output)
        return {"input_ids": prompt + answer, "labels": [MASKED] * len(prompt) + answer}

    def pair(self, pair: Pair) -> dict[str, list[int]]:
        """`prompt_ids`, `chosen_ids` and `rejected_ids`, as TRL's DPO names them."""
        ids = {"chosen_ids": self.answer(pair.better.output), "rejected_ids": self.answer(pair.worse.output)}
        return {"prompt_ids": self.prompt(pair.better), **ids}


def read_rows(path: Path) -> list[Row]:
    """Read a JSONL file of rows.

    Raises:
        ValueError: a line is no row, or its instruction is not one of `assistant.prompts`; the message names the line.
    """
    return [
        _row(place, content["instruction"], content["input"], content["output"])
        for place, content in _lines(path, "instruction", "input", "output")
    ]


def read_pairs(path: Path) -> list[Pair]:
    """Read a JSONL file of preference pairs, whose prompt is the text that `assistant.prompts.as_text` writes.

    Raises:
        ValueError: a line is no pair, or its prompt is not one of `assistant.prompts`; the message names the line.
    """
    pairs = []
    for place, content in _lines(path, "prompt", "chosen", "rejected"):
        record = prompts.as_record(Prompt(Task.TRACK, (Segment(content["prompt"]),)))
        pairs.append(Pair(_row(place, *record, content["chosen"]), _row(place, *record, content["rejected"])))
    return pairs


def _lines(path: Path, *names: str) -> Iterator[tuple[str, dict[str, str]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line:
            continue
        try:
            content = json.loads(line)
        except ValueError as error:
            raise ValueError(f"{path}:{number}: no JSON: {error}") from error
        if not isinstance(content, dict) or not all(isinstance(content.get(name), str) for name in names):
            raise ValueError(f"{path}:{number}: no row with the texts {', '.join(names)}")
        yield f"{path}:{number}", content


def _row(place: str, instruction: str, given: str, output: str) -> Row:
    if instruction not in _TASKS:
        raise ValueError(f"{place}: instruction {instruction!r} is none of the prompts; build the data again")
    return Row(instruction, given, output)


def draw(rows: Sequence[Row], most: int, seed: int) -> list[Row]:
    """A sample of at most `most` rows (0 for all), the same for the same seed; a smaller one is part of a larger one."""
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    return shuffled[: most or None]
