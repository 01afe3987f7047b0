"""What the words say though the tagger saw none of it: a party summed up, a value gone back to or needed, a meal, a name.

`학생들까지 아홉 명이고요`, "no, go back to four", `세 명이어야 해요`, `점심 먹으려고요`, `내일 6시 5명 정우성`. Knows how Korean
sums people up, speaks of meals and lists values, and how English goes back; the value itself is read by the normaliser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.composer.heard import Heard
from assistant.composer.numbers import NUMBER, SLOT_REF
from assistant.domain import Need, SlotSpec
from assistant.types import Op, Operation
from nlu.folded import folded
from nlu.rules.company import only_company
from nlu.types import Kind, Role, Span
from nlu.values.english_words import MONTHS, is_english, is_nearly_english
from nlu.values.korean_foreign_names import foreign_name
from nlu.values.korean_full_names import ROMANISED, full_name
from nlu.values.korean_holidays import holiday_pattern
from nlu.values.korean_people import COMPANY
from nlu.values.text import has_hangul

SUMMED = re.compile(
    r"(?:[가-힣]{1,6}(?<![시분반일월욜])까지|포함(?:해서|하면|하여)?|(?<![가-힣])(?:총|도합|다\s?해서|합쳐서|합해서|이제(?:는)?|결국))\s(?:하면\s|해서\s|총\s|모두\s)?"
    r"(?P<count>[0-9가-힣]{1,4}\s?(?:명|분|사람))(?:이고|이구|이에요|이요|이라|입니다|이니까|이야|이네|예요|요|으로|만\s?(?:가|갑|와|옵|남|돼|됩)|[\s,.!]|$)"
)
"""Words that sum people up, the number and its counter, and an ending that states it."""

TOGETHER = re.compile(
    r"(?<![가-힣])(?P<count>(?:둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)이서)(?!\s?[가-힣\s]{0,6}(?:갔|왔|먹었))"
)
"""How many go together: `어머니 모시고 둘이서 가려고요`."""
IN_TOTAL = re.compile(
    r"(?:^|[,.;] |\b(?:be|us|are|we're|that's|thats|that makes|makes|probably|maybe|about) )"
    r"(?P<count>\d{1,2}(?:,? or (?:maybe |perhaps |possibly )?\d{1,2})?(?: (?:of us|people|guests))?)"
    r" (?:in total|al+togeth[eo]r|all together|all in all|in all)\b"
)
"""The same in English."""
GOES_BACK = re.compile(
    r"(?:\bback to |(?:^|[,.!] ?)(?:make it |so |just )?(?=[\w: ]{1,24} (?:like|as) (?:before|it was)))(?P<value>[\w: ]{1,24}?)"
    r"(?: (?:then|instead|please|again|thanks|(?:like|as) (?:before|it was)))*[\s.!]*$",
    re.IGNORECASE,
)
"""Last words of a message that goes back to a value."""


MEAL = re.compile(
    r"(?<![가-힣])(?P<meal>아침|점심|저녁)(?:을|이나|으로)?\s?(?:식사(?:를)?\s?)?(?:같이\s|함께\s)?"
    r"(?:먹(?:으?러|으려|을|고\s?싶|자)|하(?:러|려고)|예약|모임|약속)"
)
MEAL_AHEAD = re.compile(
    r"(?:\b(?:have|having|book(?:ing)?|for|get|grab|eat(?:ing)?|do|celebrate|(?:i|we)(?:'d| would) (?:like|love)|fancy|need|want)"
    r"(?: (?:a|an|some|our|the|my|early|late|quick|family|nice|little|birthday|anniversary|business|team))* "
    r"|(?:^|[.!] )\W*(?=\w+ (?:w|with|for|at|on)\b))(?P<meal>breakfast|brunch|lunch|dinner|supper)\b"
    r"(?! (?:menu|service|special|hours|offer))"
    r"|\b(?:breakfast|brunch|lunch|dinner|supper)(?:time)?-?ish\b"
    r"|\b(?:an?|the|our|some) (?:early |late )?(?:morning|afternoon|evening|lunch|dinner)"
    r"(?= (?:table|booking|reservation|slot|spot)\b)"
)
"""A meal that is yet to be eaten; `점심 먹고 갈게요` and `점심 먹었어요` tell of another one."""

BARE_MEAL = re.compile(
    r"(?<!after )(?<!before )\b(?:breakfast|brunch|lunch|dinner|supper)\b(?! (?:menu|service|special|hours|offer))"
)
"""A meal beside values, with no word of booking."""
MUST_BE = re.compile(
    r"(?:(?:꼭|무조건|반드시|아니|아뇨|근데|그게|저희는?|인원은|시간은|날짜는)[\s,]+)*(?P<value>[^,.?!]{1,16}?)(?:이어야|이여야|여야|이라야|라야)(?:만)?"
    r"\s?(?:해(?:요|서요)?|합니다|하거든요|하는데요?|돼(?:요)?|됩니다|되거든요|되는데요?|할\s?(?:것|거)\s?같[가-힣]+)[\s.!~ㅠㅜ]*"
)
"""Nothing but what a value must be."""
NICKNAME = re.compile(
    r"(?:별명|닉네임|애칭|가명|예명|별칭)(?:으)?로\s?(?:해|하|할|써|쓸|적|남|등록|부탁)[가-힣\s]*?(?:요|게|다|줘|지)[\s,.!]+"
    r"(?P<name>[가-힣A-Za-z]{2,8}?)(?:이?요|이?에요|예요|입니다|(?:으)?로\s?[가-힣\s]+)?[\s.!~ㅎㅋ]*$"
)
"""A nickname, and in front of it that it is one."""
NOT_THEIRS = re.compile(
    r"[제내저]|다른|같은|원래|전|아까|새|남편|아내|친구|회사|우리|저희|본인|그|이|딸|아들|엄마|아빠|어머니|아버지|언니|오빠|누나|형|동생|팀|부서|예약|와이프|신랑|여친|남친"
)
"""Whose name it is, which is none."""
UNDER = re.compile(r"(?<![가-힣])(?P<name>[가-힣]{2,6})\s?(?:이름|명의|성함)(?:으로|로)")
"""A name, and that it is booked under it."""
LAST_WORD = re.compile(
    r"(?<![가-힣\d])(?P<name>[가-힣]{2,4}?)(?:이요|이에요|이예요|예요|에요|요|입니다|이야|야)?[\s.!~]*$"
)
"""The last word without the longest ending that it may have: of `변경이요` that is `변경`."""
PEOPLE_COUNTER = re.compile(r"명|분|인|사람")
NUMERAL = re.compile(r"(?:\d|한|두|세|네|섯|곱|덟|홉|열)\s?$")
"""A counter behind a numeral, which begins no name: of `두 명이용`."""
FIRST_WORD = re.compile(r"\s*(?P<name>[가-힣]{3,4})(?=[\s,])")
LINKS = re.compile(r"[\s,./~]|알았어요?|알겠어요?|네|넵|응|예약|에|으로|로|이고|이구|고|이요|요")
"""What may stand between the values of a telegram."""
FOUR_FIGURES = re.compile(
    r"(?<![\w:.,/+\-$£€₩#])(?P<clock>(?:[01]\d|2[0-3])[0-5][05])(?!\d|년|[:/\-]\w|[.,]\d| ?(?:won|krw|usd|people|ppl|pax"
    r"|guests|km|am\b|pm\b)| \d{3})"
)
"""A clock time as a telegram has it."""
LEADS = re.compile(r"(?:^|[.,;/|(–—-]|\b(?:at|@|by|for|time))\s*$")
"""What a value of a telegram follows, if not another one."""
YEARS = 3
"""Years around this one that four figures are taken for."""
NAMED_MONTH = re.compile(
    rf"\b(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?,?(?: \d{{1,2}}(?:st|nd|rd|th)?,?)?\s*$"
)
COMES = re.compile(
    r"\b(?:come|coming|visit|dine|dining|drop (?:by|in)|stop by|be (?:there|with you|over|in (?:town|your|the)))\b"
    r"|\b(?:today|tonight|tomorrow|\w+day) it is\b|\bit (?:is|would be|will be|was) (?:on )?(?=\w+ that\b)"
    r"|(?:갔|왔|뵀|뵈었|들렀|찾아갔|찾아뵀|먹었|모였)으면\s?(?:합니다|해요|하는데|싶|좋겠)|(?:가|오|들르|뵙|찾아뵙|찾아가|먹|모이)(?:려고|고자|고\s?싶|기로\s?했|겠습니다|겠어요)"
    r"|[뒤후일주말](?:이면|면)\s?좋겠"
    r"|(?:갈|올|뵐|들를|찾아뵐|찾아갈|먹을|모일)\s?(?:까\s?(?:합니다|해요|하는데)|수\s?있을|예정|생각)"
)
"""Words of guests who say when they come."""
UNSETTLED = re.compile(
    r"\?|\bif\b|\b(?:not|n't|never|can'?t|won'?t|before|after|until)\b|못|안\s|아니|말고|는지|을지|까지|전에|후에|이후|빼고"
)
"""Words by which a day is no plain wish."""
THAT_DAY = re.compile(
    r"(?<![가-힣])그\s?(?:날|때)(?:로|짜로)"
    r"|(?<!n't )(?<!cannot )(?<!cant )(?<!not )\b(?:make it|take|go with|go for|do|say|(?:change|move|switch"
    r"|push)(?: \w+){0,2} to) (?:that|the same) (?:day|date)\b"
    r"|(?:\bso|\bthen|,) (?:on |let's do )?that day(?= (?:please|then|it is|instead)\b|[\s.,!]*(?:$|[.,!]))"
)
"""Words that want the day just named."""
NAME_IS = re.compile(
    r"(?:이름|성함|예약자(?:명)?)(?:은|는|:)\s?(?P<name>[가-힣]{2,4}?)(?:이?요|이?에요|예요|입니다)?(?=[.,!~]|\s*$)"
)
"""Words for the name, and a name: `1시요. 이름은 성아름`."""
FOREIGN_NAMED = re.compile(
    r"(?<![가-힣\d])(?!그냥|이름|성함|예약|저희|우리|내년|올해|다음|이번)"
    r"(?P<name>[가-힣]{2,7}(?<![가면고서에은는을를도만])\s(?!이름|성함|명의|자리|예약)[가-힣]{2,8}?)"
    r"(?=이?랍니다|이에요|예요|입니다|(?:으)?로\s?(?:예약|부탁|해\s?[주줘]|하[려겠고]|잡|올|적|등록)|,\s?(?:번호|연락처|전화)|\s01\d)"
)
"""Two words of Hangul, and what follows a name only."""
BESIDE = re.compile(r"(?:^|[.!,]\s|[.!?요]\s)(?P<name>[가-힣]{2,4}|[A-Z][a-z]+ [A-Z][a-z]+)(?:,\s?|\s)$")
"""A name right in front of a phone number."""
LAST_NAME = re.compile(r"[,.]\s(?P<name>(?P<family>[A-Z][a-z]+) [A-Z][a-z]+)[\s.!]*$")
"""A first and a last name that end a message."""
SAYS_SO = re.compile(r"[신온간한된란는]대(?:요|$)")
"""A verb of hearsay, which may look like a name."""
NO_NAME_YET = re.compile(
    r"비밀|나중|미정|아직|다음|필요|없|상관|그대로|아까|똑같|동일|같|모르|몰라|안|뭐|누구|됐|빼|지[워우]|취소|바꿔|변경|그냥|저|제|본인|무관"
)
"""What may be said of the name and is none."""
INTRODUCED = re.compile(
    r"(?:^|[.!?;,]\s)(?:(?:[Aa]nd|[Oo]h|[Bb]y the way),? )?(?:[Ii](?:['’]m| am)|(?:[Mm]y|[Tt]he) name(?:['’]s| is)|[Tt]his is)"
    r" (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2})(?=$|[.!,])"
)
"""A sentence of its own in which guests say who they are."""
INTRODUCED_LAST = re.compile(
    r"(?:[,.;]|\band) ?(?:and )?(?:i['’]?m|it['’]?s|this is|(?:my |the )?name['’]?s|(?:my "
    r"|the )?name is) (?P<name>[a-z][\w'’-]{2,})[\s.!]*$",
    re.IGNORECASE,
)
"""The same in a word, behind a value: "we r 3, im amara"."""
WORDS_ALONE = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]{2,})?")
"""A word or two of letters."""
SEAT_WANTED = re.compile(
    r"\b(?:need|want|like|prefer|get|book|reserve|take)(?: to (?:have|get|book|reserve))?(?: (?:us|me))? (?:a|the)"
    r" (?P<what>(?:private )?[a-z]+)"
    r"(?= (?:at|in|for \w+|on|this|tonight|tomorrow)\b|[,.!]|$)"
)
"""A wish to have something."""
SOLO = re.compile(
    r"\b(?:nobody|no one) (?:else )?but me\b|"
    r"(?<!n't )(?<!not )(?<!if it's )\b(?:only|just) me\b(?! and| \+| plus|,? my)|\ball by myself\b|\bon my own\b(?! [a-z])"
    r"|(?<![가-힣])혼자\s?(?:가요|갈게요|갑니다|예요"
    r"|이에요|입니다|요)(?![가-힣])"
)
"""Words of a guest who comes alone."""
SEAT_ADDED = re.compile(
    r"\b(?:seat|put|sit|stick|pop) (?:us|me) (?:on|in|at|out on) the (?P<what>[a-z]+)\b"
    r"|(?<![가-힣])(?P<korean>[가-힣]{1,4}?)(?:\s?(?:석|자리|좌석))?(?:만|을|를|도|은)?\s?(?:추가|넣어)\s?(?:해\s?)?(?:주|줘|부탁)"
)
"""A seat that is asked for: "seat us on the terrace", `야외석만 추가해 주세요`."""
SEAT_NAMED = re.compile(r"(?:^|[,.!] )(?:in|on|at) (?:the|a) (?P<what>[a-z]+)(?= (?:pls|plz|please|thanks)\b)")
"""The same in a few words: "in the room pls"."""
SEAT_WISHED = re.compile(
    r"(?P<what>[가-힣]{1,4}?)(?:\s?(?:석|자리|좌석|쪽))?(?:이|가)?\s?(?:혹시\s|아직\s)?(?:비어|남아|되|가능하|있)\s?(?:있)?(?:으면|면|다면)\s"
    r"(?:그쪽|그리|거기|그\s?자리|그걸|그거)(?:으?로)?\s?[가-힣\s]*[.!~ㅎㅋ]*"
)
"""The same in Korean, as far as there is one: `테라스석이 비어 있으면 그쪽으로 부탁드려요`."""
SIGNATURE = re.compile(r"[\s,./;|–—-]+(?P<name>[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?)[\s.!]*")
"""The last words of a telegram."""
BETWEEN_VALUES = re.compile(r"(?:[\s,./;|@&–—-]|\b(?:at|on|for|and|in|the|table|tbl|book|pls|please|hi|hello)\b)*")
"""All that a telegram has besides values."""


def summed_up(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The count's slot and the words of its value, where nothing of the message was taken for a count.

    Args:
        scene: the message.
        spans: what the tagger saw; a count among them has been heard.
        operations: what was made of them.
    """
    spec, text = scene.first(Kind.COUNT), scene.message.text
    found = SUMMED.search(text) or TOGETHER.search(text) or (None if "?" in text else IN_TOTAL.search(folded(text)))
    if spec is None or found is None or any(spec.name in one.slots for one in operations):
        return None
    if any(span.label == spec.name for span in spans) or not scene.read(found["count"], spec).values:
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


