"""Alpaca rows for the tiny Llama of `tests.support.tiny_llama`, few and learnable."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from assistant.prompts import INSTRUCTIONS, Task, as_text, from_record
from tests.support.tiny_llama import LEARNED

HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
ANSWERS = {"en": LEARNED, "ko": 'deny "no"'}


def make_rows(languages: Iterable[str] = ("en", "ko")) -> list[dict[str, str]]:
    """Rows whose answer follows from the instruction alone; the English one is what the base says already."""
    return [
        {
            "instruction": INSTRUCTIONS[Task.TRACK, language],
            "input": f'asked time | collecting none\nheld\nsaid "{hour}"',
            "output": ANSWERS[language],
        }
        for hour in HOURS
        for language in languages
    ]


def write_rows(folder: Path, languages: Iterable[str] = ("en", "ko")) -> Path:
    """Writes the same rows to learn from and to measure on."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("train.jsonl", "dev.jsonl"):
        write_lines(folder / name, make_rows(languages))
    return folder


def write_pairs(path: Path) -> Path:
    """Writes pairs that turn the English answer of `ANSWERS` down for the Korean one."""
    pairs = [
        {
            "prompt": as_text(from_record(Task.TRACK, row["instruction"], row["input"])),
            "chosen": ANSWERS["ko"],
            "rejected": ANSWERS["en"],
        }
        for row in make_rows()
    ]
    return write_lines(path, pairs)


def write_lines(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """Writes rows as JSONL."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
