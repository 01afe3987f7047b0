"""What the language model adds: scenarios played with the tagger alone, with it alone, and with both.

    python -m bench.ablation_llama --lang en,ko tests/heldout/dev
    ASSISTANT_LLAMA=openai ASSISTANT_LLAMA_URL=... ASSISTANT_LLAMA_MODEL=... python -m bench.ablation_llama ...

Every column is a server of its own, started as an operator starts one, with an empty database; it is asked over gRPC. The
language model is the one that the `ASSISTANT_LLAMA*` variables name, else the one of the repository. A folder that holds
one folder per language is played language by language.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer
from rich.console import Console

from assistant.client import connected
from assistant.errors import MaitreError
from assistant.scenarios.files import Scenario, load_all
from assistant.scenarios.play import Mode, Played, play
from assistant.scenarios.results import results
from assistant.scenarios.score import Score, scores
from assistant.scenarios.server import private_server
from bench.llama_server import READERS

READY_WITHIN = 60.0


def scenarios_of(paths: Sequence[Path], language: str) -> tuple[Scenario, ...]:
    """The scenarios to play in a language: of a folder's own folder for it, where there is one."""
    return load_all([path / language if (path / language).is_dir() else path for path in paths])


async def play_with(reader: str, paths: Sequence[Path], languages: Sequence[Mode]) -> list[Played]:
    """Everything played once, one after another, on a server where `reader` reads."""
    played, run = [], uuid4().hex[:8]
    async with (
        private_server((sys.executable, "-m", "bench.llama_server", reader)) as target,
        connected(target) as client,
    ):
        await client.wait_until_serving(READY_WITHIN)
        for language in languages:
            for scenario in scenarios_of(paths, language):
                played.append(await play(client, scenario, language, name=f"{run}-{scenario.id}-{language}"))
    return played


def degraded(played: Sequence[Played], language: str) -> int:
    """Turns in which the language model was asked and gave nothing that holds."""
    return sum(turn.answer.degraded for one in played if one.mode == language for turn in one.turns)


def row(reader: str, score: Score, late: int) -> str:
    """One line of the table."""
    figures = (
        f"{score.right}/{score.turns} ({100 * score.right / max(1, score.turns):.1f} %)",
        f"{score.sets.f1:.3f}",
        f"{score.clears.precision:.3f} / {score.clears.recall:.3f} / {score.clears.f1:.3f}",
        f"{score.false_clears}",
        f"{score.resurrections}",
        f"{score.median_latency * 1e3:.0f} / {score.p95_latency * 1e3:.0f}",
        f"{late}",
    )
    return f"| {reader} | {' | '.join(figures)} |"


def table(language: str, by_reader: dict[str, list[Played]]) -> str:
    """The table of a language, in Markdown."""
    head = ("who reads", "turns right", "SET F1", "CLEAR P / R / F1", "false clears", "resurrections", "p50 / p95 ms")
    lines = [f"| {' | '.join(head)} | degraded |", f"|{'---|' * (len(head) + 1)}"]
    lines += [row(reader, scores(played)[language], degraded(played, language)) for reader, played in by_reader.items()]
    return "\n".join([f"### {language}", "", *lines])


def main(
    paths: Annotated[list[Path], typer.Argument(help="Scenario files, or folders of them.")],
    lang: Annotated[str, typer.Option(help="Which of en and ko to play, by commas.")] = "en,ko",
    readers: Annotated[str, typer.Option(help="Which columns to measure, by commas.")] = ",".join(READERS),
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write every turn of every column to this file.")
    ] = None,
) -> None:
    """Play and print."""
    console = Console(stderr=True)
    languages: list[Any] = [name for name in lang.split(",") if name in ("en", "ko")]
    by_reader: dict[str, list[Played]] = {}
    try:
        for reader in [name for name in readers.split(",") if name in READERS]:
            console.print(f"playing with: {reader}")
            by_reader[reader] = asyncio.run(play_with(reader, paths, languages))
    except MaitreError as error:
        console.print(f"{error}")
        raise typer.Exit(2) from None
    print("\n\n".join(table(language, by_reader) for language in languages))
    if json_file:
        found = {name: results(one, scores(one), (), target=name, repeats=1) for name, one in by_reader.items()}
        json_file.write_text(f"{json.dumps(found, ensure_ascii=False)}\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
