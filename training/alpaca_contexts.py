"""Draws the conversation in which an annotated row was said: what was asked, and values that its words make sense of.

"Not Friday" needs a Friday that is held, "that" needs something the guest spoke of. What a row's hints say binds; the rest
is drawn. Knows kinds of slots and the normaliser; does not know prompts or answers.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from assistant.composer.numbers import NUMBER, SLOT_REF
from assistant.composer.refs import PRONOUNS, named_slots
from assistant.domain import Domain, SlotSpec
from assistant.types import Conversation, Message, Pending, Phase, Slot, Status
from nlu.types import Kind, Moment, Role, Span
from nlu.values import normalise
from training.contexts import Scene, Slots, draw_scene
from training.examples import Example

FIRST_DAY: Final = datetime(2026, 1, 5, 9, 0)
"""Clocks are drawn from the two years after this day, so that no weekday belongs to a date."""
ODD_NAMES: Final = ('Bo "B" Lee', "### Response:", "<|eot_id|>", "a\\b", "affirm\nset time", "O'Neil | #1", "이름 <b>")
"""Names that somebody may have typed: what stands in a prompt as a name is never an instruction."""
_ODD: Final = 0.03
"""Share of held names that are odd."""
_DAYTIME: Final = ("07:00", "21:00")
_MOVABLE: Final = (Kind.DATE, Kind.TIME, Kind.COUNT)


@dataclass(frozen=True, slots=True)
class Said:
    """A row with the conversation that it was said in."""

    example: Example
    message: Message
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Stock:
    """What values are drawn from: the domain, its slots in the drawing's terms, and names that guests gave, by language."""

    domain: Domain
    slots: Slots
    names: Mapping[str, Sequence[str]]


def slots_of(domain: Domain) -> Slots:
    """The domain's slots as `training.contexts` draws with them."""
    asked = tuple(spec.name for spec in domain.slots if spec.required.need != "never")
    return Slots(
        domain_names(domain), asked, tuple(spec.name for spec in domain.slots if spec.required.need == "always")
    )


def domain_names(domain: Domain) -> tuple[str, ...]:
    """The names of the slots in order."""
    return tuple(spec.name for spec in domain.slots)


def stock_of(domain: Domain, examples: Iterable[Example]) -> Stock:
    """A stock whose names are those of the rows."""
    kinds = {spec.name: spec.kind for spec in domain.slots}
    names: dict[str, dict[str, None]] = {language: {} for language in domain.languages}
    moment = Moment(FIRST_DAY.replace(tzinfo=ZoneInfo(_zone(domain))), _zone(domain))
    for example in examples:
        for span in example.spans:
            is_name = kinds.get(span.label) is Kind.NAME and span.role is Role.VALUE
            if is_name and (said := normalise(span.text, Kind.NAME, moment).exact):
                names[example.lang][said] = None
    return Stock(domain, slots_of(domain), {language: tuple(found) for language, found in names.items()})


def draw_conversation(example: Example, stock: Stock, rng: random.Random) -> Said:
    """Draw the conversation before a row, and the message.

    Args:
        example: what is said.
        stock: what values are drawn from.
        rng: decides.
    """
    domain = stock.domain
    scene = draw_scene(example, stock.slots, rng)
    now = (FIRST_DAY + timedelta(days=rng.randrange(730), minutes=15 * rng.randrange(48))).replace(
        tzinfo=ZoneInfo(_zone(domain))
    )
    draw = _Draw(example, stock, scene, Moment(now, _zone(domain)), rng)
    slots = draw.slots()
    asked = scene.asked if scene.asked != "none" else None
    conversation = Conversation(
        "training",
        phase=Phase.COLLECTING if slots and scene.phase == Phase.IDLE else Phase(scene.phase),
        pending=Pending(scene.pending),
        slots=slots,
        asked=asked,
        attempt=asked if asked in slots and slots[asked].value else None,
        mentioned=draw.mentioned(slots),
        loose_number=draw.loose_number(),
        locale=example.lang,
        time_zone=_zone(domain),
        last_active=now,
    )
    return Said(example, Message("training", "1", example.text, example.lang, _zone(domain), now), conversation)


