"""The files of a domain folder as they are written: their keys and types, read strictly. Knows nothing of what they mean.

Every complaint names file, line and key; pydantic finds what is wrong, YAML's own marks tell where.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationError,
)

from assistant.booking.rules import parse_clock
from assistant.domain_slots import Use
from assistant.entry_faults import NOT_WRITTEN, in_words, known_keys, worst
from assistant.errors import BadDomain
from assistant.yaml_files import Unreadable, read_nodes, values
from nlu.types import Kind

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Key = str | int
"""One step into a document: a key of a mapping or a place in a list."""


def _clock(written: object) -> time:
    if not isinstance(written, str):
        raise ValueError(f'write a time of day as "HH:MM" in quotes, not {written!r}')
    return parse_clock(written)


def _zone(written: str) -> str:
    try:
        ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"{written!r} is no IANA time zone; write one like Asia/Seoul") from unknown
    return written


def _shape(*, of_mapping: str, otherwise: str) -> Discriminator:
    return Discriminator(lambda written: of_mapping if isinstance(written, dict) else otherwise)


Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Clock = Annotated[time, BeforeValidator(_clock)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
ByLanguage = Annotated[dict[Words, Words], Field(min_length=1)]
ListsByLanguage = Annotated[dict[Words, Annotated[list[Words], Field(min_length=1)]], Field(min_length=1)]


class Entry(BaseModel):
    """Anything written in a domain file: every key is known and every value has the type it says."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ChoiceEntry(Entry):
    """One value of a choice slot, or one person of a venue."""

    id: Id
    name: ByLanguage
    aliases: list[Words] = []


class ServiceEntry(ChoiceEntry):
    """Something that is done to guests, and how many minutes it takes."""

    minutes: Minutes


class HoursEntry(Entry):
    """Some weekdays and their hours; without `last_seating` the last start is the one that still ends before closing."""

    days: Annotated[list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], Field(min_length=1)]
    opens: Clock
    last_seating: Clock | None = None
    closes: Clock


class VenueEntry(ChoiceEntry):
    """A venue and what a booking takes there: one of `tables` (how many by their seats), or one of the `staff`."""

    time_zone: Annotated[str, AfterValidator(_zone)]
    hours: Annotated[list[HoursEntry], Field(min_length=1)]
    tables: dict[Annotated[int, Field(ge=1, le=1000)], Annotated[int, Field(ge=1, le=1000)]] = {}
    staff: list[ChoiceEntry] = []


class FaqEntry(Entry):
    """A question that guests ask and its answer."""

    id: Id
    keywords: ListsByLanguage
    questions: ListsByLanguage
    answer: ByLanguage


class BookingFile(Entry):
    """`booking.yml`."""

    horizon_days: Annotated[int, Field(ge=0, le=3660)]
    occupancy_bucket: Minutes
    sitting: Minutes | None = None
    start_step: Minutes
    venues: Annotated[list[VenueEntry], Field(min_length=1)]
    services: list[ServiceEntry] = []
    faq: list[FaqEntry] = []


class Condition(Entry):
    """Required as soon as the count slot `when` holds `at_least`."""

    when: str
    at_least: Annotated[int, Field(ge=1)]


Listed = Literal["venues", "services", "staff"]
"""Lists of booking.yml that a slot may choose from."""


class SlotEntry(Entry):
    """One slot."""

    kind: Annotated[Kind, Field(strict=False)]
    role: Annotated[Use | None, Field(strict=False)] = None
    required: Annotated[
        Annotated[bool, Tag("plain")] | Annotated[Condition, Tag("condition")],
        _shape(of_mapping="condition", otherwise="plain"),
    ]
    dont_care: bool = False
    minimum: Annotated[int, Field(ge=0)] | None = None
    maximum: Annotated[int, Field(ge=1)] | None = None
    choices: Listed | list[ChoiceEntry] = []
    label: ByLanguage
    description: ByLanguage
    refs: ListsByLanguage


class SlotsFile(Entry):
    """`slots.yml`."""

    slots: Annotated[dict[Id, SlotEntry], Field(min_length=1)]


E_ = TypeVar("E_", bound=Entry)


class Document:
    """One YAML file, with the line of every key.

    Args:
        path: the file. Raises `BadDomain` where it is missing, is no YAML, or names a key twice.
        name: what complaints call it; its name alone where nothing is said.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        self._file = name or path.name
        try:
            self._root = read_nodes(path)
            self._data = values(self._root)
        except Unreadable as fault:
            raise BadDomain(fault.at(self._file), fault.said) from fault

    def read(self, model: type[E_]) -> E_:
        """The document as that model. Raises `BadDomain` for the first thing that does not fit."""
        try:
            return model.model_validate(self._data)
        except ValidationError as wrong:
            first = worst(wrong.errors())
            raise self.bad(first["loc"], in_words(first, known_keys(model, first["loc"][:-1]))) from wrong

    def bad(self, keys: Iterable[Key], message: str) -> BadDomain:
        """The complaint about what stands under these keys. Keys that the document does not have are named, not looked up."""
        node, line, named = self._root, 1, []
        for key in keys:
            found = _child(node, key)
            if found:
                node, line = found[0], found[1]
            elif key in NOT_WRITTEN:
                continue
            named.append(str(key))
        return BadDomain(f"{self._file}:{line}: {'.'.join(named)}" if named else f"{self._file}:{line}", message)


def _child(node: yaml.Node | None, key: Key) -> tuple[yaml.Node, int] | None:
    """What stands under a key, and its line."""
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key].start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return value, name.start_mark.line + 1
    return None
