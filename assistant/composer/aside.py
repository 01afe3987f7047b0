"""Takes values out of a message that are only told: a reason that names what was turned down, a shift, what was once planned.

Looks at one span beside the others of its message. The words themselves are read by `nlu.rules.told_aside`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.composer.english_party import CHILDREN_ARE
from assistant.composer.heard import Heard
from assistant.composer.numbers import NUMBER, SLOT_REF, SUM, WEEKDAY_ALONE, names_held, resolve
from assistant.composer.twice import SENTENCE_END
from assistant.domain import SlotSpec
from assistant.types import Phase
from nlu.folded import folded
from nlu.rules.dismissed import dismissed
from nlu.rules.korean_past import told_of_the_past
from nlu.rules.own_events import own_event_gone
from nlu.rules.reason_behind import tells_why
from nlu.rules.told_aside import (
    age_told,
    busy_until,
    comes_late,
    counterfactual,
    event_alone,
    event_hour,
    explained,
    long_past,
    of_a_rule,
    once_planned,
    opening_asked,
    own_event,
    room_left,
    speaks_from,
    told_day,
    wish_of_others,
)
from nlu.types import Kind, Role, Span
from nlu.values.english_clock import PART
from nlu.values.english_people import CHILDREN, ONE
from nlu.values.english_words import MONTHS, canonical
from nlu.values.korean_counts import LEFT_ALONE
from nlu.values.korean_deltas import MAY_BE
from nlu.values.korean_numerals import to_number
from nlu.values.korean_people import COMPANY

TURNED_AGAIN = re.compile(r"\b(?:wait|actually|sorry|rather|scratch|oops|after all|on second thought)\b|\bno,")
"""Between two values: the second may be meant after all."""
LIMIT_AHEAD = re.compile(r"\b(?:before|until|till|til|earlier than|prior to) (?:about |around )?(?:\S+)?$")
LIMIT_BEHIND = re.compile(r".{1,8}?(?:이전|전)(?:에는|엔|에|까지는|까진)?\s?[^.!?]{0,8}(?:못|안|힘들|어려|어렵|불가)")
"""A time before which a guest cannot come: "I can't make it before 6", `6시 전에는 못 가요`."""
MY_BOOKING = re.compile(
    r"\b(?:my|our) (?:booking|reservation|table|dinner|lunch|visit)(?: that's| which is)?(?: (?:for|on|at|of|this|next|the))* $"
)
BOOKING_BEHIND = re.compile(
    r"(?:에)?\s?예약(?:한\s?거|했던\s?거|\s?건)?\s?(?:인데요?|말인데요?|관련|건으로|있잖아요?|한\s?사람)"
)
"""Around a value by which a guest says which booking is meant."""
FOR_DAY = re.compile(r"\b(?:for|on)(?: the| our)? $")
BOOKED_FOR = re.compile(r"(?:에)?\s예약[은이을에]?\s|(?:'s)? (?:booking|reservation|table|dinner|lunch)\b")
MOVES_DAY = re.compile(
    r"\b(?:mov|chang|switch|push|bump|shift|reschedul|postpon|swap)\w*\b|\b(?:instead|rather|another|new|next|this)\b"
    r"|옮기|옮겨|바꾸|바꿔|변경|미루|미뤄|당기|당겨|다른|새로|또\s|하나\s?더|이번|다음"
)
"""Around the day that is booked, and words by which it may be another one."""
CLOSED_THEN = re.compile(
    r"(?:'s| is| being)? (?:closed|shut) (?:today|tonight|tomorrow|then|that day|on|this|next|mondays?|sundays?)\b"
    r"|(?:은|는|이|가)?\s?(?:오늘|내일|그날|[월화수목금토일]요일)[은는에]?\s?(?:휴무|쉬|쉰|문\s?(?:닫|안))"
)
"""Right behind a place that is only closed on a day: "hanok is closed today so wednesday"."""
NO_CONTACT = re.compile(r"\b(?:don'?t|do not|never) (?:text|call|ring|message|phone|contact|email)\b[^.!?]*$")
NO_CONTACT_BEHIND = re.compile(r"[^.!?]{0,12}(?:문자|전화|연락|카톡|메시지|알림)[^.!?]{0,14}(?:말|마세|마시|마요|삼가)")
"""Around an hour at which a guest is not to be called."""
VISITORS = re.compile(r"(?:이|가|께서)?\s?(?:오셔서|오신다|오시는데|오시게|올라오|내려오|와\s?계셔서|방문하)")
"""Right behind people who are only the reason: `시부모님이 오셔서`."""
STAYS_AWAY = re.compile(r"(?:들)?(?:은|는|이|가|도)?\s?(?:안|못)\s?(?:[가오와]|갈|올|갑|옵|온)")
"""Right behind those who do not come, beside those who do: `저희 넷이고 [부모님]은 안 가세요`."""
NOT_TO_USE = re.compile(
    r"[^.!?]*?\b(?:but|so|and|please),? (?:please )?(?:don'?t|do not|never) (?:use|put|write|take|book under) (?:that|it|this)\b"
    r"|이?라고(?:들)?\s?(?:부르|불러|하는데|해도)[^.!?]{0,14}(?:쓰|적|넣|하)지\s?(?:는\s?)?(?:마|말)"
)
"""Behind a name that is told: "everyone calls me Bunny but don't use that"."""
CALLED_BY = re.compile(
    r"\b(?:(?:my|the|our|his|her) \w+|everyone|everybody|people|they|friends) (?:(?:just|only|all|always) )*calls? me $"
)
CALLED_BEHIND = re.compile(r"이?라고(?:들)?\s?(?:부르|불러|부를)")
"""Around what others call a guest."""
UNINVITED = re.compile(
    r"^[^.!?]{0,60}\b(?:he|she|they)(?:(?:'s|'re| is| are| was| were) not|(?: is| are| was| were)n'?t)"
    r" (?:even |actually |really )?(?:invited|coming|part of)\b"
)
"""Behind what will not do for somebody: nobody asked them."""
WHETHER = re.compile(
    r"(?:도|이|가|은|는)?\s?(?:같이\s|다\s)?(?:오|올|가|갈|되|될|가능한|온다)(?:는지|을지|지)(?:도|는|를)?\s"
)
"""Behind people of whom it is not known whether they come: `[넷]도 오는지 물어봐야 해서요`."""
MONTH_ONLY = re.compile(rf"(?:in )?(?:{'|'.join(MONTHS)})|\d{{1,2}}월(?:이잖|이라|이니|인데)?")
"""Words for a month and nothing else."""
REASON_ENDS = re.compile(
    r"[^.!?\n,]{0,16}(?:거든요?|대요|래요|라서요?|[어아해]서요?|니까요?)[\s.!~ㅋㅎㅠ]*(?:$|[.!?\n,])"
)
"""The rest of a clause that ends as Korean reasons do."""
SAYS = re.compile(
    rf"(?:(?:우리|저희|제)\s)?(?:{'|'.join(sorted(COMPANY, key=len, reverse=True))})(?:이|가|은|는|께서)\s[^,.!?]{{1,16}}?"
    r"(?:이?래요?|이?라네요?|이?라고|이?랍니다|대요)(?![가-힣])"
)
"""One of them who says something, and is not counted by it: `[남편]이 8시래요`."""
IS_LEFT_ALONE = re.compile(rf"혼자{LEFT_ALONE}")
GUEST = re.compile(
    rf"\b(?:{ONE}|{CHILDREN}|join(?:s|ing)?|com(?:e|es|ing) (?:too|along|also|as well))\b"
    rf"|(?<![가-힣])(?:{'|'.join(COMPANY)})|낀[다대]|끼[고겠게]|합류|같이|함께"
)
"""Words for who comes along, or that somebody does."""
RELATED = re.compile(rf"\b(?:my|our|his|her|their)(?: \w+)? (?:{ONE}|{CHILDREN})(?:,| called| named)? $")
"""Right in front of a name: whose it is."""
OCCASION = re.compile(
    r"\b(?:surprise|birthday|bday|anniversary|farewell|congrat\w*|celebrat\w*|gift|present|treat|retire\w*)\b"
)
MEAL_FOR = re.compile(r"\b(?:lunch|dinner|brunch|meal|drinks|party|bash|do|surprise|treat) for (?:our |my )?$")
THEIR_DAY = re.compile(r"'?s (?:\w+ )?(?:birthday|bday|b-day|anniversary|wedding|farewell|graduation|party)\b")
"""Right behind the name of who is celebrated."""
MIGHT = re.compile(r"\b(?:might|may|maybe|perhaps|possibly)\b[^.!?]*$")
NOT_KNOWN = re.compile(
    r"\b(?:let you know|tell you|will know|'ll know|not (?:sure|certain)|don'?t know|depends|confirm later)\b"
)
OPEN_BEHIND = re.compile(rf"[^.!?]{{0,12}}{MAY_BE}")
"""Words of what is open, before and behind a change."""
HEARD = re.compile(
    r"(?:[가-힣]{0,2})(?:부터|까지|쯤)?(?:이)?라(?:던데|더라고|더군|고\s?(?:들었|쓰여|적혀|나와|되어\s?있|돼\s?있))"
)
"""Right behind what was read or heard somewhere: `[6시]부터라던데요`."""
SUPPOSE = re.compile(
    r"\bif (?:there (?:are|were) |we (?:are|were|come|bring) )?$"
    r"|\b(?:suppose|supposing|imagine|hypothetically|say we were|what if we were|if we were)\b[^.!?]*$"
)
SO_THAT = re.compile(
    r"(?:이가|이|가)\s[^,.!?]{1,20}(?:(?:수\s?있게|있도록|오게|하게|해서|와서|늦어서|된대서|있어서|끝나서)\s"
    r"|(?<!예약자)이래요[\s.,!~ㅠㅜㅋㅎ]+(?=[가-힣\d])|(?:대요|다네요|다고\s?하네요|거든요|다고\s?해서|니까|는데|라서)[\s.,!~ㅠㅜㅋㅎ]+(?=[가-힣\d]))"
)
"""Right behind the name of who is the reason."""
STATED = re.compile(r"(?:인데|이고|이구|이에요|예요|입니다|이요|요)(?:요)?[,.!\s]")
"""Right behind a value that is stated, whatever is asked then."""
THING_OF_IT = re.compile(
    r"\s(?!자리|좌석|쪽|말고)[가-힣]{2,5}(?:이|가|은|는|도)\s[^.!?]{1,30}(?:더라고요?|네요|어요|아요|습니다|던데요?|데요)[\s.!~ㅋㅎ]*$"
)
DIET = re.compile(r"(?:못\s?(?:먹|드)|알레르기|알러지|채식|비건|임산부|글루텐)[^.!?]*$")
PORTION_FOR = re.compile(
    r"\b(?:menus?|set|sets|course|courses|dish(?:es)?|meals?|portions?|platters?|cakes?|specials?|hot ?pot|barbecue|bbq)\b"
    r"[^.!?,]{0,24} for (?:just |only )?$"
)
STILL_CHANGES = re.compile(
    r"\b(?:can|could|may|would|will) (?:i|we|you) (?:be able to )?(?:still?|always|later) (?:\w+ )?"
    r"(?:move|change|switch|push|shift|cancel|add|drop)\b[^.!?]*$"
)
WHAT_IF = re.compile(r"[^.!]*\b(?:if|in case|later|afterwards)\b[^.!]*\?|\s*\?")
"""Around a change that is only asked about."""
THERE_IS = re.compile(r"(?:이|가)?\s?(?:계세|계시|있[어으습네는고])")
TOLD_BEHIND = re.compile(r"(?:이|가|은|는)\s|(?: is| was|'s)\b(?! (?:fine|right|ok|okay|good|better|best)\b)")
"""Behind a day or an hour of which something is told."""
THAT_IS = re.compile(r"\b(?:that|it)(?:'s| is| was)(?: a| the| actually| my| our)* $")
EXCEPTED = re.compile(
    r"\bany (?:day|time|night|evening|hour)(?: (?:next|this) \w+| of the week)?,? (?:but|except|other than|apart from)"
    r"(?: on| at| for)?(?: the| a)? $"
)
ASKS_WHO = re.compile(r"\bwho(?:'s|s| is| was| the \w+ is) $")
ASKS_WHO_BEHIND = re.compile(r"(?:이|가|은|는)?\s?(?:누구|누군)[가-힣]{0,4}\s?\?")
ASKED_AHEAD = re.compile(
    r"\?|\b(?:(?:until|till) )?(?:what time|when|how late|how long) (?:do|does|is|are|will|can)\b"
    r"|\b(?:do you have|is there|are there)\b"
    r"|(?:몇\s?시|언제|있|되|돼)[가-힣\s]{0,6}[요까]\s"
)
"""Words that ask, in front of what is told."""
OWN_NAME = re.compile(
    r"\b(?:name(?:'s| is)?|under|i'm|i am|it's|this is)(?: \w+)? $|(?:이름|성함|예약자)[은는이가을를]?\s?$"
)
"""Right in front of the name to book under."""
SEVERAL_NUMBERS = re.compile(r"\d{1,2}(?:(?:,|,? and| &) \d{1,2})+")
PART_OF_DAY = re.compile(rf"\b{PART}\b")

ALL_OF_THEM = re.compile(r"(둘|셋)\s?다(?![가-힣])")
"""Both, or all three."""
GONE = (Role.OLD, Role.CLEAR)
"""Roles of what is to go."""


def without_asides(spans: Sequence[Span], scene: Heard) -> tuple[Span, ...]:
    """The spans that are wishes.

    Args:
        spans: in the order of the words.
        scene: the message and what is held.
    """
    kept = tuple(span for span in spans if not _is_aside(span, spans, scene))
    plan = next((span for span in spans if _is_plan(span, scene)), None)
    return kept if plan is None else tuple(span for span in kept if not _comes_of_plan(span, plan, scene))


def _is_aside(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    text, spec = scene.message.text, scene.spec(span.label)
    if _is_of_the_past(span, scene) or _are_ages(span, scene) or IS_LEFT_ALONE.match(text, span.start):
        return True
    if span.role not in (Role.VALUE, Role.DELTA, Role.OLD):
        return False
    if span.role is Role.OLD and UNINVITED.match(folded(text[span.end :])):
        return True
    if _is_told_of_cleared(span, spec, spans, scene):
        return True
    if _is_of_a_thing(span, spec, scene) or _has_a_diet(span, spec, scene):
        return True
    if _counts_values(span, spans, scene) or _is_excepted(span, spec, scene) or _is_asked_about(span, spec, scene):
        return True
    if _is_a_portion(span, spec, scene) or _may_change_later(span, scene):
        return True
    if (
        _is_no_contact(span, spec, scene)
        or _is_only_closed(span, spec, spans, scene)
        or _are_visitors(span, spec, scene)
    ):
        return True
    if dismissed(text, span.start, span.end) or _says_why(span, spans, scene) or _is_no_choice(span, spans, scene):
        return True
    if span.role is Role.VALUE and (
        HEARD.match(text, span.end) or _is_supposed(span, scene) or counterfactual(text, span.start)
    ):
        return True
    if spec is not None and _is_told_of_its_kind(span, spec, spans, scene):
        return True
    if _is_of_others(span, spans, scene) or _is_told_of(span, scene) or _names_booking(span, spans, scene):
        return True
    if spec is not None and spec.kind is Kind.TIME and event_alone(span.text):
        return True
    if spec is not None and spec.kind is Kind.TIME and own_event(text, span.start, span.end):
        return any(one is not span and _tells_time(one, spec.name) for one in spans)
    if _says_clock(span, scene) and event_hour(text, span.start, span.end):
        told = _explains_question(span, spec, scene) or scene.conversation.phase is Phase.BOOKED
        return told or any(one is not span and (_says_clock(one, scene) or _goes(one, span)) for one in spans)
    if spec is not None and spec.kind is Kind.DATE and told_day(text, span.start, span.end):
        return _explains_question(span, spec, scene) or any(
            one is not span and _is_for(spec.name, one, scene) for one in spans
        )
    if (_says_clock(span, scene) and speaks_from(text, span.start)) or _is_limit_kept(span, scene):
        return True
    if _says_clock(span, scene) and busy_until(text, span.start, span.end):
        return any(one is not span and (_says_clock(one, scene) or one.role in GONE) for one in spans)
    return _is_plan(span, scene) or _is_named_in_reason(span, spans, scene)


def _is_told_of_cleared(span: Span, spec: SlotSpec | None, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a held day or hour is named again behind the wish to take it out: `[날짜] 좀 빼 주세요, [일요일]이 생신이에요`."""
    if spec is None or spec.kind not in (Kind.DATE, Kind.TIME) or span.role is not Role.VALUE:
        return False
    told = TOLD_BEHIND.match(folded(scene.message.text), span.end) and names_held(span.text, spec, scene)
    return bool(told) and _goes_by_name(spec.name, span, spans, scene)