def meals_named(text: str) -> list[str]:
    """The words of the meals, yet to be eaten, that a message speaks of: "dinner", `점심`."""
    found = (*MEAL.finditer(text), *MEAL_AHEAD.finditer(folded(text)))
    return [one["meal"] or one[0] for one in found]


def meal(scene: Heard, spans: Iterable[Span], operations: Sequence[Operation]) -> tuple[SlotSpec, str] | None:
    """The time's slot and the words of the meal that the table is for, where no time is held, asked back or said.

    Args:
        scene: the message and what is held.
        spans: what the tagger saw; a time or a bare number among them says more.
        operations: what was made of them; a message that only asks says nothing.
    """
    spec = scene.first(Kind.TIME)
    wishes = {one.slots[0] for one in operations if one.op is Op.SET}
    found = meals_named(scene.message.text)
    if not found and len(wishes) > 1 and "?" not in scene.message.text:
        found = BARE_MEAL.findall(folded(scene.message.text))  # "tomorrow hanok lunch, just 2 of us"
    if (
        spec is None
        or len(found) != 1
        or (scene.conversation.slot(spec.name).holds and not _elsewhere(operations, scene))
    ):
        return None
    said = any(span.label in (spec.name, NUMBER) for span in spans) or any(spec.name in one.slots for one in operations)
    return None if said or not scene.read(found[0], spec).bounds else (spec, found[0])


