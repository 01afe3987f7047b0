"""Puts the tagger's spans right before they become operations: what stays after all, and changes said in two halves.

Looks at the words around a span, which the tagger's label may contradict. Does not know what a span will do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.composer.corrected import put_right_at_once, with_new_name
from assistant.composer.heard import Heard
from assistant.composer.meant import CLAUSE_END, meant
from assistant.composer.numbers import BACK_TO, NATIVE_ALONE, NUMBER, NUMERIC, SLOT_REF, holder, names_held, resolve
from assistant.composer.pieces import SURE
from assistant.composer.torn import from_word, torn
from assistant.domain import SlotSpec
from assistant.types import Message
from nlu.folded import folded
from nlu.rules.all_but import (
    all_but_this,
    all_spared,
    goes_alone,
    left_out,
    left_out_behind,
    listed,
    only_this_goes,
    points_back,
    rest_is_fine,
    rest_is_fine_but,
)
from nlu.rules.approved import approved
from nlu.rules.greetings import greets, only_greets
from nlu.rules.korean_hearsay import of_the_past
from nlu.rules.korean_keeping import is_not, only_second, preferred
from nlu.rules.korean_name_frames import framed_name
from nlu.rules.korean_removal import wished_away
from nlu.rules.korean_unnamed import asks_about_names
from nlu.rules.negation import in_doubt, kept, not_kept, removed, spared, story, turned_down, unwanted
from nlu.rules.told_later import told_later
from nlu.types import Delta, Kind, Role, Span, Tagging
from nlu.values import read_delta
from nlu.values.english_clock import PART
from nlu.values.english_dates import WEEK_BUT_ONE
from nlu.values.english_people import NOUNS
from nlu.values.english_words import MONTHS, canonical, is_english
from nlu.values.korean_foreign_names import foreign_name
from nlu.values.korean_full_names import ROMANISED, full_name
from nlu.values.korean_numerals import NATIVE, SINO
from nlu.values.korean_people import CHILDREN as KOREAN_CHILDREN
from nlu.values.korean_people import GROWN
from nlu.values.text import has_hangul

TAKEN = re.compile(
    r"\b(?:take|use|choose|pick|have|do|go (?:with|for)|switch to) (?:that|this|it|them)(?: one| place)?(?: instead)?\b"
    r"|\b(?:is|'s) (?:closer|nearer|better|nicer|cheaper|easier|handier|more convenient)\b"
)
"""Words that want what they name in place of what is held."""
MONTH_ALONE = re.compile("|".join(MONTHS))
DAY_ALONE = re.compile(r"[0-3]?\d(?:st|nd|rd|th)?")
WITHIN_NAME = re.compile(r"(?![은는이가을를로]\s)[가-힣]{0,4} ?[가-힣]{0,5}")
UNDER = re.compile(r"\b(?:name(?:'s| is)?|under)(?: the name)? $|(?:이름|성함|예약자)[은는이가]?\s?$")
"""Right in front of the name to book under."""
NEXT_WORD = re.compile(r" ([^\W\d_]+)")
WORD_END = re.compile(r"\W")
REST_OF_WORD = re.compile(r"(?:\w|-(?=\w))*")
SAID_BEFORE = re.compile(r"\b(?:out with|forget(?: about)?|said|the)\s+$", re.IGNORECASE)
"""Words right before a number that is taken back as it was said."""
FOR_PEOPLE = re.compile(r"(?:\b[a-z]+ )?\b(?P<last>[a-z]+)(?= for(?: (?:just|only|the|all|us))*\s+$)")
"""The one or two words that are "for" the people behind them."""
SAME_BUT = re.compile(r"\bsame(?: \w+){0,2},? (?:but|except|only)(?: (?:for|on|at|it's|make it|with))* $")
"""Right in front of what is to differ from what there is."""
NONE_OF = re.compile(
    r"\W*(?:(?:ok|okay|so|and|please|sorry|actually|hi|hello),? )*(?:no|without)(?: (?:the|a|any|more))* $"
)
"""All that stands before a wish of which none is wanted."""
OF_THE_CLOCK = re.compile(r" ?(?:[ap]\.?m\b\.?|o'?clock\b)", re.IGNORECASE)
"""Right behind an hour."""
MINUTES_BEHIND = re.compile(r"\s?(?:[0-5]?\d|[이삼사오]?십[일이삼사오육칠팔구]?|[오])\s?분(?![가-힣]*\s?(?:예약|자리))")
"""Minutes right behind an hour; `일곱 시 세 분` counts people."""
ROUGHLY_BEHIND = re.compile(
    r",? (?:or (?:so|thereabouts|near it)|give or take|more or less|roughly|approximately)\b", re.IGNORECASE
)
"""Right behind a time that need not be exact."""
PLUS = re.compile(r"(?:\bplus|\+) ?\w+$", re.IGNORECASE)
DAYS_BEHIND = re.compile(r" (?:days?|weeks?)\b", re.IGNORECASE)
"""What was left off a day that is counted on from another: "[today plus two] days"."""
MONTH_AHEAD = re.compile(r"(?<![가-힣\d])(?:\d{1,2}|유|시|십?[일이삼사오칠팔구]|십)월\s?$")
"""A month right in front of a day."""
APOLOGY_BEHIND = re.compile(
    r"(?:에|\s?늦게|\s?늦은 시간에?|\s?일찍)*\s(?:정말\s|너무\s)?(?:죄송|미안|실례|연락드려|문의드려)"
)
"""Right behind the hour at which a guest writes: `밤늦게 죄송합니다만`."""
SENTENCE = re.compile(r"[.!?;\n]")
TOGETHER = re.compile(r"[가-힣]?(?:이?랑|하고|와|과),?\s?|,? (?:and|or|&) (?:the |my |our )?", re.IGNORECASE)
"""All that stands between two things that are named together."""
PASSIVE = re.compile(
    r"(?: to be| be)? (?:struck|removed|deleted|erased|cleared|wiped|taken (?:off|out)|dropped|scrapped|emptied"
    r"|left (?:blank|open))\b"
)
"""Right behind what a guest would like to see gone."""
NOT_IN_FRONT = re.compile(r"\bnot [^.!?;,\n]{0,24}$")
STILL_GOOD = re.compile(
    r"\b(?:those|these|they|that|both|it)(?:'s|'re| is| are| can| should| may)? (?:all |both |still |just )*"
    r"(?:good|fine|ok|okay|right|correct|stay|hold|stand|unchanged|the same)\b"
)
"""Around what is called not meant: "not [the name], that is still good"."""
INTENDS = re.compile(r"(?<=기)로\s?(?:했|한|하)|고자(?:\s|$)|(?:려고|으려고)(?:요|\s|$)")
"""Endings of a verb, right behind its stem."""
OCCASION = re.compile(
    r"(?:송별|환송|환영|동창|송년|신년|망년|반상|동호|회갑|칠순|환갑|팔순|돌|백일|생일|결혼|졸업|입학|승진|개업|집들이|상견례|회식)"
    r"(?:회|식|연|잔치|파티|모임|기념일)?(?:가|이|를|을|로|라|때문|도|예|인|입|임|요|겸|\s|$)"
)
"""A word for what is celebrated, with its particle."""
ISH = re.compile(r"\d{1,2} ?-?ish")
"""Roughly so many, of whatever was asked for."""
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2}(?:st|nd|rd|th)?),? (?!(?:am|pm|p\.m|a\.m|o'?clock|past|to|:)\b)(?=\S)", re.IGNORECASE
)
"""A day of a month at the head of words for a time."""
CLASS_AHEAD = re.compile(
    rf"(?<![가-힣])(?:{'|'.join(sorted({*KOREAN_CHILDREN, *GROWN}, key=len, reverse=True))})(?:은|는|이|가|도|을|를|만)?\s?$"
)
"""Who they are, right in front of how many come or stay away: `아이 [한 명 줄여]`."""


IS_CALLED = re.compile(r"예요|에요|입니다|라고\s?(?:해요|합니다)")
"""What ends the words in which a name is told."""
HOUR_BEHIND = re.compile(
    rf"(?:오전|오후|새벽|아침|점심|낮|저녁|밤)\s?(?:\d{{1,2}}|{NATIVE})\s?시(?:\s?(?:반|(?:\d{{1,2}}|{SINO})\s?분))?"
)
"""A part of the day and the hour that was cut off it: `[저]녁 8시는 어때요?`."""
ON_THE_DOT = re.compile(r" on the dot\b", re.IGNORECASE)
"""Right behind an hour, from which nothing goes on."""
AND_FIRST = re.compile(r"(?:n|and|&|\+|plus) ")
ME_AHEAD = re.compile(r"\b(?:me|myself) $", re.IGNORECASE)
"""What the tagger cut off "me [n 3 mates]"."""
UPS = re.compile(r"[- ]?ups?\b", re.IGNORECASE)
"""What was cut off grown-ups."""
AND_ME = re.compile(r"(?: and|(?<= and)) (?:I|me|myself)\b", re.IGNORECASE)
"""Who speaks, named behind those who come along."""
_PREFER, _THAN = r"\bprefer(?:red)? (?:the )?", r",? (?:to|over|rather than|instead of) "
PREFERS = re.compile(rf"{_PREFER}$")
OVER = re.compile(rf"{_THAN}(?!go\b|eat\b|be\b|have\b|come\b|sit\b)")
"""In front of and behind a value that is preferred to another one: "I'd prefer [Morning Cup] to Hanok"."""
PREFERRED_OVER = re.compile(
    rf"{_PREFER}(?:(?!\b(?:so|and|but|then|mov|mak|chang|push|put|switch|bump|shift|set)[a-z]*\b)[^.!?,]){{1,30}}?"
    rf"{_THAN}(?:the )?$"
)
"""In front of a value that another one is preferred to: "I'd prefer Morning Cup to [Hanok]"."""


TAKEN_OVER = re.compile(
    r"\b(?:gimme|give (?:me|us)|take|took|choose|chose|picks?|picked|go with|go for|rather have|want)"
    r" (?:the )?[^.!?,]{1,30}? over (?:the )?$"
)
"""In front of a value that another one is chosen over: "gimme the terrace over [the hall]"."""
TENS = re.compile(r"\b(?:twenty|thirty|forty|fifty)$")
ON_OCCASION = re.compile(r"[가-힣](?<=[는은한본온간쓴된킨]) 김에$")
"""While one is at it, which names no Kim: `하는 김에`."""
HAS_NUMBER = re.compile(r"[A-Za-z]+ \d+")
GROUP_WORD = re.compile(
    r"(?:[가-힣\s]*(?:모임|동호회|동아리|클럽|병동|학과|부서|회사|가족|교회|학원|무역|상사|은행|병원|학교|가게|공방|사람)"
    r"|[가-힣\s]{2,}(?:팀|점|실|국|원|관|소))(?:임?인데|이에요|입니다|예요|에서)"
)
"""A ward or a club that calls: `7[병동]인데요`, "[Ward 7] here"; the name is asked later."""
EVENT_WORD = re.compile(
    r"[가-힣\s]*(?:뒤풀이|회식|모임|식사|파티|잔치|행사|동창회|송년회|환영회|환송회|송별회|미팅|회의|스터디|상견례|간담회|데이트)"
    r"(?:\s|이?요|이에요|예요|입니다|인데|로|때문)"
)
"""What they meet for: `[공연 뒤풀]이요`."""
CLUB = re.compile(r"[a-z' ]*\b(?:club|team|group|choir|class|office|ward|society|crew|band|league|department)")
CALLS = re.compile(r" (?:here|speaking|calling)\b")
"""Who calls, and is nobody's name: "[Hiking club] here"."""
SAYS_VERB = re.compile(r"[가-힣]{2,4}(?:이|가)?\s(?:빠진|안\s?온|못\s?온|온|간|늦는|아프)대")
"""Somebody of whom something is told: `[민지 빠진]대요`."""
AGE = re.compile(r"(?:스물|서른|마흔|쉰|예순|일흔|여든|아흔|환갑|칠순|팔순)(?:이|살|을|세)")
PART_ALONE = re.compile(PART)
WORD_FOR_NAME = re.compile(
    r"계산|결제|예약|자동완성|별명|닉네임|애칭|가명|예명|별칭|흠+|음+|엥|헐|앗|아차|오호|변경|계획|채식|비건|제발|민망하|오해하진?|[가-힣]{2,}들"
    r"|(?:[가-힣]{1,4}\s)?(?:마실|먹을|앉을|모일|즐길|만날|마시는|먹는|모이는)"
    r"|(?i:meh|nah|ugh+|hm+|lol|omg|yay|aw+|oof|eh|argh|ew|huh|oops|wow|yikes|sigh|damn|gosh|pls|plz|thx|ta)"
)
DOING = re.compile(r"한\s?(?:사람|분|손님|친구)(?:들|만)?\s(?=\S)")
"""The last syllable of a verb, and who does it."""
WHOLE_NAME = 3
"""Syllables of a Korean name, which the tagger knows where to end."""
NOT_THE = re.compile(r"\bnot (?:the |my |our )?$")
RATHER_THAN = re.compile(r"(?:이|가|은|는)?\s?(?:말고|아니고|아니라)")
"""Around what was named by mistake."""
HOUR_WORD = re.compile(r"1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve")
AS_NAME = r"(?:예약|부탁|해|하|잡|올|적|넣|등록|바꿔|바꾸|변경|고쳐|수정)"
"""What is to be done with a name, behind `(으)로`."""
FOREIGN_WORD = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣]{2,8}?)(?=(?P<said>이?랍니다|이에요|예요|입니다|이고(?![가-힣])|이요(?![가-힣])"
    rf"|(?:으)?로(?:요(?![가-힣])|\s?{AS_NAME}))|[\s,.!~]|$)"
)
"""One word of Hangul, and what may follow a name."""
GIVEN = re.compile(r"[가-힣]+(?<![요고서에은는을를이가도만명분시반일로께네예씨님게])")
"""A word without an ending, which may be a first name."""
FOREIGN = re.compile(
    r"(?<![가-힣\d])(?!그냥|이름|성함|예약|저희|우리)(?P<name>[가-힣]{2,7}\s(?!이름|성함|명의|자리|예약)[가-힣]{2,8}?)"
    rf"(?=이?랍니다|이에요|예요|에요|입니다|이고요?\b|이?요(?![가-힣])|(?:으)?로\s?{AS_NAME}|이?라고|[\s,.!~]|$)"
)
"""Two words of Hangul, and what may follow a name."""
NUMBER_OR = re.compile(
    rf"(?<![가-힣])(?:{NATIVE_ALONE.pattern})\s?(?:아니면|이나|또는|혹은)\s$|(?<![\w:.])(?:{HOUR_WORD.pattern}) or $"
)
"""Another number right in front of one."""
OR_ELSE = re.compile(r"\s?아님\s")
"""Short for `아니면`, between two values and nothing else."""


def put_right(spans: Sequence[Span], scene: Heard) -> tuple[Span, ...]:
    """The spans with whole words, each with the role that the words around it allow, and halves of one change made whole."""
    spans = tuple(_behind_verb(span, scene) for span in spans)
    spans = _whole_foreign(_framed(_week_but_one(spans, scene), scene), scene)
    spans = _either_number(_day_out_of_time(_with_first_number(spans, scene), scene), scene)
    for one in (_with_its_day, _of_one_name, _with_its_class, _of_one_number):
        spans = _side_by_side(spans, scene, one)
    whole = (
        _as_asked(_as_choice(_as_name(meant(span, spans, scene), spans, scene), scene), scene)
        for span in (from_word(_clock(one, scene), scene) for one in _whole(spans, scene))
        if not (torn(span, scene) or _tells_why(span, spans, scene) or _is_no_name(span, scene))
        and not _is_empty_half(span, spans, scene)
        and not (span.role is Role.VALUE and (_is_only_told(span, scene) or _is_greeting(span, scene)))
    )
    right = put_right_at_once(with_new_name(_other_to_go(tuple(whole), scene), scene), scene)
    return _joined(_spare(right, scene), scene)


def _behind_verb(span: Span, scene: Heard) -> Span:
    """The span; the end of a verb in front of people counts nobody: `분장[한 사람 열두 명]`."""
    text, spec = scene.message.text, scene.spec(span.label)
    if spec is None or spec.kind is not Kind.COUNT or not has_hangul(text[span.start - 1 : span.start]):
        return span
    verb = DOING.match(text, span.start, span.end)
    return replace(span, start=verb.end(), text=text[verb.end() : span.end]) if verb else span


def _other_to_go(spans: tuple[Span, ...], scene: Heard) -> tuple[Span, ...]:
    """The spans; of a slot that was named by mistake the other one goes: "remove [the date], no, not [the date], [the name]"."""
    text = scene.message.text
    for first, again, other in zip(spans, spans[1:], spans[2:], strict=False):
        if not (first.label == again.label == other.label == SLOT_REF and first.role is Role.CLEAR):
            continue
        same = resolve(first, scene) == resolve(again, scene) != resolve(other, scene)
        denied = NOT_THE.search(folded(text[: again.start])) or RATHER_THAN.match(text, again.end)
        if same and denied:
            rest = (one for one in spans if one not in (first, again, other))
            return (*rest, replace(other, role=Role.CLEAR, confidence=max(other.confidence, SURE)))
    return spans


def _is_no_name(span: Span, scene: Heard) -> bool:
    """Whether a name is the head of a Korean word for an occasion, or a verb, or a word for a name.

    `[송별]회가 있어서`, `자리를 [청하]고자 합니다`, `[별명]으로 해 주세요, 두부요`.
    """
    spec, text = scene.spec(span.label), scene.message.text
    if spec is None or spec.kind is not Kind.NAME:
        return False
    club = CLUB.fullmatch(folded(span.text)) and scene.conversation.asked != spec.name
    if club and CALLS.match(folded(text), span.end):
        return True
    numbered = text[span.start - 1 : span.start].isdigit() or HAS_NUMBER.fullmatch(span.text)
    group = GROUP_WORD.match(text, span.start) and scene.conversation.asked != spec.name and not full_name(span.text)
    if numbered or group or EVENT_WORD.match(text, span.start) or SAYS_VERB.match(text, span.start):
        return True
    if WORD_FOR_NAME.fullmatch(span.text) or AGE.match(text, span.start) or ON_OCCASION.search(text[: span.end + 1]):
        return True
    return OCCASION.match(text, span.start) is not None or INTENDS.match(text, span.end) is not None


def moves(span: Span, kind: Kind, scene: Heard) -> Delta | None:
    """By how much a span moves its slot; where it does not say which way, its clause may: "postpone it [by a day]"."""
    if (delta := read_delta(span.text, kind)) is not None:
        behind = CLAUSE_END.split(scene.message.text[span.end :])[0]
        away = read_delta(span.text + behind, kind) if kind is Kind.COUNT and delta.sign > 0 else None
        if away is not None and away.sign < 0 and away.amount == delta.amount:
            return away  # "[two more] have just dropped out"
        return told_apart(delta, span.text, scene.message.text[: span.start]) if kind is Kind.COUNT else delta
    head = CLAUSE_END.split(scene.message.text[: span.start])[-1]
    tail = CLAUSE_END.split(scene.message.text[span.end :])[0]
    sentence = SENTENCE.split(scene.message.text[: span.start])[-1] + span.text
    rest = sentence + SENTENCE.split(scene.message.text[span.end :])[0]
    clauses = (head + span.text, span.text + tail, *((sentence, rest) if kind is Kind.COUNT else ()))
    return next((delta for clause in clauses if (delta := read_delta(clause.strip(), kind))), None)


def told_apart(delta: Delta, words: str, before: str) -> Delta:
    """The change of a party that the words are, by adults and children where those before it say who: `아이 [한 명은 빼]`."""
    ahead = CLASS_AHEAD.search(before) if not delta.parts else None
    parted = read_delta(ahead[0] + words, Kind.COUNT) if ahead else None
    return parted if parted and parted.amount == delta.amount else delta


def _whole(spans: Sequence[Span], scene: Heard) -> tuple[Span, ...]:
    """The spans; one that cannot be read and ends within a word takes in the whole word, if that can be: `[내]일` is `내일`."""
    text = scene.message.text
    grown = []
    for place, span in enumerate(spans):
        spec = scene.spec(span.label)
        if spec is not None and spec.kind in NUMERIC and span.role is Role.VALUE and scene.read_span(span, spec).reason:
            first = spans[place - 1].end if place else 0
            last = spans[place + 1].start if place + 1 < len(spans) else len(text)
            start = span.start - len(WORD_END.split(text[first : span.start])[-1])
            rest = REST_OF_WORD.match(text, span.end, last)
            end = rest.end() if rest else span.end
            word = replace(span, start=start, end=end, text=text[start:end])
            if not scene.read_span(word, spec).reason:
                span = word
        grown.append(_with_noun(_with_unit(span, scene), scene))
    return tuple(grown)


def _with_unit(span: Span, scene: Heard) -> Span:
    """The value with what it was cut from: `[일곱 시] 삼십 분`, `유월 [구일]`, `[이번 주]말에`, "[my wife] and I"."""
    text, spec = scene.message.text, scene.spec(span.label)
    kind, start, end = spec.kind if spec else None, span.start, span.end
    valued = span.role is Role.VALUE
    if kind is Kind.TIME and valued and span.text.endswith("시") and (minutes := MINUTES_BEHIND.match(text, end)):
        end = minutes.end()
    if (
        kind is Kind.TIME
        and valued
        and (dot := ON_THE_DOT.match(text, end - len(" on") if span.text.endswith(" on") else end))
    ):
        end = dot.end()
    if kind is Kind.TIME and valued and (rough := ROUGHLY_BEHIND.match(text, end)):
        end = rough.end()
    if kind is Kind.DATE and valued and PLUS.search(span.text) and (days := DAYS_BEHIND.match(text, end)):
        end = days.end()
    if kind is Kind.DATE and valued and (month := MONTH_AHEAD.search(text[:start])):
        start = month.start()
    if kind is Kind.NAME and valued and span.text.endswith(("야", "로")) and (ending := IS_CALLED.match(text, end)):
        end = ending.end()  # `[프리야]예요`, `[파울로]예요`: the name keeps its last syllable
    if kind is Kind.PHONE and valued and spec is not None and text.startswith("이", end):
        digits = [len(scene.read(text[start:last], spec).exact or "") for last in (end, end + 1)]
        end += 1 if digits[0] < digits[1] else 0  # `팔공사[이]요`: the two that looks like the ending
    if kind is Kind.TIME and valued and (hour := HOUR_BEHIND.match(text, start)) and hour.end() > end:
        end = hour.end()
    if kind is Kind.COUNT and valued and span.text.casefold().endswith("grown") and (ups := UPS.match(text, end)):
        end = ups.end()
    if (
        kind is Kind.COUNT
        and valued
        and AND_FIRST.match(span.text.casefold())
        and (me := ME_AHEAD.search(text[:start]))
    ):
        start = me.start()
    if kind is Kind.COUNT and valued and (me := AND_ME.match(text, end)):
        end = me.end()
    if kind is Kind.DATE and span.text.endswith("주") and text.startswith("말", end):
        end += 1
    cut = (start, end) != (span.start, span.end)
    return replace(span, start=start, end=end, text=text[start:end]) if cut else span


def _with_noun(span: Span, scene: Heard) -> Span:
    """The span; several numbers of people that are one party with the word behind the last take it in: "[2 adlts 1] bbay"."""
    spec, noun = scene.spec(span.label), NEXT_WORD.match(scene.message.text, span.end)
    if spec is None or spec.kind is not Kind.COUNT or span.role is not Role.VALUE or noun is None:
        return span
    if not re.fullmatch(NOUNS, canonical(noun[1])) or len(scene.read(span.text, spec).values) < 2:
        return span
    words = scene.message.text[span.start : noun.end()]
    return replace(span, end=noun.end(), text=words) if scene.read(words, spec).exact else span


def _tells_why(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether people stay away only to say why one number becomes another: `[여덟]이라 했는데 [한 사람]이 아프오. [일곱]이오`."""
    spec = scene.spec(span.label)
    if spec is None or spec.kind is not Kind.COUNT or span.role is not Role.VALUE:
        return False
    before = any(one.label == NUMBER and one.role is Role.OLD and one.end <= span.start for one in spans)
    later = [one for one in spans if one.label == NUMBER and one.role is Role.VALUE and one.start >= span.end]
    if not (before and later and has_hangul(scene.message.text)):
        return False
    delta = read_delta(scene.message.text[span.start : later[0].start].rstrip(" .,!"), spec.kind)
    return delta is not None and delta.sign < 0


def _week_but_one(spans: Sequence[Span], scene: Heard) -> Sequence[Span]:
    """The spans; those of a day in the week after the next are one: "not next week but the one after, on the Saturday"."""
    spec, found = scene.first(Kind.DATE), WEEK_BUT_ONE.search(folded(scene.message.text))
    days = [span for span in spans if spec is not None and span.label == spec.name]
    if spec is None or found is None or not days:
        return spans
    start, end = min(found.start(), days[0].start), max(found.end(), days[-1].end)
    words = scene.message.text[start:end]
    if not scene.read(words, spec).exact:
        return spans
    day = replace(
        days[-1], role=Role.VALUE, start=start, end=end, text=words, confidence=max(SURE, days[-1].confidence)
    )
    others = (span for span in spans if span not in days and not (start <= span.start < end))
    return sorted((*others, day), key=lambda span: span.start)


def _framed(spans: Sequence[Span], scene: Heard) -> Sequence[Span]:
    """The spans; a name that a Korean sentence frames is one if it looks foreign or was seen: `이름을 [엘레]나 코스타로 바꿔`."""
    spec, place = scene.first(Kind.NAME), framed_name(scene.message.text)
    if spec is None or place is None:
        return spans
    start, end = place
    words = scene.message.text[start:end]
    pieces = [span for span in spans if span.start < end and start < span.end]
    names = [span.text for span in pieces if span.label == spec.name and span.role is Role.VALUE]
    if any(word in names and full_name(word) for word in words.split()):
        return spans  # of `합창단 [임은혜] 이름으로` the tagger has the name whole
    if not (foreign_name(words) or (names and len(words) > WHOLE_NAME)) or scene.reads_otherwise(words, spec):
        return spans
    sure = max((SURE, *(span.confidence for span in pieces)))
    # Under another ending the last syllable is the name's: `이름은 프리야`.
    said = f"{words}예요" if words.endswith(("야", "로")) else words
    name = Span(spec.name, Role.VALUE, start, end, said, sure)
    cut = (one for one in pieces if one.start < start and one.label != spec.name)
    heads = (replace(one, end=start, text=one.text[: start - one.start].rstrip()) for one in cut)
    kept = (one for one in (*heads, *(span for span in spans if span not in pieces)) if one.text)
    return sorted((*kept, name), key=lambda span: span.start)


def _whole_foreign(spans: Sequence[Span], scene: Heard) -> Sequence[Span]:
    """The spans; a piece of a foreign name in Hangul takes in the rest of it: of `그레그 [노박]` and `에드몬드 페어[차일드]`."""
    spec, text = scene.first(Kind.NAME), scene.message.text
    whole = list(spans)
    for at, span in enumerate(whole):
        if spec is None or span.label != spec.name or span.role is not Role.VALUE or not has_hangul(span.text):
            continue
        if full_name(span.text):
            continue
        pairs = (one for one in FOREIGN.finditer(text) if one.start("name") <= span.start < one.end("name"))
        words = (one for one in FOREIGN_WORD.finditer(text) if one.start("name") <= span.start < one.end("name"))
        found = next(pairs, None) or next((one for one in words if one["said"] or foreign_name(one["name"])), None)
        if found is None or len(found["name"]) <= len(span.text):
            continue
        said = found.re is FOREIGN_WORD and found["said"]
        cut = bool(said) or has_hangul(text[span.start - 1 : span.start])
        if not (foreign_name(found["name"]) or (cut and GIVEN.fullmatch(found["name"].split()[0]))):
            continue
        start, end = found.span("name")
        if not any(one is not span and one.start < end and start < one.end for one in spans):
            whole[at] = replace(span, start=start, end=end, text=found["name"])
    return whole


def _side_by_side(
    spans: Sequence[Span], scene: Heard, one: Callable[[Span, Span, Heard], float | None]
) -> Sequence[Span]:
    """The spans; each that is one with the span before it is joined to it; `one` says how sure, or None."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        sure = one(last, span, scene) if last else None
        if last and sure is not None:
            words = scene.message.text[last.start : span.end]
            joined[-1] = replace(last, end=span.end, text=words, confidence=sure)
        else:
            joined.append(span)
    return joined


def _with_its_day(month: Span, day: Span, scene: Heard) -> float | None:
    """How sure it is that a number is the day of the month right in front of it: "[September] [12] at 10 am"."""
    return month.confidence if _ends_in_month(month, day, scene) and DAY_ALONE.fullmatch(day.text) else None


def _day_out_of_time(spans: Sequence[Span], scene: Heard) -> Sequence[Span]:
    """The spans; the day of a month is cut off the time that the tagger put it into: "[may] [20 noon]"."""
    right: list[Span] = []
    for span in spans:
        month, day = right[-1] if right else None, DAY_FIRST.match(span.text)
        if month and day and span.label in scene.named(Kind.TIME) and _ends_in_month(month, span, scene):
            cut = span.start + day.end()
            right.append(replace(span, label=month.label, end=span.start + day.end("day"), text=day["day"]))
            right.append(replace(span, start=cut, text=scene.message.text[cut : span.end]))
        else:
            right.append(span)
    return right


def _either_number(spans: Sequence[Span], scene: Heard) -> Sequence[Span]:
    """The spans; the first of two values is not turned down where `아님` stands for `아니면`: `[넷] 아님 [다섯]`."""
    right: list[Span] = []
    for span in spans:
        last = right[-1] if right else None
        if last and OR_ELSE.fullmatch(scene.message.text, last.end, span.start):
            sure = max(last.confidence, SURE)
            if NATIVE_ALONE.fullmatch(last.text) and NATIVE_ALONE.fullmatch(span.text):
                right[-1] = replace(last, label=NUMBER, role=Role.VALUE, confidence=sure)
                span = replace(span, label=NUMBER, role=Role.VALUE)
            elif last.label == span.label and last.role is Role.OLD and not _holds(last, scene):
                right[-1] = replace(last, role=Role.VALUE, confidence=sure)
        right.append(span)
    return right


def _with_first_number(spans: Sequence[Span], scene: Heard) -> Sequence[Span]:
    """The spans; a number in the form that counts people takes in the other one that it is said with: `넷 아니면 [다섯]`."""
    text, count = scene.message.text, scene.first(Kind.COUNT)
    return [
        replace(
            span,
            label=count.name if count is not None and NATIVE_ALONE.match(span.text) else span.label,
            start=either.start(),
            text=text[either.start() : span.end],
            confidence=max(span.confidence, SURE),
        )
        if span.role is Role.VALUE
        and (NATIVE_ALONE.match(span.text) or HOUR_WORD.fullmatch(span.text.casefold()))
        and (either := NUMBER_OR.search(text[: span.start])) is not None
        and not any(one.start < span.start and either.start() < one.end for one in spans)
        else span
        for span in spans
    ]


def _ends_in_month(month: Span, day: Span, scene: Heard) -> bool:
    """Whether a date ends in a month, and what follows stands right behind it."""
    words = folded(month.text).rpartition(" ")[2]
    named = month.label in scene.named(Kind.DATE) and month.role is day.role and MONTH_ALONE.fullmatch(words)
    return bool(named) and scene.message.text[month.end : day.start] == " "


def _of_one_name(last: Span, span: Span, scene: Heard) -> float | None:
    """How sure it is that two spans are pieces of one foreign name in Hangul: `[토비아스] 린드크[비스트]요`."""
    names = last.label == span.label and last.label in scene.named(Kind.NAME) and last.role is span.role is Role.VALUE
    within = names and WITHIN_NAME.fullmatch(scene.message.text, last.end, span.start)
    return min(last.confidence, span.confidence) if within else None


def _with_its_class(who: Span, count: Span, scene: Heard) -> float | None:
    """How sure it is that a number counts those who are named right in front of it: `[아이] [한 명]은 빼 주세요`."""
    people = who.label == count.label and who.label in scene.named(Kind.COUNT)
    named = CLASS_AHEAD.fullmatch(scene.message.text[who.start : count.start])
    return max(who.confidence, count.confidence) if people and named else None


def _of_one_number(tens: Span, ones: Span, scene: Heard) -> float | None:
    """How sure it is that two spans are one number with a hyphen: "the [thirty]-[first]"."""
    same = tens.label == ones.label and tens.role is ones.role
    within = same and scene.message.text[tens.end : ones.start] == "-"
    return min(tens.confidence, ones.confidence) if within and TENS.search(tens.text.casefold()) else None


def _is_empty_half(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a doubtful change says nothing by itself, and another of its slot does: "[My] friend comes too, so [one more]"."""
    spec = scene.spec(span.label)
    if spec is None or span.role is not Role.DELTA or read_delta(span.text, spec.kind) or len(span.text.split()) > 1:
        return False
    return any(one.label == span.label and one.role is Role.DELTA and read_delta(one.text, spec.kind) for one in spans)


def _as_asked(span: Span, scene: Heard) -> Span:
    """The span; where it is no choice of its own slot and answers what is asked, it is that: "mornin" is no venue."""
    spec, asked = scene.spec(span.label), scene.spec(scene.conversation.asked or "")
    if spec is None or asked is None or asked.kind not in NUMERIC or spec.kind not in (Kind.CHOICE, *NUMERIC):
        return span
    roughly = asked.kind is Kind.COUNT and spec.kind is Kind.TIME and ISH.fullmatch(folded(span.text))
    if (
        span.role is not Role.VALUE
        or not (roughly or scene.read(span.text, spec).reason)
        or scene.read(span.text, asked).reason
    ):
        return span
    return replace(span, label=asked.name)


def _as_choice(span: Span, scene: Heard) -> Span:
    """The span, in the slot of which it names a choice where it names none of its own: "terrace table" is no venue."""
    spec = scene.spec(span.label)
    if (
        spec is None
        or spec.kind is not Kind.CHOICE
        or span.role is not Role.VALUE
        or not scene.read(span.text, spec).reason
    ):
        return span
    others = [one for one in scene.domain.slots if one.kind is Kind.CHOICE and scene.read(span.text, one).exact]
    time = scene.first(Kind.TIME)
    if time is not None and PART_ALONE.fullmatch(folded(span.text)) and not scene.conversation.slot(time.name).holds:
        return replace(span, label=time.name, confidence=max(span.confidence, SURE))  # "an [evening] table"
    return replace(span, label=others[0].name, confidence=max(span.confidence, SURE)) if len(others) == 1 else span


def _as_name(span: Span, spans: Sequence[Span], scene: Heard) -> Span:
    """The span, of the name's slot where it is the held name, or unfit for its own behind `닉네임도 돼요?` or another name."""
    spec, name = scene.spec(span.label), scene.first(Kind.NAME)
    if spec is None or name is None or spec is name:
        return span
    if (
        span.role is Role.OLD
        and span.text == scene.conversation.value(name.name)
        and not names_held(span.text, spec, scene)
    ):
        return replace(span, label=name.name)  # "반달은 좀 그렇다", of the held name that is half a month as well
    if span.role is not Role.VALUE:
        return span
    asked = asks_about_names(scene.message.text[: span.start])
    under = UNDER.search(folded(scene.message.text[: span.start])) is not None
    renamed = any(one.label == name.name and one.role is Role.OLD for one in spans)
    instead = spec.kind is Kind.CHOICE and (under or renamed or _is_full_name(span, name, scene))
    return replace(span, label=name.name) if (asked or instead) and scene.read(span.text, spec).reason else span


def _is_full_name(span: Span, name: SlotSpec, scene: Heard) -> bool:
    """Whether a message is nothing but a first and a last name, written as names are, while none is held: "Han Sora"."""
    if scene.conversation.slot(name.name).holds or span.text != scene.message.text.strip(" .,!"):
        return False
    words = span.text.split()
    foreign = words[0].casefold() in ROMANISED or not any(is_english(one.casefold()) for one in words)
    return len(words) == 2 and span.text.istitle() and foreign


def _is_greeting(span: Span, scene: Heard) -> bool:
    """Whether a name is a greeting of another language; alone in answer to "what name?" it may be one."""
    spec, text = scene.spec(span.label), scene.message.text
    if spec is None or spec.kind is not Kind.NAME or not greets(text, span.start, span.end):
        return False
    return not (scene.conversation.asked == spec.name and only_greets(text))


def _clock(span: Span, scene: Heard) -> Span:
    """The span; a number that the tagger did not take for a time, though "pm" stands right behind it, is one with it."""
    spec, time = scene.spec(span.label), scene.first(Kind.TIME)
    other = span.label == NUMBER or (spec is not None and spec.kind in (Kind.COUNT, Kind.DATE))
    unit = OF_THE_CLOCK.match(scene.message.text, span.end) if other and span.text.isdigit() else None
    if unit is None or time is None or span.role is not Role.VALUE:
        return span
    words = scene.message.text[span.start : unit.end()]
    sure = max(span.confidence, SURE)
    return replace(span, label=time.name, end=unit.end(), text=words, confidence=sure)


def _is_only_told(span: Span, scene: Heard) -> bool:
    """Whether a value belongs to a story of another time or an apology, or only says when the guest will know more."""
    at, spec = (scene.message.text, span.start, span.end), scene.spec(span.label)
    if spec is not None and spec.kind is Kind.TIME and APOLOGY_BEHIND.match(scene.message.text, span.end):
        return True
    when = span.label == NUMBER or (spec is not None and spec.kind in (Kind.DATE, Kind.TIME))
    return of_the_past(*at) or (when and told_later(*at))


def clearing_all(tagging: Tagging, message: Message) -> Tagging:
    """The tagging with or without the act of clearing it all, as the words say.

    Where they keep everything, or say that nothing need go, the act is out; where they leave something out of all that is
    to go, it is in, and what is left out is kept.
    """
    if "clear_all" in tagging.acts and (alone := _alone(tagging.spans, message)) != tagging.spans:
        return replace(tagging, acts=_without_clear_all(tagging), spans=alone)
    if "clear_all" in tagging.acts and any(map(_goes, tagging.spans)) and points_back(message.text):
        return replace(tagging, acts=_without_clear_all(tagging))
    out = _left_out(tagging.spans, message.text)
    if out:
        spans = tuple(replace(span, role=Role.KEEP) if span in out else span for span in tagging.spans)
        return replace(tagging, acts={"clear_all": out[-1].confidence, **tagging.acts}, spans=spans)
    if "clear_all" not in tagging.acts or not all_spared(message.text):
        return tagging
    acts = _without_clear_all(tagging)
    remark = {} if acts or tagging.spans else {"chitchat": tagging.acts["clear_all"]}
    return replace(tagging, acts=acts | remark)


def _left_out(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans that are called removed, though the message leaves them out of all that is to go."""
    out: list[Span] = []
    for span in reversed(spans):
        # "날짜랑 시간 빼고 다": what is named together stays together.
        together = bool(out) and listed(text[span.end : out[-1].start])
        if _goes(span) and (together or left_out(text, span.start) or left_out_behind(text, span.end)):
            out.append(span)
    return out


def _without_clear_all(tagging: Tagging) -> dict[str, float]:
    return {act: sure for act, sure in tagging.acts.items() if act != "clear_all"}


def _alone(spans: Sequence[Span], message: Message) -> tuple[Span, ...]:
    """The spans; those that a message leaves out of what it praises or keeps are to go, and nothing else is."""
    return tuple(
        replace(span, role=Role.CLEAR if span.label == SLOT_REF else Role.OLD)
        if span.role in (Role.KEEP, Role.VALUE)
        and (rest_is_fine(message.text, span.start) or goes_alone(message.text, span.start))
        else span
        for span in spans
    )


def _spare(spans: Sequence[Span], scene: Heard) -> Iterable[Span]:
    """The spans; one that is called removed, though its own clause says that it stays, is kept."""
    for place, span in enumerate(spans):
        at = (scene.message.text, span.start, span.end)
        goes = _goes(span)
        if span.role is Role.OLD and _is_wanted(span, scene):
            yield replace(span, role=Role.VALUE)
        elif span.role is Role.VALUE and _is_passed_over(span, spans, scene):
            yield replace(span, role=Role.OLD)
        elif span.role is Role.OLD and (wish := _wish_for_people(span, scene)):
            known = any(one.label == wish.label and one.end > wish.start for one in spans)
            yield replace(span, role=Role.KEEP) if known else wish
        elif (span.label == SLOT_REF and goes and story(*at[:2])) or (span.role is Role.OLD and in_doubt(at[0])):
            yield replace(span, role=Role.KEEP)
        elif span.role is Role.VALUE and span.label != SLOT_REF and all_but_this(text=at[0], end=span.end):
            yield replace(span, role=Role.OLD)
        elif span.role is Role.KEEP and not_kept(*at):
            yield replace(span, role=Role.CLEAR if span.label == SLOT_REF else Role.OLD)
        elif (goes and (_is_still_good(span, scene) or _stays_with(span, spans[place + 1 :], scene))) or (
            span.role is Role.OLD and _stays_at_last(span, spans[place + 1 :], scene)
        ):
            yield replace(span, role=Role.KEEP)
        elif span.role is Role.OLD and _is_of_a_time(span, spans[place + 1 :], scene):
            yield replace(span, role=Role.VALUE)
        elif goes and ((kept(*at) and not not_kept(*at)) or _only_a_later_one_goes(span, spans[place + 1 :], scene)):
            # A value that stays is said once more; of a number it must first be found out what it is.
            hardly = span.confidence < SURE and _holds(span, scene)
            yield replace(span, role=Role.KEEP if hardly or span.label in (NUMBER, SLOT_REF) else Role.VALUE)
        elif span.label == SLOT_REF and goes and PASSIVE.match(folded(at[0]), span.end):
            yield replace(span, confidence=max(span.confidence, SURE))
        elif span.role is Role.KEEP and (only_this_goes(*at) or rest_is_fine_but(*at)):
            yield replace(span, role=Role.CLEAR if span.label == SLOT_REF else Role.OLD)
        elif ((goes or span.role is Role.ANY) and spared(*at)) or (span.role is Role.CHANGE and kept(*at)):
            yield replace(span, role=Role.KEEP)
        elif span.label == SLOT_REF and span.role in (Role.CHANGE, Role.KEEP) and _is_wished_away(span, scene):
            yield replace(span, role=Role.CLEAR)
        elif span.role is Role.VALUE and (
            _refused(span, scene)
            or (
                _is_held(span, scene)
                and not approved(*at)
                and (removed(*at) or _is_the_former(span, spans, scene) or _is_unwanted_wish(span, scene))
            )
        ):
            yield replace(span, role=Role.OLD)
        else:
            yield span


def _is_passed_over(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether another value for its slot is preferred to it, or chosen over it."""
    ahead = folded(scene.message.text[: span.start])
    chosen = any(one.label == span.label and one.end <= span.start for one in spans) and TAKEN_OVER.search(ahead)
    return bool(chosen) or PREFERRED_OVER.search(ahead) is not None


def _stays_with(span: Span, later: Sequence[Span], scene: Heard) -> bool:
    """Whether it is named together with what stays: of `[날]짜랑 [시간]은 처음 말씀드린 대로` both do."""
    text, other = scene.message.text, later[0] if later else None
    if other is None or span.label != SLOT_REF or other.label != SLOT_REF:
        return False
    return bool(TOGETHER.fullmatch(text[span.end : other.start]) and kept(text, other.start, other.end))


def _is_of_a_time(span: Span, later: Sequence[Span], scene: Heard) -> bool:
    """Whether a day stands right before an hour that alone is put right: "[today] at [6]... no, [6:30]"."""
    days, times = scene.named(Kind.DATE), (*scene.named(Kind.TIME), NUMBER)
    if span.label not in days or not later or any(one.label in days for one in later):
        return False
    between = folded(scene.message.text[span.end : later[0].start])
    hours = [one for one in later if one.label in times]
    put_right = len(hours) > 1 and hours[0] is later[0] and hours[-1].role is Role.VALUE
    return put_right and between in (" ", ", ", " at ", "에 ", " around ")


def _stays_at_last(span: Span, later: Sequence[Span], scene: Heard) -> bool:
    """Whether the last word on its slot is that it stays: "he can't stand [Fridays], but he's not coming, so [the day] stays"."""
    text = scene.message.text
    for one in later:
        if one.label == SLOT_REF and one.role is Role.KEEP and resolve(one, scene) == (span.label,):
            return True
        named = one.label == span.label and one.role in (Role.OLD, Role.VALUE, Role.KEEP) and _holds(one, scene)
        if named and _holds(span, scene) and kept(text, one.start, one.end) and not not_kept(text, one.start, one.end):
            return True
    return False


def _is_still_good(span: Span, scene: Heard) -> bool:
    """Whether what is called removed is only told apart from what is: "not the name or the place, those are still good"."""
    text = folded(scene.message.text)
    said_of_it = SENTENCE.split(text[span.end :])[0]
    return bool(NOT_IN_FRONT.search(text[: span.start]) and STILL_GOOD.search(said_of_it))


def _is_wanted(span: Span, scene: Heard) -> bool:
    """Whether a value that is called removed is the new one: preferred, gone back to ("back to Friday"), or another choice."""
    text = scene.message.text
    if preferred(text[span.end :]) and not _is_held(span, scene):
        return True
    if SAME_BUT.search(text[: span.start].casefold()) and not _holds(span, scene):
        return True
    if PREFERS.search(folded(text[: span.start])) and OVER.match(text[span.end :]) and not _holds(span, scene):
        return True
    gone_back_to = BACK_TO.search(text[: span.start].casefold()) and not _holds(span, scene)
    return bool(gone_back_to) or _is_the_other_choice(span, scene)


def _is_held(span: Span, scene: Heard) -> bool:
    """Whether a value is the one that its slot holds, a bare number that of any slot; of a name, letter by letter."""
    if span.label == NUMBER:
        # "Lose two" takes people off, "forget the two" takes back what was said.
        return bool(SAID_BEFORE.search(scene.message.text[: span.start])) and holder(span, scene) is not None
    spec = scene.spec(span.label)
    if spec is None or spec.kind is Kind.NAME:
        return spec is not None and scene.read(span.text, spec).exact == scene.conversation.value(spec.name) is not None
    return names_held(span.text, spec, scene)


def _holds(span: Span, scene: Heard) -> bool:
    """Whether any slot that the span may be for holds it."""
    return holder(span, scene) is not None if span.label == NUMBER else _is_held(span, scene)


def _is_the_other_choice(span: Span, scene: Heard) -> bool:
    """Whether it is a choice that is not held, beside nothing that turns it down: "inside, it is cold" of the terrace."""
    spec = scene.spec(span.label)
    if spec is None or spec.kind is not Kind.CHOICE or scene.conversation.value(spec.name) is None:
        return False
    other = not scene.read(span.text, spec).reason and not names_held(span.text, spec, scene)
    return other and (not turned_down(scene.message.text) or TAKEN.search(folded(scene.message.text)) is not None)


def _wish_for_people(span: Span, scene: Heard) -> Span | None:
    """The held choice that is turned down in front of the people it is for: of "no [room] for two" the room goes."""
    spec, head = scene.spec(span.label), FOR_PEOPLE.search(scene.message.text[: span.start].casefold())
    if head is None or (span.label != NUMBER and (spec is None or spec.kind is not Kind.COUNT)):
        return None
    for choice in (spec for spec in scene.domain.slots if spec.kind is Kind.CHOICE):
        held = scene.conversation.value(choice.name)
        for words in (head[0], head["last"]):
            if held is not None and scene.read(words, choice).exact == held:
                start = head.start() + head[0].index(words)
                wish = scene.message.text[start : head.end("last")]
                return replace(span, label=choice.name, start=start, end=head.end("last"), text=wish)
    return None


def _refused(span: Span, scene: Heard) -> bool:
    """Whether a wish that is not held stands behind words that want none of it: "yes, and no terrace"."""
    spec = scene.spec(span.label)
    open_wish = spec is not None and spec.dont_care and not scene.conversation.slot(spec.name).holds
    return open_wish and unwanted(scene.message.text, span.start)


def _is_unwanted_wish(span: Span, scene: Heard) -> bool:
    """Whether a held wish stands behind words that want none of it, which may begin the message: "no terrace please"."""
    spec, text = scene.spec(span.label), scene.message.text
    return (
        spec is not None
        and spec.dont_care
        and (unwanted(text, span.start) or bool(NONE_OF.match(text[: span.start].casefold())))
    )


def _is_wished_away(span: Span, scene: Heard) -> bool:
    """Whether a clause wants nothing but that what it names goes: `이름도 빼 주세요, 나머지는 두고요`."""
    return wished_away(CLAUSE_END.split(scene.message.text[span.end :])[0])


def _is_the_former(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a held value is called wrong behind it, beside another one for its slot: `6시 반, 7시 아님`."""
    other = any(one.label == span.label and one is not span and one.role is Role.VALUE for one in spans)
    return other and is_not(scene.message.text[span.end :])


def _goes(span: Span) -> bool:
    return span.role is Role.OLD or (span.label == SLOT_REF and span.role is Role.CLEAR)


def _only_a_later_one_goes(span: Span, later: Sequence[Span], scene: Heard) -> bool:
    """Whether two spans are called removed, and the words between them spare the first: `날짜 말고 시간을 빼 주세요`."""
    text, other = scene.message.text, next((one for one in later if _goes(one)), None)
    if other is None or NUMBER in (span.label, other.label) or span.label == other.label != SLOT_REF:
        return False  # of two values for one slot the second may be the new one
    return only_second(text[span.end : other.start], text[other.end :])


def _joined(spans: Iterable[Span], scene: Heard) -> tuple[Span, ...]:
    """Two halves of one change made whole: "a bit earlier", then "say half an hour", neither of which says both."""
    joined: list[Span] = []
    for span in spans:
        last, spec = joined[-1] if joined else None, scene.spec(span.label)
        if last and spec and last.label == span.label and last.role is span.role is Role.DELTA:
            words = scene.message.text[last.start : span.end]
            halves = (read_delta(half, spec.kind) for half in (last.text, span.text))
            if not all(halves) and read_delta(words, spec.kind):
                joined[-1] = replace(last, end=span.end, text=words, confidence=min(last.confidence, span.confidence))
                continue
        joined.append(span)
    return tuple(joined)
