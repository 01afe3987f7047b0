"""English party sizes: "two adults and one child", "table for two", "me and 3 friends", "four or five".

Knows how people count themselves; does not know the largest party a venue takes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values.english_deltas import read_people
from nlu.values.english_people import CHILDREN, NOUNS, Member, Sort, children_among, has_uncounted, members
from nlu.values.english_sentence import MARK, UNREADABLE, VAGUE, Draft, either, resolve
from nlu.values.english_words import MONTHS, canonical

_MOST_LISTED: Final = 12
_JOINED: Final = re.compile(
    r"^[ ,]*(?:and|&|\+|plus|with|as well as|along with|,|and also|together with)?[ ,]*(?:the )?$"
)
_INCLUDED: Final = re.compile(
    r"^[ ,(]*(?:including|incl\.?|includes?|of (?:whom|which|them)|with|counting|among them|one of them|where)[ ,]*$"
)
_RESTATED: Final = re.compile(r"^ ?(?:[:(,;-]|that is|i\.e\.|namely|so|which is|as in|in total|total)[ ,:(]*$")
_CUE: Final = re.compile(
    r"(?:\bfor|\bof|\b(?:we|there|it|that)(?: are| is|'re|'s|'ll be| will be| would be|'d be)|\bmake (?:it|"
    r"that)|\bus|"
    r"\bapprox\.?|\b(?:number|size|party|total|group|count|headcount|answer)(?: of [a-z]+)? (?:is|of|to)|\babout|\baround|"
    r"\bor|\bbook|\bsaid|\bsay|\bseat|"
    r"\bseating|\bjust|\bonly|\bactually|\bno|\bnot|\bthan|\bsorry|\bmean|\bmeant|\bto|-|~)[ ,]*(?:a |exactly |"
    r"the )?$"
)
_FILLER: Final = (
    r"(?:the|a|for|of|us|we|are|be|will|there|it|is|it's|make|that|please|thanks|thank|you|just|only|about|"
    r"around|or|and|to|"
    r"say|then|actually|no|not|sorry|i|mean|meant|instead|table|party|group|total|in|all|so|maybe|roughly|"
    r"approximately|"
    r"ish|yes|yeah|ok|okay|oh|um|uh|well|hmm|like|exactly|with|total|altogether|max|plus|wait|but|rather|than|"
    r"reservation|booking|book|size|number|now|can|want|need|would|could|do|change|at|home|we're|we'll|there's|"
    r"let's|lets|perhaps|possibly|otherwise|failing|even|if|between|strong|approx|couple|pair|dozen|half|duo|trio)"
)
_ONLY_NUMBERS: Final = re.compile(rf"^(?:{_FILLER}\b|\W|\d{{1,3}}\b|X\d+X)*+$")
_SENTENCE: Final = re.compile(r"(?:[^.!?;]|[.!?;](?! |$))+[.!?;]?")
_LOOK_BACK: Final = 40
"""Characters before a number in which a cue such as "party of" is looked for."""
_OLD: Final = r" ?\d{1,2}[- ](?:years?|months?)[- ]olds?\b"
_INCLUDING: Final = re.compile(r"\bincl\b\.?", re.IGNORECASE)
_LITTLE_ONE: Final = re.compile(r"\b(?:little|wee) one(s?)\b", re.IGNORECASE)
"""No number is in it."""
_TWIN: Final = re.compile(
    r"\b(?:(twin)|(triplet)) (?:toddlers|boys|girls|babies|sons|daughters|kids|children|infants)\b", re.IGNORECASE
)
_IN_THE_END: Final = re.compile(r",? (?:in the end|after all|all told)(?=\W*$)", re.IGNORECASE)
_ME_MY: Final = re.compile(r"\bme (?=(?:my|our) )")
"""Of "me my husband and our two kids": two who come, without a word between them."""
_AGE: Final = re.compile(rf"{_OLD}(?= (?:{CHILDREN}|twins|triplets))")
_AGED: Final = re.compile(rf"{_OLD}(?! (?:{CHILDREN}|twins|triplets))")
_ARE: Final = r"(?:are|is|being|will be|would be)"
_OF_THEM: Final = re.compile(
    rf"[,(;]*(?: (?:and|but|where|with))? (\d{{1,2}})"
    rf"(?: of (?:them|us|whom|which)(?: {_ARE})?(?: an?)?| {_ARE}(?: an?)?|(?<= 1) an?) ({CHILDREN}|adults?)\b"
)
_IN_BRACKETS: Final = re.compile(rf" ?\((?:with |incl(?:uding|\.)? )?(\d{{1,2}}) ({CHILDREN}|adults?)\)")
_OF_ALL: Final = re.compile(
    rf"^(?:only |just )?(\d{{1,2}}) (?:out )?of (?:the|our|us|all) (\d{{1,2}})(?: of (?:us|them))? "
    rf"{_ARE}(?: an?)? ({CHILDREN}|adults?)\b"
)
_HALF_OF_THEM: Final = re.compile(
    rf"\b(\d{{0,2}}[02468])\b(.*?),? half (?:of (?:them|us) )?(?:{_ARE} )?({CHILDREN}|adults?)\b"
)
_LABELLED: Final = re.compile(rf"\b({CHILDREN}|adults?) ?[:=] ?(\d{{1,2}})\b")
_NOUN_FIRST: Final = re.compile(
    r"^(?:(?:we are|we're|for|total) )?(?:people|persons?|guests?|pax) ?[:=]? ?(\d{1,2})(?=[.!]*$)"
)
"""`people five`, as weak speakers of English put it."""
_UNDER_AGE: Final = re.compile(r"\b(\d{1,2}) (?:kids |children )?(?:under|below) (?:the age of )?\d{1,2}s?\b")
_SLASHED: Final = re.compile(rf"^(\d{{1,2}})/(\d{{1,2}})(?= {NOUNS}|$)")
_ISH_PEOPLE: Final = re.compile(rf"\b(\d{{1,3}}) ?-? ?ish ({NOUNS})\b")
_IN_TOTAL: Final = re.compile(
    r"\b(\d{1,3})(?: (?:people|of us|guests))? (?:in total|total|altogether|all together|in all|overall)\b"
)
_UNKNOWN_COMPANY: Final = re.compile(
    rf"\b(?:me|myself|i|{NOUNS}),? (?:and|plus|with|&) (?:my|our|his|her|"
    rf"their) (?!(?:[a-z]+ ){{0,3}}(?:{NOUNS})\b|\d|[a-z]+ (?:time|name))[a-z]"
)
_ALONE: Final = re.compile(
    r"\b(?:(?:just|only|it's|for) (?:me|myself|i)\b(?! and| plus| with|,| \+)|by myself|on my own|alone|solo|"
    r"single diner|one-person)"
)
_JUST_ME: Final = re.compile(
    r"^(?:just |only |nobody but |(?:no (?:one|1)|no-one) but )?(?:me|myself)"
    r"(?: only| and (?:nobody|no (?:one|1)) else| alone)?[.!]*$"
)
_BY_NAME: Final = re.compile(
    r"^(?:just |only |it'?s )*(?:me|myself)"
    rf"(?P<others>(?:(?:,| and|, and| &| \+) ?(?!(?:{NOUNS}|me|myself|i|the|my|a|an|some|all)\b)[^\W\d_]+)+)[.!]*$"
)
"""The speaker and others, each by one name: "me, Sam and Priya"."""
_NOBODY: Final = re.compile(r"^(?:nobody|no (?:one|1|people|guests|person)|zero)[.!]*$")
_VAGUE: Final = re.compile(
    r"\b(?:a few|few|several|some|many|a bunch|a lot|lots|loads|a handful|a number|a group|everyone|everybody|"
    r"not sure|"
    r"dunno|don't know|no idea|unsure|whole (?:family|team|office)|the family|the gang|at least|at most|up to|"
    r"more than|less than|fewer than|no more than|or more|minimum|maximum|depends|\d{1,3} ?\+(?! ?\d))"
)
_UNEVEN: Final = re.compile(
    r"^-|\b\d+[.,]\d+\b|(?:^|\s)-\d|\b(?:minus|negative)\b|\b\d+ (?:thousand|million|billion)\b|\b\d{4,}\b|"
    r"\b\d+ and (?:a )?half\b"
)
_NOT_PEOPLE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\+?\d[\d\- ]{7,}\d",
        r"(?:,|\band|\bplus|\bwith)? ?\b(?:an?|\d{1,2}) (?:high ?-?chairs?|strollers?|wheelchairs?|dogs?|pets?|"
        r"cats?|prams?|booster seats?)\b",
        r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b",
        rf"\b(?:{'|'.join(MONTHS)}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{'|'.join(MONTHS)})\b",
        r"\b\d{1,2}(?:st|nd|rd|th)(?: 1)?\b",
        r"\b\d{1,2} ?[:.] ?\d{2}\b(?: ?[ap]m?\b)?",
        r"\b\d{1,2}(?: \d{2})? ?(?:am|pm|oclock|p\b|a\b(?! (?:table|couple|party)))",
        r"\b(?:at|@|by|before|after|until|till|from) \d{1,2}(?: \d{2})?\b(?! (?:people|of us|pax|ppl|guests|"
        r"adults|kids))",
        r"\b(?:(?:half|quarter) (?:past|to)|\d{1,2} past|\d{1,2} minutes (?:past|to)) \d{1,2}\b(?! (?:people|"
        r"of us|ppl|pax|guests|adults|kids))",
        r"\b\d{1,2} (?:in the|at) (?:morning|afternoon|evening|night)\b",
        r"\b(?:the|this|that|which|last|next|no|any|every|each|another|some) 1\b(?! of us| people| person)|"
        r"\b(?:either )?1 of (?:those|these|the)(?: \d)?\b",
        r"\b(?:an? )?\d{1,3}[- ](?:hours|minutes|days?|weeks?|months?|years?|nights?|courses?|stars?)\b(?![- ]old)",
        r"\b(?:a|an|the) (?:table|party|group|reservation|booking|seat)\b",
        r"\b(?:aged?|ages) \d{1,2}(?: and \d{1,2})?\b",
    )
)


def read_count(words: str) -> Reading:
    """Read how many people English words speak of.

    Args:
        words: cleaned text, a phrase or a whole sentence.

    Returns:
        A number of at least 0, with `adults` and `children` where children are mentioned; candidates for "four or
        five"; `vague` for "a few of us". A change ("one more") is no count.
    """
    words = _TWIN.sub(
        lambda found: f"{found[1] or found[2]}s", _LITTLE_ONE.sub(r"kid\1", _INCLUDING.sub("including", words))
    )
    text = _ME_MY.sub("me, ", canonical(_IN_THE_END.sub("", words)))
    if _NOBODY.match(text) or _JUST_ME.match(text):
        return Reading(("0" if _NOBODY.match(text) else "1",))
    if company := _BY_NAME.match(text):
        return Reading((str(1 + len(re.findall(r"[^\W\d_]+", company["others"].replace(" and ", " ")))),))
    if _UNEVEN.search(text) or read_people(words) is not None:
        return UNREADABLE
    text = _NOUN_FIRST.sub(r"\1 people", _LABELLED.sub(r"\2 \1", text))
    text = _UNDER_AGE.sub(r"\1 kids", _AGE.sub(" young", _AGED.sub(" kid", text)))
    text = _OF_ALL.sub(r"\2 including \1 \3", _HALF_OF_THEM.sub(_halved, text))
    text = _IN_BRACKETS.sub(r" including \1 \2", _OF_THEM.sub(r" including \1 \2", text))
    text = _ISH_PEOPLE.sub(r"\1 \2 ish", _SLASHED.sub(r"\1 or \2", text))
    for pattern in _NOT_PEOPLE:
        text = pattern.sub(lambda match: " of " if match[0].startswith(("a table", "a party")) else " ; ", text)
    if _VAGUE.search(text) or _is_open(text):
        return VAGUE
    if total := _IN_TOTAL.search(text):
        return _with_parts(int(total[1]), children_among(text, members(text)))
    draft = _drafted(text)
    if not draft.found and _ALONE.search(text):
        return Reading(("1",))
    draft.put(_ROUGHLY, lambda match: replace(draft.at(match[1] or match[2]), approximate=True))
    return resolve(draft, _span)


def _halved(match: re.Match[str]) -> str:
    """Eight, half of them kids."""
    return f"{match[1]}{match[2]} including {int(match[1]) // 2} {match[3]}"


def _is_open(text: str) -> bool:
    """People in the plural without a number beside others who are counted: the sum is not known."""
    if _UNKNOWN_COMPANY.search(text):
        return True
    return has_uncounted(text) and not re.search(r"\b\d+ (?:people|of us|in total|total)\b|\bparty of \d", text)


def _drafted(text: str) -> Draft:
    """Put a mark for every group that is summed up."""
    draft = Draft("")
    groups = _grouped(text, _counting(text, members(text)))
    end = 0
    for group in groups:
        reading = _summed(text, group)
        if reading is None:
            continue
        draft.text += text[end : group[0].start] + draft.mark(reading)
        end = group[-1].end
    draft.text += text[end:]
    return draft


def _counting(text: str, found: Sequence[Member]) -> list[Member]:
    """Leave out numbers that count something else: without a noun, a cue, or people beside them."""
    plain = [sentence.span() for sentence in _SENTENCE.finditer(text) if _ONLY_NUMBERS.match(sentence[0])]
    kept: list[Member] = []
    for place, member in enumerate(found):
        if member.sort is not Sort.BARE:
            kept.append(member)
            continue
        beside = [other for other in found[max(0, place - 1) : place + 2] if other.sort is not Sort.BARE]
        before = text[max(0, member.start - _LOOK_BACK) : member.start].rstrip() + " "
        if (
            any(start <= member.start < end for start, end in plain)
            or _CUE.search(before)
            or any(_linked(text, member, other) for other in beside)
        ):
            kept.append(member)
    return kept


def _linked(text: str, one: Member, other: Member) -> bool:
    first, last = sorted((one, other), key=lambda member: member.start)
    gap = text[first.end : last.start]
    return bool(_JOINED.match(gap) or _INCLUDED.match(gap) or re.fullmatch(r" ?(?:or|to|-|~) ?", gap))


def _grouped(text: str, found: Sequence[Member]) -> list[list[Member]]:
    groups: list[list[Member]] = []
    for member in found:
        if groups and _continues(text, groups[-1], member):
            groups[-1].append(member)
        else:
            groups.append([member])
    return groups


def _continues(text: str, group: Sequence[Member], member: Member) -> bool:
    gap = text[group[-1].end : member.start]
    if text.endswith("between ", 0, group[0].start):
        return False
    if Sort.BARE in (group[-1].sort, member.sort) and not gap.strip(" ,"):
        return False
    if group[-1].sort is Sort.BARE and re.fullmatch(r" ?(?:-|~|to|or|/) ?", gap):
        return False
    if group[-1].sort is Sort.BARE and member.sort is Sort.BARE:
        return bool(re.fullmatch(r" ?(?:\+|plus) ?", gap))
    if gap.strip() == "" and not {group[-1].sort, member.sort} & {Sort.ADULT, Sort.CHILD}:
        return False
    return bool(_JOINED.match(gap) or _INCLUDED.match(gap) or _RESTATED.match(gap))


def _is_lone_self(text: str, member: Member) -> bool:
    return member.sort is Sort.SELF and " " not in text[member.start : member.end]


def _summed(text: str, group: Sequence[Member]) -> Reading | None:
    """The size of a group; None for a lone "me" or "my wife", who are mentioned rather than counted."""
    if len(group) == 1 and (_is_lone_self(text, group[0]) or _is_lone_relative(text, group[0])):
        return None
    first, rest = group[0], group[1:]
    children = children_among(text, group)
    total = sum(member.number for member in group)
    if rest and first.sort in (Sort.PEOPLE, Sort.BARE) and first.number >= total - first.number:
        gap = text[first.end : rest[0].start]
        restated = first.number == total - first.number and (len(rest) > 1 or _RESTATED.match(gap))
        if restated or _INCLUDED.match(gap):
            total = first.number
    last = group[-1]
    before_last = text[group[-2].end : last.start] if rest else ""
    if rest and last.sort in (Sort.PEOPLE, Sort.BARE) and 2 * last.number == total and not _ADDED.match(before_last):
        total = last.number
    return _with_parts(total, children, split=bool(re.search(r"\b(?:no|0|without) (?:kids|children|child)\b", text)))


_ADDED: Final = re.compile(r"^[ ,]*(?:and|&|\+|plus|with) ?(?:another )?$")
"""Says that what follows comes on top; without it a last number repeats the sum: "my wife and I, two"."""


def _with_parts(total: int, children: int, *, split: bool = False) -> Reading:
    """A number of people, split into adults and children where there are children or `split` asks for it."""
    if not (children or split) or children > total:
        return Reading((str(total),))
    return Reading((str(total),), parts={"adults": str(total - children), "children": str(children)})


def _is_lone_relative(text: str, member: Member) -> bool:
    return member.sort in (Sort.RELATIVE, Sort.CHILD) and not re.search(
        r"\d|\ba |\bcouple", text[member.start : member.end]
    )


def _span(first: Reading, last: Reading) -> Reading:
    """From one number to another: all between, if they are few."""
    if first.exact is None or last.exact is None:
        return either((first, last))
    low, high = int(first.exact), int(last.exact)
    if not low < high <= low + _MOST_LISTED:
        return either((first, last))
    return Reading(tuple(str(number) for number in range(low, high + 1)), Ambiguity.CHOICE)


_ROUGHLY: Final = re.compile(
    rf"\b(?:about|around|approximately|approx\.?|roughly|circa|~|maybe|probably|nearly) {MARK}|"
    rf"\b{MARK}(?:[ -]?ish\b| or so\b)"
)
