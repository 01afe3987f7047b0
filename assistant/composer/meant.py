"""The role that the words right around a span give it, whatever the tagger called it: `아니, [오전 7시]를 말한 건데요`.

Knows what is held and asked. Does not know what becomes of a span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.composer.heard import Heard
from assistant.composer.numbers import names_held
from assistant.composer.pieces import SURE
from assistant.composer.refs import named_slots
from assistant.composer.twice import EITHER
from assistant.domain import SlotSpec
from nlu.folded import folded
from nlu.rules.approved import approved
from nlu.types import Kind, Role, Span
from nlu.values import read_delta
from nlu.values.text import has_hangul

CLAUSE_END = re.compile(r"[,.!?;\n]|\band\b")
"""Where the words that belong to a change begin or end."""
MEANT = re.compile(
    r"(?:을|를|이라고?|라고?)?\s?(?:말(?:이야|이에요|이예요|입니다|인데요?)|말(?:한|했던|씀드린|씀드렸던)\s?(?:거|건|것)(?:야|예요|에요|입니다|인데요?|ㄴ데요?|데요?)"
    r"|(?:말(?:한|했던|씀드린|씀드렸던)\s?(?:거|건|것)|말씀)이었(?:어요|습니다|는데요?))[\s.!~ㅠㅜ]*$"
)
"""The last words of a message that says what was meant, right behind it."""
MISSPOKE = re.compile(
    r"인데요?[\s,]*(?:제가\s|아까\s|방금\s)?(?:잘못|실수로|헷갈려서?|착각해서?)\s?(?:잘못\s)?(?:말[했씀한]|적[었은]|썼|쓴|입력|얘기|눌)"
)
"""Right behind what is right, where something else was said: `[목요일]인데 잘못 말했어요`."""
BEFORE_NOW = re.compile(r"(?:아까|이전|예전|전에|원래|처음|먼저)\s?(?:그\s|말한\s|정한\s|했던\s)?$")
WAS_BETTER = re.compile(r"(?:이|가|은|는|로)?\s?(?:더\s|차라리\s|훨씬\s)?(?:나았|나은|낫|좋았|좋은|괜찮았|맞았)")
"""In front of and behind words for a slot whose earlier value is preferred: `아까 [시간]이 더 나았어요`."""
PROPOSES = re.compile(
    r"\b(?:how about|what about|maybe|perhaps|could|would|can we|can i|let's)\b|어때|어떠|어떨|될까|되나|가능|괜찮(?!은데)"
)
"""Words that offer what they name."""
HOW_ABOUT = re.compile(r"(?:으?로)?(?:은|는|이|가)?\s?(?:어때|어떠|어떨|어떤가)")
"""Right behind what is proposed in place of what is held: `[일요일]은 어때요`."""
REJECTS = re.compile(
    r"말고|아니|아닌|안\s?[돼되됩가와]|못|싫|빼|취소|별로|없던|지[우워]|삭제|\b(?:cancel|drop|forget|scrap|remov|delet|lose|skip|wrong|bad|out\b|impossible|difficult|hard|busy"
    r"|full|booked|taken|late|early|far|worst?)"
)
"""Words that turn something down or away."""
AGAIN = re.compile(r"(?:으로|로|을|를)?\s?(?:again\b|after all\b|다시|도로)")
"""Right behind what is wanted once more."""
NOT = re.compile(r"\b(?:not|no|never|without|except|but)\b|n't\b")
NOT_PUT_IN = re.compile(
    r"(?:을|를|으로|로|은|는)?\s?(?:다시\s?|도로\s?|또\s?|그냥\s?)?(?:넣|적|쓰|잡|올리|기록하|저장하|예약하|하|치|세|계산하)(?:지(?:는|도)?|진)\s?(?:마|말|않)"
)
"""Right behind a value: it is not to be taken."""
SAID_GOES = re.compile(
    r"(?:(?:이?라고|으?로)\s?(?:했던|한|말한|말씀드린|적은|해\s?달라고\s?한|해달라고\s?한)\s?(?:거|것|건|게|말)|이?라는\s?(?:이름|날짜|시간|인원|말|자리))(?:은|는|도|을|를)?\s?"
    r"(?:(?:좀|이제|그냥|도로|다시|역시|일단)\s)*(?:지워|지우|지울|빼|뺄|삭제|없애|없던|취소|잊|무시|철회|물러|무를)"
)
"""Right behind a value that was said before and is to go: `[세 명]이라고 한 것도 빼 주세요`, `[김민수]라는 이름은 지워요`."""
STAYS_EMPTY = re.compile(
    r" ?(?:(?:stays?|is|remains?|can stay|should stay|goes|to stay) )+(?:blank|empty|open|out|cleared|off)\b"
    r"|(?:은|는|이|가)?\s?(?:그대로\s|계속\s)?(?:비워|빈|공란|빼)\s?(?:둔|둘|두|채|으?로\s?둘)"
    r"| (?:cannot|can'?t|can not|can no longer|won'?t) (?:just )?(?:stay|remain|stand|be kept)\b"
    r"(?! (?:blank|empty|open|out|cleared))"
    r"|(?:은|는|이|가|을|를)?\s?(?:이대로\s|그대로\s|계속\s)?(?:놔\s?|남겨\s?)?(?:둘|유지할|지킬)\s?수(?:가|는|도)?\s?없(?![^.!]*\?)"
)
"""Right behind words for a slot that is not to be filled again: "[the time] stays blank"."""
NOT_IT = re.compile(
    r"(?:은|는|이|가)?\s?(?:그게|그거|그건|(?:제|내|저희|우리)\s?(?:게|거|것이|거가))\s?(?:아니[에네고야구]|아닌데|아녜|아닙)(?![^.!]*\?)"
)
"""Right behind words for a slot: what stands there is wrong, `시간은 그게 아니네요`."""
MUST_GO = re.compile(
    r"(?: [ap]m)?,? (?:(?:though|then|actually|that one|i'm afraid),? )*"
    r"(?:must|has to|have to|had to|needs? to|can|could|should|may|might as well|will have to|is to)"
    r" (?:come out|go|leave|be (?:removed|dropped|cleared|deleted|taken out|struck))\b"
    r"(?! (?:in|ahead|through|with|for|to|on|back)\b)"
)
"""Right behind what is to go: "[the 10th] must come out again", "[9:30] though, that one can go"."""
MAKE_THAT = re.compile(r"\bmake (?:it|that) $")
"""Right in front of what it is to be: "make that one kid"."""
SLIP_AHEAD = re.compile(r"\b(?:wrote|typed|said|put|entered|gave)(?: you| in| down)? $")
SLIP_BEHIND = re.compile(r" (?:by (?:accident|mistake)|wrongly|in error|accidentally)\b")
KOREAN_SLIP = re.compile(r"(?:이?라고|으?로)\s?(?:잘못|실수로)\s?(?:썼|쓴|적|말|입력|보냈|눌)")
"""Around what was said by mistake."""
NO_MORE = re.compile(r"만(?:\s?(?:온|오|가|갈|올|참석|먹))?$")
"""The end of a number of people who are all: `다섯 명만 온`."""
NO_MORE_THAN = re.compile(r"\b(?:only|just)(?: the)? $")
COME = re.compile(
    r" (?:is|are|will be|can|will)(?: now| actually| able to)* (?:com(?:e|ing)|join(?:ing)?|make it|be there)\b|'s coming\b"
)
"""Around those who come, and nobody else of their kind: "only [one child] is coming"."""
POSTPONES = re.compile(r"(?:으?로)?\s?(?:좀\s|더\s)?(?:미루|미뤄|미룰|늦추|늦춰|늦출|연기|당기|당겨|당길|앞당)")
"""Right behind a stretch of time: what is held moves by it."""
TURNED_OUT = re.compile(r"(?:이서|만|이서만|이|이나|까지)?\s?(?:가|오|모이|먹|참석하|보)게\s?(?:됐|되|될|됩)")
"""Right behind those who are to come now: `[네 명]만 가게 됐어요`."""
BRINGS_BACK = re.compile(
    r"되돌|돌려\s?(?:놔|놓|주|줘)|원래대로|복구|\b(?:back to|revert|restore|return|as (?:it was|before))\b"
)
"""Words that want values again that stood here before."""
CANNOT_THEN = re.compile(
    r"[^.!?]{0,12}[.!?,;]+ *(?:so |sorry,? |and )*(?:(?:i|we) )?(?:can'?t|cannot|can not|won'?t be able to"
    r"|couldn'?t)(?: really)?"
    r" (?:do|make|manage) (?:it|that)(?: then| day| after all| anymore)?[\s.!]*$"
)
"""Behind a held day or hour: it will not do, "I have finals on [the 10th]. Can't do it"."""
THE_SAME = re.compile(r"\bsame\b|같은|똑같")
"""In words for a slot or right in front of them: it is to be as in another booking, where this one has nothing to keep."""


def meant(span: Span, spans: Sequence[Span], scene: Heard) -> Span:
    """The span with the role that the words right behind it give it.

    It is a value where it is what was meant, `아니, [오전 7시]를 말한 건데요`, all who come, `[어른 셋만]요`, or one of two that
    are open, `[6시] 아니면 [7시]요`; it is a change in `[이틀 뒤]로 미뤄 주세요`, and turned down in `[6명] 도로 넣지 마세요`.
    The same number of people cannot be kept where none is held: it is that of an earlier booking.
    """
    spec, text = scene.spec(span.label), scene.message.text
    if span.role is Role.KEEP and THE_SAME.search(folded(text), max(0, span.start - len("same ")), span.end):
        names = named_slots(span.text, scene.domain)
        return span if any(scene.conversation.slot(name).holds for name in names) else replace(span, role=Role.COPY)
    if span.role is Role.CLEAR and BEFORE_NOW.search(text[: span.start]) and WAS_BETTER.match(text, span.end):
        return replace(span, role=Role.RESTORE)
    if span.role in (Role.KEEP, Role.RESTORE) and STAYS_EMPTY.match(folded(text), span.end):
        return replace(span, role=Role.CLEAR)
    if span.role in (Role.KEEP, Role.ANY, Role.CHANGE) and NOT_IT.match(text, span.end):
        return replace(span, role=Role.CLEAR, confidence=max(span.confidence, SURE))
    if span.role in (Role.OLD, Role.CLEAR) and approved(text, span.start, span.end):
        if spec is not None and scene.conversation.slot(spec.name).holds and not names_held(span.text, spec, scene):
            return span  # another day than the held one is praised by nobody
        role = Role.VALUE if spec is not None else Role.KEEP
        return replace(span, role=role, confidence=max(span.confidence, SURE))
    if (
        span.role is Role.OLD
        and spec is not None
        and HOW_ABOUT.match(text, span.end)
        and not names_held(span.text, spec, scene)
    ):
        return replace(span, role=Role.VALUE, confidence=max(span.confidence, SURE))
    misspoke = spec is not None and MISSPOKE.match(text, span.end) and not names_held(span.text, spec, scene)
    wanted = misspoke or MEANT.match(text, span.end) or _is_open(span, spans, scene)
    if span.role is Role.OLD and (wanted or (spec is not None and _is_now(span, spec, scene))):
        return replace(span, role=Role.VALUE, confidence=max(span.confidence, SURE))
    if span.role is Role.VALUE and spec is not None and NOT_PUT_IN.match(text, span.end):
        return replace(span, role=Role.OLD)
    if span.role is Role.VALUE and len(spans) > 1 and _was_a_slip(span, text):
        return replace(span, role=Role.OLD)
    cannot = spec is not None and spec.kind in (Kind.DATE, Kind.TIME) and CANNOT_THEN.match(folded(text), span.end)
    if span.role is Role.VALUE and spec is not None and cannot and names_held(span.text, spec, scene):
        return replace(span, role=Role.OLD, confidence=max(span.confidence, SURE))
    if span.role is Role.VALUE and spec is not None and MUST_GO.match(folded(text), span.end):
        return replace(span, role=Role.OLD, confidence=max(span.confidence, SURE))
    if span.role is Role.VALUE and spec is not None and SAID_GOES.match(text, span.end):
        return replace(span, role=Role.OLD, confidence=max(span.confidence, SURE))
    if span.role is Role.VALUE and spec is not None and POSTPONES.match(text, span.end):
        held = scene.conversation.value(spec.name) is not None and read_delta(span.text, spec.kind) is not None
        return replace(span, role=Role.DELTA, confidence=max(span.confidence, SURE)) if held else span
    left = NO_MORE_THAN.search(folded(text[: span.start])) and COME.match(folded(text), span.end)
    only = (
        left is not None
        or NO_MORE.search(span.text) is not None
        or MAKE_THAT.search(folded(text[: span.start])) is not None
    )
    counted = spec is not None and spec.kind is Kind.COUNT and span.role is Role.DELTA and only
    if spec is not None and counted and scene.read(span.text, spec).exact and not read_delta(span.text, spec.kind):
        return replace(span, role=Role.VALUE, confidence=max(span.confidence, SURE))
    return span


def _was_a_slip(span: Span, text: str) -> bool:
    """Whether it was said by mistake: "I wrote [eight] by accident", `[토요일]이라고 잘못 썼네요`."""
    slip = SLIP_AHEAD.search(folded(text[: span.start])) and SLIP_BEHIND.match(folded(text), span.end)
    return bool(slip) or KOREAN_SLIP.match(text, span.end) is not None


def _is_now(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether a value called old is to be in place of the one that is held: so many come now, or it is brought back."""
    text = folded(scene.message.text)
    if spec.kind not in (Kind.DATE, Kind.TIME, Kind.COUNT) or names_held(span.text, spec, scene):
        return False
    if scene.read(span.text, spec).reason:
        return False
    if spec.kind is Kind.COUNT and TURNED_OUT.match(scene.message.text, span.end):
        return True
    away = REJECTS.search(text, span.end) or NOT.search(CLAUSE_END.split(text[: span.start])[-1])
    return scene.conversation.slot(spec.name).holds and not away and BRINGS_BACK.search(text) is not None