def _goes_by_name(slot: str, span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether words in front of the span name the slot, and that it is to go."""
    goes = (one for one in spans if one.label == SLOT_REF and one.role is Role.CLEAR and one.end <= span.start)
    return any(resolve(one, scene) == (slot,) for one in goes)


def _is_of_a_thing(span: Span, spec: SlotSpec | None, scene: Heard) -> bool:
    """Whether a choice only says whose thing is spoken of: `[홀] 벽지가 촌스럽더라고요`."""
    choice = spec is not None and spec.kind is Kind.CHOICE and span.role is Role.OLD
    return choice and THING_OF_IT.match(scene.message.text, span.end) is not None


def _has_a_diet(span: Span, spec: SlotSpec | None, scene: Heard) -> bool:
    """Whether people are only counted to say what they cannot eat: `견과류 못 드시는 분이 [한 분] 계세요`."""
    counts = spec is not None and spec.kind is Kind.COUNT and span.role is not Role.OLD
    return counts and bool(
        DIET.search(scene.message.text[: span.start]) and THERE_IS.match(scene.message.text, span.end)
    )


def _is_a_portion(span: Span, spec: SlotSpec | None, scene: Heard) -> bool:
    """Whether people are only counted to ask for a dish or a menu: "is the set menu available for [1 person]?"."""
    counts = spec is not None and spec.kind is Kind.COUNT and span.role is Role.VALUE
    text = folded(scene.message.text)
    return counts and "?" in text[span.end :] and PORTION_FOR.search(text[: span.start]) is not None


def _may_change_later(span: Span, scene: Heard) -> bool:
    """Whether it is only asked if a change would be possible: "could I still move it to [another day] if someone falls ill?"."""
    text = folded(scene.message.text)
    return STILL_CHANGES.search(text[: span.start]) is not None and WHAT_IF.match(text, span.end) is not None


def _is_no_contact(span: Span, spec: SlotSpec | None, scene: Heard) -> bool:
    """Whether an hour, or somebody, is named to ask not to be called: "don't text me after [9]"."""
    text, when = scene.message.text, spec is not None and spec.kind in (Kind.TIME, Kind.COUNT)
    return when and bool(NO_CONTACT.search(folded(text[: span.start])) or NO_CONTACT_BEHIND.search(text))


def _is_only_closed(span: Span, spec: SlotSpec | None, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a place is turned down for one day only, and another day is named."""
    closed = spec is not None and spec.kind is Kind.CHOICE and CLOSED_THEN.match(folded(scene.message.text), span.end)
    days = scene.named(Kind.DATE)
    return bool(closed) and any(one.label in days and one.role is Role.VALUE and one.start > span.end for one in spans)


def _are_visitors(span: Span, spec: SlotSpec | None, scene: Heard) -> bool:
    """Whether people are named only as the reason, and nobody counts them."""
    people = spec is not None and spec.kind is Kind.COUNT and span.role is Role.VALUE
    counted = any(map(str.isdigit, span.text)) or to_number(span.text.split()[-1]) is not None
    return people and not counted and VISITORS.match(scene.message.text, span.end) is not None


def _is_excepted(span: Span, spec: SlotSpec | None, scene: Heard) -> bool:
    """Whether a day or an hour is the one that will not do, where none is held: "any day next week but [Monday]"."""
    when = spec is not None and spec.kind in (Kind.DATE, Kind.TIME) and not scene.conversation.slot(spec.name).holds
    return when and span.role is Role.VALUE and EXCEPTED.search(folded(scene.message.text[: span.start])) is not None


def _is_asked_about(span: Span, spec: SlotSpec | None, scene: Heard) -> bool:
    """Whether a name is only asked about: "who's [Kim Minsu]?"."""
    text = folded(scene.message.text)
    asks = ASKS_WHO.search(text[: span.start]) and text.startswith("?", span.end)
    return spec is not None and spec.kind is Kind.NAME and bool(asks or ASKS_WHO_BEHIND.match(text, span.end))


def _explains_question(span: Span, spec: SlotSpec | None, scene: Heard) -> bool:
    """Whether the words in front of a value ask something, and its slot holds one: what is told then only says why it is asked.

    "What time does the kitchen close, my last fare's around [half six]".
    """
    held = spec is not None and scene.conversation.slot(spec.name).holds
    return held and ASKED_AHEAD.search(folded(scene.message.text[: span.start])) is not None


def _counts_values(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a number of people counts the values in front of it that are turned down: `금요일 7시 [둘] 다 안 되겠어요`."""
    spec, number = scene.spec(span.label), ALL_OF_THEM.match(scene.message.text, span.start)
    if spec is None or spec.kind is not Kind.COUNT or number is None:
        return False
    others = [one for one in spans if one.end <= span.start and not _is_for(spec.name, one, scene)]
    named = any(one.label in scene.named(Kind.NAME) for one in others)
    return not named and len(others) == to_number(number[1]) and any(one.role in GONE for one in others)


def _names_booking(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a held value only says which booking is meant, and something else is asked: "about my booking on Saturday: ..."."""
    spec, text = scene.spec(span.label), scene.message.text
    if spec is None or len(spans) == 1 or any(one is not span and _is_for(spec.name, one, scene) for one in spans):
        return False
    named = MY_BOOKING.search(folded(text[: span.start])) or BOOKING_BEHIND.match(text, span.end)
    return bool(named or _is_day_booked(span, spec, scene)) and names_held(span.text, spec, scene)


def _is_day_booked(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether a weekday after a booking is the booked one, beside what is to change: "we're down to 6 for [Thursday]"."""
    text = folded(scene.message.text)
    if scene.conversation.phase is not Phase.BOOKED or spec.kind is not Kind.DATE or span.role is not Role.VALUE:
        return False
    weekday = WEEKDAY_ALONE.fullmatch(folded(span.text)) is not None and MOVES_DAY.search(text) is None
    return weekday and bool(FOR_DAY.search(text[: span.start]) or BOOKED_FOR.match(text, span.end))


def _is_told_of_its_kind(span: Span, spec: SlotSpec, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether it is told in the way that only names, people, days or hours are."""
    match spec.kind:
        case Kind.NAME:
            told = _spells_another(span, spans) or _joins(span, spans, scene) or _is_celebrated(span, scene)
            told = told or _is_cleared_name(span, spans, scene)
            return told or _is_called(span, scene) or _comes_late(span, spans, scene)
        case Kind.COUNT if span.role is Role.DELTA:
            return _may_be(span, scene)
        case Kind.COUNT if span.role is Role.VALUE:
            return _stays_away(span, spans, scene)
        case Kind.DATE if span.role is Role.VALUE:
            told = _is_month_of_held_day(span, spec, scene) or _is_weekday_of_old(span, spec, spans, scene)
            return told or _is_what_old_is(span, spans, scene)
        case Kind.TIME if span.role is Role.DELTA:
            return comes_late(scene.message.text, span.start, span.end)
        case Kind.DATE | Kind.TIME if span.role is Role.OLD:
            return own_event_gone(scene.message.text, span.start, span.end)
    return False


def _is_cleared_name(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether the held name is only told of, where the name is to go: `[이름]은 없애 주세요, [로빈은] 게임 닉이라`."""
    held = scene.conversation.value(span.label)
    named = held is not None and span.text.removeprefix(held) in ("", "은", "는", "이", "가", "'s")
    return named and span.role is Role.VALUE and _goes_by_name(span.label, span, spans, scene)


def _is_called(span: Span, scene: Heard) -> bool:
    """Whether a name is only what others call a guest: "my mates just call me [Bear]", or is not to be used."""
    text, plain = scene.message.text, folded(scene.message.text)
    if span.role is not Role.VALUE:
        return False
    if NOT_TO_USE.match(plain, span.end):
        return True
    called = CALLED_BY.search(plain[: span.start]) or CALLED_BEHIND.match(text, span.end)
    return called is not None and any(scene.conversation.slot(name).holds for name in scene.named(Kind.NAME))


def _stays_away(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether people do not come, beside those who do, or it is not known: `[저희 넷]이고 [부모님]은 안 가세요`."""
    text = scene.message.text
    others = any(one is not span and one.role is Role.VALUE and one.label == span.label for one in spans)
    return WHETHER.match(text, span.end) is not None or (others and STAYS_AWAY.match(text, span.end) is not None)


def _is_month_of_held_day(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether a month is named that the held day lies in, which is nothing new: "not the terrace, it's [February]"."""
    held = scene.conversation.value(spec.name)
    bounds = scene.read(span.text, spec).bounds if held and MONTH_ONLY.fullmatch(folded(span.text)) else None
    return bounds is not None and bounds[0] <= (held or "") <= bounds[1]


def _is_weekday_of_old(span: Span, spec: SlotSpec, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a weekday only says which one the day is that was turned down: "not [the 29th], I'm told it's a [Tuesday]"."""
    named = scene.read(span.text, spec).exact if WEEKDAY_ALONE.fullmatch(folded(span.text)) else None
    ahead = (one for one in spans if one.label == span.label and one.role is Role.OLD and one.end <= span.start)
    numbered = (one.text for one in ahead if not WEEKDAY_ALONE.fullmatch(folded(one.text)))
    days = {date.fromisoformat(day).weekday() for text in numbered if (day := scene.read(text, spec).exact)}
    return named is not None and date.fromisoformat(named).weekday() in days


def _is_what_old_is(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a day is said to be the one that was turned down: "oh no, not [the 31st], that's [halloween]"."""
    ahead = (one for one in spans if one.role is Role.OLD and one.label == span.label and one.end <= span.start)
    said = THAT_IS.search(folded(scene.message.text[: span.start]))
    return said is not None and any(_same(one, span, scene) for one in ahead)


def _is_told_of(span: Span, scene: Heard) -> bool:
    """Whether it is room that is left, how old somebody is, or what a rule is asked about."""
    text, spec = scene.message.text, scene.spec(span.label)
    if room_left(text, span.start, span.end):
        return True
    if span.role is not Role.VALUE:
        return False
    count = spec is not None and spec.kind is Kind.COUNT
    if (count or span.label == NUMBER) and age_told(text, span.start, span.end):
        return True
    if scene.conversation.asked == span.label and STATED.match(text, span.end):
        return False  # `[여섯 명]인데 콜키지 비용 있나요?`
    when = spec is not None and spec.kind in (Kind.DATE, Kind.TIME)
    if when and opening_asked(text, span.start):
        return True
    says = count and SAYS.match(span.text + text[span.end : span.end + 24])
    return bool(says) or of_a_rule(text, span.start, span.end)


def _is_of_the_past(span: Span, scene: Heard) -> bool:
    """Whether a value, or that any will do, belongs to a story of another time."""
    spec = scene.spec(span.label)
    if spec is not None and spec.kind is not Kind.NAME and told_of_the_past(scene.message.text, span.start, span.end):
        return True
    told = span.role is Role.ANY or (span.role is Role.VALUE and spec is not None and spec.kind is not Kind.NAME)
    return told and long_past(scene.message.text, span.start)


def _are_ages(span: Span, scene: Heard) -> bool:
    """Whether two or more numbers behind "the kids are" tell how old they are."""
    spec, text = scene.spec(span.label), scene.message.text
    if spec is None or spec.kind is not Kind.COUNT or not CHILDREN_ARE.search(folded(text[: span.start])):
        return False
    return SEVERAL_NUMBERS.fullmatch(canonical(span.text)) is not None


def _is_of_others(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a value is somebody else's wish, and the guest's own stands beside it."""
    own = any(one is not span and one.role in (Role.VALUE, Role.OLD) and _alike(one, span) for one in spans)
    own = own or "?" in scene.message.text  # who asks has not made up their mind
    return span.role is not Role.DELTA and own and wish_of_others(scene.message.text, span.start, span.end)


def _is_no_choice(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether words that name no choice stand in a Korean reason: `금요일은 안 돼요, [이브닝]으로 바꿨거든요`."""
    spec = scene.spec(span.label)
    if spec is None or spec.kind is not Kind.CHOICE or span.role is not Role.VALUE or len(spans) == 1:
        return False
    return REASON_ENDS.match(scene.message.text, span.end) is not None and bool(scene.read(span.text, spec).reason)


def _says_why(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a value only says why the one in front of it is wanted: "[5:30], our show's at [8]"."""
    same = (one for one in spans if one.label == span.label or NUMBER in (one.label, span.label))
    wishes = [one for one in same if one.end <= span.start and one.role in (Role.VALUE, Role.DELTA)]
    if span.role not in (Role.VALUE, Role.DELTA):
        return False
    # "9 is no good. Mass is at 9": what is turned down may be named again, too.
    wishes += [one for one in spans if one.end <= span.start and _goes(one, span) and _same(one, span, scene)]
    return bool(wishes) and tells_why(scene.message.text, wishes[-1].end, span.start, span.end)


def _alike(one: Span, other: Span) -> bool:
    """Whether two spans may be for one slot."""
    return one.label == other.label or NUMBER in (one.label, other.label) or one.text.isdigit() or other.text.isdigit()


def _is_limit_kept(span: Span, scene: Heard) -> bool:
    """Whether the held time is the earliest that will do: nothing of it is turned down."""
    spec, text = scene.spec(span.label), scene.message.text
    if (
        spec is None
        or spec.kind is not Kind.TIME
        or span.role is not Role.OLD
        or not names_held(span.text, spec, scene)
    ):
        return False
    return bool(LIMIT_AHEAD.search(folded(text[: span.end])) or LIMIT_BEHIND.match(text, span.start))


def _spells_another(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a name is another one letter by letter: "Oh, O H"."""
    letters = re.split(r"[\s.,-]+", span.text.casefold().strip(" .,-"))
    if any(len(letter) != 1 for letter in letters):
        return False
    others = (one.text.casefold() for one in spans if one is not span and one.label == span.label)
    return any("".join(letters) in other.replace(" ", "") for other in others)


def _joins(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a name is that of a guest who comes on top: "Sara, my friend, wants to come. Plus one please"."""
    counts, text = scene.named(Kind.COUNT), scene.message.text
    if span.role is not Role.VALUE:
        return False
    more = any(one.role is Role.DELTA and one.label in counts for one in spans)
    return more and GUEST.search(folded(text)) is not None and not OWN_NAME.search(folded(text[: span.start]))


def _is_celebrated(span: Span, scene: Heard) -> bool:
    """Whether a name is that of somebody the occasion is for: "it's a surprise for my colleague Daniel"."""
    text = folded(scene.message.text)
    theirs = RELATED.search(text[: span.start]) or MEAL_FOR.search(text[: span.start])
    return bool(OCCASION.search(text) and theirs) or bool(THEIR_DAY.match(text, span.end))


def _is_supposed(span: Span, scene: Heard) -> bool:
    """Whether a value is only supposed, to ask something: "suppose we were [six], would you have room?"."""
    text = folded(scene.message.text)
    return SUPPOSE.search(text[: span.start]) is not None and "?" in text[span.end :]


def _may_be(span: Span, scene: Heard) -> bool:
    """Whether who comes or stays away is not known yet: "we might be [one more], not sure", `[한 명 더] 올지도 몰라요`."""
    text = folded(scene.message.text)
    open_yet = MIGHT.search(text[: span.start]) and NOT_KNOWN.search(text, span.end)
    return bool(open_yet) or OPEN_BEHIND.match(scene.message.text, span.end) is not None


def _comes_late(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a Korean name is the subject of why another value is wanted: `[유나]가 퇴근하고 올 수 있게 밤 10시로요`."""
    return len(spans) > 1 and SO_THAT.match(scene.message.text, span.end) is not None


def _says_clock(span: Span, scene: Heard) -> bool:
    """Whether a value may be a clock time."""
    spec = scene.spec(span.label)
    return span.role is Role.VALUE and (span.label == NUMBER or (spec is not None and spec.kind is Kind.TIME))


def _goes(one: Span, span: Span) -> bool:
    """Whether one is a value of the other's slot that is turned down."""
    return one.role is Role.OLD and one.label == span.label


def _is_for(slot: str, span: Span, scene: Heard) -> bool:
    """Whether a span asks for something of the slot: a value, a change, or that it be taken back or restored."""
    return span.label == slot or (span.label == SLOT_REF and slot in resolve(span, scene))


def _tells_time(span: Span, time: str) -> bool:
    """Whether a span says when, be it by a day's own words ("Thursday morning")."""
    return span.role is Role.VALUE and (span.label in (time, NUMBER) or bool(PART_OF_DAY.search(span.text.casefold())))


def _is_named_in_reason(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a value was turned down before another one, and is named again only to say why."""
    spec, text = scene.spec(span.label), scene.message.text
    if spec is None or span.role is not Role.VALUE or not explained(text, span.start, span.end):
        return False
    earlier = [one for one in spans if one.label == span.label and one.end <= span.start]
    old = next((one for one in earlier if one.role is Role.OLD and _same(one, span, scene)), None)
    new = next((one for one in earlier if one.role is Role.VALUE and not _same(one, span, scene)), None)
    if old is None or new is None:
        return False
    return not TURNED_AGAIN.search(text[max(old.end, new.end) : span.start].casefold())


def _same(one: Span, other: Span, scene: Heard) -> bool:
    spec = scene.spec(other.label)
    if spec is None:
        return False
    values = set(scene.read(other.text, spec).values)
    return bool(values & set(scene.read(one.text, spec).values))


def _is_plan(span: Span, scene: Heard) -> bool:
    """Whether a number of people was planned once, while it is known how many come."""
    count = scene.first(Kind.COUNT)
    if count is None or span.label not in (NUMBER, count.name) or scene.conversation.value(count.name) is None:
        return False
    return once_planned(scene.message.text, span.start)


def _comes_of_plan(span: Span, plan: Span, scene: Heard) -> bool:
    """Whether those who left the plan are told of, though the plan is not what is held: "we were to be six but two cancelled"."""
    count, text = scene.first(Kind.COUNT), scene.message.text
    if count is None or span.label not in (NUMBER, count.name) or span.start < plan.end:
        return False
    between = text[plan.end : span.start].casefold()
    told = not SENTENCE_END.search(between) and not SUM.search(between)
    return told and not names_held(plan.text, count, scene)
