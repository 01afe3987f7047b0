"""Measures adapters of the language model on rows that were held out, as they are served: greedily, under the grammar.

Knows the engine that serves a model and the rows it learns from; does not know which adapter is whose.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import torch
from tqdm import tqdm  # type: ignore[import-untyped]

from assistant import prompts, track
from assistant.adapters.llama_engine import Answer, Engine
from assistant.domain import Domain
from assistant.prompts import Prompt, Task
from assistant.scenarios.score import Rate
from training.llama_rows import Row, draw

MOST_ROWS: Final = 120
"""Rows to read of each language."""
TOGETHER: Final = 8
"""Prompts answered at once, as in serving."""
LONGEST: Final = 128
"""New tokens of an answer, as in serving."""
_ADAPTER: Final = "measured"


def figures(adapter: Path, base: Path, rows: Sequence[Row], domain: Domain) -> dict[str, Any]:
    """How well an adapter reads, as JSON: by language the share of answers that are right word for word, and CLEAR.

    Args:
        adapter: its folder.
        base: the folder of its base.
        rows: held out; of the rows for reading, the same MOST_ROWS of each language are asked every time.
        domain: whose slots the grammar allows.

    Raises:
        ModelError: the adapter is damaged, or does not belong to the base.
    """
    engine = Engine.load(base, {_ADAPTER: adapter})
    torch.set_num_threads(1)  # more only wait for each other on a model this small
    asked = {
        lang: draw([row for row in rows if row.task is Task.TRACK and row.language == lang], MOST_ROWS, seed=0)
        for lang in domain.languages
    }
    with tqdm(total=sum(map(len, asked.values())), desc="language model", mininterval=5) as bar:
        scores = {lang: _score(those, list(_answers(engine, those, domain, bar))) for lang, those in asked.items()}
    return {"adapter": engine.label(_ADAPTER), "languages": scores}


def _answers(engine: Engine, rows: Sequence[Row], domain: Domain, bar: Any) -> Iterator[str]:
    """What the model says to each row; nothing where it does not come to an end."""
    for start in range(0, len(rows), TOGETHER):
        few = rows[start : start + TOGETHER]
        said: list[list[str]] = [[] for _ in few]
        answers = [_ask(row, domain, pieces) for row, pieces in zip(few, said, strict=True)]
        engine.answer(answers, _ADAPTER)
        yield from ("" if one.fault else "".join(pieces) for one, pieces in zip(answers, said, strict=True))
        bar.update(len(few))


def _ask(row: Row, domain: Domain, pieces: list[str]) -> Answer:
    prompt = prompts.from_record(row.task, row.instruction, row.given)
    grammar = track.grammar(domain, _said(prompt))
    return Answer(prompt=prompt, grammar=grammar, most=LONGEST, until=math.inf, tell=pieces.append)


def _said(prompt: Prompt) -> str:
    """The guest's message, which is the last thing of a prompt that is a user's."""
    return prompts.unescape(next(one.text for one in reversed(prompt.segments) if one.user))


def _score(rows: Sequence[Row], answers: Sequence[str]) -> dict[str, Any]:
    clears, false, quiet = Rate(), 0, 0
    for row, answer in zip(rows, answers, strict=True):
        wanted, found = (frozenset(_clears(text)) for text in (row.output, answer))
        clears.add(wanted, found)
        quiet += not wanted
        false += bool(found and not wanted)
    return {
        "rows": len(rows),
        "exact": sum(row.output == answer for row, answer in zip(rows, answers, strict=True)) / max(len(rows), 1),
        "clear_f1": clears.f1,
        "false_clears": false / max(quiet, 1),
    }


def _clears(answer: str) -> Iterable[str]:
    """The lines that take something away, without the words that they rest on."""
    lines = (line.partition(' "')[0] for line in answer.split("\n"))
    return (line for line in lines if line.startswith("clear "))
