"""Who comes, in English: "me, my husband and our two kids" as members with a number and a sort.

Shared by counts and by changes of a count. Works on canonical words; does not decide what the booking's total is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Sort(StrEnum):
    """What kind of people a member of a party is."""

    PEOPLE = "people"
    ADULT = "adult"
    CHILD = "child"
    RELATIVE = "relative"
    SELF = "self"
    BARE = "bare"
    """A number without a noun."""


@dataclass(frozen=True, slots=True)
class Member:
    """Some people of one sort in the text; `start` and `end` are offsets, half open."""

    start: int
    end: int
    number: int
    sort: Sort


_CHILD: Final = (
    r"child(?:ren)?|childs|kids?|kiddos?|toddlers?|bab(?:y|ies)|infants?|little ones?|newborns?|sons?(?![- ]in[- ]law)|"
    r"daughters?(?![- ]in[- ]law)|boys?|girls?|"
    r"grandchild(?:ren)?|grandkids?|grandsons?|granddaughters?|nephews?|nieces?|minors?|preschoolers?"
)
_ADULT: Final = r"adults?|grown[- ]?ups?|seniors?|elders"
_PEOPLE: Final = (
    r"people|persons?|ppl|pple|peeps|pax|guests?|heads?|diners?|eaters?|of us|of them|of you|covers?|seats?|"
    r"customers?|visitors?|"
    r"men|women|ladies|gentlemen|folks|individuals?|humans?|attendees?|participants?|members?|places?|top|delegates?|"
    r"invitees?|employees?|players?|athletes?|singers?|dancers?|musicians?"
)
_ONE: Final = (
    r"(?:mother|father|sister|brother|son|daughter)[- ]in[- ]law|"
    r"husband|hubby|wife|wifey|missus|partner|spouse|boyfriend|girlfriend|bf|gf|fianc[eé]e?|mother|mom|mum|mommy|dad|"
    r"father|brother|sister|"
    r"friend|buddy|mate|pal|colleague|coworker|co-worker|boss|manager|client|cousin|uncle|aunt|auntie|roommate|"
    r"flatmate|"
    r"neighbou?r|grandma|grandmother|grandpa|grandfather|grandad|granddad|gran|nana|granny|teacher|assistant|"
    r"teammate|classmate|relative|parent|grandparent|sibling|sis|bro|bestie|bff|associate|teen|teenager|couple|"
    r"other|guy|lady|woman|man|in-law|housemate|workmate|bandmate|godmother|godfather|godson|goddaughter|stepmother|"
    r"stepmom|stepdad|stepfather|stepsister|stepbrother|(?:photo|video|choreo|bio)grapher|editor|accountant|lawyer|"
    r"trainer|coach|nanny|tutor|doctor|nurse|therapist|intern|trainee|supervisor|producer|publisher|stylist|"
    r"hairdresser|student|professor|advis[eo]r|mentor|landlord|landlady|secretary|translator|interpreter|bodyguard|"
    r"cameraman|carer|caregiver|apprentice"
)
_PAIRS: Final = r"parents|grandparents|in-laws|folks|twins|triplets|parents-in-law"
_MANY: Final = (
    r"associates|teens|teenagers|besties|husbands|wives|partners|boyfriends|girlfriends|brothers|sisters|"
    r"siblings|friends|buddies|mates|pals|colleagues|coworkers|"
    r"co-workers|clients|cousins|uncles|aunts|roommates|flatmates|neighbou?rs|others|guys|relatives|couples|"
    r"teammates|classmates|lads|lasses|chaps|blokes|dudes|fellas|siblings|more|housemates|workmates|bandmates|godsons|"
    r"goddaughters|editors|accountants|lawyers|trainers|coaches|interns|trainees|students|nurses|doctors|apprentices"
)
_OFFSPRING: Final = r"sons?|daughters?|grandchild(?:ren)?|grandsons?|granddaughters?|nephews?|nieces?"
_SPOUSE: Final = r"husband|hubby|wife|wifey|missus|partner|spouse|boyfriend|girlfriend|bf|gf|fianc[eé]e?"
_PARENTS: Final = re.compile(rf"\b(?:{_SPOUSE})\b")
_PARENTS_CHILD: Final = re.compile(r"(?:sons?|daughters?)$")
_GROWN_UP: Final = re.compile(rf"\b(?:{_OFFSPRING})$")
_YOUNG: Final = re.compile(r"\b(?:small|little|young|younger|baby|tiny|infant|newborn)\b")
_AGED: Final = re.compile(r" ?\( ?(?:kid\b|aged? |\d)")
"""Right behind somebody whose age is told in brackets; the reader of counts writes "a kid" for it."""
CHILDREN: Final = rf"(?:{_CHILD})"
"""Every word for a child, as one group without a number."""
ONE: Final = rf"(?:{_ONE})"
"""Every word for one grown-up by what he or she is to the speaker, as one group without a number."""
NOUNS: Final = rf"(?:{_CHILD}|{_ADULT}|{_PEOPLE}|{_ONE}|{_MANY}|{_PAIRS})"
"""Every word that names people in a party, as one group without a number."""

_DET: Final = r"(?:my|our|his|her|their|your|the|these|those)"
_LIKE: Final = (
    r"(?:small|little|young|younger|older|big|good|close|best|old|dear|female|male|vegan|vegetarian|hungry|"
    r"twin|elder|eldest|oldest|youngest|kid|baby|half|step|new|ex|favou?rite|"
    r"extra|additional|other|more|full|paying|school|work|of my|of our|of the|of his|of her)"
)
_SOME: Final = (
    r"(?:a couple(?: of)?|a pair of|pair(?= of us)|half a dozen|a dozen|dozen|couple of|"
    r"both|another|an?|\d{1,3}|single)"
)
_COUNTED: Final = re.compile(
    rf"(?<![\d:.,/$£€₩+_])(?<!(?<!\d)-)\b(?:{_DET} )?({_SOME})(?: {_DET})?((?: {_LIKE})*) ?-?({_CHILD}|{_ADULT}|"
    rf"{_PEOPLE}|{_MANY}|{_ONE}|{_PAIRS})"
    r"\b(?!'s| old\b)"
)
_RELATED: Final = re.compile(rf"\b(?:{_DET})(?: {_LIKE})* ({_CHILD}|{_ONE}|{_PAIRS})\b(?!'s|s\b)")
_UNCOUNTED: Final = re.compile(
    rf"\b(?:my|our|his|her|their|some|the|with|and)(?: {_LIKE})* (?:{_MANY}|kids|children|sons|daughters|boys|girls|babies|"
    rf"toddlers|guests)\b(?!'s)"
)
_SELF: Final = re.compile(r"\b(?:me|myself|i)(?:,? (?:and )?(?:me|myself|i))*\b(?!')")
"""The speaker, counted once however often: "me, myself and I"."""
_PERSON: Final = re.compile(
    r"\b(?:her|him|she|he)(?=(?:,| and| &| ?\+| plus|, and) (?:me|myself|i)\b)"
    r"|(?:(?<=\bme and )|(?<=self and ))(?:her|him)(?= *(?:$|[.,!;?]))"
    r"|(?<=, )(?:her|him)(?=,? and\b|,)"
)
"""Somebody who is only pointed at, beside the speaker: "just her and me"."""
_LISTED: Final = re.compile(
    rf"(?:(?<=, )|(?<=\band )|(?<=& )|^)({_ONE}|{_PAIRS}|son|daughter|child|kid|baby|toddler|nephew|niece|"
    rf"grandson|granddaughter)\b(?!')"
)
_BARE: Final = re.compile(
    r"(?<![\d:.,/$£€₩#_])\b(\d{1,3})\b(?![:.,/]\d| ?%| ?(?:am|pm|a|p|oclock|h|hours|minutes|days?|weeks?|"
    r"months?|nights?|st|nd|rd|th|"
    r"years?|thousand|million|dollars|times|courses?|bottles?|tables?|more|less|fewer|stars?)\b)"
)
_COLLECTIVE: Final = re.compile(
    r"\b(?:a )?(couple|pair|dozen|half a dozen|half dozen|trio|duo)\b(?! (?:of|days|weeks|hours|minutes))"
)
_COLLECTIVE_NUMBER: Final = {
    "couple": 2,
    "pair": 2,
    "duo": 2,
    "trio": 3,
    "dozen": 12,
    "half a dozen": 6,
    "half dozen": 6,
}


@lru_cache(maxsize=64)  # several readers ask for the same words
def members(text: str) -> tuple[Member, ...]:
    """Find every group of people and every bare number in canonical words, in the order of the text."""
    found: list[Member] = []
    for match in _COUNTED.finditer(text):
        found.append(Member(*match.span(), _number(match[1], match[3]), _sort(match[3])))
    for match in _RELATED.finditer(text):
        pair = re.fullmatch(_PAIRS, match[1])
        plural = match[1].endswith("s") and not pair and match[1] not in ("boss", "sis", "missus")
        if not plural and not re.fullmatch(r"child(?:ren)|babies|kids", match[1]):
            found.append(Member(*match.span(), _of_pair(match[1]), _sort(match[1], related=True)))
    found += [Member(*match.span(), 1, Sort.SELF) for match in _SELF.finditer(text)]
    found += [Member(*match.span(), 1, Sort.RELATIVE) for match in _PERSON.finditer(text)]
    for match in _LISTED.finditer(text):
        number = _of_pair(match[1])
        found.append(Member(*match.span(), number, _sort(match[1], related=True)))
    for match in _COLLECTIVE.finditer(text):
        sort = Sort.RELATIVE if match[1] == "couple" else Sort.BARE
        found.append(Member(*match.span(), _COLLECTIVE_NUMBER[match[1]], sort))
    found += [Member(*match.span(), int(match[1]), Sort.BARE) for match in _BARE.finditer(text)]
    return _apart(found)


def has_uncounted(text: str) -> bool:
    """Tell whether people are mentioned in the plural without a number ("my friends")."""
    taken = [(match.start(), match.end()) for match in _COUNTED.finditer(text)]
    return any(
        not any(start < match.end() and match.start() < end for start, end in taken)
        for match in _UNCOUNTED.finditer(text)
    )


def _apart(found: Sequence[Member]) -> tuple[Member, ...]:
    """Drop what lies inside something found before it in the list; sort by place."""
    kept: list[Member] = []
    taken: set[int] = set()
    for member in found:
        place = range(member.start, member.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(member)
    return tuple(sorted(kept, key=lambda member: member.start))


def _number(words: str, noun: str) -> int:
    if words.isdecimal():
        number = int(words)
    elif "dozen" in words:
        number = 6 if "half" in words else 12
    else:
        number = 2 if words.startswith(("a couple", "a pair", "pair", "couple", "both")) else 1
    return number * (2 if noun in ("couple", "couples") else 1)


def _of_pair(noun: str) -> int:
    return 3 if noun == "triplets" else 2 if re.fullmatch(rf"{_PAIRS}|couple", noun) else 1


def _sort(noun: str, *, related: bool = False) -> Sort:
    if re.fullmatch(_CHILD, noun) or noun in ("twins", "triplets"):
        return Sort.CHILD
    if re.fullmatch(_ADULT, noun):
        return Sort.ADULT
    return Sort.RELATIVE if related or re.fullmatch(rf"{_ONE}|{_MANY}|{_PAIRS}", noun) else Sort.PEOPLE


def children_among(text: str, group: Sequence[Member]) -> int:
    """How many of these are children. A grandson, a daughter or a niece may be grown up: who says nothing else counts people.

    Parents with "our daughter" are a family, and beside other children, or adults, the word means a child.

    Args:
        text: canonical words.
        group: members found in it.
    """
    words = [text[member.start : member.end] for member in group]
    family = any(_PARENTS.search(one) for one in words)
    found = [(member.number, one) for member, one in zip(group, words, strict=True) if member.sort is Sort.CHILD]
    told = any(not _GROWN_UP.search(one) or _YOUNG.search(one) for _, one in found) or any(
        member.sort is Sort.ADULT or _AGED.match(text, member.end) for member in group
    )
    return sum(number for number, one in found if told or (family and _PARENTS_CHILD.search(one)))
