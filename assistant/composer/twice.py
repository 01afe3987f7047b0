"""Two values for one slot in one message: either of them will do, or they are two parts of one name.

Without this the last word would count, a silent guess: "Saturday, or else Sunday". Knows words and operations, no spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from assistant.composer.english_party import ADULTS
from assistant.composer.heard import Heard
from assistant.composer.numbers import WEEKDAY_ALONE
from assistant.composer.pieces import set_to
from assistant.domain import SlotSpec
from assistant.types import NewValue, Op, Operation, Quote
from nlu.folded import folded
from nlu.types import Kind, Reading
from nlu.values import reasons
from nlu.values.english_words import canonical
from nlu.values.text import has_hangul

EITHER = re.compile(
    r"\b(?:or(?! (?:no|rather|actually|better|wait|sorry|make)\b)|otherwise|maybe|perhaps|possibly|if not|failing that)\b"
    r"|아니면|^\s?아님\s$|혹은|또는|안 되면|안되면|[이거]나(?=\s)"
)
"""Between two values: both are open."""
OR_CUT = "아니"
"""What the tagger may cut off `아니면`: `[네 명 아니]면 [다섯 명]`."""
MIGHT = re.compile(r"\b(?:could|might|may)(?: (?:well|just|also|still|even|equally))? be\b")
"""Before each of two values: "it could be five, it could be six"."""
SO = re.compile(r"\bso\b[^.!?]{0,12}$|\b(?:makes|that's)(?: it| us)?\W*$")
"""Right before a value that comes of what was said: "two, maybe my sister too, so three"."""
ALL_THE_SAME = re.compile(
    r"\b(?:fine|ok|okay|either way|all the same|whichever|whatever|no preference"
    r"|(?:don'?t|doesn'?t|not) (?:mind|matter|care|bothered))\b|상관\s?없|아무|괜찮|무관|다 좋"
)
"""Words that leave the choice to the venue."""
NOTHING_SAID = (reasons.UNREADABLE, reasons.VAGUE)
"""Why words are no value beside one that is: "in the morning, as we are [early] risers"."""
COUNTED_KOREAN = re.compile(r"[둘셋넷]|[한두세네섯곱덟홉열]\s?(?:명|분|사람)|[섯곱덟홉]")
LISTED = re.compile(
    r"(?:이?랑|하고|과|와|에|에다|에다가|을|를)?,?\s?(?:저까지\s)?(?:데리|모시|이끌)?"
    r"(?:그리고|또|거기에|and|plus|&|\+)?\s?(?:our |my )?"
)
"""All that stands between two groups of one list."""
THE_ONE = re.compile(r"(?:the one|that|the) (?:of |from |in )?(?:the )?(?:next|this|week|following)")
ITS_DAY = re.compile(r"\s?(?:거|것|걸)(?:로|요|예요|에요|이요)")
"""A week by which a day just named is told from others, and the same behind a Korean one."""
ON_TOP = re.compile(r"(?:에|에다|에다가|,?\s?거기에)\s(?:저까지\s)?|,?\s?(?:plus|\+)\s?(?:our |my )?")
"""What adds the second group to the first, whatever the reader makes of both."""
BACK = re.compile(r"(?:그|저|이)(?:쪽|리|\s?자리)|[거여저]기", re.IGNORECASE)
"""Words that point back at the choice just named: `[테라스석]이 비어 있으면 [그쪽]으로`."""
SENTENCE_END = re.compile(r"[.!?;\n]")
GIVEN = re.compile(r"\b(?:first|given) name\W+(?:\w+\W+)?$")
FAMILY = re.compile(r"\b(?:last name|family name|surname)\W+(?:\w+\W+)?$")
"""Right before one part of a name."""


def merged(operations: Iterable[Operation], scene: Heard) -> list[Operation]:
    """The operations; two that put different values into one slot are one where both are meant.

    Args:
        operations: in the order of the words.
        scene: the message and the slots.
    """
    kept: list[Operation] = []
    for operation in operations:
        place = next((at for at, one in enumerate(kept) if _same_slot(one, operation)), None)
        both = _both(kept[place], operation, scene) if place is not None else None
        if place is not None and both is not None:
            kept[place] = both
        else:
            kept.append(operation)
    return kept


def _same_slot(one: Operation, other: Operation) -> bool:
    return (
        one.op is other.op is Op.SET and one.slots == other.slots and one.quote is not None and other.quote is not None
    )


def _both(first: Operation, second: Operation, scene: Heard) -> Operation | None:
    """One operation for both; None where the second simply replaces the first."""
    spec, text = scene.spec(first.slots[0]), scene.message.text
    if spec is None or first.quote is None or second.quote is None or first.value is None or second.value is None:
        return None
    if first.value.bounds and second.value.bounds:
        return _between(first, second, text)
    quote = _from_to(first, second, text)
    if (first.value.bounds and second.value.candidates) or (first.value.candidates and second.value.bounds):
        # "the week after next, on the Saturday" and "half past seven, evening" are one value; else they are two wishes.
        if spec.kind is Kind.TIME and _is_within(first, second):
            return first
        if spec.kind is Kind.DATE and (day := _the_one_of(first, second, text)):
            return replace(second, value=NewValue(candidates=(day,)), quote=quote)
        both = scene.read(quote.text, spec)
        fewer = both.values and len(both.values) <= max(len(first.value.candidates), len(second.value.candidates))
        return replace(second, value=set_to(spec, both, None).value, quote=quote) if fewer else None
    values = tuple(dict.fromkeys((*first.value.candidates, *second.value.candidates)))
    if second.value.reason in NOTHING_SAID and not first.value.reason:
        return first
    if (
        spec.kind is Kind.CHOICE
        and second.value.reason
        and not first.value.reason
        and BACK.fullmatch(second.quote.text)
    ):
        return first
    if first.value.reason or second.value.reason:
        return None
    whole = replace(first, quote=quote, confidence=min(first.confidence, second.confidence))
    if spec.kind is Kind.COUNT and (party := _company(first, second, spec, scene)) is not None:
        return replace(whole, value=party)
    if spec.kind is Kind.COUNT and _only_tells_who(first, second):
        return first
    if spec.kind is Kind.COUNT and (total := _sum_of(first, second, spec, scene)) is not None:
        return replace(whole, value=total)
    if spec.kind is Kind.DATE and len(values) == 2 and _tells_weekday(first, second, text):
        return first
    if len(values) < 2:
        return None
    end = second.quote.end
    if spec.kind is Kind.NAME:
        name = _full_name(first, second, text)
        return replace(whole, value=NewValue(candidates=(name,))) if name else None
    if spec.kind is Kind.COUNT and (parts := _parts_of(first, second, scene)):
        return replace(whole, value=replace(first.value, parts=parts))
    between = text[first.quote.end : second.quote.start].casefold()
    if first.quote.text.endswith(OR_CUT):
        between = OR_CUT + between
    guessed = MIGHT.search(between) and MIGHT.search(text[: first.quote.start].casefold())
    if not (EITHER.search(between) or guessed) or SO.search(between):
        return None
    either = scene.read(quote.text, spec).values  # "6 or 7 in the evening": what is said of one is said of both
    if len(either) > 1 and set(either) < set(values):
        values = either
    if spec.dont_care and ALL_THE_SAME.search(folded(text[end:])):
        return replace(whole, op=Op.DONT_CARE, value=None)
    return replace(whole, value=NewValue(candidates=values, half_open=first.value.half_open))


def _is_within(first: Operation, second: Operation) -> bool:
    """Whether an hour is known, and lies in the part of the day that follows: `9시요, 저녁 말고 [아침]`."""
    assert first.value is not None
    assert second.value is not None
    hours, part = first.value.candidates, second.value.bounds
    return len(hours) == 1 and part is not None and part[0] <= hours[0] <= part[1]


def _tells_weekday(first: Operation, second: Operation, text: str) -> bool:
    """Whether the second is only the weekday of the first: "July 8, the Wednesday"."""
    assert first.quote is not None
    assert first.value is not None
    assert second.quote is not None
    assert second.value is not None
    if not WEEKDAY_ALONE.fullmatch(second.quote.text.casefold()) or text[first.quote.end : second.quote.start].strip(
        " ,("
    ):
        return False
    days = {date.fromisoformat(one).weekday() for one in (*first.value.candidates, *second.value.candidates)}
    return len(days) == 1 and not WEEKDAY_ALONE.fullmatch(first.quote.text.casefold())


def _the_one_of(first: Operation, second: Operation, text: str) -> str | None:
    """The weekday of one in the week that is the other: "Friday, but the one next week", `금요일에 가는데, 다음 주로요`."""
    assert first.quote is not None
    assert first.value is not None
    assert second.quote is not None
    assert second.value is not None
    first_alone, second_alone = (
        WEEKDAY_ALONE.fullmatch(one.quote.text.casefold()) and len(one.value.candidates) == 1
        for one in (first, second)
        if one.quote and one.value
    )
    if first.value.bounds is not None:
        return _in_week(second.value.candidates[0], first.value.bounds) if second_alone else None
    if second.value.bounds is None or len(first.value.candidates) != 1:
        return None
    its = THE_ONE.match(second.quote.text.casefold()) or ITS_DAY.match(text, second.quote.end)
    either = EITHER.search(text[first.quote.end : second.quote.start].casefold())
    return _in_week(first.value.candidates[0], second.value.bounds) if its or (first_alone and not either) else None


def _in_week(day: str, week: tuple[str, str]) -> str | None:
    """The day of a week that is the same weekday as another day; None where the week has none left, or is longer than one."""
    begins, ends = map(date.fromisoformat, week)
    if (ends - begins).days >= 7:
        return None
    same = begins + timedelta((date.fromisoformat(day).weekday() - begins.weekday()) % 7)
    return same.isoformat() if same <= ends else None


def _from_to(first: Operation, second: Operation, text: str) -> Quote:
    """The words from the first value to the end of the second."""
    assert first.quote is not None
    assert second.quote is not None
    start, end = first.quote.start, second.quote.end
    return Quote(start, end, text[start:end])


def _company(first: Operation, second: Operation, spec: SlotSpec, scene: Heard) -> NewValue | None:
    """Those who are named and the children told of apart from them: "my husband and I are bringing our two kids" are four."""
    assert first.quote is not None
    assert second.quote is not None
    assert second.value is not None
    named, children = first.quote.text, second.value.parts
    counted = any(char.isdigit() for char in canonical(named)) or COUNTED_KOREAN.search(named)
    apart = SENTENCE_END.search(scene.message.text[first.quote.end : second.quote.start])
    if counted or apart or children.get("adults") != "0":
        return None
    both = scene.read(f"{named}{', ' if has_hangul(named) else ' and '}{second.quote.text}", spec)
    if both.exact is None or both.parts.get("children") != children["children"]:
        return None
    return NewValue(candidates=(both.exact,), parts=both.parts)


def _only_tells_who(first: Operation, second: Operation) -> bool:
    """Whether people are counted, and then only named in Korean: `4명이요 부모님 모시고 가요` are four."""
    assert first.quote is not None
    assert first.value is not None
    assert second.quote is not None
    assert second.value is not None
    counted, named = (
        COUNTED_KOREAN.search(one.text) or re.search(r"\d", one.text) for one in (first.quote, second.quote)
    )
    one, other = first.value.candidates, second.value.candidates
    fewer = len(one) == len(other) == 1 and int(other[0]) < int(one[0])
    return bool(counted) and not named and fewer and has_hangul(second.quote.text)


def _sum_of(first: Operation, second: Operation, spec: SlotSpec, scene: Heard) -> NewValue | None:
    """Two groups of people that are listed: `선수 [11명]에 [코치님 한 분]`, `저랑 아내, [저희 부모님], 그리고 [남동생 둘]`."""
    assert first.quote is not None
    assert second.quote is not None
    one, other = (scene.read(quote.text, spec) for quote in (first.quote, second.quote))
    between = scene.message.text[first.quote.end : second.quote.start]
    if not one.exact or not other.exact:
        return None
    grown = ADULTS.search(folded(first.quote.text)) and other.parts.get("adults") == "0"
    if grown and not SENTENCE_END.search(between):  # "3 adults plus the twins, so two kids"
        return NewValue(candidates=(str(int(one.exact) + int(other.exact)),), parts=_split(one, other))
    if not LISTED.fullmatch(between):
        return None
    both, total = scene.read(_from_to(first, second, scene.message.text).text, spec), int(one.exact) + int(other.exact)
    if both.exact == str(total):
        return NewValue(candidates=(both.exact,), parts=both.parts or _split(one, other))
    return NewValue(candidates=(str(total),), parts=_split(one, other)) if ON_TOP.fullmatch(between) else None


def _split(one: Reading, other: Reading) -> dict[str, str]:
    """The children of one group and the adults of the other; empty where they are not told apart."""
    children = next((group for group in (one, other) if group.parts.get("adults") == "0"), None)
    adults = other if children is one else one
    if children is None or adults.parts.get("children", "0") != "0":
        return {}
    return {"adults": adults.exact or "", "children": children.exact or ""}


def _parts_of(first: Operation, second: Operation, scene: Heard) -> dict[str, str]:
    """The adults and children of the first count where the second only says how many of them are which; empty otherwise.

    "Four of us, but one is a baby" are four.
    """
    assert first.quote is not None
    assert second.quote is not None
    assert first.value is not None
    spec, text = scene.spec(first.slots[0]), scene.message.text
    rest = SENTENCE_END.split(text[second.quote.start :])[0]
    between = text[first.quote.end : second.quote.start]
    if spec is None or (SENTENCE_END.search(between) and not first.quote.text.casefold().endswith("incl")):
        return {}
    reading = scene.read(text[first.quote.start : second.quote.start] + rest, spec)
    return dict(reading.parts) if reading.values == first.value.candidates and len(reading.values) == 1 else {}


def _between(first: Operation, second: Operation, text: str) -> Operation | None:
    """What two ranges have in common: "not before 7 and not after 8"; None where that is nothing."""
    assert first.value is not None
    assert second.value is not None
    assert first.value.bounds is not None
    assert second.value.bounds is not None
    bounds = max(first.value.bounds[0], second.value.bounds[0]), min(first.value.bounds[1], second.value.bounds[1])
    if bounds[0] >= bounds[1]:
        return None
    return replace(second, value=replace(second.value, bounds=bounds), quote=_from_to(first, second, text))


def _full_name(first: Operation, second: Operation, text: str) -> str:
    """Given and family name in the order in which they are written, where the words say which is which; empty otherwise."""
    assert first.quote is not None
    assert second.quote is not None
    assert first.value is not None
    assert second.value is not None
    one, other = first.value.candidates[0], second.value.candidates[0]
    before = text[: first.quote.start].casefold(), text[first.quote.end : second.quote.start].casefold()
    if GIVEN.search(before[0]) or FAMILY.search(before[1]):
        return f"{one} {other}"
    if FAMILY.search(before[0]) or GIVEN.search(before[1]):
        return f"{other} {one}"
    return ""
