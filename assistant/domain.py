"""A domain: what can be booked and which slots a booking has, read from the files of one folder. Knows no conversation.

Nothing here is made for restaurants: code asks for the slot with a `Use`, never for a slot by its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import cached_property
from pathlib import Path

from assistant import domain_checks as checks
from assistant import domain_files as files
from assistant.booking.rules import last_start
from assistant.booking.venues import BookingBook, Hours, Table, Venue
from assistant.domain_slots import Faq, Need, Required, SlotSpec, Use
from assistant.responses import Responses, load_responses
from nlu.types import Choice

__all__ = ["Domain", "Faq", "Need", "Required", "SlotSpec", "Use", "load_domain"]


@dataclass(frozen=True)
class Domain:
    """A domain as its folder describes it. `slots` are in the order in which they are asked."""

    name: str
    languages: tuple[str, ...]
    slots: tuple[SlotSpec, ...]
    book: BookingBook
    faq: tuple[Faq, ...] = ()
    responses: Mapping[str, Responses] = field(default_factory=dict)
    """What is said, by language."""

    def slot(self, name: str) -> SlotSpec | None:
        """The slot of that name, or None."""
        return self._by_name.get(name)

    @cached_property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Every word for a slot, in small letters and in all languages, with the slot's name; the longest words first."""
        every = ((ref.casefold(), slot.name) for slot in self.slots for refs in slot.refs.values() for ref in refs)
        return tuple(sorted(every, key=lambda entry: -len(entry[0])))

    @cached_property
    def _by_name(self) -> dict[str, SlotSpec]:
        return {slot.name: slot for slot in self.slots}

    def used_for(self, role: Use) -> SlotSpec | None:
        """The slot that the booking system uses so, or None where the domain has none."""
        return next((slot for slot in self.slots if slot.role is role), None)


def load_domain(folder: Path) -> Domain:
    """Reads `booking.yml` and `slots.yml` of a domain folder; the folder's name is the domain's.

    Raises:
        BadDomain: a file is missing or cannot be taken; names file, line and key.
    """
    booking = files.Document(folder / "booking.yml")
    described = files.Document(folder / "slots.yml")
    offers = booking.read(files.BookingFile)
    asked = described.read(files.SlotsFile)
    checks.check_booking(booking, offers)
    checks.check_slots(described, asked, offers)
    return Domain(
        name=folder.resolve().name,
        languages=tuple(offers.venues[0].name),
        slots=tuple(_slot(name, slot, offers) for name, slot in asked.slots.items()),
        book=_book(offers),
        faq=tuple(_faq(entry) for entry in offers.faq),
        responses={language: load_responses(folder, language, tuple(asked.slots)) for language in offers.venues[0].name}
        if (folder / "responses").is_dir()
        else {},
    )


def _book(offers: files.BookingFile) -> BookingBook:
    return BookingBook(
        horizon_days=offers.horizon_days,
        occupancy_bucket=offers.occupancy_bucket,
        sitting=_sitting(offers),
        start_step=offers.start_step,
        venues=tuple(_venue(venue, _sitting(offers)) for venue in offers.venues),
        services={service.id: service.minutes for service in offers.services},
    )


def _sitting(offers: files.BookingFile) -> int:
    """Minutes that a booking takes at least: the sitting, or the shortest service."""
    return offers.sitting or min(service.minutes for service in offers.services)


def _venue(venue: files.VenueEntry, sitting: int) -> Venue:
    return Venue(
        id=venue.id,
        names=venue.name,
        aliases=tuple(venue.aliases),
        time_zone=venue.time_zone,
        hours={
            files.WEEKDAYS.index(day): Hours(entry.opens, _last_seating(entry, sitting), entry.closes)
            for entry in venue.hours
            for day in entry.days
        },
        tables=(
            *(
                Table(id=f"{seats}-{number}", seats=seats)
                for seats, count in sorted(venue.tables.items())
                for number in range(1, count + 1)
            ),
            *(Table(id=person.id, seats=1) for person in venue.staff),
        ),
    )


def _last_seating(entry: files.HoursEntry, sitting: int) -> time:
    """The last start: as written, or the one that ends at closing."""
    open_ended = Hours(entry.opens, time.max, entry.closes)
    return entry.last_seating or last_start(open_ended, timedelta(minutes=sitting))


def _slot(name: str, slot: files.SlotEntry, offers: files.BookingFile) -> SlotSpec:
    listed = _choices(slot, offers)
    return SlotSpec(
        name=name,
        kind=slot.kind,
        role=slot.role,
        required=_required(slot.required),
        dont_care=slot.dont_care,
        minimum=slot.minimum,
        maximum=slot.maximum,
        labels=slot.label,
        descriptions=slot.description,
        refs={language: tuple(words) for language, words in slot.refs.items()},
        choices=tuple(Choice(entry.id, (*entry.name.values(), *entry.aliases)) for entry in listed),
        choice_labels={entry.id: entry.name for entry in listed},
    )


def _choices(slot: files.SlotEntry, offers: files.BookingFile) -> Sequence[files.ChoiceEntry]:
    match slot.choices:
        case "venues":
            return offers.venues
        case "services":
            return offers.services
        case "staff":
            # Somebody may work at several venues.
            return list({person.id: person for venue in offers.venues for person in venue.staff}.values())
        case written:
            return written


def _required(written: bool | files.Condition) -> Required:
    if isinstance(written, files.Condition):
        return Required(Need.WHEN, slot=written.when, at_least=written.at_least)
    return Required(Need.ALWAYS if written else Need.NEVER)


def _faq(entry: files.FaqEntry) -> Faq:
    return Faq(
        id=entry.id,
        keywords={language: tuple(words) for language, words in entry.keywords.items()},
        questions={language: tuple(words) for language, words in entry.questions.items()},
        answer=entry.answer,
    )
