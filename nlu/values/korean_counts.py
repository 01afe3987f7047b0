"""Party sizes in Korean words: `네 명`, `넷이서`, `어른 둘 아이 하나`, `저랑 남편이랑 아이 둘`, `네다섯 명`.

Knows counters and company; does not know limits. `네` alone is a yes, `분` after a clock hour are minutes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values import reasons
from nlu.values.korean_deltas import BESIDES_ME
from nlu.values.korean_endings import stands_alone
from nlu.values.korean_mentions import Rule, find, holding, is_range
from nlu.values.korean_numerals import NATIVE, PAIR, SINO, to_number, to_pair
from nlu.values.korean_parties import counted_out, read_party

_SOLO: Final = r"둘|셋|넷|다섯|여섯|일곱|여덟|여덜|아홉|열(?:\s?(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉))?|스물"
_HEAD: Final = r"(?:명|사람|식구|가족)"
_ABOUT = re.compile(
    r"\s?(?:쯤|정도|가량|내외|안팎|이상|이하)|\s?(?:명|분|인|사람)\s?(?:쯤|정도|가량|내외|안팎|이상|이하)"
)
_VAGUE = re.compile(r"몇\s?(?:명|분|사람)|몇몇|여러\s?(?:명|분|사람)?|여럿|다수|여남은|단체|다\s?같이|모르|몰라|미정")
_UNCOUNTED = re.compile(r"(?:수|몇)\s?[십백]")
_BOUNDARY: Final = (
    r"(?=$|[^가-힣]|이|은|는|으로|로|요|여|용|예약|예요|입|인데|정도|만|뿐|씩|쯤|까지|도|추가|더|을|를|에|의|하고|과|중|가량|남|석"
    r"|빼|빠|줄|늘|못|안|취소|자리|저녁|점심|오늘|오전|오후|내일|모레|다음|갈|가|부탁|해)"
)
"""What may follow a counter that is only one syllable, so that `세명대학교` is no party of three."""
_DIALECT: Final = {"서이": 3, "너이": 4}
_MINUTES_BEHIND: Final = (
    r"(?!\s?(?:뒤|후|전|일찍|빨리|늦|만|동안|간|거리|의|위기|식|당|초|앞|[으로쯤더]{1,2}\s?(?:미|당|늦|뒤|후|일찍|앞)))"
)

_PAIRED = re.compile(
    rf"(?P<teen>열|스물)?\s?(?P<pair>{PAIR})\s?(?:명|분{_MINUTES_BEHIND}|사람|인(?!분)|이서|이요|이에요|이(?![가-힣]))"
)
_BARE_PAIR = re.compile(rf"(?<![가-힣])(?P<teen>열|스물)?\s?(?P<pair>{PAIR})")
_SPELT_PAIR = re.compile(r"(?<![\d.:-])(?P<low>\d{1,2})\s?[~∼〜,–-]\s?(?P<high>\d{1,2})\s?(?:명|분|인(?!분)|사람)")
_TOGETHER_DIALECT = re.compile(r"(?<![가-힣])(?P<number>서이|너이)(?=서|이?요|다|예|입|$|[^가-힣])")
_STATED = re.compile(
    rf"(?:총|모두|전부|다\s?해서|합쳐서?|합해서|도합)\s?(?P<number>\d{{1,2}}|{NATIVE})\s?(?:명|분|사람)"
)
"""A total said in so many words, whatever else was counted."""
_SINGLE = re.compile(r"(?P<number>[삼사육칠팔구])(?:이?요|입니다)?[\s.!~]*")
"""A Sino-Korean digit that is the whole answer; `일`, `이` and `오` are other words as well."""
_AFTER_CHANGE = re.compile(
    r"^.*(?:빠져|빠지고|줄어|줄고|늘어|추가돼|추가해|추가되어|더해|불어|못\s?[가와]|안\s?[가와])서?\s?(?:이제|그래서|총|다|모두|전부)?\s(?=\S)"
)
"""What changed, before the number that is left: `한 명 빠져서 셋`."""
_COUNTED = re.compile(
    rf"(?P<number>(?<![\d.:])\d{{1,4}}|{NATIVE}|(?<![가-힣]){SINO}(?=\s)|(?<![가-힣])백|(?:이|삼|사|오)?십[일이삼사오육칠팔구]?)"
    rf"\s?(?:명{_BOUNDARY}|사람|식구|가족)"
    rf"|(?<![가-힣\d])(?P<seats>\d{{1,2}}|{NATIVE})\s?(?:자리(?![가-힣]?\s?(?:수|숫자))|노인네?|어르신)"
)
_POLITE = re.compile(rf"(?<![시반]\s)(?<![시반:.\d])(?P<number>(?<!\d)(?:\d|1[0-2])|{NATIVE})\s?분{_MINUTES_BEHIND}")
_SEATS = re.compile(
    r"(?<![\d.:])(?P<number>\d{1,4})\s?인(?!분|치|용실|데|천|사|가|증)"
    r"|(?<![가-힣])(?P<sino>이(?!\s)|삼|사(?!\s)|오|육|칠|팔|구|십|십이)\s?인(?=$|[^가-힣]|석|이|으|요|예|입|용|실|룸)"
)
LEFT_ALONE: Final = r"\s?(?:두[고기면지]|둘\s?수|놔|남[아겨은]|내버려)"
"""Behind `혼자`: who is left alone is no guest, `강아지를 혼자 두기가 미안해서`."""
_ALONE = re.compile(
    rf"혼자(?!{LEFT_ALONE}|\s?있는)|(?<![가-힣])(?:나|저)\s?(?:홀로|하나(?=$|[^가-힣]|요|예|이|입|만))|혼밥|(?<![가-힣])(?:나|저)만(?=$|[.!?~,]|이?요|이에요)"
)
_TOGETHER = re.compile(
    rf"(?:(?<![가-힣])|(?<=단))(?P<number>{_SOLO})"
    r"(?=이서|서(?![가-힣])|이에?요|이오|이외다|이라오|일세|이네|이지|이고|이나|이랑|입니다|요|으로|로|만|뿐|이(?![가-힣])|$|[^가-힣]|예요)"
    r"(?!\s?(?:개|시|번|병|잔|층|살|달|주|가지|자리|테이블|접시|시간))"
)
_TOGETHER_GLUED = re.compile(rf"(?P<number>{_SOLO})이서")
_BARE = re.compile(
    rf"(?<![\d.:가-힣])(?P<number>\d{{1,4}}|하나|{_SOLO}|(?:이|삼|사|오)?십[일이삼사오육칠팔구]?)(?![\d:.])"
)


def read_count(text: str) -> Reading:
    """Read a number of people.

    Args:
        text: cleaned Korean words, a span or a whole sentence.

    Returns:
        A count, with `adults` and `children` in its parts where children are mentioned; candidates; or a reason.
    """
    if _UNCOUNTED.search(text):
        return Reading(reason=reasons.VAGUE)
    text = counted_out(_AFTER_CHANGE.sub("", text))
    if besides := BESIDES_ME.search(text):
        return _listed(((to_number(besides["number"]) or 0) + 1,), approximate=False)
    if single := _SINGLE.fullmatch(text):
        return _listed((to_number(single["number"]) or 0,), approximate=False)
    party = read_party(text)
    if party is not None:
        return party
    mentions = find(text, _RULES)
    standing = holding(text, mentions)
    if not standing:
        return Reading(reason=reasons.VAGUE if _VAGUE.search(text) else reasons.UNREADABLE)
    if len(standing) == 2 and is_range(text, standing[0], standing[1]):
        low, high = standing[0].value[0], standing[1].value[-1]
        if low <= high <= low + 10:
            return _listed(tuple(range(low, high + 1)), approximate=False)
    if len(standing) > 1 and (total := _STATED.search(text)):  # `두 가족, 총 7명`
        return _listed((to_number(total["number"]) or 0,), approximate=False)
    numbers = tuple(dict.fromkeys(number for mention in standing for number in mention.value))
    return _listed(numbers, approximate=any(_ABOUT.match(text, mention.end) for mention in standing))


def _listed(numbers: tuple[int, ...], *, approximate: bool) -> Reading:
    ambiguity = Ambiguity.CHOICE if len(numbers) > 1 else Ambiguity.NONE
    return Reading(values=tuple(map(str, numbers)), ambiguity=ambiguity, approximate=approximate)


def _paired(match: re.Match[str]) -> tuple[int, ...] | None:
    pair = to_pair(match["pair"])
    shift = {"열": 10, "스물": 20}.get(match["teen"] or "", 0)
    return None if pair is None else tuple(number + shift for number in pair)


def _spelt_pair(match: re.Match[str]) -> tuple[int, ...] | None:
    low, high = int(match["low"]), int(match["high"])
    return tuple(range(low, high + 1)) if low < high <= low + 10 else None


def _one(match: re.Match[str]) -> tuple[int, ...] | None:
    groups: Mapping[str, str | None] = match.groupdict()
    written = groups.get("number") or groups.get("sino") or groups.get("seats") or ""
    number = _DIALECT.get(written) or to_number(written)
    return None if number is None else (number,)


def _only(match: re.Match[str]) -> tuple[int, ...] | None:
    return _one(match) if stands_alone(match.string, match.start(), match.end()) else None


def _only_pair(match: re.Match[str]) -> tuple[int, ...] | None:
    return _paired(match) if stands_alone(match.string, match.start(), match.end()) else None


def _alone(match: re.Match[str]) -> tuple[int, ...]:
    return (1,)


_RULES: Final = (
    Rule(_PAIRED, _paired),
    Rule(_SPELT_PAIR, _spelt_pair),
    Rule(_COUNTED, _one),
    Rule(_POLITE, _one),
    Rule(_SEATS, _one),
    Rule(_ALONE, _alone),
    Rule(_TOGETHER, _one),
    Rule(_TOGETHER_GLUED, _one),
    Rule(_TOGETHER_DIALECT, _one),
    Rule(_BARE_PAIR, _only_pair),
    Rule(_BARE, _only),
)
