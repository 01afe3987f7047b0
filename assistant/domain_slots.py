"""The slots of a domain: what each one is, when it is needed and what it goes by. Knows no file and no conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nlu.types import Choice, Kind


class Use(StrEnum):
    """What the booking system uses a slot for; `role` in slots.yml."""

    VENUE = "venue"
    DATE = "date"
    TIME = "time"
    PARTY = "party"
    NAME = "name"
    PHONE = "phone"
    WISH = "wish"
    SERVICE = "service"
    """What is done, one of the services of booking.yml; it decides how long a booking takes."""
    STAFF = "staff"
    """Who does it, one of the people of booking.yml; without one, anybody who is free."""


class Need(StrEnum):
    """When a slot must be filled before a booking can be made."""

    ALWAYS = "always"
    NEVER = "never"
    WHEN = "when"


@dataclass(frozen=True, slots=True)
class Required:
    """Whether a slot must be filled. With WHEN: as soon as the count slot `slot` holds `at_least` or more."""

    need: Need
    slot: str = ""
    at_least: int = 0

    def holds(self, values: Mapping[str, str | None]) -> bool:
        """Whether the slot must be filled, given the canonical values held by name."""
        if self.need is not Need.WHEN:
            return self.need is Need.ALWAYS
        return int(values.get(self.slot) or 0) >= self.at_least


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """One slot of the domain. `labels`, `descriptions` and `refs` are by language; `refs` are words that name the slot itself.

    `minimum` and `maximum` bound a count, both included. `choice_labels` gives by choice id and language what a choice is called.
    """

    name: str
    kind: Kind
    role: Use | None
    required: Required
    dont_care: bool
    minimum: int | None
    maximum: int | None
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    refs: Mapping[str, tuple[str, ...]]
    choices: tuple[Choice, ...]
    choice_labels: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Faq:
    """One question that guests ask, in several wordings by language, and its answer by language.

    `keywords` are beginnings of words by language; a message that holds none of them is not about this entry.
    """

    id: str
    keywords: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]
    answer: Mapping[str, str]
