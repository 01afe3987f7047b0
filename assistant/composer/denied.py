"""What a short message turns down by its words alone: "that's the wrong day", "oh no, not today", "hmm, not that after all".

A tagger takes such a message for a plain no, or for a remark. Knows how English denies; does not know slots by name.
"""

from __future__ import annotations

import re

from assistant.composer.heard import Heard
from assistant.composer.numbers import names_held
from assistant.composer.refs import named_slots
from assistant.composer.removal import SHOWN_BY_VALUE
from nlu.folded import folded
from nlu.types import Kind

_LEAD = (
    r"(?:\W|\b(?:oh|no|hm+|um+|wait|sorry|actually|but|so|and|ah|well|hang on|hold on"
    r"|oops|mm+|jk|(?:just )?kidding|lol|haha+)\b)*"
)
_TAIL = r"(?:,? (?:after all|any ?more|then|though|please|thanks|actually|sorry))*"
_WRONG = re.compile(
    rf"{_LEAD}(?:(?:that|this|it)(?:'s|s| is| was)|you(?:'ve| have)? (?:got|put|have|wrote)|i (?:gave|said|put|wrote)(?: you)?)?"
    rf" ?(?:the )?wrong (?P<what>[a-z ]{{3,20}}?){_TAIL}"
    rf"(?:[,.!;]* ?(?:so |and |please )*(?:don'?t|do not|never) (?:use|take|keep|call|book) (?:it|that"
    rf"|that one)(?: please)?)?[\s.!]*"
)
_KOREAN_WRONG = re.compile(
    r"(?:\W|(?:아|어|음|앗|저기요?|근데|그런데|죄송한데|예약\s?(?:건|한\s?거|내용)?(?:이요|인데요|에서|에|은|이)?)(?=[\s,.]))*"
    r"(?P<what>[가-힣 ]{1,8}?)(?:이|가|은|는|을|를)?\s?"
    r"(?:(?:잘못|틀리게|다르게|엉뚱하게)\s?(?:돼|되|적|들어|입력|나와|나왔|표시|알아|기록|쓰|써|잡)[가-힣 ]{0,9}"
    r"|틀(?:렸|리|린)[가-힣 ]{0,6}|안\s?맞[가-힣 ]{0,5}|맞지\s?않[가-힣 ]{0,5})(?<![죠까나])[\s.!~ㅠㅜ]*"
)
_KOREAN_THAT = re.compile(
    r"(?:\W|(?:아|어|음|앗|근데|그런데|생각해\s?보니)(?=[\s,.]))*(?:그건|그거는?|그것은|그걸|이건)\s?(?:일단|그냥|우선|아직은?|지금은|나중에|다시)?\s?"
    r"(?:비워|빼|지워|비우|없던\s?걸로|미정|보류)[가-힣 ]{0,10}(?<![까나])[\s.!~ㅎㅋㅠㅜ]*"
)
NUMBER_SAID = re.compile(r"(?:number|num|no|digits)")
_NOT_THAT = re.compile(rf"{_LEAD}not (?:that|it|this)(?: one)?{_TAIL}[\s.!]*")
_NOT_IT = re.compile(
    rf"(?:^|[,.!;])(?:{_LEAD})\bnot (?:on |at |for )?(?P<value>[a-z][a-z0-9: ]{{2,20}}?){_TAIL}(?=[,.!;]|$)"
)
_THAT_DAY = re.compile(
    r"\b(?:i|we) (?:can'?t|cannot|can not|couldn'?t|won'?t be able to)(?: really)? (?:do|make|manage) (?:that"
    r"|this) (?P<what>day|date|time|hour)\b[\s.!]*$"
)
"""Last words of a message: a day or an hour will not do."""
_NOT_MINE = re.compile(
    r"(?:제|내|저희)\s?(?P<what>이름|성함|번호|전화번호|연락처)(?:이|가|은|는)?\s?(?:아니(?:에요|예요|야|고|라|거든|네)|아닌데|아닙니다|아님)(?![^.!]*\?)"
)
"""What was taken for theirs: `그건 제 이름 아니에요, 룸메 계정이라서`."""
_EXCITED = re.compile(
    r"\b(?:can'?t|cannot|hardly) wait\b|\bso (?:excited|exciting|looking forward)\b|\blooking forward\b"
    r"|기대\s?[돼되된]|설[레렌렘렙]|신난|신나|대박"
)
"""Words of joy, in which a "no" denies nothing: "no way, can't wait"."""


def turned_down_alone(scene: Heard) -> tuple[str, ...]:
    """The held slots that a message turns down and says nothing else of; empty where it turns none down.

    Args:
        scene: the message, what was spoken of last and what is held.
    """
    text = folded(scene.message.text)
    if found := _THAT_DAY.search(text) or _NOT_MINE.search(text):
        names = named_slots(found["what"], scene.domain)
        return tuple(name for name in names if scene.conversation.slot(name).holds)
    if "?" in text:
        return ()
    if found := _WRONG.fullmatch(text) or _KOREAN_WRONG.fullmatch(text):
        names = named_slots(found["what"], scene.domain)
        if not names and NUMBER_SAID.fullmatch(found["what"].strip()):
            names = scene.held(Kind.PHONE)
    elif _NOT_THAT.fullmatch(text) or _KOREAN_THAT.fullmatch(text):
        names = scene.conversation.mentioned if len(scene.conversation.mentioned) == 1 else ()
    elif found := _NOT_IT.search(text):
        shown = (spec for spec in scene.domain.slots if spec.kind in SHOWN_BY_VALUE)
        names = tuple(spec.name for spec in shown if names_held(found["value"], spec, scene))
    else:
        names = ()
    return tuple(name for name in names if scene.conversation.slot(name).holds)


def rejoices(text: str) -> bool:
    """Whether a message is glad of what comes, so that its "no" or "아니" denies nothing."""
    return "?" not in text and _EXCITED.search(folded(text)) is not None
