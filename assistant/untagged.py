"""What the words say though the tagger saw none of it: a party summed up, a value gone back to, the meal that a table is for.

`학생들까지 아홉 명이고요`, "no, go back to four", `점심 먹으려고요`. Knows how Korean sums people up and speaks of meals, and
how English goes back; the value itself is read by the normaliser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain import SlotSpec
from assistant.heard import Heard
from assistant.numbers import NUMBER
from assistant.types import Op, Operation
from nlu.types import Kind, Span

SUMMED = re.compile(
    r"(?:[가-힣]{1,6}(?<![시분반일월욜])까지|포함(?:해서|하면|하여)?|(?<![가-힣])(?:총|도합|다\s?해서|합쳐서|합해서))\s(?:하면\s|해서\s|총\s|모두\s)?"
    r"(?P<count>[0-9가-힣]{1,4}\s?(?:명|분|사람))(?:이고|이구|이에요|이요|이라|입니다|이니까|예요|요|으로|[\s,.!]|$)"
)
"""Words that sum people up, the number and its counter, and an ending that states it."""

GOES_BACK = re.compile(
    r"\bback to (?P<value>[\w: ]{1,24}?)(?: (?:then|instead|please|again|thanks))*[\s.!]*$", re.IGNORECASE
)
"""Last words of a message that goes back to a value."""


MEAL = re.compile(
    r"(?<![가-힣])(?P<meal>아침|점심|저녁)(?:을|이나|으로)?\s?(?:식사(?:를)?\s?)?(?:같이\s|함께\s)?"
    r"(?:먹(?:으?러|으려|을|고\s?싶|자)|하(?:러|려고)|예약|모임|약속)"
)
"""A meal that is yet to be eaten; `점심 먹고 갈게요` and `점심 먹었어요` tell of another one."""


def summed_up(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The count's slot and the words of its value, where nothing of the message was taken for a count.

    Args:
        scene: the message.
        spans: what the tagger saw; a count among them has been heard.
        operations: what was made of them.
    """
    spec = scene.first(Kind.COUNT)
    found = SUMMED.search(scene.message.text)
    if spec is None or found is None or any(spec.name in one.slots for one in operations):
        return None
    if any(span.label == spec.name for span in spans) or not scene.read(found["count"], spec).exact:
        return None
    return spec, found["count"]


def gone_back(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The slot spoken of last and the words of its value, where the message goes back to it and nothing was seen in it.

    Args:
        scene: the message, and what the one before was about.
        spans: what the tagger saw; it must be nothing.
        operations: what was made of the message; where anything was understood beside a no, that stands.
    """
    last, found = scene.conversation.mentioned, GOES_BACK.search(scene.message.text)
    spec = scene.spec(last[0]) if len(last) == 1 else None
    if spec is None or spec.kind is Kind.NAME or found is None or tuple(spans):
        return None
    if any(one.op not in (Op.DENY, Op.UNKNOWN, Op.CHITCHAT) for one in operations):
        return None
    return (spec, found["value"]) if scene.read(found["value"], spec).values else None


def meal(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The time's slot and the words of the meal that the table is for, where no time is held, asked back or said.

    Args:
        scene: the message and what is held.
        spans: what the tagger saw; a time or a bare number among them says more.
        operations: what was made of them; a message that only asks says nothing.
    """
    spec = scene.first(Kind.TIME)
    found = MEAL.findall(scene.message.text)
    if spec is None or len(found) != 1 or scene.conversation.slot(spec.name).holds:
        return None
    said = any(span.label in (spec.name, NUMBER) for span in spans) or any(spec.name in one.slots for one in operations)
    return None if said or not scene.read(found[0], spec).bounds else (spec, found[0])
