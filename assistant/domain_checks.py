"""What the files of a domain must agree on beyond their types: roles, languages, references, hours. Knows no conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from assistant.domain_files import BookingFile, ChoiceEntry, Condition, Document, Key, SlotEntry, SlotsFile, VenueEntry
from assistant.domain_slots import Use
from nlu.types import Kind

KIND_OF: Final = {
    Use.VENUE: Kind.CHOICE,
    Use.DATE: Kind.DATE,
    Use.TIME: Kind.TIME,
    Use.PARTY: Kind.COUNT,
    Use.NAME: Kind.NAME,
    Use.PHONE: Kind.PHONE,
    Use.SERVICE: Kind.CHOICE,
    Use.STAFF: Kind.CHOICE,
}
"""The kind that a slot must have for the booking system to use it so; a wish may be of any kind."""

LISTED: Final = {Use.VENUE: "venues", Use.SERVICE: "services", Use.STAFF: "staff"}
"""The list of booking.yml that a slot with that role chooses from."""

NEEDED: Final = (Use.DATE, Use.TIME)
"""No booking can be made without these."""


def check_booking(document: Document, offers: BookingFile) -> None:
    """Checks booking.yml. Raises `BadDomain` for the first thing that does not hold."""
    wanted = list(offers.venues[0].name)
    _refuse_twice(document, ("venues",), [venue.id for venue in offers.venues], then=("id",))
    for place, venue in enumerate(offers.venues):
        _same_languages(document, ("venues", place, "name"), venue.name, wanted)
        _check_hours(document, ("venues", place, "hours"), venue)
        _check_places(document, ("venues", place), venue, wanted)
    _check_services(document, offers, wanted)
    _refuse_same_words(
        document, ("venues",), [(venue.id, (*venue.name.values(), *venue.aliases)) for venue in offers.venues]
    )
    _refuse_twice(document, ("faq",), [entry.id for entry in offers.faq], then=("id",))
    for place, entry in enumerate(offers.faq):
        _same_languages(document, ("faq", place, "keywords"), entry.keywords, wanted)
        _same_languages(document, ("faq", place, "questions"), entry.questions, wanted)
        _same_languages(document, ("faq", place, "answer"), entry.answer, wanted)


def check_slots(document: Document, asked: SlotsFile, offers: BookingFile) -> None:
    """Checks slots.yml, and that it agrees with booking.yml. Raises `BadDomain` for the first thing that does not hold."""
    wanted = list(offers.venues[0].name)
    for name, slot in asked.slots.items():
        for key, texts in (("label", slot.label), ("description", slot.description), ("refs", slot.refs)):
            _same_languages(document, ("slots", name, key), texts, wanted)
        _check_kind(document, name, slot)
        _check_condition(document, name, slot, asked)
        if isinstance(slot.choices, list):
            where: tuple[Key, ...] = ("slots", name, "choices")
            _refuse_twice(document, where, [choice.id for choice in slot.choices], then=("id",))
            _check_choices(document, where, slot.choices, wanted)
    _check_roles(document, asked, offers)


def _check_hours(document: Document, where: tuple[Key, ...], venue: VenueEntry) -> None:
    seen: set[str] = set()
    for place, hours in enumerate(venue.hours):
        if repeated := next(_repeated([*sorted(seen), *hours.days]), None):
            raise document.bad((*where, place, "days"), f"{repeated} is listed twice for {venue.id}; list a day once")
        seen.update(hours.days)
        if hours.last_seating is None:
            if hours.closes <= hours.opens:
                raise document.bad((*where, place, "closes"), "open past midnight: write `last_seating` as well")
            continue
        if hours.last_seating < hours.opens:
            raise document.bad(
                (*where, place, "last_seating"),
                f"the last seating {hours.last_seating:%H:%M} is before opening {hours.opens:%H:%M}; put it between"
                " opening and midnight",
            )
        if hours.opens < hours.closes < hours.last_seating:
            raise document.bad(
                (*where, place, "closes"),
                f"closing {hours.closes:%H:%M} is before the last seating {hours.last_seating:%H:%M}",
            )


def _check_places(document: Document, where: tuple[Key, ...], venue: VenueEntry, wanted: list[str]) -> None:
    """A booking takes a table or somebody's time, never both."""
    if venue.tables and venue.staff:
        raise document.bad((*where, "staff"), "a booking takes a table or somebody's time; remove `tables` or `staff`")
    if not venue.tables and not venue.staff:
        raise document.bad(
            (*where, "tables"), f"{venue.id} has nothing to book; write how many by seats, or `staff` (who works there)"
        )
    people: tuple[Key, ...] = (*where, "staff")
    _refuse_twice(document, people, [person.id for person in venue.staff], then=("id",))
    _check_choices(document, people, venue.staff, wanted)


def _check_services(document: Document, offers: BookingFile, wanted: list[str]) -> None:
    if offers.services and offers.sitting is not None:
        raise document.bad(("sitting",), "each of the services has its own minutes; remove `sitting` or `services`")
    if not offers.services and offers.sitting is None:
        raise document.bad(
            ("services",), "there is no service; write one with its minutes, or `sitting` (minutes a table is taken)"
        )
    _refuse_twice(document, ("services",), [service.id for service in offers.services], then=("id",))
    _check_choices(document, ("services",), offers.services, wanted)


