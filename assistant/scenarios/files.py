"""Scenario files as they are written, read strictly. Knows what the keys are, not how a scenario is played.

Every complaint names file, line and key. docs/scenarios.md explains the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import grpc
import yaml
from pydantic import AfterValidator, AwareDatetime, Field, PlainValidator, StringConstraints, model_validator

from assistant.domain_files import Document, Entry
from assistant.errors import BadDomain, BadRequest
from assistant.scenarios.calls import request_of
from assistant.scenarios.values import Value, read_value

_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_DATE: Final = re.compile(r"\d{4}-")
FLAGS: Final = ("inferred", "approximate", "suggested", "copied")

Language = Literal["en", "ko"]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


@dataclass(frozen=True, slots=True)
class Several:
    """Values in question: a list, or a range with both ends included."""

    values: tuple[Value, ...] = ()
    bounds: tuple[Value, Value] | None = None


def _several(written: object) -> Several:
    if isinstance(written, list) and written:
        return Several(values=tuple(read_value(one) for one in written))
    if isinstance(written, dict) and set(written) == {"from", "to"}:
        return Several(bounds=(read_value(written["from"]), read_value(written["to"])))
    raise ValueError(f"write a list of values or {{from: ..., to: ...}}, not {written!r}")


def _flags(written: object) -> frozenset[str]:
    several = written if isinstance(written, list) else [written]
    if not several or any(one not in FLAGS for one in several):
        raise ValueError(f"write one of {', '.join(FLAGS)}, or a list of them, not {written!r}")
    return frozenset(several)


def _zone(written: str) -> str:
    try:
        ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"{written!r} is no IANA time zone; write one like Asia/Seoul") from unknown
    return written


def _code(written: str) -> str:
    if written not in grpc.StatusCode.__members__:
        raise ValueError(f"{written!r} is no gRPC status code; write one like OK or ABORTED")
    return written


Plain = Annotated[Value, PlainValidator(read_value)]
Slots = dict[Words, Plain]


class PartyEntry(Entry):
    """How a party is split."""

    adults: Annotated[int, Field(ge=0)]
    children: Annotated[int, Field(ge=0)]


class FullEntry(Entry):
    """A start that nobody can be seated at, or at which a service cannot be had (of one person)."""

    restaurant: Plain
    date: Plain
    time: Plain
    service: Plain = Value("", "")
    staff: Plain = Value("", "")


class FixturesEntry(Entry):
    """What the booking backend holds."""

    full: list[FullEntry] = Field(default_factory=list)


class EarlierEntry(Entry):
    """A booking made in another conversation."""

    restaurant: Plain
    date: Plain
    time: Plain
    party_size: Annotated[int, Field(ge=1)] = 1
    name: Plain = Value("", "")
    phone: Plain = Value("", "")
    seating: Plain = Value("", "")
    service: Plain = Value("", "")
    staff: Plain = Value("", "")


class StartEntry(Entry):
    """What a conversation is prepared with."""

    slots: Slots = Field(default_factory=dict)
    party: PartyEntry | None = None
    booked: bool = False
    profile: Slots = Field(default_factory=dict)
    earlier_booking: EarlierEntry | None = None

    @model_validator(mode="after")
    def _booked_needs_slots(self) -> StartEntry:
        if (self.booked or self.party) and not self.slots:
            raise ValueError("booked and party need slots to go with; write them")
        return self


class BookingsEntry(Entry):
    """What the booking backend carried out."""

    created: int
    modified: int
    cancelled: int


class TurnEntry(Entry):
    """One message or call, and what must be reported after it."""

    say: Annotated[dict[Language, Words], Field(min_length=1)] | None = None
    call: dict[Words, Any] | None = None
    code: Annotated[str, AfterValidator(_code)] = "OK"
    version_change: int | None = None
    fresh: bool = False
    start: StartEntry | None = None
    user: Words = ""
    clock: AwareDatetime | None = None
    slots: Slots
    party: PartyEntry | None = None
    cleared: list[Words] = Field(default_factory=list)
    dont_care: list[Words] = Field(default_factory=list)
    candidates: dict[Words, Annotated[Several, PlainValidator(_several)]] = Field(default_factory=dict)
    flags: dict[Words, Annotated[frozenset[str], PlainValidator(_flags)]] = Field(default_factory=dict)
    state: Literal["idle", "collecting", "confirming", "booked", "suspended", "handed_off"]
    pending: Literal["create", "modify", "cancel"] = "create"
    ask: list[Words] = Field(default_factory=list)
    bookings: BookingsEntry | None = None
    hard_negative: bool = False
    expect: str = ""

    @model_validator(mode="after")
    def _is_one_thing(self) -> TurnEntry:
        if (self.say is None) == (self.call is None):
            raise ValueError("write either say or call")
        if (self.start or self.user) and not self.fresh:
            raise ValueError("start and user in a turn need fresh: true")
        return self


class Scenario(Entry):
    """One file."""

    id: Words
    title: str = ""
    clock: AwareDatetime
    time_zone: Annotated[str, AfterValidator(_zone)]
    fixtures: FixturesEntry = FixturesEntry()
    start: StartEntry = StartEntry()
    turns: Annotated[list[TurnEntry], Field(min_length=1)]


def find(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files meant by files and folders: of a folder all its `*.yaml` and `*.yml`, in the order of their names.

    Raises:
        BadRequest: there is no such file or folder, or a folder without any.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise BadRequest(str(path), "there is no such file or folder")
        inside = sorted(one for one in path.rglob("*") if one.suffix in (".yaml", ".yml")) if path.is_dir() else [path]
        if not inside:
            raise BadRequest(str(path), "there is no *.yaml in this folder")
        found.extend(inside)
    return tuple(dict.fromkeys(found))


def load_all(paths: Iterable[Path]) -> tuple[Scenario, ...]:
    """The scenarios of files and folders.

    Raises:
        BadRequest: a path means nothing, a file cannot be taken, or two files have the same id.
    """
    files: dict[str, Path] = {}
    scenarios = []
    for path in find(paths):
        scenario = load(path)
        if scenario.id in files:
            raise BadRequest(str(path), f"its id {scenario.id} is that of {files[scenario.id]}; give it another one")
        files[scenario.id] = path
        scenarios.append(scenario)
    return tuple(scenarios)


def load(path: Path) -> Scenario:
    """One scenario.

    Raises:
        BadDomain: it cannot be taken; `field` is `file:line: key`.
    """
    _refuse_misread(path)
    document = Document(path)
    scenario = document.read(Scenario)
    for place, turn in enumerate(scenario.turns):
        if turn.call is not None:
            _check_call(turn.call, document, ("turns", place, "call"))
    return scenario


def _refuse_misread(path: Path) -> None:
    """Refuses what YAML 1.1 would take for something else (19:00 is 1140), or not at all (2026-02-30)."""
    try:
        tokens = list(yaml.scan(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, yaml.YAMLError):
        return  # reading the document says what is wrong
    for token in tokens:
        if not isinstance(token, yaml.ScalarToken) or not token.plain:
            continue
        place = f"{path.name}:{token.start_mark.line + 1}"
        if _CLOCK.fullmatch(token.value):
            raise BadDomain(place, f'write a time in quotes: "{token.value}"')
        if _DATE.match(token.value):
            try:
                yaml.safe_load(token.value)
            except ValueError as wrong:
                raise BadDomain(place, f"{token.value} is no date: {wrong}") from wrong


def _check_call(call: dict[str, Any], document: Document, keys: tuple[str | int, ...]) -> None:
    try:
        request_of(call, told=lambda value: value.en, versions={"start": 1, "current": 1})
    except BadRequest as wrong:
        raise document.bad((*keys, wrong.field), wrong.description) from wrong
