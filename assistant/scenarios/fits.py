"""Whether a scenario speaks of a domain's own slots and values: a misspelt one would make every turn wrong. Plays nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from assistant.domain import Domain, SlotSpec, Use
from assistant.domain_files import Document, Key
from assistant.scenarios.files import EarlierEntry, FullEntry, Scenario, StartEntry, TurnEntry
from assistant.scenarios.values import Value
from assistant.spelling import not_known
from nlu.types import Kind

Way = tuple[Key, ...]
Fault = tuple[Way, str]

QUESTIONS: Final = ("what_to_change", "resume")
"""What may be asked for besides slots."""
FORMS: Final = {
    Kind.DATE: (re.compile(r"\d{4}-\d\d-\d\d"), "a date like 2026-06-12"),
    Kind.TIME: (re.compile(r"\d\d:\d\d"), 'a time like "19:00"'),
    Kind.COUNT: (re.compile(r"\d+"), "a whole number"),
}
"""How values are written, by kind; names and phones are as they are said."""


def refuse_foreign(path: Path, scenario: Scenario, domain: Domain) -> None:
    """Look for slots and values that the domain has not.

    Args:
        path: the scenario's file, for its lines.
        scenario: what was read from it.
        domain: the one that it is played with.

    Raises:
        BadDomain: there is one; names file, line, key and value.
    """
    for keys, message in faults(scenario, domain):
        raise Document(path, str(path)).bad(keys, f"in the domain {domain.name} {message}")


def faults(scenario: Scenario, domain: Domain) -> Iterator[Fault]:
    """What a scenario names that the domain has not: the way to it, and a sentence."""
    for place, full in enumerate(scenario.fixtures.full):
        yield from _wire(full, ("fixtures", "full", place), domain)
    yield from _start(scenario.start, ("start",), domain)
    for place, turn in enumerate(scenario.turns):
        yield from _turn(turn, ("turns", place), domain)


def _turn(turn: TurnEntry, way: Way, domain: Domain) -> Iterator[Fault]:
    if turn.start:
        yield from _start(turn.start, (*way, "start"), domain)
    yield from _held(turn.slots, (*way, "slots"), domain)
    for name, several in turn.candidates.items():
        for value in several.bounds or several.values:
            yield from _held({name: value}, (*way, "candidates"), domain)
    yield from _names(turn.flags, (*way, "flags"), domain)
    for key, named in (("cleared", turn.cleared), ("dont_care", turn.dont_care)):
        yield from _names(named, (*way, key), domain)
    yield from _names([name for name in turn.ask if name not in QUESTIONS], (*way, "ask"), domain, QUESTIONS)


def _start(start: StartEntry, way: Way, domain: Domain) -> Iterator[Fault]:
    yield from _held(start.slots, (*way, "slots"), domain)
    yield from _held(start.profile, (*way, "profile"), domain)
    if start.earlier_booking:
        yield from _wire(start.earlier_booking, (*way, "earlier_booking"), domain)


def _wire(booking: FullEntry | EarlierEntry, way: Way, domain: Domain) -> Iterator[Fault]:
    """A booking as the booking service knows it: by roles, whatever the domain calls its slots."""
    people = domain.used_for(Use.STAFF)
    known = {
        "restaurant": [venue.id for venue in domain.book.venues],
        "service": list(domain.book.services),
        "staff": [choice.id for choice in people.choices] if people else [],
    }
    for key, ids in known.items():
        value: Value = getattr(booking, key)
        if value.en and value.en not in ids:
            yield (*way, key), not_known(value.en, ids)


def _held(slots: Mapping[str, Value], way: Way, domain: Domain) -> Iterator[Fault]:
    for name, value in slots.items():
        spec = domain.slot(name)
        if spec is None:
            yield from _names([name], way, domain)
        else:
            yield from (((*way, name), said) for said in _misread(spec, value))


def _misread(spec: SlotSpec, value: Value) -> Iterator[str]:
    for told in dict.fromkeys((value.en, value.ko)):
        if spec.kind is Kind.CHOICE:
            ids = [choice.id for choice in spec.choices]
            if told not in ids:
                yield not_known(told, ids)
        elif spec.kind in FORMS and not FORMS[spec.kind][0].fullmatch(told):
            yield f"must be {FORMS[spec.kind][1]}, not {told!r}."


def _names(names: Iterable[str], way: Way, domain: Domain, besides: Iterable[str] = ()) -> Iterator[Fault]:
    known = [spec.name for spec in domain.slots]
    for name in names:
        if name not in known:
            yield (*way, name), not_known(name, [*known, *besides])
