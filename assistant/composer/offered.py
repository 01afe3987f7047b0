"""Which of the values in question a guest points at by its place: "the later one", "the second option", `첫 번째 거요`.

Knows the two languages' words for first, last, earlier and later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.domain import SlotSpec
from assistant.types import Conversation, Slot, Status
from nlu.folded import folded
from nlu.types import Kind

TWO: Final = 2
"""Fewer values leave nothing to point at."""
_BLANK: Final = re.compile(r"\s")
_LEAD: Final = (
    r"(?:(?:um+|uh+|hm+|oh|ah|ok(?:ay)?|well|then|yes|yeah|yep|no+|nope|nah|wait|sorry|actually|sure|please|probably|maybe|"
    r"rather|it'?s|make it|take|pick|choose|(?:just )?(?:to be|let'?s be) (?:safe|sure|on the safe side)|just in case|"
    r"i(?:'d| would)? (?:say|take|prefer|like|want|mean|meant|think|guess)|i'?ll (?:take|have|go (?:for|with))|"
    r"(?:let'?s|we'?ll|can we|could we|can i|could i)(?: (?:go (?:for|with)|do|take|have|say|get))|(?:go|going) (?:for|with))"
    r"[\s,.!]+)*"
)
_NOUN: Final = (
    r"(?:one|option|choice|date|day|time|slot|place|number|figure|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"of (?:the|those|these|them)(?: two)?)"
)
_TAIL: Final = (
    r"(?:[\s,]+(?:to be (?:safe|sure|on the safe side)|just in case|you(?:'ve got| have| can do| can offer)"
    r"|please|pls|thanks|thank you|then|works?|better|best|is (?:fine|good|ok|okay)|sounds good|"
    r"for (?:me|us)))*[\s.!~]*"
)
_YOU_SAID: Final = r" (?:that )?you (?:said|mentioned|offered|gave|named)"
_ENGLISH: Final = re.compile(
    rf"{_LEAD}(?:(?:the )?(?P<named>[a-z0-9]+)(?: {_NOUN}(?:{_YOU_SAID})?|{_YOU_SAID})"
    rf"|the (?P<bare>former|latter|earlier|later|earliest|latest|sooner|bigger|smaller|larger)){_TAIL}"
)
_OTHER: Final = re.compile(rf"{_LEAD}the other(?: {_NOUN})?(?: instead| after all)?{_TAIL}")
_KOREAN: Final = re.compile(
    r"(?:음+|아|네|넵|예|그럼|그러면|저는|전|저흰|저희는|[가-힣]{2,6}(?:이|가|은|는|께서)(?=\s)|둘\s?중(?:에서?|엔)?(?=\s)|혹시\s?모르니까?|만약을\s?(?:위해|대비해))?[\s,.]*(?:더\s?|제일\s?|가장\s?)?"
    r"(?:(?P<by_place>첫\s?번째|첫째|두\s?번째|둘째|세\s?번째|셋째|전자|후자)|(?P<by_side>처음|먼저|앞에?|빠른|이른|뒤에?|나중|늦은|마지막|많은|적은|큰|작은|넉넉한)(?=\s?[거것꺼걸게날쪽시때]))"
    r"\s?(?:거|것|꺼|걸|게|쪽)?\s?(?:날짜|날|시간|때)?(?:으?로|이|가|은|는|을|를)?"
    r"\s?(?:(?:이?요|할게요?|할래요?|해\s?줘요?|해\s?주세요|부탁\S*|좋\S*|주세요|갈게요?|하죠|하자|이에요|예요|입니다|해요|괜찮\S*))?[\s.!~ㅎㅋ]*"
)

_BY_PLACE: Final = {
    **dict.fromkeys(("first", "1st", "former", "첫번째", "첫째", "전자", "처음", "앞", "앞에", "먼저"), 0),
    **dict.fromkeys(("second", "2nd", "두번째", "둘째", "뒤", "뒤에", "나중"), 1),
    **dict.fromkeys(("third", "3rd", "세번째", "셋째"), 2),
    **dict.fromkeys(("last", "latter", "마지막", "후자"), -1),
}
"""Words for a place among the values in question, as they were offered."""
_FEWER: Final = frozenset(("smaller", "smallest", "lower", "lowest", "fewer", "적은", "작은"))
_LEAST: Final = _FEWER | {"early", "earlier", "earliest", "sooner", "soonest", "빠른", "이른"}
_MORE: Final = frozenset(("bigger", "biggest", "larger", "largest", "higher", "highest", "많은", "큰", "넉넉한"))
_MOST: Final = _MORE | {"late", "later", "latest", "늦은"}
_ORDERED: Final = (Kind.DATE, Kind.TIME)


def points(words: str) -> bool:
    """Whether words do nothing but point at one of several by its place."""
    return _word(words) is not None


def pointed_at(words: str, spec: SlotSpec, slot: Slot) -> str | None:
    """Which of the values in question the words point at; None where they point at none.

    In question are the slot's candidates, the ends of its range or, for a choice of which nothing is held, all that there is.

    Args:
        words: all of a message, or a span of it.
        spec: the slot.
        slot: what it holds.
    """
    word = _word(words)
    return _at(word, _in_question(spec, slot), spec.kind) if word else None


def chosen_anew(words: str, spec: SlotSpec, conversation: Conversation) -> str | None:
    """Which of the values that were in question until just now a guest takes after all: "no, the later one".

    Args:
        words: all of a message.
        spec: the slot that the message before spoke of.
        conversation: its last change must have been the choice.
    """
    was = conversation.past[-1].slots.get(spec.name, Slot()) if conversation.past else Slot()
    value, values = conversation.value(spec.name), was.candidates if was.status is Status.CANDIDATES else ()
    if value not in values:
        return None
    if len(values) == TWO and _OTHER.fullmatch(words.strip().casefold()):
        return next(one for one in values if one != value)
    word = _word(words)
    return _at(word, values, spec.kind) if word else None


def _word(words: str) -> str | None:
    text = folded(words.strip())
    found = _ENGLISH.fullmatch(text) or _KOREAN.fullmatch(text)
    word = _BLANK.sub("", next(filter(None, found.groups()))) if found else ""
    return word if word in _BY_PLACE or word in _LEAST or word in _MOST else None


def _in_question(spec: SlotSpec, slot: Slot) -> tuple[str, ...]:
    if slot.status is Status.CANDIDATES:
        return slot.candidates or slot.bounds or ()
    return () if slot.holds else tuple(choice.id for choice in spec.choices)


def _at(word: str, values: Sequence[str], kind: Kind) -> str | None:
    if len(values) < TWO:
        return None
    if word in _FEWER | _MORE:
        return (min if word in _FEWER else max)(values, key=int) if kind is Kind.COUNT else None
    if word in _LEAST | _MOST:
        return (min if word in _LEAST else max)(values) if kind in _ORDERED else None
    place = _BY_PLACE[word]
    return values[place] if place < len(values) else None
