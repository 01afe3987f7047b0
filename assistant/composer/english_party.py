"""A held party that changes in part: "so only two children", "the kids will be three", "I'm bringing a friend".

Does not know what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composer.heard import WITHOUT_THEM, Heard
from assistant.domain import SlotSpec
from nlu.folded import folded
from nlu.types import Delta, Kind, Reading, Role, Span
from nlu.values import read_delta
from nlu.values.english_people import CHILDREN, Sort, members
from nlu.values.english_words import canonical
from nlu.values.korean_people import COMPANY, SELF
from nlu.values.text import has_hangul

CHILDREN_ARE = re.compile(
    rf"\b{CHILDREN}(?: (?:will be|are|would be|come to)|'ll be)(?: (?:only|just|now|actually|really))* $"
)
"""Right in front of the number of children."""
OF_THE_CHILDREN = re.compile(rf"(?<!\w)(?:\d|one|two|three|four|five) of (?:the|our|my) {CHILDREN}\b")
"""How many of the children come: "only two of the kids"."""
CHILDREN_BEHIND = re.compile(rf" {CHILDREN}\b(?! (?:and|plus|&|with))")
"""Right behind a number of them."""
AGE = re.compile(r"[\s-]*(?:years?|months?|yrs?|and a half|in|on|next|this|by|tomorrow|today)\b")
"""Right behind an age, or when it is reached."""
BRINGS = re.compile(
    r"(?:\W|(?:oh|so|and|also|btw|by the way|actually|hey|sorry|ok|okay|well)\b)*"
    r"(?:(?:i'm|im|i am|i'll be|i will be|we're|we are|we'll be|i'll|we'll)(?: (?:also|now|actually|just))* bring(?:ing)?"
    r"|(?:we've|we have) (?:just |now |actually )?(?:grown|gained)) [^?]*$"
)
"""A guest who says whom they bring, or that more come, and asks nothing."""
DOUBLED = re.compile(
    r"(?:\W|\b(?:can|could|you|we|please|pls|let's|actually|hey|hi|oh|so|ok|okay|just|and|i need to|we need to)\b)*doubl(?:e|ing)"
    r" (?:the|our|my|that) (?:party|group|number(?: of (?:people|guests|us))?|party size|head ?count|size|people|guests|table)"
    r"(?: size)?(?:\W|\b(?:please|pls|then|thanks|for me|if possible)\b)*"
)
"""A message that wants twice as many and nothing else."""
ALL_OF_IT = re.compile(
    r"\b(?:no|without(?: any| the)?) (?:adults?|grown-?ups?|parents)\b|\b(?:party|table|group|booking) (?:of|for) $"
    r"|\btotal\b|\badults?\b"
)
"""Words by which the children are not counted beside the adults that are held."""


ADULTS = re.compile(r"\b(?:adults?|grown-?ups?)\b|어른|성인")
KOREAN_GROWN = re.compile(
    rf"(?:(?:{'|'.join(sorted((*COMPANY, *SELF), key=len, reverse=True))})(?:이랑|랑|하고|와|과|이|만|도|는|은)?[\s,]*){{2,}}"
)
"""Two or more grown people who are named in Korean, and nobody else."""
PLURAL_ADULTS = re.compile(r"\b(?:adults|grown-?ups)\b|(?:어른|성인)(?:들|끼리)")
"""All the adults there are."""
ONLY_AHEAD = re.compile(r"\b(?:just|only)(?: (?:be|the|us|for|have|make it))*(?: [\w-]+){0,3}$")
ONLY_BEHIND = re.compile(rf" (?:only|alone)\b|만(?!\s?(?:더|추가))|{WITHOUT_THEM}")
"""Around a number of adults: nobody else comes."""


def children_anew(span: Span, reading: Reading, spec: SlotSpec, spans: Sequence[Span], scene: Heard) -> Reading:
    """The reading; of a party of adults and children a number of children alone changes the children.

    Args:
        span: where the number stands.
        reading: what it says by itself.
        spec: the slot.
        spans: all of the message; with two counts neither is for the children alone.
        scene: the message and the party that is held.
    """
    adults = int(scene.conversation.slot(spec.name).parts.get("adults", "0"))
    old = [one for one in spans if one.label == spec.name and one.role is Role.OLD]
    anew = any(re.search(rf"\b{CHILDREN}\b", folded(one.text)) for one in old) and reading.exact and not reading.parts
    children = int(reading.exact or 0) if anew else _children(span, reading, scene)
    alone = sum(one.label == spec.name for one in spans if one not in old) == 1
    if spec.kind is not Kind.COUNT or not adults or children is None or not alone:
        return reading
    return Reading((str(adults + children),), parts={"adults": str(adults), "children": str(children)})


def grown_only(span: Span, reading: Reading, spec: SlotSpec, scene: Heard) -> Reading:
    """The reading; of a party with children those who are left, each named and grown up, are all: "it's only my husband and me".

    Args:
        span: where they stand.
        reading: what it says by itself.
        spec: the slot.
        scene: the message and the party that is held.
    """
    children = int(scene.conversation.slot(spec.name).parts.get("children", "0"))
    if spec.kind is not Kind.COUNT or not children or reading.exact is None or reading.parts:
        return reading
    found = members(canonical(folded(span.text)))
    named = len(found) > 1 and all(one.sort in (Sort.SELF, Sort.RELATIVE) for one in found)
    named = named or KOREAN_GROWN.fullmatch(span.text) is not None
    return replace(reading, parts={"adults": reading.exact, "children": "0"}) if named else reading


def adults_anew(span: Span, reading: Reading, spec: SlotSpec, scene: Heard) -> Reading:
    """The reading; of a party with children a number of adults changes the adults, or leaves nobody else: "just two adults".

    Args:
        span: where the number stands.
        reading: what it says by itself.
        spec: the slot.
        scene: the message and the party that is held.
    """
    text, children = folded(scene.message.text), int(scene.conversation.slot(spec.name).parts.get("children", "0"))
    said = text[span.start : span.end]
    if spec.kind is not Kind.COUNT or not children or reading.parts or not ADULTS.search(said):
        return reading
    if reading.exact is None and (alone := _adults_left(span, spec, scene)):
        return Reading((alone,), parts={"adults": alone, "children": "0"})
    if reading.exact is None:
        return reading
    if ONLY_AHEAD.search(text[: span.end]) or ONLY_BEHIND.match(text, span.end) or said.endswith("만"):
        return Reading(reading.values, parts={"adults": reading.exact, "children": "0"})
    return Reading((str(int(reading.exact) + children),), parts={"adults": reading.exact, "children": str(children)})


def _adults_left(span: Span, spec: SlotSpec, scene: Heard) -> str:
    """How many adults of the held party come where all of them do, and no children: "only us adults then"; empty otherwise."""
    text = folded(scene.message.text)
    said = text[span.start : span.end]
    only = ONLY_AHEAD.search(text[: span.end]) or ONLY_BEHIND.match(text, span.end) or said.endswith("만")
    alone = PLURAL_ADULTS.search(said) and only
    return scene.conversation.slot(spec.name).parts.get("adults", "") if alone else ""


def _children(span: Span, reading: Reading, scene: Heard) -> int | None:
    """How many children the words count, and nobody else; None where they count anybody else."""
    text = folded(scene.message.text)
    if reading.exact is None or has_hangul(text) or ALL_OF_IT.search(text[: span.start]) or ALL_OF_IT.search(text):
        return None
    if reading.parts:
        return int(reading.exact) if reading.parts.get("adults") == "0" else None
    are = CHILDREN_ARE.search(text[: span.start]) and not AGE.match(text, span.end)
    told = (
        are
        or CHILDREN_BEHIND.match(text, span.end)
        or OF_THE_CHILDREN.search(text, span.start, span.end + len(" of the little ones"))
    )
    return int(reading.exact) if told else None


def doubled(scene: Heard) -> tuple[SlotSpec, Delta] | None:
    """The count and by how many it grows where the held party is to be doubled: "double the party"."""
    spec = scene.first(Kind.COUNT)
    held = scene.conversation.value(spec.name) if spec is not None else None
    if spec is None or held is None or not DOUBLED.fullmatch(folded(scene.message.text)):
        return None
    return spec, Delta("people", int(held), 1)


def brought_along(scene: Heard) -> tuple[SlotSpec, Delta] | None:
    """The count and by how many it grows, where a guest says whom they bring besides the held party: "I'm bringing a friend"."""
    spec = scene.first(Kind.COUNT)
    if spec is None or scene.conversation.value(spec.name) is None or not BRINGS.match(folded(scene.message.text)):
        return None
    delta = read_delta(scene.message.text, spec.kind)
    return (spec, delta) if delta is not None and delta.sign > 0 else None
