"""Which turns did not come out the same every time a scenario was played."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.scenarios.play import Mode, Played, PlayedTurn
from assistant.scenarios.view import View


@dataclass(frozen=True, slots=True)
class Unstable:
    """A turn with several outcomes; `right` is how often it was right."""

    id: str
    mode: Mode
    number: int
    right: int
    outcomes: int


def unstable_turns(played: Iterable[Played]) -> tuple[Unstable, ...]:
    """Turns whose reported conversation or replies differ from one repeat to another."""
    found: dict[tuple[str, Mode, int], list[PlayedTurn]] = defaultdict(list)
    for one in played:
        for turn in one.turns:
            found[one.id, one.mode, turn.number].append(turn)
    return tuple(
        Unstable(*key, right=sum(turn.right for turn in turns), outcomes=outcomes)
        for key, turns in found.items()
        if (outcomes := len({_outcome(turn) for turn in turns})) > 1
    )


def _outcome(turn: PlayedTurn) -> str:
    view: View = replace(turn.answer.view, booking_id="")
    held = sorted((name, str(value)) for name, value in view.held().items())
    return repr(
        (turn.answer.code, held, sorted(view.cleared), view.state, view.pending, view.asked, turn.answer.replies)
    )