@dataclass(frozen=True, slots=True)
class _Draw:
    """One row being placed."""

    example: Example
    stock: Stock
    scene: Scene
    moment: Moment
    rng: random.Random

    def slots(self) -> dict[str, Slot]:
        """The held slots: those of the scene, and those without which the row's words mean nothing."""
        needed = self._needed() if "filled" not in self.example.hints else {}
        held: dict[str, Slot] = {}
        for spec in self.stock.domain.slots:
            if spec.name in needed and self.rng.random() < 0.97:
                held[spec.name] = Slot(Status.FILLED, value=needed[spec.name] or self._value(spec))
            elif spec.name in self.scene.filled:
                turned_down = self._turned_down().get(spec.name)
                held[spec.name] = Slot(Status.FILLED, value=turned_down) if turned_down else self._any(spec)
        return held

    def mentioned(self, held: Mapping[str, Slot]) -> tuple[str, ...]:
        """What the guest spoke of just before."""
        pronouns = [PRONOUNS.get(span.text.casefold().strip(" .,!?")) for span in self.example.spans]
        names = list(held)
        if not names or self.rng.random() < (0.1 if any(pronouns) else 0.7):
            return ()
        several = any(one is not None and one.several for one in pronouns)
        return tuple(self.rng.sample(names, min(len(names), 2 if several else 1)))

    def loose_number(self) -> str:
        """A number that waits for its slot to be named, where the row may name one."""
        names_one = any(span.label == SLOT_REF and span.role is Role.VALUE for span in self.example.spans)
        waits = names_one and self.scene.asked == "none" and self.rng.random() < 0.7
        return str(self.rng.randint(1, 12)) if waits else ""

    def _needed(self) -> dict[str, str | None]:
        """The slots that the row takes for held, with the value that it names, if it does."""
        needed: dict[str, str | None] = {**self._turned_down()}
        for span in self.example.spans:
            if span.label == SLOT_REF and span.role in (Role.CLEAR, Role.CHANGE, Role.KEEP):
                needed.update((name, None) for name in named_slots(span.text, self.stock.domain) if name not in needed)
            elif span.role in (Role.DELTA, Role.KEEP) and span.label not in needed:
                needed[span.label] = None
        return needed

    def _turned_down(self) -> dict[str, str | None]:
        """The values that are named to be replaced or taken back, by slot."""
        found: dict[str, str | None] = {}
        for span in self.example.spans:
            if span.role is Role.OLD:
                spec = self._owner(span)
                if spec is not None:
                    found[spec.name] = self._named(span, spec)
        return found

    def _owner(self, span: Span) -> SlotSpec | None:
        domain = self.stock.domain
        if span.label != NUMBER:
            return domain.slot(span.label)
        beside = [one.label for one in self.example.spans if one.role is Role.VALUE]
        for name in (*beside, self.scene.asked, *self.rng.sample(domain_names(domain), len(domain.slots))):
            spec = domain.slot(name)
            if spec is not None and spec.kind in _MOVABLE and self._named(span, spec):
                return spec
        return None

    def _named(self, span: Span, spec: SlotSpec) -> str | None:
        """The value that the words name; of several one in the daytime."""
        reading = normalise(span.text, spec.kind, self.moment, spec.choices)
        values = reading.values or (reading.bounds or ())[:1]
        by_day = [value for value in values if spec.kind is not Kind.TIME or _DAYTIME[0] <= value <= _DAYTIME[1]]
        return self.rng.choice(by_day or values) if values else None

    def _any(self, spec: SlotSpec) -> Slot:
        """Something that the slot may hold."""
        if spec.dont_care and self.rng.random() < 0.2:
            return Slot(Status.DONT_CARE)
        in_question = spec.kind in (Kind.DATE, Kind.TIME) and self.scene.asked == spec.name
        if not in_question or self.rng.random() < 0.4:
            return Slot(Status.FILLED, value=self._value(spec))
        if spec.kind is Kind.DATE:
            first = self.moment.now.date() + timedelta(days=self.rng.randint(1, 12))
            return Slot(Status.CANDIDATES, candidates=(first.isoformat(), (first + timedelta(days=1)).isoformat()))
        if self.rng.random() < 0.5:
            first_hour = self.rng.choice((7, 11, 12, 17))
            return Slot(Status.CANDIDATES, bounds=(f"{first_hour:02}:00", f"{first_hour + 4:02}:00"))
        hour = self.rng.randint(7, 9)
        return Slot(Status.CANDIDATES, candidates=(f"{hour:02}:00", f"{hour + 12}:00"))

    def _value(self, spec: SlotSpec) -> str:
        """A canonical value."""
        rng = self.rng
        match spec.kind:
            case Kind.CHOICE:
                return rng.choice(spec.choices).id
            case Kind.DATE:
                horizon = self.stock.domain.book.horizon_days
                return (self.moment.now.date() + timedelta(days=rng.randint(0, horizon))).isoformat()
            case Kind.TIME:
                return f"{rng.choice((*range(7, 21), 18, 19, 20)):02}:{rng.choice(('00', '30'))}"
            case Kind.COUNT:
                return str(min(rng.randint(spec.minimum or 1, spec.maximum or 12) for _ in range(2)))
            case Kind.PHONE:
                return f"010-{rng.randrange(1000, 10000)}-{rng.randrange(1000, 10000)}"
            case Kind.NAME if rng.random() < _ODD:
                return rng.choice(ODD_NAMES)
            case Kind.NAME:
                return rng.choice(self.stock.names[rng.choice(list(self.stock.names))])


def _zone(domain: Domain) -> str:
    return domain.book.venues[0].time_zone