def _check_choices(
    document: Document, where: tuple[Key, ...], choices: Sequence[ChoiceEntry], wanted: list[str]
) -> None:
    """Choices speak all languages and share no name."""
    for place, choice in enumerate(choices):
        _same_languages(document, (*where, place, "name"), choice.name, wanted)
    _refuse_same_words(document, where, [(choice.id, (*choice.name.values(), *choice.aliases)) for choice in choices])


def _check_kind(document: Document, name: str, slot: SlotEntry) -> None:
    if slot.role in KIND_OF and slot.kind is not KIND_OF[slot.role]:
        raise document.bad(
            ("slots", name, "kind"), f"a slot with role {slot.role} has kind {KIND_OF[slot.role]}, not {slot.kind}"
        )
    if (slot.kind is Kind.CHOICE) != bool(slot.choices):
        needed = f"there is nothing to choose from; write {' or '.join(LISTED.values())}, or a list of {{id: ..., name: ...}}"
        message = needed if slot.kind is Kind.CHOICE else "only a slot of kind choice has choices; remove it"
        raise document.bad(("slots", name, "choices"), message)
    listed = LISTED.get(slot.role) if slot.role else None
    if listed != (slot.choices if isinstance(slot.choices, str) else None):
        if listed:
            message = f"write `choices: {listed}` for the slot with role {slot.role}"
        else:
            owner = next(role for role, words in LISTED.items() if words == slot.choices)
            message = f"`choices: {slot.choices}` is for the slot with role {owner} only"
        raise document.bad(("slots", name, "choices"), message)
    for key, bound in (("minimum", slot.minimum), ("maximum", slot.maximum)):
        if bound is not None and slot.kind is not Kind.COUNT:
            raise document.bad(("slots", name, key), "only a slot of kind count has bounds; remove it")
    if slot.minimum is not None and slot.maximum is not None and slot.minimum > slot.maximum:
        raise document.bad(("slots", name, "maximum"), f"{slot.maximum} is less than the minimum {slot.minimum}")


def _check_condition(document: Document, name: str, slot: SlotEntry, asked: SlotsFile) -> None:
    if isinstance(slot.required, Condition):
        other = asked.slots.get(slot.required.when)
        if other is None or other.kind is not Kind.COUNT:
            raise document.bad(
                ("slots", name, "required", "when"),
                f"{slot.required.when!r} is no slot of kind count; name one of this file",
            )


def _check_roles(document: Document, asked: SlotsFile, offers: BookingFile) -> None:
    by_role: dict[Use, str] = {}
    for name, slot in asked.slots.items():
        if slot.role in by_role:
            raise document.bad(("slots", name, "role"), f"{by_role[slot.role]} has role {slot.role} already")
        if slot.role is not None:
            by_role[slot.role] = name
    for role in NEEDED:
        if role not in by_role:
            raise document.bad(("slots",), f"no slot has role {role}; a booking needs one")
        if asked.slots[by_role[role]].required is not True:
            raise document.bad(
                ("slots", by_role[role], "required"), f"the slot with role {role} is always required: true"
            )
    for role, given in ((Use.SERVICE, bool(offers.services)), (Use.STAFF, any(venue.staff for venue in offers.venues))):
        if role in by_role and not given:
            raise document.bad(
                ("slots", by_role[role], "choices"), f"booking.yml has no `{LISTED[role]}`; write them there"
            )
    if offers.services and (Use.SERVICE not in by_role or asked.slots[by_role[Use.SERVICE]].required is not True):
        raise document.bad(
            ("slots",), "booking.yml has services: a slot with role service and `required: true` is needed"
        )
    if Use.VENUE not in by_role and len(offers.venues) > 1:
        raise document.bad(("slots",), "booking.yml has several venues and no slot has role venue; add one")


def _same_languages(document: Document, where: tuple[Key, ...], texts: Iterable[str], wanted: list[str]) -> None:
    for language in wanted:
        if language not in texts:
            raise document.bad((*where, language), "this language is missing; the first venue has a name in it")
    for language in texts:
        if language not in wanted:
            raise document.bad(
                (*where, language),
                f"the domain speaks {', '.join(wanted)}, as the first venue's name does; remove this or add it everywhere",
            )


def _refuse_twice(document: Document, where: tuple[Key, ...], ids: list[str], then: tuple[Key, ...]) -> None:
    for repeated in _repeated(ids):
        last = len(ids) - 1 - ids[::-1].index(repeated)
        raise document.bad((*where, last, *then), f"{repeated} stands here twice; an id is used once")


def _refuse_same_words(document: Document, where: tuple[Key, ...], entries: list[tuple[str, tuple[str, ...]]]) -> None:
    owner: dict[str, str] = {}
    for place, (entry, words) in enumerate(entries):
        for word in words:
            first = owner.setdefault(word.casefold(), entry)
            if first != entry:
                raise document.bad((*where, place), f"{word!r} already names {first}; one name means one thing")


def _repeated(values: Iterable[str]) -> Iterator[str]:
    return (value for value, count in Counter(values).items() if count > 1)
