"""A value put right in the same breath: "seven, no, half past seven", "for two, sorry, three". Both are for one slot.

Looks at two neighbouring values and the words between them. Does not know which slot a lone number is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.composer.heard import Heard
from assistant.composer.numbers import HOURS, NUMBER, SLOT_REF
from assistant.composer.refs import named_slots
from assistant.domain import SlotSpec
from assistant.types import Conversation
from nlu.folded import folded
from nlu.types import Kind, Role, Span, Tagging
from nlu.values.english_words import canonical

_NUMERIC: Final = (Kind.DATE, Kind.TIME, Kind.COUNT)
_TURN: Final = (
    r"no+|nope|nah|wait|sorry|actually|rather|make (?:it|that)|i mean(?:t)?|scratch that|correction|hang on|hold on"
    r"|oops"
)
_BETWEEN: Final = re.compile(
    rf"[\s,.…-]*(?:(?:um+|uh+|er+m?|hm+|oh|ah|or|well|so|then|say|at|for|the)[\s,.…-]+)*(?:{_TURN})"
    rf"(?:[\s,.…-]+(?:{_TURN}|um+|uh+|er+m?|hm+|oh|ah|at|for|it's|we're|we are))*[\s,.…-]*"
)
"""Nothing but a change of mind between two values."""
SURE_OF_REMARK: Final = 1.0
"""Confidence of a message that takes itself back: nothing of it is guessed."""
_TURNS: Final = re.compile(rf"[\s,.…-]*(?:or )?(?:{_TURN})\b(?!')")
"""A change of mind right behind a value; what comes of it may follow in another clause."""
_AS_IT_WAS: Final = (
    r"(?:(?:leave|keep) (?:it|that|everything) (?:as|where|how|like|the way) (?:it|that)(?:'s| is| was)"
    r"|leave (?:it|that)(?: in| alone| be| there|(?=[\s.!…]*$))|keep (?:it|that)(?: in| there)?)"
)
_WITHDRAWN: Final = re.compile(
    r"\b(?:no|nope|nah|or|but|wait|actually|um+|hm+|sorry|oh)\b[^!?;]{0,16}"
    rf"\b(?:forget (?:it|that)|never ?mind(?: it| that)?|nvm|{_AS_IT_WAS})(?:[\s,.…-]*(?:just |please )*{_AS_IT_WAS})?"
    r"(?:,? (?:we're|we'll|i'm|i'll)(?: still)? (?:com(?:e|ing)|be there|fine|good|ok))?[\s,.!…]*$"
)
_CANCELS: Final = re.compile(r"\bcancel\b[^.!?;]{0,24}[\s,.…]*$")
"""What is begun in front of them, though nothing is named."""
_KOREAN_WITHDRAWN: Final = re.compile(
    r"(?:아니(?:다|에요|야|요)?|아녜요|아냐|잠깐만?요?)[\s,.…]*(?:그냥\s?|그대로\s?)?(?:(?:놔|냅|내버려)\s?)?"
    r"(?:두세요|둬요?|둘게요?|두죠|두시죠|둡시다|두자)[\s.!~ㅎㅋ]*$"
)
"""Last words that take back what the message itself said just before: "move it to nine, oh, never mind, leave it as it was"."""
_IT_IS: Final = re.compile(
    r"(?: is| was|'s)?(?: wrong| off| not right)?[\s,;:.–-]+(?:(?:and|but|so) )?"
    r"(?:it'?s|it is|it should be|should be|make it|make that|use|put|it goes under)"
    r"(?: under| in)? ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})[\s.!]*"
)
"""Behind words for the name: what it is instead, written as names are."""
_ENDS_IN: Final = re.compile(
    r"(?:\W|\b(?:no|sorry|oh|wait|oops|and|but|actually|um+|hm+)\b)*"
    r"(?:(?:the|my) (?:very )?(?:last|final) (?:digit|number|figure)"
    r"(?: (?:of|in) (?:my|the) (?:phone|number|phone number))?"
    r"(?: (?:is|was|isn'?t|wasn'?t) (?:wrong|not right|off|incorrect|right))?"
    r"(?:\W|\b(?:and|it|it's|that's|should|must|be|is|make|an?)\b)*"
    r"(?:ends? (?:in|with|on)(?: an?)? )?|(?:it|(?:the|my)(?: phone)? number) (?:actually |really |should |must )*"
    r"ends? (?:in|with|on)(?: an?)? )(?P<digit>\d)"
    r"(?:,? not (?:an? )?\d)?[\s.!]*"
)
"""A message that puts the last digit of a phone number right."""
_ENDS_IN_FOUR: Final = re.compile(
    r"(?:\W|\b(?:no|sorry|oh|wait|oops|and|but|actually|um+|hm+|wrong|the|my|change|number(?:'s)?|phone)\b)*"
    r"last (?:4|four)(?: (?:digits|numbers))?(?: (?:of|in) (?:my|the) (?:phone|number|phone number))?"
    r"(?: (?:is|are|should|must|be|to))+ (?P<digit>\d{4})(?:[\s.!]|please|pls|thanks|instead)*"
)
_KOREAN_ENDS_IN_FOUR: Final = re.compile(
    r"(?:(?:아|앗|죄송한데|죄송해요|제|폰|(?:전화\s?)?번호|연락처)[\s,.]*)*(?:뒷자리|(?:뒤|끝|마지막)\s?(?:네\s?|4\s?)?자리)(?:는|은|가|를|만)?\s?"
    r"(?P<digit>\d{4})(?:으?로|번)?[\s,]*(?:(?:바꿔|고쳐|수정해|변경해)\s?(?:주세요|줘요?|주시겠어요|주십시오)|이?에요|예요|입니다|이?요|할게요)?[\s.!~]*"
)
"""The same of the last four digits, `뒷자리 1234로 바꿔 주세요`."""
_RATHER: Final = re.compile(
    r"(?:이)?[\s,.…]*(?:아니(?:다|야|고|라)?|아니아니)[\s,.…]+(?P<name>[가-힣]{2,5}?)(?:이?요|이?에요|예요|입니다|으?로요?)[\s.!~]*"
)
"""Behind a Korean name that is given up in the same breath: who it is instead, `한솔 [아니 한서요]`."""
_BUT: Final = re.compile(r",? (?:but |it's |rather )?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=,|[.!]|\s*$)")
"""The same in English, behind a name that is turned down: "not April, Avril"."""
_VERB: Final = re.compile(
    r"지우|지워|빼|없애|비우|비워|삭제|취소|변경|바꾸|바꿔|고쳐|세$|줘$|해$|어$|워$|게$|려$|죠$|까$|네$|래$|데$|돼$|고$|라$"
)
"""What is no name behind it: `한솔 아니 지워요`."""
DOUBTED: Final = 0.5
"""Confidence below which a number is given up for what follows a change of mind."""


def put_right_at_once(spans: Sequence[Span], scene: Heard) -> tuple[Span, ...]:
    """The spans without the bare numbers that the next value puts right; a bare number that does so is for the same slot.

    Args:
        spans: in the order of the words.
        scene: the message and the slots.
    """
    right: list[Span] = []
    for span in spans:
        last = right[-1] if right else None
        if last is not None and _corrects(last, span, scene):
            spec = scene.spec(span.label)
            # "seven, no, half past seven": whatever the tagger took the first for, it is no more.
            if _is_bare(last) and (spec is None or not scene.read(last.text, spec).reason):
                right[-1] = span if span.label != NUMBER else replace(span, label=last.label)
                continue
            first = scene.spec(last.label)
            if first is not None and _is_bare(span) and span.label != last.label and _reads(span, first, scene):
                span = replace(span, label=last.label)
        right.append(span)
    return tuple(right)


def _corrects(last: Span, span: Span, scene: Heard) -> bool:
    """Whether two values have nothing between them but a change of mind."""
    if not (last.role is span.role is Role.VALUE and _is_numeric(last, scene) and _is_numeric(span, scene)):
        return False
    between = folded(scene.message.text[last.end : span.start])
    doubted = last.label == NUMBER or last.confidence < DOUBTED
    return bool(_BETWEEN.fullmatch(between) or (doubted and _is_bare(last) and _TURNS.match(between)))


def _is_numeric(span: Span, scene: Heard) -> bool:
    spec = scene.spec(span.label)
    return span.label == NUMBER or (spec is not None and spec.kind in _NUMERIC)


def _is_bare(span: Span) -> bool:
    """Whether it is a number alone, which any numeric slot could take."""
    return bool(HOURS.fullmatch(span.text.casefold()))


def _reads(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    return not scene.read(span.text, spec).reason


def withdrawn(tagging: Tagging, text: str, conversation: Conversation) -> Tagging:
    """The tagging without what the message takes back with its own last words.

    Args:
        tagging: acts and spans of the text.
        text: the message.
        conversation: a change that was announced before it ends with it.
    """
    end = _WITHDRAWN.search(folded(text)) or _KOREAN_WITHDRAWN.search(text)
    before = any(span.end <= end.start() for span in tagging.spans) if end else False
    if end is None or not (before or _CANCELS.search(folded(text)[: end.start()])):
        return tagging
    return Tagging({"cancel_change" if conversation.attempt else "chitchat": SURE_OF_REMARK}, ())


def last_digits_anew(scene: Heard) -> tuple[SlotSpec, str] | None:
    """The phone's slot and the held number with another end, where the message says nothing but that: "it ends in 8".

    Args:
        scene: the message and the number that is held.
    """
    spec = scene.first(Kind.PHONE)
    held = scene.conversation.value(spec.name) if spec is not None else None
    if spec is None or held is None:
        return None
    text = scene.message.text
    four = _ENDS_IN_FOUR.fullmatch(folded(text)) or _KOREAN_ENDS_IN_FOUR.fullmatch(text.strip())
    found = four or _ENDS_IN.fullmatch(canonical(folded(text)))
    return (spec, held[: -len(found["digit"])] + found["digit"]) if found else None


def with_new_name(spans: Sequence[Span], scene: Heard) -> tuple[Span, ...]:
    """The spans, and the name that stands right behind words for the name that are turned down: "except the name, it's Owain".

    Args:
        spans: in the order of the words.
        scene: the message and the slots.
    """
    spec = scene.first(Kind.NAME)
    last = spans[-1] if spans else None
    if spec is not None and last is not None and last.label == spec.name and last.role is Role.OLD:
        other = _RATHER.fullmatch(scene.message.text, last.end)
        if (new := _BUT.match(scene.message.text, last.end)) and not scene.read(new["name"], spec).reason:
            return (*spans, Span(spec.name, Role.VALUE, *new.span("name"), new["name"], last.confidence))
        if other is None or _VERB.search(other["name"]) or scene.read(other["name"], spec).reason:
            return tuple(spans)
        return (*spans, Span(spec.name, Role.VALUE, *other.span("name"), other["name"], last.confidence))
    if spec is None or last is None or last.label != SLOT_REF or last.role not in (Role.CLEAR, Role.CHANGE):
        return tuple(spans)
    found = _IT_IS.fullmatch(scene.message.text, last.end)
    if found is None or named_slots(last.text, scene.domain) != (spec.name,) or scene.read(found[1], spec).reason:
        return tuple(spans)
    return (*spans, Span(spec.name, Role.VALUE, found.start(1), found.end(1), found[1], last.confidence))
