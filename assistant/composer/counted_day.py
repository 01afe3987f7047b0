"""A day that a message counts from another one: "Friday's the recital, so the day before", `그 다음 날로요`.

Knows words that count from a day, in both languages. The day that they count from is told in front of them and is no wish of
its own, or it is the one that is held, or that was held until it was taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from assistant.composer.heard import Heard
from assistant.composer.pieces import SURE, doubted, set_to
from assistant.domain import SlotSpec
from assistant.types import Op, Operation, Slot, Status
from assistant.values import moved
from nlu.folded import folded
from nlu.types import Kind, Reading
from nlu.values.english_calendar import WEEKDAY
from nlu.values.english_words import WEEKDAYS

_KOREAN_WEEKDAYS: Final = "월화수목금토일"
_WISHES: Final = (
    r"(?:so|then|and|but|or|ok|okay|well|hm+|actually|instead|please|pls|maybe|perhaps|let'?s|let us|make it|do|go|for|with|can"
    r"|could|shall|should|we|i|i'd|i'll|we'd|we'll|would|like|love|prefer|rather|want|wanna|need|book|it|us|me|that|to|on|try|take"
    r"|change|switch|move|push|have|how about|what about|better|come|say|is|works?|no|not then|use|put|down|by|a|day"
    r"|the booking|the table)"
)
_ENDS: Final = (
    r"(?=\s*(?:$|[.,!?;…]|(?:please|pls|thanks|for|at|in|instead|if|would|then|works? (?:better|best|fine|well)|with|and|so"
    r"|around|is (?:better|fine|good|great|best|ideal|perfect|ok|okay))\b))"
)
_WISHED: Final = rf"(?:^|[.,!?;:…—–-]|\b(?=so\b)|\b(?=then\b))\s*(?:{_WISHES}\s+)*(?:on )?"
_KOREAN_ENDS: Final = (
    r"(?=\s?(?:짜?(?:으?로|이요|이에요|예요|요(?![가-힣])|이\s?(?:좋|낫|나을|나아|편)"
    r"|(?:에|은|이)?\s?(?:어때|어떨|가능|괜찮|될까|되나|예약|잡아|부탁))|에\s?(?:갈|가고|가도|가려|할|하고|하려|잡|보|올)|[\s.!~,]*$))"
)
Count = Callable[[date, re.Match[str]], date]


def _days(count: int) -> Count:
    return lambda told, found: told + timedelta(days=count)


def _of_its_week(told: date, found: re.Match[str]) -> date:
    """The weekday in the week, Monday to Sunday, of the day that is told."""
    return told + timedelta(days=_weekday(found) - told.weekday())


def _of_next_week(told: date, found: re.Match[str]) -> date:
    return _of_its_week(told, found) + timedelta(days=7)


def _next(told: date, found: re.Match[str]) -> date:
    """The first such weekday after the day that is told."""
    return told + timedelta(days=(_weekday(found) - told.weekday() - 1) % 7 + 1)


def _last(told: date, found: re.Match[str]) -> date:
    """The last such weekday before the day that is told."""
    return told - timedelta(days=(told.weekday() - _weekday(found) - 1) % 7 + 1)


def _weekday(found: re.Match[str]) -> int:
    name = found["weekday"]
    return WEEKDAYS.index(name) if name in WEEKDAYS else _KOREAN_WEEKDAYS.index(name)


_DAY: Final = r"(?:day|evening|night)"
_NAMED: Final = rf"(?P<weekday>{WEEKDAY})"
_YOIL: Final = rf"(?P<weekday>[{_KOREAN_WEEKDAYS}])(?:요일|욜)"
_COUNTED: Final[Sequence[tuple[re.Pattern[str], Count]]] = tuple(
    (re.compile(pattern), count)
    for pattern, count in (
        (
            rf"{_WISHED}(?:the |a )?(?:{_DAY} (?:after|following)|(?:next|following) {_DAY})(?: that| it)?{_ENDS}",
            _days(1),
        ),
        (
            rf"{_WISHED}(?:the |a )?(?:{_DAY} (?:before|preceding)|(?:previous|preceding) {_DAY})(?: that| it)?{_ENDS}",
            _days(-1),
        ),
        (rf"{_WISHED}(?:the |a )?(?:week after|following week)(?: that)?{_ENDS}", _days(7)),
        (rf"{_WISHED}(?:the |a )?(?:week before|previous week)(?: that)?{_ENDS}", _days(-7)),
        (rf"{_WISHED}(?:the )?{_NAMED} (?:of|in) (?:that(?: same)?|the same) week{_ENDS}", _of_its_week),
        (rf"{_WISHED}(?:that|the same) week'?s {_NAMED}{_ENDS}", _of_its_week),
        (rf"{_WISHED}the {_NAMED} (?:after|following)(?: that)?{_ENDS}", _next),
        (rf"{_WISHED}the {_NAMED} before(?: that)?{_ENDS}", _last),
        (rf"(?<![가-힣])(?:그\s?)?(?:바로\s?)?(?:(?:다음|담)\s?날|이튿날){_KOREAN_ENDS}", _days(1)),
        (rf"(?<![가-힣])(?:그\s?)?(?:바로\s?)?전\s?날{_KOREAN_ENDS}", _days(-1)),
        (rf"(?<![가-힣])그\s?(?:다음|담)\s?주\s?{_YOIL}{_KOREAN_ENDS}", _of_next_week),
        (rf"(?<![가-힣])(?:그|같은)\s?주\s?{_YOIL}{_KOREAN_ENDS}", _of_its_week),
        (rf"(?<![가-힣])그\s?(?:다음|담)\s?{_YOIL}{_KOREAN_ENDS}", _next),
    )
)
"""Words that count a day from another one, and the day; in English what wishes for it stands in front of it."""
_CALLED: Final = re.compile(rf"(?:'s| is| was| being| falls on) an? {WEEKDAY}\b")
"""Which weekday a day is: no day of its own."""
_NOT: Final = re.compile(r"\bnot (?:on |for )?(?=\w)")
_PART: Final = re.compile(r"[,.;!?\n]|(?<=[고서데만])\s")
_HINT: Final = re.compile(r"\b(?:after|before|following|next|previous|preceding|week)\b|그|같은|[음담전]\s?날|이튿날")
"""What every one of them has: most messages are not searched further."""


def counted_day(operations: Iterable[Operation], scene: Heard) -> list[Operation]:
    """The operations; where the message counts a day from another one, that day and no other.

    Args:
        operations: of the message. What moves a day or an hour that was taken back moves what was there.
        scene: the message and the history.
    """
    heard, spec = list(operations), scene.first(Kind.DATE)
    if any(one.op in (Op.ASK, Op.UNDO, Op.REDO) for one in heard):
        return heard
    day = None if spec is None else _counted(scene, spec)
    if spec is None or day is None:
        return [_from_what_was(one, scene) for one in heard]
    kept = [one for one in heard if spec.name not in one.slots and one.op is not Op.UNKNOWN]
    seen = max((one.confidence for one in heard if spec.name in one.slots), default=SURE)
    return [*kept, replace(doubted(set_to(spec, Reading((day,)), None), scene), confidence=max(seen, SURE))]


def _counted(scene: Heard, spec: SlotSpec) -> str | None:
    """The day that the message counts from another one, as an ISO date."""
    text = folded(scene.message.text)
    if not _HINT.search(text):
        return None
    for pattern, count in _COUNTED:
        for found in pattern.finditer(text):
            told = _told(text[: found.start()], spec, scene) or _held(spec, scene)
            if told is not None:
                return count(date.fromisoformat(told), found).isoformat()
    return None


def _told(words: str, spec: SlotSpec, scene: Heard) -> str | None:
    """The one day that words name, or the last part of them."""
    plain = _NOT.sub("", _CALLED.sub("", words))  # "not tomorrow, but the day after" counts from tomorrow
    return scene.read(plain, spec).exact or scene.read(_PART.split(plain)[-1], spec).exact


def _held(spec: SlotSpec, scene: Heard) -> str | None:
    """The value that is held, or that was held until it was taken back."""
    slot = scene.conversation.slot(spec.name)
    if slot.status is not Status.CLEARED:
        return slot.value
    past = (one.slots[spec.name].value for one in reversed(scene.conversation.past) if spec.name in one.slots)
    return next((value for value in past if value is not None), None)


def _from_what_was(one: Operation, scene: Heard) -> Operation:
    """The operation; a move of a day or an hour that was taken back becomes what it makes of it: "then an hour later"."""
    spec = scene.spec(one.slots[0]) if one.op is Op.ADJUST else None
    if spec is None or spec.kind not in (Kind.DATE, Kind.TIME):
        return one
    was = _held(spec, scene) if scene.conversation.slot(spec.name).status is Status.CLEARED else None
    value = None if was is None else moved(spec, one.change, Slot(Status.FILLED, value=was))
    return one if value is None else replace(one, op=Op.SET, value=value, change=None)
