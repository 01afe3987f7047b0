"""Figures over played scenarios: turns right, precision and recall of sets and clears, and the failures that hurt most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles

from assistant.scenarios.play import MODES, Played, PlayedTurn
from assistant.scenarios.view import View
from nlu.calibration import Claim, calibration_error

ALL = "all"
_ABOUT_STATE = frozenset({"slots", "party", "cleared", "dont_care", "candidates", "state", "pending", "bookings"})


@dataclass(slots=True)
class Rate:
    """How many changes were expected, how many were reported, and how many are both."""

    expected: int = 0
    reported: int = 0
    both: int = 0

    @property
    def precision(self) -> float:
        """Share of the reported changes that were expected; 1.0 where none was reported."""
        return self.both / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected changes that were reported; 1.0 where none was expected."""
        return self.both / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, expected: frozenset[object], reported: frozenset[object]) -> None:
        """Counts the changes of one turn."""
        self.expected += len(expected)
        self.reported += len(reported)
        self.both += len(expected & reported)


@dataclass(slots=True)
class Score:
    """The figures of some scenarios. `latencies` are in seconds, one per turn; `claims` one per turn that was understood."""

    turns: int = 0
    right: int = 0
    scenarios: int = 0
    scenarios_right: int = 0
    sets: Rate = field(default_factory=Rate)
    clears: Rate = field(default_factory=Rate)
    false_clears: int = 0
    resurrections: int = 0
    hard_negatives: int = 0
    hard_negatives_respected: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def false_clear_rate(self) -> float:
        """False clears per turn."""
        return self.false_clears / self.turns if self.turns else 0.0

    @property
    def calibration_error(self) -> float:
        """The gap between how sure the least certain operation of a turn was and how often such turns are right, 0..1."""
        return calibration_error(self.claims)

    @property
    def median_latency(self) -> float:
        """Seconds that half of the turns stayed below."""
        return median(self.latencies) if self.latencies else 0.0

    @property
    def p95_latency(self) -> float:
        """Seconds that 95 of 100 turns stayed below."""
        if len(self.latencies) < 2:
            return self.median_latency
        return quantiles(self.latencies, n=20, method="inclusive")[-1]

    def add(self, played: Played) -> None:
        """Counts one scenario."""
        self.scenarios += 1
        self.scenarios_right += played.right
        self.seconds += played.seconds
        cleared: dict[tuple[str, str], object] = {}
        for turn in played.turns:
            self._add_turn(turn)
            self.resurrections += len(_resurrected(turn, cleared))

    def _add_turn(self, turn: PlayedTurn) -> None:
        self.turns += 1
        self.right += turn.right
        self.latencies.append(turn.answer.seconds)
        if turn.answer.confidence is not None:
            self.claims.append(Claim(turn.answer.confidence, turn.right))
        got = turn.answer.view
        self.sets.add(_set(turn.wanted_before, turn.wanted), _set(turn.got_before, got))
        wanted_clears, got_clears = _cleared(turn.wanted_before, turn.wanted), _cleared(turn.got_before, got)
        self.clears.add(wanted_clears, got_clears)
        self.false_clears += len(got_clears - turn.wanted.cleared)
        if turn.hard_negative:
            self.hard_negatives += 1
            self.hard_negatives_respected += not any(one.what in _ABOUT_STATE for one in turn.differences)


def scores(played: Iterable[Played]) -> Mapping[str, Score]:
    """The figures by mode, for the modes that were played, and over all of them under `all`."""
    found: dict[str, Score] = {mode: Score() for mode in MODES} | {ALL: Score()}
    for one in played:
        found[one.mode].add(one)
        found[ALL].add(one)
    return {mode: score for mode, score in found.items() if score.scenarios or mode == ALL}


def _set(before: View, after: View) -> frozenset[object]:
    """Slots that hold something else than before, with what they hold."""
    old = before.held()
    return frozenset((name, held) for name, held in after.held().items() if old.get(name) != held)


def _cleared(before: View, after: View) -> frozenset[object]:
    return after.cleared - before.cleared


def _resurrected(turn: PlayedTurn, cleared: dict[tuple[str, str], object]) -> list[str]:
    """Slots that hold again what was cleared, and should not. `cleared` is kept from turn to turn of a scenario."""
    before, after = turn.got_before.held(), turn.answer.view.held()
    wanted = turn.wanted.held()
    found = []
    for name in turn.answer.view.cleared - turn.got_before.cleared:
        cleared[turn.conversation, name] = before.get(name)
    for name, held in after.items():
        gone = cleared.pop((turn.conversation, name), None)
        if gone == held and wanted.get(name) != held:
            found.append(name)
    return found
