"""The slot of a bare number by what the message tells beside it: who comes or stays away, who is late, what was said before.

Only numbers that nothing else places: where a number was asked for, the answer stays the answer. Does not know how a number
is placed otherwise (`assistant.composer.numbers`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composer.heard import Heard
from assistant.composer.numbers import (
    CLAUSE_END,
    COUNTED,
    HOURS,
    NUMBER,
    NUMBER_WORD,
    NUMERIC,
    SUM,
    holder,
    names_held,
    tells_of_company,
)
from assistant.composer.pieces import SURE
from assistant.composer.refs import slot_behind, slot_in_front
from assistant.domain import SlotSpec
from nlu.folded import folded
from nlu.rules.comings import comes, people_ahead, people_behind, speaks_of_clock
from nlu.rules.told_aside import once_planned
from nlu.types import Kind, Role, Span

SAID = re.compile(
    r"\b(?:i|we)(?:'d|'ve| had| have)?(?: originally| first| just| know i| know we)? (?:said|told you|asked for|wrote"
    r"|put|mentioned|gave you)"
    r"(?: (?:it was|it'd be|we were|we'd be|we are|there were|for|about|at|just|you|a table for|a party of))*"
    r" (?P<value>\d{1,2}|[a-z]+)\b(?! (?:or|past|to|thirty|fifteen)\b)"
)
"""A number that was said before, told again."""
WORD = re.compile(r"\b\w+")
TOTAL = re.compile(r" (?:in total|in all|altogether|all together|all told|total)\b")
"""Right behind a number that sums people up."""
RENUMBERED = re.compile(
    r"\b(?:change|make|set|increase|reduce|bring|update|raise|lower|put|correct|amend) (?:the |my |our )?"
    r"(?:number of (?:people|guests|diners|persons)|head ?count|party(?: size)?|guest count)\b[^.!?,]{0,30}? (?:to|from \w+ to) $"
)
"""In front of the new number of people: "change the number of guests on my booking to [six]"."""


def hinted(spans: Sequence[Span], scene: Heard) -> tuple[Span, ...]:
    """The spans; a bare number that the rest of the message tells the slot of is of that slot.

    Args:
        spans: in the order of the words.
        scene: the message, what was asked and what is held.
    """
    return tuple(_placed(span, spans, scene) for span in spans)


def _placed(span: Span, spans: Sequence[Span], scene: Heard) -> Span:
    if not _is_bare(span, scene):
        return span
    spec = _said_before(span, scene) or _named_beside(span, scene) or _renumbered(span, scene) or _in_total(span, scene)
    if spec is None and _is_loose(span) and not _is_asked(scene):
        spec = _hint(span, spans, scene)
    if spec is None or scene.read(span.text, spec).reason:
        return span
    return replace(span, label=spec.name, role=Role.VALUE, confidence=max(span.confidence, SURE))


def _renumbered(span: Span, scene: Heard) -> SlotSpec | None:
    """The count, where the words in front say that it is to change, and of what."""
    ahead = RENUMBERED.search(folded(scene.message.text[: span.start]))
    return scene.first(Kind.COUNT) if ahead else None


def _in_total(span: Span, scene: Heard) -> SlotSpec | None:
    """The count, where the words behind a number sum people up: "so seven in total"."""
    return scene.first(Kind.COUNT) if TOTAL.match(folded(scene.message.text), span.end) else None


def _is_bare(span: Span, scene: Heard) -> bool:
    """Whether it is a number alone, and none that is turned down."""
    spec = scene.spec(span.label)
    numeric = span.label == NUMBER or (spec is not None and spec.kind in (Kind.TIME, Kind.COUNT))
    if not numeric or not NUMBER_WORD.fullmatch(span.text.casefold()):
        return False
    return span.role is Role.VALUE or (span.role is Role.OLD and holder(span, scene) is None)


def _is_loose(span: Span) -> bool:
    """Whether the tagger does not know, or not for sure, what the number is."""
    return span.label == NUMBER or span.confidence < SURE


def _is_asked(scene: Heard) -> bool:
    asked = scene.spec(scene.conversation.asked or "")
    return asked is not None and asked.kind in NUMERIC


def _hint(span: Span, spans: Sequence[Span], scene: Heard) -> SlotSpec | None:
    """The count where the words tell of people, the time where they tell of the clock and of nobody who comes."""
    text, count, time = scene.message.text, scene.first(Kind.COUNT), scene.first(Kind.TIME)
    before = folded(text[: span.start])
    known = count is not None and scene.conversation.value(count.name) is not None
    if known and tells_of_company(before) and SUM.search(before):
        return count
    if known and (
        comes(text, span.end)
        or people_behind(text, span.end)
        or _now_of_plan(span, scene)
        or _comes_of_company(span, count, scene)
    ):
        return count
    if time is None or scene.conversation.value(time.name) is None or any(one.label == time.name for one in spans):
        return None
    return time if HOURS.fullmatch(span.text.casefold()) and speaks_of_clock(text) else None


def _comes_of_company(span: Span, count: SlotSpec | None, scene: Heard) -> bool:
    """Whether the number is the held one with or without the people told of before it: "mia isnt coming so 6"."""
    told = people_ahead(scene.message.text, span.start)
    held = scene.conversation.value(count.name) if count is not None else None
    if count is None or held is None or not told:
        return False
    return scene.read(span.text, count).exact in (str(int(held) - told), str(int(held) + told))


def _now_of_plan(span: Span, scene: Heard) -> bool:
    """Whether it is what became of a plan: "it was going to be six, now five"."""
    before = folded(scene.message.text[: span.start])
    if not SUM.search(before):
        return False
    return any(once_planned(scene.message.text, found.start()) for found in WORD.finditer(before))


def _named_beside(span: Span, scene: Heard) -> SlotSpec | None:
    """The slot that is named right beside: "put 0 for the number of people", "number of guests: 0", "tomorrow @7"."""
    text = scene.message.text
    if text[: span.start].rstrip().endswith("@"):
        return scene.first(Kind.TIME)
    in_front = slot_in_front(CLAUSE_END.split(text[: span.start])[-1], scene.domain)
    spec = scene.spec(slot_behind(text[span.end :], scene.domain) or in_front or "")
    return spec if spec is not None and spec.kind in NUMERIC else None


def _said_before(span: Span, scene: Heard) -> SlotSpec | None:
    """The one slot that holds what was said before: "I said three but we miscounted, it's two"."""
    before = folded(scene.message.text[: span.start])
    found = SAID.search(before)
    if found is None or COUNTED.search(before.rstrip()):
        return None
    specs = [
        spec
        for spec in scene.domain.slots
        if spec.kind in (Kind.TIME, Kind.COUNT) and names_held(found["value"], spec, scene)
    ]
    return specs[0] if len(specs) == 1 else None
