"""A span finder without a model, to measure what the trained tagger adds: patterns propose, the normaliser disposes.

What anybody would write in an afternoon: names of the choices, shapes of dates, clock times, counts, phones and names,
and a handful of words for acts. Not tuned on any set; leave it so, or it measures nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.domain import Domain, SlotSpec
from nlu.types import Kind, Moment, Role, Span, Tagging
from nlu.values import normalise

_NUMBER: Final = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_WEEKDAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH: Final = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_KOREAN_NUMBER: Final = (
    r"(?:\d{1,2}|하나|둘|셋|넷|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열한|열두|열|삼|사|오|육|칠|팔|구|십)"
)

SHAPES: Final = {
    Kind.DATE: rf"""\d{{4}}-\d\d-\d\d | \d{{1,2}}/\d{{1,2}} | (?:the\ )?day\ after\ tomorrow | today | tonight | tomorrow
        | (?:this\ |next\ |coming\ )?{_WEEKDAY}(?:\ next\ week)? | (?:this\ |the\ )?weekend
        | {_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)? | (?:the\ )?\d{{1,2}}(?:st|nd|rd|th)(?:\ of\ {_MONTH})?
        | 오늘 | 내일모레 | 내일 | 모레 | 글피 | (?:\d{{1,2}}월\s?)?\d{{1,2}}일 | (?:(?:이번|다음)\s?주\s?)?[월화수목금토일]요일
        | (?:이번\s?)?주말""",
    Kind.TIME: rf"""(?:half\ past|quarter\ past|quarter\ to)\ {_NUMBER} | \d{{1,2}}(?:[:.]\d\d)?\s?[ap]\.?m\b\.? | \d{{1,2}}:\d\d
        | {_NUMBER}\ o'clock | {_NUMBER}\ in\ the\ (?:morning|afternoon|evening) | noon | lunch(?:time)? | (?:the\ )?evening
        | (?:오전|오후|아침|점심|저녁|낮|밤)?\s?{_KOREAN_NUMBER}\s?시(?:\s?(?:반|\d{{1,2}}분))? | 정오""",
    Kind.COUNT: rf"""{_NUMBER}\ (?:people|persons|guests|adults|of\ us)(?:\ and\ {_NUMBER}\ (?:kids|children|child))?
        | (?:party|table|group)\ (?:of|for)\ {_NUMBER} | {_KOREAN_NUMBER}\s?(?:명|분|사람)
        | 어른\s?{_KOREAN_NUMBER}(?:\s?아이\s?{_KOREAN_NUMBER})?""",
    Kind.PHONE: r"\+?\d{2,3}[- ]?\d{3,4}[- ]?\d{4}",
    Kind.NAME: r"(?<=under\ )[A-Z]\w+(?:\ [A-Z]\w+)* | (?<=name\ is\ )\w+(?:\ [A-Z]\w+)* | (?<=이름은\ )\w+ | (?<=예약자는\ )\w+",
}
"""What a value of each kind looks like, in either language."""

ACTS: Final = {
    "affirm": r"yes\b|yeah\b|yep\b|sure\b|correct\b|(?:네|예|응|맞아요|좋아요)(?:[\s,.!]|$)",
    "deny": r"no\b|nope\b|아니(?:요|오)?(?:[\s,.!]|$)",
    "start": r".*\b(?:book|reserve|reservation)\b|.*예약(?:해|하고|할|좀|부탁)",
    "restart": r".*start over|.*처음부터",
    "cancel": r".*\bcancel\b|.*취소",
    "clear_all": r".*(?:clear|delete|remove|forget) everything|.*(?:다|전부|모두) 지워",
    "undo": r".*\bundo\b|.*(?:되돌려|방금 거 취소)",
    "ask": r".*\?\s*$",
    "handoff": r".*\b(?:a|real) (?:person|human)\b|.*(?:상담원|직원)",
}
REMOVES: Final = r"\b(?:remove|delete|clear|forget|drop|take out)\b|지워|삭제|빼\s?(?:줘|주)"
CHANGES: Final = r"\b(?:change|move|edit)\b|바꾸|변경|수정"
OLD_BEFORE: Final = r"(?:\bnot(?: on| at)?|instead of|rather than|didn't say) $"
OLD_AFTER: Final = r"\s?(?:말고|아니고|아니라|대신)"


def find(text: str, domain: Domain, moment: Moment) -> Tagging:
    """What keywords and shapes find in a message.

    Args:
        text: the message.
        domain: the slots, with the names of their choices and the words that name them.
        moment: the user's now and zone.

    Returns:
        Acts with probability 1, and spans without overlaps in the order of the words.
    """
    acts = {act: 1.0 for act, shape in ACTS.items() if re.match(shape, text.strip(), re.I | re.S)}
    spans: list[Span] = []
    for span in (*_values(text, domain, moment), *_refs(text, domain), *_numbers(text)):
        if all(span.end <= other.start or other.end <= span.start for other in spans):
            spans.append(span)
    return Tagging(acts, tuple(sorted(spans, key=lambda span: span.start)))


def _values(text: str, domain: Domain, moment: Moment) -> Iterator[Span]:
    for spec in sorted(domain.slots, key=lambda spec: spec.kind is not Kind.PHONE):  # its digits look like other things
        for match in re.finditer(_shape(spec), text, re.X if spec.kind is Kind.NAME else re.X | re.I):
            if not normalise(match[0].strip(), spec.kind, moment, spec.choices).reason:
                yield _span(spec.name, _role(text, match), match)


def _shape(spec: SlotSpec) -> str:
    if spec.kind is not Kind.CHOICE:
        return rf"(?<![A-Za-z\d])(?:{SHAPES[spec.kind]})(?![A-Za-z\d])"
    names = sorted((name for choice in spec.choices for name in choice.names), key=len, reverse=True)
    return "|".join(re.escape(name) if not name.isascii() else rf"\b{re.escape(name)}\b" for name in names)


def _role(text: str, match: re.Match[str]) -> Role:
    old = re.search(OLD_BEFORE, text[: match.start()], re.I) or re.match(OLD_AFTER, text[match.end() :])
    return Role.OLD if old else Role.VALUE


def _refs(text: str, domain: Domain) -> Iterator[Span]:
    """Words that name a slot, where the message says what is to happen to it."""
    role = Role.CLEAR if re.search(REMOVES, text, re.I) else Role.CHANGE if re.search(CHANGES, text, re.I) else None
    words = [word for spec in domain.slots for refs in spec.refs.values() for word in refs if len(word) > 1]
    if role:
        for match in re.finditer("|".join(map(re.escape, sorted(words, key=len, reverse=True))), text, re.I):
            yield _span("slot_ref", role, match)


def _numbers(text: str) -> Iterator[Span]:
    for match in re.finditer(rf"\b{_NUMBER}\b", text, re.I):
        yield _span("number", _role(text, match), match)


def _span(label: str, role: Role, match: re.Match[str]) -> Span:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Span(label, role, start, match.end(), match[0].strip())
