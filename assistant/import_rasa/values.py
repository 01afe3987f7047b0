"""The values of a Rasa project's entities: its lookup tables, synonyms and the words that its examples mark.

Makes the choices of a slot out of them. Knows no slot kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.import_rasa.files import Part
from assistant.import_rasa.report import Note, Report
from nlu.types import Choice


@dataclass(frozen=True, slots=True)
class Source:
    """A mapping `from_entity`: which entity fills a slot, under which intents (none named: all)."""

    entity: str
    role: str
    group: str
    intents: tuple[str, ...]
    not_intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Some words of an example that are marked: their entity with role and group, and the value that they stand for."""

    words: str
    entity: str
    role: str = ""
    group: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Values:
    """What a project tells about values. `synonyms` gives by lower-case words the value that they stand for."""

    lookups: Mapping[str, Sequence[str]]
    synonyms: Mapping[str, str]
    said: Sequence[Said]
    duckling: bool
    """Whether Duckling fills entities, so that examples do not mark them."""

    def known(self, sources: Iterable[Source]) -> list[str]:
        """The words that stand for values of these entities, in the project's order, without repeats."""
        wanted = {(source.entity, source.role, source.group) for source in sources}
        found = [word for entity, _, _ in sorted(wanted) for word in self.lookups.get(entity, ())]
        found += [one.words for one in self.said if _is_one_of(one, wanted)]
        first: dict[str, str] = {}
        for word in filter(str.strip, found):
            first.setdefault(word.casefold(), word)
        return list(first.values())

    def choices(
        self, slot: str, listed: Sequence[str], sources: Sequence[Source], where: Part, report: Report
    ) -> tuple[Choice, ...]:
        """The choices of a slot: the values that it lists, or else all that the project knows; synonyms become other names."""
        words = self.known(sources)
        names: dict[str, list[str]] = {}
        for value in listed or [self.synonyms.get(word.casefold(), word) for word in words]:
            names.setdefault(value.casefold(), [value.strip()])
        of_others: list[str] = []
        for word, value in [
            *((word, self.synonyms.get(word.casefold(), word)) for word in words),
            *self.synonyms.items(),
        ]:
            if value.casefold() in names:
                names[value.casefold()].append(word)
            elif word in words:
                of_others.append(word)
        if of_others:
            told = ", ".join(of_others[:5]) + (" ..." if len(of_others) > 5 else "")
            report.left.append(
                Note(where.where, f"{slot}: {told}: marked or looked up, and none of its values; add them as aliases")
            )
        return _distinct(slot, names.values())


def _is_one_of(one: Said, wanted: set[tuple[str, str, str]]) -> bool:
    return any(
        one.entity == entity and role in ("", one.role) and group in ("", one.group) for entity, role, group in wanted
    )


def _distinct(slot: str, names: Iterable[Sequence[str]]) -> tuple[Choice, ...]:
    """Every name for one choice only, the first that has it; ids out of the names' Latin letters."""
    owned: set[str] = set()
    ids: set[str] = set()
    choices = []
    entries = list(names)
    owned.update(entry[0].casefold() for entry in entries)
    for number, entry in enumerate(entries, start=1):
        aliases = []
        for word in entry[1:]:
            if word.strip() and word.casefold() not in owned:
                owned.add(word.casefold())
                aliases.append(word.strip())
        plain = re.sub(r"[^a-z0-9]+", "_", entry[0].lower()).strip("_")[:50]
        wanted = plain if re.match("[a-z]", plain) else f"{slot_id(slot)}_{number}"
        while wanted in ids:
            wanted = f"{wanted}_{number}"
        ids.add(wanted)
        choices.append(Choice(wanted, (entry[0], *aliases)))
    return tuple(choices)


def slot_id(slot: str) -> str:
    """The Latin letters of a slot's name, for the ids of choices whose names have none."""
    plain = re.sub(r"[^a-z0-9]+", "_", slot.lower()).strip("_")[:40]
    return plain if re.match("[a-z]", plain) else "choice"
