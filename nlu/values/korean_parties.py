"""Parties that are described rather than counted: `어른 둘 아이 하나`, `저랑 남편이랑 아이 둘`, `네 명 중 아이 하나`.

Knows how company is listed in Korean and that the speaker comes along; does not know limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nlu.types import Reading
from nlu.values import reasons
from nlu.values.korean_mentions import Mention, Rule, find, holding
from nlu.values.korean_numerals import NATIVE, to_number
from nlu.values.korean_people import CHILDREN, COMPANY, COUPLES, GROWN, SELF

_NUMBER: Final = rf"(?:\d{{1,3}}|{NATIVE})"
_COUNTER: Final = r"\s?(?:명|분(?!\s?[뒤후전])|사람|인(?!분))?"
_PEOPLE: Final = {**COMPANY, **COUPLES, **GROWN, **CHILDREN}


def _words(table: dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))


_AFTER_NOUN: Final = (
    r"(?=$|[^가-힣]|에\s|들|이|가|은|는|도|랑|하고|와|과|만|요|예|까지|포함|님|분|모시고|데리고|및"
    r"|한(?!테)|두|세|둘|하나|셋|넷|다섯|여섯|추가|더|빼|총)"
)
_NOT_PEOPLE: Final = r"(?!\s?(?:시|월|일|층|박|개|번|세|살))"
_CLASSES: Final = _words({**GROWN, **CHILDREN})
_PARTICLE: Final = r"(?:은|는|이|가|만|도)?\s?"
_COUPLE_OF = re.compile(
    rf"(?<![가-힣])(?P<whose>우리|저희|(?:(?:우리|저희|제)\s)?(?:{_words(_PEOPLE)})|[가-힣]{{1,3}}네)\s?(?:내외|부부)(?:분|님)?"
    r"(?=$|[^가-힣]|에\s|이|가|은|는|도|랑|하고|와|과|만|요|까지)(?!\s?(?:두|세|한)\s?(?:쌍|커플))"
)
"""Two people by one of them, `아들 내외`; the speaker is one of `우리 내외`."""
_NOUN = re.compile(
    rf"(?<![가-힣])(?:(?:우리|저희|제)\s?)?(?P<noun>{_words(_PEOPLE)})(?:들)?{_AFTER_NOUN}"
    rf"(?:{_PARTICLE}(?P<number>{_NUMBER}){_NOT_PEOPLE}(?!이서){_COUNTER})?"
)
_GLUED_NOUN = re.compile(rf"(?P<noun>{_CLASSES})(?:들)?{_PARTICLE}(?P<number>{_NUMBER}){_NOT_PEOPLE}{_COUNTER}")
_NUMBER_OF = re.compile(
    rf"(?P<number>{_NUMBER})\s?(?:명|분|사람)(?P<particle>은|이)?(?:의)?\s?(?P<noun>{_CLASSES})"
    rf"(?![가-힣](?<![이요예입고랑하와과들은는]))(?(particle)|(?!\s?{_NUMBER}))"
)
_THEY_ARE = re.compile(
    rf"(?<![가-힣])(?P<number>{_NUMBER})\s?(?:명|분|사람)?(?:은|는|이|가)\s?(?P<noun>{_CLASSES})(?=$|[^가-힣]|이|예|에|입|고|인|구)"
)
"""Part of a party: `여섯 명인데 둘은 아이`."""
_SPEAKER = re.compile(
    r"(?<![가-힣])(?P<self>(?:저희|우리)\s?(?:가족|식구|일행)?\s?"
    rf"(?:(?P<we>{NATIVE})(?!\s?시){_COUNTER}|(?P<us>\d{{1,2}})\s?(?:명|분|사람))|{_words(SELF)})"
    r"(?=$|[^가-힣]|랑|하고|와|까지|도|이|포함|요|에)"
)
_GROUP = re.compile(
    rf"(?<![가-힣])(?P<number>{_NUMBER})\s?(?:명|분|사람)(?=이?랑|하고|과\s|와\s|에\s|\s(?:그리고|플러스)|\s?[+&])"
)
_TOTAL = re.compile(
    rf"(?:총원|총\s?인원|인원은|인원|총|모두|전부|다\s?해서|다해서|합쳐서|합해서|도합|해서)\s?(?P<total>{_NUMBER}){_COUNTER}"
    rf"|(?:이?랑|하고|와|과|끼리|까지)\s(?:(?:총|치면|합치면|합쳐|합하면|더하면|넣으면|넣어서|해서|하면)\s)?(?P<number>{_NUMBER})(?:이서|이요|이에요|이|요|으로|로|$|\s?(?:명|분|사람))(?!\s?(?:시|의))"
    rf"|(?<![가-힣])(?P<counted>{_NUMBER})\s?(?:명|분|식구|가족)?\s?(?:인데|이고|중에?서?|가운데|[,(]?\s?그\s?중에?)"
)
_INCLUDING = re.compile(r"포함")
_INCLUDED = re.compile(
    rf"포함(?:해서|하여|하면|해|시켜서)?\s?(?:총\s?|모두\s?|전부\s?)?(?P<whole>{_NUMBER})(?!\s?(?:시|월|일))"
)
_WHOLE = re.compile(rf"(?<![가-힣])(?P<whole>{_NUMBER})\s?(?:명|분|사람)")
_NONE = re.compile(r"(?:은|는|이|가|도)?\s?(?:없|말고|빼고|제외)")
_WITH = re.compile(r"\s?(?:이?랑|하고|와|과|모시고|데리고|도\s|까지)")


@dataclass(frozen=True, slots=True)
class _Item:
    """Some people of the party: how many, and who: children, the speaker, kin or friends, or a plain number.

    `counted`: a number was said with the word; `companion`: a comitative particle follows, as in `친구랑`;
    `several`: more than one of them, and nobody said how many.
    """

    number: int
    child: bool = False
    speaker: bool = False
    kin: bool = False
    counted: bool = False
    companion: bool = False
    plain: bool = False
    several: bool = False


_GLUED = re.compile(rf"(?<=[가-힣])(이?랑|하고)(?=(?:우리\s?)?(?:{_words(COMPANY)}|저|나|애|아이|어른))")
"""A particle between people that no blank follows: `나랑남편이랑애둘`."""


_TWINS = re.compile(
    r"(쌍둥이)\s?(?:아이들?|애들?|아기들?|애기들?|아가들?|꼬마들?|딸들?|아들들?|남매|형제|자매|손자들?|손녀들?|조카들?)"
)
_CHILD_OF_TWO_WORDS = re.compile(r"(?<![가-힣])(?:꼬마|아기|애기|막내|어린|갓난)\s(?=딸|아들|손자|손녀|조카|아이|애)")
"""One child with two words for it, `꼬마 딸 하나`."""
_PAIR = re.compile(
    r"(?P<who>(?:저|나)(?:이?랑|하고|와|과)\s(?:(?:우리|제)\s)?(?:아내|와이프|집사람|남편|신랑|엄마|아빠|어머니|아버지|장모님?|장인어른|시어머니|여친|남친"
    r"|여자\s?친구|남자\s?친구|애인"
    r"|(?:[가-힣]{1,5}\s)?(?:대표|사장|부장|팀장|과장|차장|이사|실장|회장|원장|교수|선생|감독|코치|상무|전무)님))\s?(?:둘|두\s?(?:명|사람)|2명)(?!이서)"
)
"""The speaker and somebody of whom there is one, and that this makes two: `저랑 아내 둘`."""
_RUN_TOGETHER = re.compile(
    rf"(?<![가-힣])(?:{_words(COMPANY)})(?=(?:{_words(COMPANY)})(?:이?랑|하고|와|과|도|님|모시|$|\s))"
)
"""Two people that no blank parts: `엄마아빠랑`."""
_PAIRS_OF = re.compile(rf"(?:(?:부부|커플)\s?)?(?P<number>{_NUMBER})\s?쌍(?!둥)(?:의\s?(?:부부|커플)|\s(?:부부|커플))?")
"""Couples that are counted, `부부 두 쌍`."""
_WITH_STRANGERS = re.compile(
    rf"(?<![가-힣])(?:저|나)(?:이?랑|하고|와|과)\s(?:(?:우리|제)\s)?(?!(?:{_words(_PEOPLE)})(?:들)?\s)"
    rf"(?:[가-힣]{{2,5}}\s(?P<number>{_NUMBER})\s?(?:명|분|사람)(?!이서)"
    r"|[가-힣]{2,5}(?<![랑고님씨과와])\s(?P<alone>둘|셋|넷)(?!이서|\s?다))"
)
"""The speaker and people by a word that is no kin, `저랑 고객 한 분`, `나하고 제자 둘`."""
_HOW_MANY = re.compile(r"몇\s?(?:명|분|사람)")


def counted_out(text: str) -> str:
    """The words with couples that are counted, and strangers beside the speaker, as people: `부부 두 쌍` is `4명`."""
    text = _RUN_TOGETHER.sub(r"\g<0> ", text)
    text = _PAIRS_OF.sub(lambda found: f"{2 * (to_number(found['number']) or 0)}명", text.replace("칭구", "친구"))
    return _WITH_STRANGERS.sub(lambda found: f"{(to_number(found['number'] or found['alone']) or 0) + 1}명", text)


def read_party(text: str) -> Reading | None:
    """Read a described party.

    Args:
        text: cleaned Korean words.

    Returns:
        The number of people with its parts where children are mentioned, or VAGUE where some are not counted (`애들이랑 저`);
        None where nobody but a number is described.
    """
    text = _CHILD_OF_TWO_WORDS.sub("", _TWINS.sub(r"\1", _GLUED.sub(r"\1 ", text)))
    text = _PAIR.sub(r"\g<who> 둘이서", text)
    if _HOW_MANY.search(text):
        return Reading(reason=reasons.VAGUE)
    items = holding(text, find(text, _RULES))
    if all(item.value.plain or (item.value.speaker and not item.value.kin) for item in items):
        return None
    total = _stated_total(text, items)
    if any(item.value.several for item in items):
        if not total:
            return Reading(reason=reasons.VAGUE)
        return Reading(values=(str(total),), parts=_with_uncounted([item.value for item in items], total))
    children = sum(item.value.number for item in items if item.value.child)
    any_child = any(item.value.child for item in items)
    if total is None:
        total = _summed(items)
    if total is None or children > total:
        return None
    parts = {"adults": str(total - children), "children": str(children)} if any_child and children else {}
    return Reading(values=(str(total),), parts=parts)


def _with_uncounted(said: list[_Item], total: int) -> dict[str, str]:
    """The parts of a total of which only children were not counted: `저랑 아내, 아이들까지 넷` has two of them."""
    grown = [item for item in said if not item.child]
    children = total - sum(item.number for item in grown)
    known = sum(item.number for item in said if item.child and not item.several)
    if not any(item.speaker for item in grown) or any(item.several or item.plain for item in grown):
        return {}
    return {"adults": str(total - children), "children": str(children)} if children >= max(known, 1) else {}


def _summed(items: list[Mention[_Item]]) -> int | None:
    """The people listed, with the speaker where companions are listed but the speaker is not."""
    said = [item.value for item in items]
    total = sum(item.number for item in said)
    if any(item.speaker for item in said):
        return total
    if any(item.kin and not item.counted for item in said) or any(item.kin and item.companion for item in said):
        return total + 1
    return total


def _stated_total(text: str, items: list[Mention[_Item]]) -> int | None:
    for match in _TOTAL.finditer(text):
        start = match.start(match.lastgroup or 0)
        if any(item.start <= start < item.end for item in items):
            continue
        return to_number(match[match.lastgroup or 0])
    if included := _INCLUDED.search(text):
        return to_number(included["whole"])
    if _INCLUDING.search(text) or all(item.value.child for item in items):
        for match in _WHOLE.finditer(text):
            if not any(item.start <= match.start() < item.end for item in items):
                return to_number(match["whole"])
    return None


def _noun(match: re.Match[str]) -> _Item | None:
    word = match["noun"]
    written = match["number"]
    number = _PEOPLE[word] if written is None else to_number(written)
    if number is None:
        return None
    text, end = match.string, match.end()
    if word in CHILDREN and _NONE.match(text, end):
        return None
    if written is None and word in GROWN:
        return None
    if word in COUPLES:
        return _Item(number, kin=True, counted=True, speaker=match.group().startswith(("저희", "우리")))
    return _Item(
        number,
        child=word in CHILDREN,
        kin=word in COMPANY,
        counted=written is not None,
        companion=_WITH.match(text, end) is not None,
        several=written is None
        and (text.startswith("들", match.end("noun")) or (word.endswith("들") and _PEOPLE[word] > 1)),
    )


def _couple(match: re.Match[str]) -> _Item:
    return _Item(2, kin=True, counted=True, speaker=match["whose"] in ("우리", "저희"))


def _group(match: re.Match[str]) -> _Item | None:
    number = to_number(match["number"])
    return None if number is None else _Item(number, plain=True)


def _speaker(match: re.Match[str]) -> _Item | None:
    spoken = match["we"] or match["us"]
    number = to_number(spoken) if spoken else SELF[match["self"]]
    return None if number is None else _Item(number, speaker=True)


_RULES: Final = (
    Rule(_COUPLE_OF, _couple),
    Rule(_THEY_ARE, _noun),
    Rule(_NUMBER_OF, _noun),
    Rule(_NOUN, _noun),
    Rule(_GLUED_NOUN, _noun),
    Rule(_SPEAKER, _speaker),
    Rule(_GROUP, _group),
)