def _is_asked_for(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether a value called old answers what was asked, and nothing turns it down: "how about the day after tomorrow?"."""
    text = folded(scene.message.text)
    if scene.conversation.asked != spec.name or NOT.search(text):
        return False
    return PROPOSES.search(text) is not None or not (has_hangul(text) or REJECTS.search(text))


def _is_open(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a value called old is of a slot that holds none, and a wish: one of two, or right in front of another value."""
    spec = scene.spec(span.label)
    if spec is None or scene.conversation.slot(spec.name).holds or scene.read(span.text, spec).reason:
        return False
    same = [one for one in spans if one.label == span.label]
    clause = CLAUSE_END.split(folded(scene.message.text[: span.start]))[-1]
    if len(same) == 1 and _is_asked_for(span, spec, scene):
        return True
    if NOT.search(clause):
        return False
    if AGAIN.match(folded(scene.message.text), span.end) and not REJECTS.search(folded(scene.message.text)):
        return True
    if any(one.role is not Role.OLD for one in same):
        return False
    between = (scene.message.text[one.end : other.start] for one, other in pairwise(same))
    follows = any(scene.message.text[span.end : one.start] == " " for one in spans if one.start > span.end)
    return any(EITHER.search(words.casefold()) for words in between) or (len(same) == 1 and follows)
