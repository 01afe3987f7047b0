"""What a turn reported against what its file expects, one difference per thing that is wrong. Plays and prints nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.scenarios.files import Several, TurnEntry
from assistant.scenarios.values import Telling
from assistant.scenarios.view import NOTHING, Candidates, Counts, View

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected; `what` is the key of the scenario file, or `reply`."""

    what: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What a turn led to. `base` is counted from; `code` is the status of the call; `grown` is the draft version's growth."""

    view: View
    base: Counts = NOTHING
    code: str = "OK"
    grown: int = 0
    replies: Sequence[str] = ()


def expected_view(turn: TurnEntry, told: Telling) -> View:
    """The conversation that a turn asks for. What a scenario does not compare (question, ids) is left at its default."""
    wanted = turn.bookings
    return View(
        slots={name: told(value) for name, value in turn.slots.items()},
        party={name: str(count) for name, count in turn.party.model_dump().items()} if turn.party else {},
        cleared=frozenset(turn.cleared),
        dont_care=frozenset(turn.dont_care),
        candidates={name: _candidates(several, told) for name, several in turn.candidates.items()},
        flags=turn.flags,
        state=turn.state,
        pending=turn.pending,
        counts=Counts(wanted.created, wanted.modified, wanted.cancelled) if wanted else NOTHING,
    )


def _candidates(several: Several, told: Telling) -> Candidates:
    if several.bounds:
        return told(several.bounds[0]), told(several.bounds[1])
    return frozenset(told(value) for value in several.values)


def differences(turn: TurnEntry, wanted: View, reported: Reported, language: str) -> tuple[Difference, ...]:
    """Everything about a turn that is not as its file says; none when it is right.

    Args:
        turn: from the file.
        wanted: the conversation it asks for, of `expected_view`.
        reported: what came back.
        language: of the message, `en` or `ko`.
    """
    got = reported.view
    counts = got.counts.since(reported.base)
    pairs: list[tuple[str, object, object]] = [
        ("code", turn.code, reported.code),
        ("slots", wanted.slots, got.slots),
        ("party", wanted.party, got.party),
        ("cleared", wanted.cleared, got.cleared),
        ("dont_care", wanted.dont_care, got.dont_care),
        ("candidates", wanted.candidates, got.candidates),
        ("state", wanted.state, got.state),
        ("pending", wanted.pending, got.pending or "create"),
    ]
    if turn.bookings:
        pairs.append(("bookings", wanted.counts, counts))
    if turn.version_change is not None:
        pairs.append(("version_change", turn.version_change, reported.grown))
    found = [Difference(what, shown(one), shown(other)) for what, one, other in pairs if one != other]
    for name, flags in wanted.flags.items():
        on = got.flags.get(name, frozenset())
        if not flags <= on:
            found.append(Difference(f"flags.{name}", shown(flags), shown(on)))
    if turn.ask and got.asked not in turn.ask:
        found.append(Difference("ask", " or ".join(turn.ask), got.asked or "-"))
    if turn.say is not None and reported.code == "OK":
        found.extend(_language_differences(reported.replies, language))
    return tuple(found)


def _language_differences(replies: Sequence[str], language: str) -> list[Difference]:
    """A Korean message needs Hangul in its answer; no part of the answer to an English one may be mostly Hangul."""
    said = " ".join(replies)
    if not said.strip():
        return [Difference("reply", f"an answer in {language}", "-")]
    if language == "ko":
        wrong = not _HANGUL.search(said)
    else:
        wrong = any(len(_HANGUL.findall(reply)) > len(_LATIN.findall(reply)) for reply in replies)
    return [Difference("reply", f"an answer in {language}", said)] if wrong else []


def shown(value: object) -> str:
    """Any part of a view as a short text."""
    if isinstance(value, Counts):
        return f"created {value.created}, modified {value.modified}, cancelled {value.cancelled}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={shown(one)}" for key, one in sorted(value.items())) or "-"
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value))) or "-"
    if isinstance(value, tuple):
        return " to ".join(map(str, value))
    return str(value)
