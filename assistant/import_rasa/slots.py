"""Makes our slots out of the slots of one Rasa form: which kind each is, what it chooses from, which entities fill it.

Decides by type, name, entity and the values that the project lists, in that order, and reports what it assumed. Knows no
text of the examples but the words that they mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.domain_slots import Use
from assistant.errors import BadDomain
from assistant.import_rasa.files import Part, Project
from assistant.import_rasa.names import DUCKLING, NO_KIND, counts_people, kinds_of
from assistant.import_rasa.report import Note, Report
from assistant.import_rasa.values import Source, Values
from nlu.types import Choice, Kind

TAKEN: Final = frozenset(
    {"phase", "pending", "complete", "heard", "failures", "outcome", "asked", "number", "slot_ref"}
    | {"none", "what_to_change", "resume", "default"}
)
"""Names that mean something in every domain of Maitre."""
MOST_PEOPLE: Final = 8
"""What the placeholder in booking.yml has room for."""
_USES: Final = {Kind.DATE: Use.DATE, Kind.TIME: Use.TIME, Kind.NAME: Use.NAME, Kind.PHONE: Use.PHONE}


@dataclass(frozen=True, slots=True)
class Planned:
    """A slot of the new domain. `theirs` is the Rasa slot that it comes from, empty where the domain only needs one."""

    name: str
    kind: Kind
    role: Use | None
    theirs: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    sources: tuple[Source, ...] = ()


USUAL: Final = {Use.DATE: "date", Use.TIME: "time", Use.PARTY: "party_size", Use.NAME: "name", Use.PHONE: "phone"}
"""What these slots are called in the domains that ship: rows are lent between slots of one name."""


@dataclass(slots=True)
class _Names:
    """Hands out ids that are free; the usual names wait for the slots with that role."""

    used: set[str] = field(default_factory=lambda: {*TAKEN, *USUAL.values()})

    def take(self, wanted: str, instead: str) -> str:
        plain = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", wanted).lower()).strip("_")[:50]
        base = plain if re.match("[a-z]", plain) else f"{instead}_{plain}".strip("_")
        tries = (base, *(f"{base}_{number}" for number in range(2, len(self.used) + 3)))
        name = next(one for one in tries if one not in self.used)
        self.used.add(name)
        return name


def choose_form(project: Project, report: Report) -> tuple[str, list[Part]]:
    """The form that books: the one that asks for most of date, time, people, name and phone; among equals the longest.

    Returns:
        Its name, and its required slots in order.

    Raises:
        BadDomain: there is no form.
    """
    forms = [
        (name, form, [slot for slot in form.pairs()["required_slots"].items() if slot.is_text])
        for name, form in project.section("forms")
    ]
    if not any(slots for _, _, slots in forms):
        raise _no_form(project)

    def fitness(slots: Sequence[Part]) -> tuple[int, int]:
        return len({kind for slot in slots for kind in kinds_of(slot.text)}), len(slots)

    name, form, slots = max(forms, key=lambda entry: fitness(entry[2]))
    report.carried.append(Note(form.where, f"form {name}, which asks for {', '.join(slot.text for slot in slots)}"))
    if len(forms) > 1:
        report.assumed.append(Note(form.where, f"{name} is the booking: it asks for the most of what a booking needs"))
    for other, part, _ in forms:
        if other != name:
            report.left.append(Note(part.where, f"form {other}: a domain has one form"))
    if "ignored_intents" in form.pairs():
        where = form.pairs()["ignored_intents"].where
        report.left.append(Note(where, "ignored_intents: a question or small talk never fills a slot here"))
    return name, slots


def _no_form(project: Project) -> Exception:
    first = next(iter(project.domain.values()))[0]
    return BadDomain(
        f"{first.file}:1: forms",
        "there is no form, so nothing says what a booking asks for; write one, or begin with `assistant new-domain`",
    )


def plan_slots(project: Project, form: Sequence[Part], values: Values, report: Report) -> list[Planned]:
    """The slots of the new domain, in the order of the form; a date and a time are added where the form has none."""
    declared, names = dict(project.section("slots")), _Names()
    planned: list[Planned] = []
    wanted = {slot.text for slot in form}
    has_day = any(Kind.DATE in kinds_of(name) for name in wanted)
    for asked in form:
        slot = declared.get(asked.text)
        if slot is None:
            report.left.append(Note(asked.where, f"slot {asked.text}: the domain does not declare it"))
            continue
        planned += _plan(asked.text, slot, values, names, {p.role for p in planned}, has_day, report)
    for name, slot in declared.items():
        if name not in wanted and name != "requested_slot":
            report.left.append(Note(slot.where, f"slot {name}: the form does not ask for it"))
    for kind in (Kind.DATE, Kind.TIME):
        if not any(one.role is _USES[kind] for one in planned):
            planned.append(Planned(USUAL[_USES[kind]], kind, _USES[kind]))
            report.assumed.append(Note("slots.yml", f"slot {kind} added: no booking without a {kind}"))
    return planned


def _plan(
    name: str,
    slot: Part,
    values: Values,
    names: _Names,
    used: Collection[Use | None],
    has_day: bool,
    report: Report,
) -> list[Planned]:
    """What one Rasa slot becomes: a slot, a date and a time, or nothing."""
    keys = slot.pairs()
    sources, others = _sources(keys)
    kinds, why = _kinds(name, keys, sources, values, has_day)
    if not kinds:
        report.left.append(Note(slot.where, f"slot {name}: {why}"))
        return []
    found: list[Planned] = []
    for kind in kinds:
        role = _role(name, kind)
        if role is not None and role in used:
            report.assumed.append(
                Note(slot.where, f"{name}: there is a slot with role {role} already, so it only travels along")
            )
            role = None
        ours = USUAL[role] if role else names.take(name, kind.value)
        choices = values.choices(name, _listed(keys), sources, slot, report) if kind is Kind.CHOICE else ()
        least, most = _bounds(keys, role, name, slot, report)
        found.append(Planned(ours, kind, role, name, choices, least, most, sources))
    said = " and ".join(_told(one) for one in found)
    report.carried.append(Note(slot.where, f"slot {name}: {said}"))
    if why:
        report.assumed.append(Note(slot.where, f"{name}: {why}"))
    report.left += [Note(part.where, f"slot {name}: mapping {kind}{_why_not(kind)}") for kind, part in others.items()]
    return found


def _told(one: Planned) -> str:
    listed = f" of {len(one.choices)}" if one.choices else ""
    role = f", role {one.role}" if one.role else ", without a role: it travels along with the booking"
    return f"{one.name}, {one.kind}{listed}{role}"


def _kinds(
    name: str, keys: dict[str, Part], sources: Sequence[Source], values: Values, has_day: bool
) -> tuple[tuple[Kind, ...], str]:
    """The kinds that a slot becomes, and what was assumed; or none, and why."""
    kind = keys["type"].text if "type" in keys else "text"
    if kind == "categorical":
        if _listed(keys):
            return (Kind.CHOICE,), ""
        return (), "it is categorical and lists no values"
    if kind == "bool":
        return (), "yes and no are answers to the assistant here, no values; write a choice of two named things instead"
    entities = [source.entity for source in sources]
    if unread := next((entity for entity in entities if entity in NO_KIND), None):
        return (), f"Maitre has no kind for Duckling's {unread}"
    by_name = kinds_of(name)
    if by_name:
        if by_name == (Kind.TIME,) and "time" in entities and values.duckling and not has_day:
            return (
                Kind.DATE,
                Kind.TIME,
            ), "Duckling's `time` is a day and a clock time, and no other slot is a day: it became both"
        return by_name, f"it is a {' and a '.join(by_name)}, by its name"
    for entity in entities:
        if entity == "time" and values.duckling:
            return (Kind.DATE, Kind.TIME), "Duckling's `time` is a day, a clock time or both: it became two slots"
        if read := (DUCKLING[entity],) if entity in DUCKLING else kinds_of(entity):
            return read, f"it is a {' and a '.join(read)}, because {entity} fills it"
    if kind == "float":
        return (Kind.COUNT,), "a number is a count here"
    if values.known(sources):
        return (
            Kind.CHOICE,
        ), "the values that the project lists or marks in its examples are all there are; others are refused"
    if sources:
        return (), f"nothing lists or marks a value of {', '.join(sorted(set(entities)))}"
    return (), "it takes any text, and Maitre keeps only values that it can read; nothing was assumed"


def _sources(keys: dict[str, Part]) -> tuple[tuple[Source, ...], dict[str, Part]]:
    """The entities that fill a slot, and by type the first of its other mappings."""
    found: list[Source] = []
    others: dict[str, Part] = {}
    mappings = keys.get("mappings")
    for mapping in mappings.items() if mappings else []:
        written = mapping.pairs()
        kind = written["type"].text if "type" in written else ""
        if kind == "from_entity" and "entity" in written:
            role, group = (written[key].text if key in written else "" for key in ("role", "group"))
            intents, not_intents = (_texts(written.get(key)) for key in ("intent", "not_intent"))
            found.append(Source(written["entity"].text, role, group, intents, not_intents))
        else:
            others.setdefault(kind, mapping)
    return tuple(found), others


def _why_not(kind: str) -> str:
    return {
        "from_text": ": words become a value only where they can be read as one",
        "from_intent": ": a yes, a no or another intent is no value",
        "from_trigger_intent": ": the sentence that starts a booking is read like any other",
        "custom": ": it is filled by Python",
    }.get(kind, ": it is not known")


def _texts(part: Part | None) -> tuple[str, ...]:
    if part is None or part.is_empty:
        return ()
    return tuple(item.text for item in part.items()) if part.is_list else (part.text,)


def _listed(keys: dict[str, Part]) -> list[str]:
    """The values of a categorical slot."""
    if "type" not in keys or keys["type"].text != "categorical" or "values" not in keys:
        return []
    return [value.text for value in keys["values"].items() if value.text.strip()]


def _role(name: str, kind: Kind) -> Use | None:
    if kind is Kind.COUNT:
        return Use.PARTY if counts_people(name) else None
    return _USES.get(kind)


def _bounds(
    keys: dict[str, Part], role: Use | None, name: str, slot: Part, report: Report
) -> tuple[int | None, int | None]:
    """The bounds of a number, which Maitre checks for a count; people get room at the tables of the placeholder."""
    if role is not Use.PARTY:
        return None, None
    written = {key: _whole(keys[key].text) for key in ("min_value", "max_value") if key in keys}
    if most := written.get("max_value"):
        return max(1, written.get("min_value") or 1), max(1, most)
    report.assumed.append(Note(slot.where, f"{name}: 1 to {MOST_PEOPLE} people"))
    return 1, MOST_PEOPLE


def _whole(text: str) -> int | None:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return None