def _elsewhere(operations: Iterable[Operation], scene: Heard) -> bool:
    """Whether a meal is on another day and at another place than what is held: it is another booking, with its own time."""
    asked_for = {one.slots[0] for one in operations if one.op is Op.SET}
    kinds = {spec.kind for spec in scene.domain.slots if spec.name in asked_for and spec.required.need is Need.ALWAYS}
    return {Kind.DATE, Kind.CHOICE} <= kinds


def must_be(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The one slot that can take what the message says it must be, and the words of the value: `세 명이어야 해요`.

    Args:
        scene: the message.
        spans: what the tagger saw.
        operations: what was made of it; it must be nothing that was understood.
    """
    found = MUST_BE.fullmatch(scene.message.text.strip())
    if found is None or any(one.op is not Op.UNKNOWN for one in operations):
        return None
    numeric = (spec for spec in scene.domain.slots if spec.kind in (Kind.DATE, Kind.TIME, Kind.COUNT))
    fitting = [spec for spec in numeric if scene.read(found["value"], spec).values]
    return (fitting[0], found["value"]) if len(fitting) == 1 else None


def named(scene: Heard, spans: Iterable[Span], operations: Sequence[Operation]) -> tuple[SlotSpec, str] | None:
    """The name's slot and a whole Korean name that stands before or behind values, with no verb: `내일 6시 5명 정우성`.

    Args:
        scene: the message; where a name is held none is looked for.
        spans: what the tagger saw.
        operations: what was made of it; all the other words must be values.
    """
    spec, text = scene.first(Kind.NAME), scene.message.text
    if spec is None or scene.conversation.slot(spec.name).holds or any(spec.name in one.slots for one in operations):
        return None
    if (told := NAME_IS.search(text)) and (full_name(told["name"]) or not NO_NAME_YET.match(told["name"])):
        return spec, told["name"]
    if nickname := NICKNAME.search(text):
        return spec, nickname["name"]
    known = [one for one in spans if (own := scene.spec(one.label)) and not scene.read(one.text, own).reason]
    if not any(span.label == spec.name for span in spans) and (foreign := _foreign_beside(text, known)):
        return spec, foreign
    under = UNDER.search(text)
    theirs = under is not None and not NOT_THEIRS.fullmatch(under["name"]) and under["name"] not in COMPANY
    if under is not None and theirs and not any(span.label == spec.name for span in spans):
        return spec, under["name"]
    read = (one for one in operations if one.op is Op.SET and one.value and not one.value.reason)
    values = [one.quote for one in read if one.quote]
    for found in filter(None, (LAST_WORD.search(text), FIRST_WORD.match(text))):
        start, end = found.span("name")
        if PEOPLE_COUNTER.match(found["name"]) and NUMERAL.search(text[:start]):
            continue  # `두 [명이용]`
        if found["name"].startswith(("하나", "둘", "셋", "넷")):
            continue  # `애기 [하나용]`
        if text[:start].rstrip().endswith("시") and found["name"].startswith("반"):
            continue  # `일곱 시 [반이용]`
        rest = "".join(
            char
            for place, char in enumerate(text)
            if not (found.start() <= place < found.end() or any(one.start <= place < one.end for one in values))
        )
        if SAYS_SO.search(text[start : end + 2]):
            continue  # `오신대요`
        if values and full_name(found["name"]) and not LINKS.sub("", rest):
            return spec, text[start:end]
    return None


def _foreign_beside(text: str, spans: Iterable[Span]) -> str:
    """A foreign first and last name in Hangul in which no other value lies: `3명 요나스 베버로 예약할게요`; empty for none."""
    taken = [(one.start, one.end) for one in spans]
    for found in FOREIGN_NAMED.finditer(text):
        start, end = found.span("name")
        if foreign_name(found["name"]) and not any(first < end and start < last for first, last in taken):
            return found["name"]
    return ""


def four_figures(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The time's slot and a clock time of four bare figures between other values: "hanok. thu. 1830. 2 ppl".

    Args:
        scene: the message and its clock; figures that are a year of these days are none.
        spans: what the tagger saw; a day may have taken the figures in.
        operations: what was made of them, which must hold a value and no time.
    """
    spec, text = scene.first(Kind.TIME), folded(scene.message.text)
    found = list(FOUR_FIGURES.finditer(text))
    made = [one for one in operations if one.op is Op.SET]
    if spec is None or len(found) != 1 or not made or any(spec.name in one.slots for one in made):
        return None
    start, end = found[0].span()
    inside = [span for span in spans if span.start < end and start < span.end]
    if any(span.label not in scene.named(Kind.DATE) or span.role is not Role.VALUE for span in inside):
        return None
    year = abs(int(found[0]["clock"]) - scene.moment.now.year) <= YEARS or NAMED_MONTH.search(text[:start])
    behind = any(not text[span.end : start].strip(" ") for span in spans if span.end <= start)
    return (spec, found[0]["clock"]) if not year and (inside or behind or LEADS.search(text[:start])) else None


def company(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The count's slot and the whole message, where it only tells with whom the guest comes: "me + my photographer".

    Args:
        scene: the message; where the party is held it must be asked.
        spans: what the tagger saw; nothing but people.
        operations: what was made of them; nothing that was understood.
    """
    spec, text = scene.first(Kind.COUNT), scene.message.text
    if spec is None or (scene.conversation.slot(spec.name).holds and scene.conversation.asked != spec.name):
        return None
    heard = any(one.op not in (Op.UNKNOWN, Op.CHITCHAT) for one in operations)
    if heard or any(span.label not in (spec.name, NUMBER) for span in spans) or not only_company(text):
        return None
    return (spec, text) if scene.read(text, spec).exact else None


def solo(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The count's slot and a word for one, where a guest says beside other values that nobody else comes: "7:30 pm, only me".

    Args:
        scene: the message; where the party is held, or something is asked, nothing is looked for.
        spans: what the tagger saw.
        operations: what was made of them; none of them may be about the party.
    """
    spec, text = scene.first(Kind.COUNT), folded(scene.message.text)
    if spec is None or scene.conversation.slot(spec.name).holds or "?" in text or not SOLO.search(text):
        return None
    return None if any(spec.name in one.slots for one in operations) else (spec, "혼자")


def day_of_coming(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The date's slot and the whole message, where the day was asked and stands in words of coming that the tagger missed.

    Args:
        scene: the message and what was asked.
        spans: what the tagger saw; any word for the day among it says more.
        operations: what was made of them; none of them may be about the day.
    """
    spec, text = scene.spec(scene.conversation.asked or ""), folded(scene.message.text)
    if spec is None or spec.kind is not Kind.DATE or not COMES.search(text) or UNSETTLED.search(text):
        return None
    if any(span.label in (spec.name, SLOT_REF) for span in spans) or any(spec.name in one.slots for one in operations):
        return None
    return (spec, scene.message.text) if scene.read(scene.message.text, spec).exact else None


def feast(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The date's slot and the Korean holiday that a wish names, where no day is held: `부처님오신날 낮 12시쯤 여섯 명이요`.

    Args:
        scene: the message and what is held.
        spans: what the tagger saw; a day among it says more.
        operations: what was made of them; a value or a new booking, and nothing about the day.
    """
    spec, found = scene.first(Kind.DATE), list(holiday_pattern().finditer(scene.message.text))
    if spec is None or len(found) != 1 or scene.conversation.slot(spec.name).holds or "?" in scene.message.text:
        return None
    made = [one for one in operations if one.op in (Op.SET, Op.START)]
    seen = (span for span in spans if span.label == spec.name and not found[0].start() <= span.start < found[0].end())
    said = any(spec.name in one.slots for one in operations) or any(
        not scene.read(one.text, spec).reason for one in seen
    )
    return None if said or not made else (spec, found[0][0])


def that_day(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The date's slot and the day that the message itself points back at: `9일이 더 낫다니 그날로 해 주세요`.

    Args:
        scene: the message.
        spans: what the tagger saw; a day among it has been heard.
        operations: what was made of them; none of them may be about the day.
    """
    spec, text = scene.first(Kind.DATE), folded(scene.message.text)
    found = THAT_DAY.search(text)
    if spec is None or found is None or any(spec.name in one.slots for one in operations):
        return None
    told = scene.read(scene.message.text[: found.start()], spec).exact
    return None if told is None else (spec, told)


def introduced(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The name's slot and the first and last name of who introduces themselves: "December 5th, and I'm Gong Yuri".

    Args:
        scene: the message; where a name is held none is looked for, and no choice is a name.
        spans: what the tagger saw.
        operations: what was made of them; none of them may be about the name.
    """
    spec, text, made = scene.first(Kind.NAME), scene.message.text, list(operations)
    found, last = INTRODUCED.search(text), INTRODUCED_LAST.search(text)
    if not found and last and any(one.op is Op.SET for one in made) and not is_english(last["name"].casefold()):
        found = last
    if spec is None or found is None or scene.conversation.slot(spec.name).holds:
        return None
    if any(spec.name in one.slots for one in made):
        return None
    return None if scene.reads_otherwise(found["name"], spec) else (spec, found["name"])


def beside_phone(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The name's slot and the name that stands with a phone number and nothing else, where one is asked: "sohee, 010-4567-1234".

    Args:
        scene: the message and what was asked.
        spans: what the tagger saw: the number alone.
        operations: what was made of it.
    """
    spec, seen = scene.first(Kind.NAME), tuple(spans)
    phones = scene.named(Kind.PHONE)
    if spec is None or scene.conversation.slot(spec.name).holds or any(spec.name in one.slots for one in operations):
        return None
    if scene.conversation.asked not in (spec.name, *phones) and len(seen) == 1:
        return None
    text = scene.message.text
    if found := next((BESIDE.search(text[: one.start]) for one in seen if one.label in phones), None):
        return (spec, found["name"]) if _is_whole_name(found["name"]) else None
    if len(seen) != 1 or seen[0].label not in phones or any(one.op is not Op.SET for one in operations):
        return None
    rest = f"{text[: seen[0].start]} {text[seen[0].end :]}".strip(" ,.;:/-!~")
    plain = WORDS_ALONE.fullmatch(rest) is not None and not all(map(is_english, folded(rest).split()))
    return (spec, rest) if plain and scene.read(rest, spec).exact else None


def seat_wanted(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The slot of a choice that may be left out, and its word in a wish to have one: "need a room at Hanok Table".

    Args:
        scene: the message; "have room for six" and "a room of my own" are no wishes.
        spans: what the tagger saw.
        operations: what was made of it; none of them may be about the slot.
    """
    text = folded(scene.message.text)
    found = SEAT_WANTED.search(text) or SEAT_NAMED.search(text) or SEAT_WISHED.fullmatch(scene.message.text.strip())
    found = found or SEAT_ADDED.search(text)
    if found is None:
        return None
    what = found.groupdict().get("korean") or found["what"]
    said = {span.label for span in spans if span.role is not Role.OLD or scene.conversation.slot(span.label).holds}
    touched = {name for one in operations for name in one.slots} | said
    for spec in scene.domain.slots:
        optional = spec.kind is Kind.CHOICE and spec.required.need is Need.NEVER and spec.name not in touched
        if optional and any(what == name.casefold() for one in spec.choices for name in one.names):
            return spec, what
    return None


def _is_whole_name(name: str) -> bool:
    """Whether a name has a family name that people have, in either script."""
    return full_name(name) if has_hangul(name) else name.split()[0].casefold() in ROMANISED


def signed(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The name's slot and the name that ends a telegram of values: "Sat 7pm 4 people Okafor".

    Args:
        scene: the message and what is held.
        spans: what the tagger saw: two values or more, and nothing but them in front of the name.
        operations: what was made of them.
    """
    spec, text, seen = scene.first(Kind.NAME), scene.message.text, tuple(spans)
    values = {span.label for span in seen if span.role is Role.VALUE}
    if spec is None or scene.conversation.slot(spec.name).holds or spec.name in values or not values:
        return None
    if (found := LAST_NAME.search(text)) and found["family"].casefold() in ROMANISED and seen[-1].end <= found.start():
        return spec, found["name"]
    if len(values) < 2:
        return None
    if any(span.role is not Role.VALUE for span in seen) or any(one.op not in (Op.SET, Op.START) for one in operations):
        return None
    found, rest, end = SIGNATURE.fullmatch(text, seen[-1].end), "", 0
    for span in seen:
        rest, end = rest + text[end : span.start], span.end
    if found is None or has_hangul(text) or not BETWEEN_VALUES.fullmatch(folded(rest)):
        return None
    name = found["name"]
    written = name.istitle() and not is_english(name.split()[-1].casefold())
    plain = " " not in name and not is_nearly_english(name.casefold())
    return (spec, name) if (written or plain) and scene.read(name, spec).exact else None
