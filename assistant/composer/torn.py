"""Spans that the tagger cut out of other words: a name in `아니[야 도]로`, `날` of `날리지`, "one" of "this week's one".

Looks at the letters right around a span. Does not know what is held or what a span will do.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.composer.heard import Heard
from assistant.composer.numbers import SLOT_REF
from nlu.folded import folded
from nlu.rules.korean_unnamed import somebody_unnamed
from nlu.types import Kind, Role, Span
from nlu.values.korean_full_names import full_name
from nlu.values.korean_people import CHILDREN, COMPANY
from nlu.values.korean_titles import TITLE_WORDS
from nlu.values.text import has_hangul

WORD_END = re.compile(r"\W")

HEAD_OF_WORD = re.compile(r"(?!이|으|라|입|예|에|요|님|씨|은|는|로|도|만|가|고|구|임|용)[가-힣]")
"""Behind one syllable that is no name with an ending: `[바]꾼 게`."""
ARTICLES = ("a", "an", "the")
"""Words that are no value without another."""
DAY_OFF = re.compile(r"day off\b")
"""No day of the booking."""
AGE_WORD = re.compile(
    r"(?:스물|서른|마흔|쉰|예순|일흔|여든|아흔)(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|한|두|세|네)?(?:살|세(?!요)|이신|이셔|이세|이시|되신)"
)
"""A word that tells how old somebody is, `여든[일곱]이신데`."""
FEAST_OF_AGE = re.compile(r"칠순|팔순|구순|환갑|회갑|고희|미수연|백일|돌잔치")
"""A day that an age is celebrated on, and nobody who comes."""
OPENS = re.compile(r"(?:이|을|은)?\s?(?:열|닫|여는|연\s)")
"""What a door does: `[문] 열자마자요`."""
SPEAKERS = ("저희", "우리", "제가", "저는", "저", "나", "내", "제")
"""Words for who speaks, which are nobody's name."""
COUNTS_OTHERS = re.compile(
    r"(?<=\d)세(?=예|이|입|라|인|가|는|도|의|[\s.,!?~]|$)|\s?(?:주년|주기|번째|년차|학년|박\s?\d)"
)
"""What a number counts that is no people: `저희 [3]주년`."""
PLACE_ALONE = re.compile(r"(?:거기|여기)\s(?=[가-힣\s]{1,8}(?:은|는|을|를|만)\s)")
"""A place that only says where something else is to be done: `거기 제 이름은 빼 주세요`."""
ALL_OVER = re.compile(r"\ball over (?:the )?$")
"""In front of a place that is none: "I'm all over [the place]"."""
ROOMMATE = re.compile(r"룸메")
"""Somebody, and no room."""
IN_PASSING = re.compile(
    r"\b(?:\d+|one|two|three|four|five|some|most) of [^.!?]*\b(?:come|make it|join) that day$"
    r"|\b(?:to|in|at|off|away|busy|here|there|home|work|working|leave|holiday)"
    r" (?!.*\b(?:drop|remove|clear|cancel|forget)\b)\w* ?that day$"
)
"""`that day` as when something else is: "my in-laws are off to Busan [that day]"."""
THOUSANDS = re.compile(r",\d{3}(?!\d)")
"""The rest of a sum of money: `[30],000 won`."""
BOTH_CHANGES = re.compile(r"(?:둘|셋)\s?다\s(?:그렇게|그대로|그걸로|좋|맞|바꿔|변경|괜찮|네)")
"""Both of what was named, and no two people: `둘 다 그렇게 바꿔 주세요`."""
FEVER = re.compile(r"열(?:이|도)?\s?(?:나[서고네요]|난|났|나는|있어|있네|높|올라|펄펄|심해)")
"""A fever, and no ten people: `[열]이 나서요`."""
WHO_DOES = re.compile(r"한\s?(?:사람|분|손님|친구)")
"""The last syllable of a verb and who does it, which looks like a count."""
NOT_COUNTED = frozenset(("본명", "가명", "예명", "별명", "실명", "성명", "익명"))
"""Words for names that end as a counter of people does."""
FINE = re.compile(r"괜[찮찬]|상관")
"""In no name: `다 [괜찬아]요`."""
KIN = frozenset((*COMPANY, *CHILDREN))
BLANK = re.compile(r"\s")
THROWN = re.compile(r"[리려릴린렸]")
"""What makes `날` the head of `날리다`, to throw away."""
THING_AHEAD = re.compile(
    r"(?:'s|\b(?:the|that|this|which|other|another|each|any|every|same|early|earlier|late|later|first|last)) $"
)
"""Right in front of a "one" that is a thing spoken of, and no number."""


