"""Relative changes in Korean words: `한 시간 뒤로`, `30분 일찍`, `하루 뒤로`, `한 명 추가`, `반으로요`.

Knows amounts and directions; does not know the value that they change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Final

from nlu.types import Delta, Kind
from nlu.values.korean_mentions import MOST_MENTIONS
from nlu.values.korean_numerals import NATIVE, SINO, to_number
from nlu.values.korean_offsets import AMOUNT, minutes_of
from nlu.values.korean_people import ADULTS, CHILDREN, COMPANY, GROWN, ONE_OF_SEVERAL

_NEAR: Final = 24
_LATER = re.compile(r"뒤|후|늦|미뤄|미루|미룰|밀|나중|연기|이따|더\b|더(?![가-힣])")
_EARLIER = re.compile(r"일찍|빨리|당[겨기길긴]|땡[겨기길긴]|앞|이르|먼저|전(?![화부])")
_ADVERB = re.compile(
    r"(?:일찍|빨리|앞당겨서?|앞으로|늦게|늦춰서?|뒤로|나중에)\s?(?:요\s?)?[,.…~]*\s?(?:한|약|대략|정도)?\s?$"
)
_TO_VALUE = re.compile(r"(?:명|분|사람|인|시|일|둘|셋|넷|섯|곱|덟|홉)\s?(?:으로|로)\s?(?:줄|늘|변경|바꿔|해|할|$|요)")
_AMOUNT = re.compile(AMOUNT)
_MINUTE_ONLY = re.compile(
    rf"(?:(?:그럼|그러면|아니|그냥|아|네|시간은|분은)[\s,]*)*(?:(?P<half>반)|(?P<minute>\d{{1,2}}|{SINO})\s?분|(?P<sharp>정각))"
    r"\s?(?:으로|로|에|쯤|이요|요|이에요|예요|입니다)[가-힣\s.!~]*"
)
_TERMS: Final = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9,
    "열흘": 10, "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14, "보름": 15,
}  # fmt: skip
_DAYS = re.compile(
    rf"(?P<term>{'|'.join(sorted(_TERMS, key=len, reverse=True))})"
    rf"|(?<![\d월]\s)(?<![\d월])(?P<number>\d{{1,3}}|{NATIVE}|{SINO})\s?(?P<unit>일|주일|주)(?!년)"
)
_NEXT_DAY = re.compile(r"(?:그\s?)?(?:다음|담)\s?날로?|이튿날로?")
_WEEK_AFTER = re.compile(r"그\s?다음\s?주(?!\s?(?:[월화수목금토일](?:요|욜)|주말|말))")
_SAME_WEEKDAY = re.compile(r"(?:다음|담|한|1)\s?주\s?(?:뒤|후)?\s?(?:의\s)?같은\s?(?:요일|날)")
_DAY_BEFORE = re.compile(r"(?:그\s?)?전날로?|하루\s?전날")
_MORE = re.compile(
    r"추가|따라[와오온올옵]|(?:(?<![가-힣])|(?<=[명분람개인좀나둘셋넷섯]))더(?=$|[^가-힣]|요|예|여|용|추|와|오|가|늘|있|올|갈|옵|됩)|늘려|늘어|늘었|늘릴|플러스|합류|생겼|넣어|껴|끼워|끼어|도\s?(?:같이\s)?(?:가|와|오|갈|올|온)"
    r"|다시\s?(?:온|올|오|갈|간|가)(?!지)"
    r"|[은는이가]\s?(?:같이|함께)\s?(?:[가와오](?!지)|갈|올|온|옵|갑)"
)
_FEWER = re.compile(
    r"빠져|빠지|빠질|빠졌|빠집|빠짐|빠진|병가|아파|아프|몸져|앓아|입원|독감|코로나|못\s?나|빼|줄(?=[여이인일어었임])|취소|덜|제외|마이너스|[못안]\s?(?:[가와오갈올온]|데려|데리)|불참|참석(?:이|을|은)?\s?(?:어려|어렵|힘들|하지\s?못|못)|적게|나갔|펑크|이탈|집에\s?(?:있|남|두고)|남겠|남는대"
)
_UNITS: Final = ("명", "놈", "녀석", "분", "사람", "인원", "자리", "식구", "가족", "하나", "둘", "셋", "넷", "다섯")
_LEFT_OUT_PEOPLE: Final = "|".join(sorted({*CHILDREN, *GROWN, *COMPANY, *_UNITS}))
_OTHER_OBJECT = re.compile(
    rf"(?<![가-힣])(?!(?:[가-힣]{{0,3}})(?:{_LEFT_OUT_PEOPLE})(?:들)?[을를은는도만])[가-힣]{{1,8}}(?<![가-힣]님)[을를은는도만]\s?(?:[가-힣]{{1,2}}\s){{0,2}}"
    r"(?:빼|뺐|뺀|뺄|뺍|줄[이여인일]|줄였)[가-힣]*(?:\s?놔[가-힣]*|\s?놓[가-힣]*)?|빼먹[가-힣]*|빼앗[가-힣]*|(?:안|못)\s?빼먹[가-힣]*"
)
"""What is taken out or skipped is a thing, or words of another sense: `애가 장난감을 다 빼 놔서`, `하나라도 빼먹으면`."""
_AGAIN = re.compile(r"더\s?(?=빠|줄|못|안|취소|빼)")
_CLAUSE = re.compile(r"(?<=지고|하고|빼고|가고|오고|[았었]고)[\s,]+")
_OUT_OF = re.compile(rf"^.*?(?:\d{{1,2}}|{NATIVE})\s?(?:명|분|사람)(?:\s?(?:중에서?|중|가운데)|에서)\s+(?=\S)")
"""The whole party in front of those of it who come or go: `네 명 중에 한 명이 못 온대요`, `4명에서 1명 빼 주세요`."""
_TO_TOTAL = re.compile(
    rf"(?:빠져|줄어|늘어|추가돼|추가되어|더해|못\s?[가와]|안\s?[가와])서?\s?(?:이제\s?|그래서\s?|총\s?|다\s?|모두\s?)?(?:\d{{1,2}}|{NATIVE})"
)
"""A change that ends in the number that is left, which is no change but a number: `한 명 빠져서 셋`."""
_NO_CHANGE: Final = re.compile(
    rf"(?:\d{{1,2}}|{NATIVE})\s?(?:명|분|사람)(?:이|은|으로)?\s?(?:다\s|딱\s)?맞[네아다습지는]"
    r"|(?:불참|빠지|빠진|취소|줄|[못안]\s?[가오])[가-힣]{0,4}(?:는|은|란|다는|단|라는)?\s?(?:건|것은|거는|거|게|것이|말은|말이|뜻은|뜻이)\s?아[니닙녜님냐]"
)
"""A number that is called right, whatever else is cancelled, and people of whom it is denied that they stay away."""
_SOLO: Final = r"하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열"
BESIDES_ME: Final = re.compile(
    rf"(?<![가-힣])(?:저|나)(?:는|를)?\s?(?:빼고|말고|제외하고|빼면)\s?(?:총\s?)?(?P<number>\d{{1,2}}|{NATIVE}|{_SOLO})(?!\s?시)"
)
"""A number of people that leaves the speaker out, which is no change: `저 빼고 네 명` are five."""
_PEOPLE_WORDS: Final = "|".join(sorted({**CHILDREN, **GROWN, **COMPANY}, key=len, reverse=True))
_NO_FEVER: Final = r"(?!열[이도]?\s?(?:나|있|심|올|오르|펄))"
_CHANGED = re.compile(
    rf"(?:(?<![가-힣])(?P<noun>{_PEOPLE_WORDS})(?:들|은|는|이|가|도|만)?\s?)?"
    rf"(?:(?P<number>(?<!\d)(?<!시)(?<!시\s)\d{{1,2}}|{NATIVE})\s?(?:명|놈|녀석|분(?!\s?(?:전|뒤|후|늦|일찍|빨리|동안|거리))|사람|인)|(?<![가-힣])(?P<seats>\d{{1,2}}|{NATIVE})\s?자리|(?:플러스|마이너스)\s?(?P<signed>\d{{1,2}}|{NATIVE})(?![\d가-힣])"
    rf"|(?P<pairs>{NATIVE})\s?(?:커플|쌍|부부)|(?<![가-힣]){_NO_FEVER}(?P<solo>{_SOLO})(?![가-힣](?<![만을은이는가를 도])))"
)
_STAYS = re.compile(
    rf"(?<![가-힣])(?:{_PEOPLE_WORDS})(?:들)?(?:은|는|이|가|도)?\s?(?:안|못)\s?(?:[가오와]|갈|올|갑|옵|온)[가-힣]*(?=$|[\s.,!?~])"
)
"""One of them who does not come, beside another who joins: `할머니는 같이 가시고 할아버지는 안 가세요` adds one."""
_NO_CHILDREN = re.compile(
    rf"(?<![가-힣])(?:{'|'.join(sorted(set(CHILDREN) - ONE_OF_SEVERAL, key=len, reverse=True))})"
    r"(?:들)?(?:은|는|이|가|를|을|도|만)?\s?"
    r"(?:(?:결국|아무래도|갑자기|그냥|이번(?:에|엔|에는)|그날(?:은)?|오늘은|내일은|아예|전부|모두|셋\s?다|둘\s?다|이제|아무도|한\s?명도|하나도)\s)*"
    r"(?:없이|없어|제외|취소|빼|빠|불참|(?:다\s?)?(?:안|못)\s?(?:[가간갈갑갔와오온올옵왔]|데려|데리|참석|나[가오와올온]|끼))"
)
"""`아이들은 안 와요`, `애들 없이`: none of the children comes; how many there were is not said."""
_NOT_ONE = re.compile(r"(?:한\s?명|하나)도(?=\s(?:안|못|없))")
"""A number that counts nobody: `아이들은 한 명도 안 와요`."""
_SENTENCE_END = re.compile(r"[.!?\n]")
_LEFT_OUT = re.compile(
    r"(?P<what>[가-힣]+)\s(?:(?:다|전부|좀|그냥|아예|일단|우선|이번엔|이번에는|오늘은)\s)*(?:빼|뺀|뺄|제외)"
)
"""The word in front of what is left out."""
_TELLS_WHY = re.compile(r"[가-힣](?:서|고|니|니까|데|요|면|라|다)$")
"""A word that gives a reason rather than names a thing: `동생이 아파[서] 빼 주세요`."""
MAY_BE: Final = r"(?:[가-힣]\s?수도\s?있|지도\s?(?:모르|몰라|모를))"
_MAY_BE = re.compile(MAY_BE)
"""What may be so, and is not yet: `한 명 빠질 수도 있어요`."""
_IS_TOTAL = re.compile(r"(?:명|분|사람)(?:(?:이?요|예요|이에요|입니다)[\s,.!]+[가-힣]+[가이은는]\s|\s?말고)")
"""A number that is told, or turned down, in front of who comes or goes: `4명 말고 3명요, 민재가 못 온대서`."""
_SAID_WHY: Final = re.compile(r"(?:해서|[가-힣](?:요|서|다|고|네|음|ㅠ+))[\s,.!~ㅠㅜ]*$")
"""Between two counts of the same people: what happened to them, and what is therefore asked for."""
_OF_THEIRS: Final = r"(?:의자|메뉴|식기|식판|용품|체어|시트|침대|음식|밥|케이크|수저|포크|컵|접시|선물|간식|우유|음료)"
"""Things that may be named after whom they are for, who come all the same: `아기 의자는 빼 주세요`."""
_NAMED = re.compile(rf"(?<![가-힣])(?P<noun>{_PEOPLE_WORDS})(?:들|은|는|이|가|도|만|를|을)?(?=\s)(?!\s{_OF_THEIRS})")


def read_korean_delta(text: str, kind: Kind) -> Delta | None:
    """Read a relative change.

    Args:
        text: cleaned Korean words.
        kind: the held value's kind; only TIME, DATE and COUNT have changes.

    Returns:
        The change, in minutes, days or people; None where no amount or no direction is said.
    """
    if kind is Kind.TIME:
        return _time_change(text)
    if kind is Kind.DATE:
        return _date_change(text)
    if kind is Kind.COUNT:
        return _party_change(text)
    return None


def _sign(text: str, start: int = 0) -> int | None:
    """The direction said within a few words after `start`: +1 later, -1 earlier, None where none is."""
    text = text[start : start + _NEAR]
    if _EARLIER.search(text):
        return -1
    return 1 if _LATER.search(text) else None


def _leading_sign(text: str, end: int) -> int | None:
    """The direction of an adverb that ends before the amount: `조금 일찍, 한 30분`; a verb there belongs to something else."""
    adverb = _ADVERB.search(text[:end])
    return _sign(adverb[0]) if adverb else None


def _time_change(text: str) -> Delta | None:
    minute = _MINUTE_ONLY.fullmatch(text)
    if minute is not None and _sign(text) is None:
        clock = 30 if minute["half"] else 0 if minute["sharp"] else to_number(minute["minute"])
        return None if clock is None or clock > 59 else Delta("minutes", 0, 1, clock_minute=clock)
    amount = _AMOUNT.search(text)
    sign = _sign(text, amount.end()) or _leading_sign(text, amount.start()) if amount else None
    if amount is None or sign is None or not minutes_of(amount):
        return None
    return Delta("minutes", minutes_of(amount), sign)


def _date_change(text: str) -> Delta | None:
    if _NEXT_DAY.search(text):
        return Delta("days", 1, 1)
    if _DAY_BEFORE.search(text):
        return Delta("days", 1, -1)
    if _WEEK_AFTER.search(text) or _SAME_WEEKDAY.search(text):
        return Delta("days", 7, 1)
    for match in islice(_DAYS.finditer(text), MOST_MENTIONS):
        if match["unit"] == "일" and text.startswith(("로", "으로"), match.end()):
            continue
        amount = _TERMS[match["term"]] if match["term"] else to_number(match["number"])
        sign = _sign(text, match.end())
        if amount and sign is not None:
            return Delta("days", amount * (7 if (match["unit"] or "").startswith("주") else 1), sign)
    return None


def _party_change(text: str) -> Delta | None:
    if (joins := _STAYS.sub("", text)) != text and _NAMED.search(joins) and _MORE.search(joins):
        text = joins
    if _NO_CHILDREN.search(text) and not _CHANGED.search(_NOT_ONE.sub("", text)):
        return Delta("people", 0, -1, without="children")
    if any(one.search(text) for one in (_TO_TOTAL, BESIDES_ME, _NO_CHANGE, _IS_TOTAL, _MAY_BE)):
        return None
    if (clauses := _CLAUSE.split(text)) and len(clauses) == 2:
        both = [_clause_change(clause) for clause in clauses]
        if both[0] and both[1] and both[0].sign != both[1].sign and not (both[0].parts or both[1].parts):
            net = sum(change.sign * change.amount for change in both if change)
            return Delta("people", abs(net), 1 if net > 0 else -1) if net else None
    return _clause_change(text)


def _clause_change(text: str) -> Delta | None:
    """The change that one clause speaks of: `한 명 더 빠져` is one fewer, for `더` only says "again"."""
    text = _OTHER_OBJECT.sub("", _OUT_OF.sub("", text))
    sign = -1 if _FEWER.search(text) else 1 if _MORE.search(text) else None
    if sign is None or _TO_VALUE.search(text) or (sign < 0 and _MORE.search(_AGAIN.sub("", text))):
        return None
    parts: dict[str, int] = {}
    amount = 0
    changes = list(_CHANGED.finditer(text)) or [one for one in _NAMED.finditer(text) if _comes_or_goes(one, text)]
    last: tuple[int, str | None, int] = (0, None, 0)
    for match in changes[:6]:
        groups = match.groupdict()
        number = _counted(groups)
        if number is None:
            return None
        noun = groups.get("noun")
        same = last[:2] == (number, noun) or (last[0] == number and not noun)
        if same and _SAID_WHY.search(text, last[2], match.start()):
            continue  # "한 명이 아프대요, 한 명 빼 주세요": the same one
        last = number, noun, match.end()
        amount += number
        if noun in CHILDREN or noun in ADULTS or noun in COMPANY:
            part = "children" if noun in CHILDREN else "adults"
            parts[part] = parts.get(part, 0) + number
    return Delta("people", amount, sign, parts=parts) if amount else None


def _comes_or_goes(named: re.Match[str], text: str) -> bool:
    """Whether it is said of somebody named, in their sentence, that they come or go: not `사장님이 부르시네요. 취소`."""
    said = _SENTENCE_END.split(text[named.start() :])[0]
    out = _LEFT_OUT.search(said)
    if out is not None and not (out["what"].startswith(named["noun"]) or _TELLS_WHY.search(out["what"])):
        return False  # `아들이 알레르기가 심한데 견과류 빼고 해 주세요`
    return _FEWER.search(said) is not None or _MORE.search(said) is not None


def _counted(groups: Mapping[str, str | None]) -> int | None:
    """The number in one part of a change; of somebody who is only named, one."""
    written = groups.get("number") or groups.get("solo") or groups.get("signed") or groups.get("seats")
    if pairs := groups.get("pairs"):
        number = to_number(pairs)
        return None if number is None else 2 * number
    return to_number(written) if written else 1
