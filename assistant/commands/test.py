"""`assistant test`: plays scenario files against a server and compares every turn."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import grpc
import typer
from rich.console import Console

from assistant.commands.client import CaOption, TokenOption
from assistant.commands.problems import complain
from assistant.errors import BadRequest, MaitreError

if TYPE_CHECKING:  # loading these takes gRPC, which other commands do without
    from assistant.scenarios.files import Scenario
    from assistant.scenarios.play import Mode, Played

READY_WITHIN = 10.0
"""Seconds that a server that was started by somebody else gets to say that it serves."""


@dataclass(frozen=True, slots=True)
class _Server:
    """Where to play; an empty target: a server of our own."""

    target: str
    token: str
    ca: Path | None


def play_scenarios(
    paths: Annotated[list[Path], typer.Argument(help="Scenario files, or folders of them.")],
    lang: Annotated[str, typer.Option(help="Which of en, ko and mixed to play, by commas.")] = "en,ko,mixed",
    json_file: Annotated[
        str, typer.Option("--json", help="Write the results as JSON to this file; - prints them.")
    ] = "",
    repeat: Annotated[int, typer.Option(min=1, help="Play everything so often, and tell what is unstable.")] = 1,
    target: Annotated[
        str, typer.Option("--target", "--server", help="A running server, host:port; default: our own.")
    ] = "",
    only: Annotated[str, typer.Option(help="Only the scenarios with these ids, by commas.")] = "",
    token: TokenOption = "",
    ca: CaOption = None,
) -> None:
    """Play scenarios and compare every turn: 0 if all are right, 1 if not, 2 if something cannot be used."""
    from assistant.scenarios.report import print_scores, print_unstable
    from assistant.scenarios.results import results
    from assistant.scenarios.score import scores
    from assistant.scenarios.stability import unstable_turns

    modes = _modes(lang)
    console = Console(stderr=json_file == "-")
    try:
        scenarios = _load(paths, _names(only), foreign=bool(target))
        played, used = asyncio.run(_play_all(scenarios, modes, repeat, _Server(target, token, ca), console))
    except grpc.aio.AioRpcError as error:
        complain(f"{target or 'the server'}: {error.code().name}: {error.details()}")
    except (MaitreError, OSError) as error:
        complain(str(error))
    except asyncio.CancelledError:
        complain("stopped", code=1)
    totals, unstable = scores(played), unstable_turns(played)
    print_scores(totals, console)
    if repeat > 1:
        print_unstable(unstable, repeat, console)
    if json_file:
        _write(
            json_file, json.dumps(results(played, totals, unstable, target=used, repeats=repeat), ensure_ascii=False)
        )
    raise typer.Exit(0 if all(one.right for one in played) else 1)


def _modes(text: str) -> tuple[Mode, ...]:
    from assistant.scenarios.play import MODES

    named = _names(text)
    if not named or any(name not in MODES for name in named):
        complain(f"--lang: {text!r}; write one or more of {', '.join(MODES)}, by commas")
    return tuple(mode for mode in MODES if mode in named)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _load(paths: Sequence[Path], only: Sequence[str], *, foreign: bool) -> tuple[Scenario, ...]:
    """The scenarios; on a server of our own they are held against its domain, a foreign one may have any."""
    from assistant.domain import load_domain
    from assistant.scenarios.files import find, load_all
    from assistant.scenarios.fits import refuse_foreign
    from assistant.settings import Settings

    scenarios = load_all(paths)
    if not foreign:
        domain = load_domain(Settings().domain)
        for path, scenario in zip(find(paths), scenarios, strict=True):
            refuse_foreign(path, scenario, domain)
    known = {scenario.id for scenario in scenarios}
    for name in only:
        if name not in known:
            raise BadRequest("--only", f"there is no scenario {name!r}; there are {', '.join(sorted(known))}")
    return tuple(scenario for scenario in scenarios if not only or scenario.id in only)


async def _play_all(
    scenarios: Sequence[Scenario], modes: Sequence[Mode], repeats: int, server: _Server, console: Console
) -> tuple[list[Played], str]:
    """Everything that was played, one after another, and the address of the server."""
    from assistant.client import connected
    from assistant.commands.own_server import own_server
    from assistant.scenarios.play import play
    from assistant.scenarios.report import print_played

    run, played = uuid4().hex[:8], []
    where = nullcontext(server.target) if server.target else own_server(console)
    async with where as target, connected(target, token=server.token, ca=server.ca) as client:
        await client.wait_until_serving(READY_WITHIN)
        for repeat in range(1, repeats + 1):
            for scenario in scenarios:
                for mode in modes:
                    name = f"{run}-{scenario.id}-{mode}-{repeat}"
                    played.append(await play(client, scenario, mode, name=name, repeat=repeat))
                    print_played(played[-1], console)
    return played, target


def _write(place: str, text: str) -> None:
    if place == "-":
        sys.stdout.write(f"{text}\n")
    else:
        Path(place).write_text(f"{text}\n", encoding="utf-8")