def from_word(span: Span, scene: Heard) -> Span:
    """Words for a slot without the end of another word in front of them: of `옛[날 번호]` the number alone."""
    cut_into = span.start > 0 and has_hangul(scene.message.text[span.start - 1])
    if span.label != SLOT_REF or not cut_into or " " not in span.text or not has_hangul(span.text):
        return span
    start = span.start + span.text.index(" ") + 1
    return replace(span, start=start, text=scene.message.text[start : span.end])


OFFICE = re.compile(rf"(?:{TITLE_WORDS})(?:님|께서)")
"""`이사님` counts nobody."""


def torn(span: Span, scene: Heard) -> bool:
    """Whether a span is cut out of other words: a name in `아니[야 도]로`, `날` of `날리지`, "one" of "this week's one"."""
    text = scene.message.text
    if span.label == SLOT_REF and span.text.endswith("날") and THROWN.match(text, span.end):
        return True
    if any(BOTH_CHANGES.match(text, at) for at in (span.start, span.end - 1)):
        return True
    if span.text.isdigit() and THOUSANDS.match(text, span.end):
        return True
    spec, one_syllable = scene.spec(span.label), len(span.text) == 1 and has_hangul(span.text)
    if spec is not None and spec.kind is Kind.DATE and span.role is Role.OLD and one_syllable:
        return has_hangul(text[span.end : span.end + 1])
    if span.text.casefold() in ARTICLES or (span.text == "3" and text[: span.start].endswith("<")):
        return True  # "<3" counts nobody
    if span.label == SLOT_REF and DAY_OFF.match(folded(text), span.end - len("day")):
        return True
    if span.text.casefold() == "one" and THING_AHEAD.search(folded(text[: span.start])):
        return True
    if spec is not None and spec.kind is Kind.COUNT:
        if FEAST_OF_AGE.search(span.text):
            return True
        head, tail = BLANK.split(text[: span.start])[-1], BLANK.split(text[span.start :])[0]
        if AGE_WORD.match(head + tail) or COUNTS_OTHERS.match(text, span.end):
            return True
        if has_hangul(text[span.start - 1 : span.start]) and WHO_DOES.fullmatch(span.text):
            return True  # `예약[한 사람]`
        if span.text.endswith("명") and span.text in NOT_COUNTED:
            return True
        if FEVER.match(text, span.start) or OFFICE.fullmatch(span.text):
            return True
    if ROOMMATE.match(text, span.start) and spec is not None and spec.kind is Kind.CHOICE:
        return True
    within = one_syllable and has_hangul(text[span.end : span.end + 1])
    if spec is not None and spec.kind in (Kind.CHOICE, Kind.COUNT) and within and scene.read(span.text, spec).reason:
        return True  # `[야]외예요?`, `[다]른 분`
    if span.label == SLOT_REF and span.role is Role.CLEAR and IN_PASSING.search(folded(text[: span.end])):
        return True
    if span.label == SLOT_REF and ALL_OVER.search(folded(text[: span.start])):
        return True
    if span.label == SLOT_REF and PLACE_ALONE.match(text, span.start):
        return True
    named = spec is not None and spec.kind is Kind.NAME and span.role is Role.VALUE
    if named and (span.text in SPEAKERS or (span.text == "문" and OPENS.match(text, span.end))):
        return True
    if (
        spec is not None
        and spec.kind is Kind.NAME
        and span.text in KIN
        and scene.conversation.value(spec.name) != span.text
    ):
        return True  # `[조카]는 빼 주세요` is about who comes
    if named and FINE.search(span.text):
        return True
    if named and len(span.text) == 1 and HEAD_OF_WORD.match(text, span.end):
        return not full_name(WORD_END.split(text[span.start :])[0][:3])
    if named and somebody_unnamed(text, span.start, span.end):
        return True
    if spec is None or spec.kind is not Kind.NAME or not has_hangul(span.text) or " " not in span.text:
        return False
    return span.start > 0 and has_hangul(text[span.start - 1])
