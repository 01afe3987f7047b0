"""Measures models on whole dialogues, through real servers that are started with them.

The servers run side by side and every dialogue is played on each in turn, so that a busy machine slows all of them alike.
Knows scenario files and servers; does not know what is inside a model.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final
from uuid import uuid4

from tqdm import tqdm  # type: ignore[import-untyped]

from assistant.client import Client, connected
from assistant.scenarios.files import Scenario, find, load_all
from assistant.scenarios.play import MODES, Mode, Played, PlayedTurn, play
from assistant.scenarios.results import results
from assistant.scenarios.score import ALL, Score, scores
from assistant.scenarios.server import private_server
from training.evaluate_rows import Counts
from training.mixture import LANGUAGES

READY_WITHIN: Final = 120.0


@dataclass(frozen=True, slots=True)
class Models:
    """What a server is started with."""

    domain: Path
    tagger: Path
    policy: Path

    @property
    def settings(self) -> dict[str, str]:
        """As a server's settings; named models win over any release, and the language model stays out of it."""
        return {
            "domain": str(self.domain.resolve()),
            "tagger": str(self.tagger.resolve()),
            "policy_model": str(self.policy.resolve()),
            "policy_url": "",
            "llama": "off",
            "log_level": "WARNING",
        }


def load(folders: Sequence[str]) -> dict[Path, Scenario]:
    """The dialogues of those folders that are there, by file.

    Raises:
        BadRequest, BadDomain: a file cannot be used; names file, line and key.
    """
    there = [Path(folder) for folder in folders if Path(folder).is_dir()]
    return {
        path: scenario for folder in there for path, scenario in zip(find([folder]), load_all([folder]), strict=True)
    }


def modes_of(scenario: Scenario) -> tuple[Mode, ...]:
    """How a dialogue can be played: in the languages of its first message, and mixed if it has both."""
    said = next((set(turn.say) for turn in scenario.turns if turn.say), set(LANGUAGES))
    return tuple(mode for mode in MODES if mode in said or said == set(LANGUAGES))


async def play_all(
    contestants: Mapping[str, Models], scenarios: Sequence[Scenario], canary: Sequence[Scenario]
) -> dict[str, tuple[list[Played], list[Played]]]:
    """Play everything on every server.

    Args:
        contestants: the models by name.
        scenarios: dialogues in English, Korean and mixed.
        canary: dialogues in English and Korean.

    Returns:
        By name what was played of either.

    Raises:
        Unavailable: a server does not start; the end of its log is in the message.
        grpc.aio.AioRpcError: a server failed outside of a turn.
    """
    played: dict[str, tuple[list[Played], list[Played]]] = {name: ([], []) for name in contestants}
    wanted = [(0, one, mode) for one in scenarios for mode in modes_of(one)]
    wanted += [(1, one, mode) for one in canary for mode in modes_of(one) if mode != "mixed"]
    async with AsyncExitStack() as stack:
        clients: dict[str, Client] = {}
        for name, models in contestants.items():
            target = await stack.enter_async_context(private_server(settings=models.settings))
            clients[name] = await stack.enter_async_context(connected(target))
            await clients[name].wait_until_serving(READY_WITHIN)
        with tqdm(total=len(wanted) * len(clients), desc="dialogues", mininterval=5) as bar:
            for number, (kind, scenario, mode) in enumerate(wanted):
                order = list(clients) if number % 2 else list(reversed(clients))
                for name in order:
                    done = await play(clients[name], scenario, mode, name=f"{uuid4().hex[:8]}-{scenario.id}-{mode}")
                    played[name][kind].append(done)
                    bar.update()
    return played


def figures(scenarios: Sequence[Played], canary: Sequence[Played]) -> dict[str, Any]:
    """Totals by language, `canary` as turns, and the latency of all turns, as JSON."""
    turns = [turn for one in canary for turn in one.turns]
    return {
        "scenarios": results([], scores(scenarios), [], target="", repeats=1)["totals"],
        "canary": {"right": sum(turn.right for turn in turns), "of": len(turns)},
        "latency_ms": latency([*scenarios, *canary]),
    }


def latency(played: Sequence[Played]) -> dict[str, float]:
    """Median and 95th percentile of a turn, in milliseconds; without turns both are 0."""
    times = [1000 * turn.answer.seconds for one in played for turn in one.turns]
    if len(times) < 2:
        return {"p50": sum(times), "p95": sum(times), "turns": len(times)}
    return {"p50": median(times), "p95": quantiles(times, n=20, method="inclusive")[-1], "turns": len(times)}


def counts(played: Sequence[Played], lang: str) -> Counts:
    """SET, CLEAR and false clears of the turns that were played in one language throughout."""
    found: Score = scores(one for one in played if one.mode == lang)[ALL]
    return Counts(found.sets, found.clears, found.false_clears, found.turns)


def errors(played: Sequence[Played], files: Mapping[Path, Scenario]) -> list[dict[str, Any]]:
    """Wrong turns, with a weight: a false clear weighs most. Later turns of a dialogue may be wrong for the first one's sake."""
    written = {(one.id, mode): (path, one) for path, one in files.items() for mode in modes_of(one)}
    found = []
    for one in played:
        path, scenario = written[one.id, one.mode]
        wrong = [turn for turn in one.turns if not turn.right]
        for turn in wrong:
            false_clear = bool((turn.answer.view.cleared - turn.got_before.cleared) - turn.wanted.cleared)
            found.append(
                {
                    "where": f"{path} {one.mode} turn {turn.number}",
                    "text": turn.said,
                    "wrong": [f"{diff.what}: {diff.got} instead of {diff.expected}" for diff in turn.differences],
                    "weight": (4.0 if false_clear else 2.0) - (1.0 if turn is not wrong[0] else 0.0),
                    "explain": _explain(turn, scenario.clock.isoformat()),
                }
            )
    return found


def _explain(turn: PlayedTurn, clock: str) -> str:
    before = turn.got_before
    held = {name: str(value) for name, value in before.slots.items()}
    if before.party:
        held["party_size"] = "+".join(before.party.values())
    options = ["--lang", turn.language, "--now", clock, "--phase", before.state]
    options += ["--pending", before.pending] if before.pending else []
    options += ["--asked", before.asked] if before.asked else []
    return shlex.join(
        ["assistant", "explain", turn.said, *options, *(x for n, v in held.items() for x in ("--set", f"{n}={v}"))]
    )
