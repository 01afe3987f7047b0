"""Whether the speaker comes on top of those who are named: "I'll be with [my two sisters]", "dinner with [two friends]".

Knows how English speakers name their company; does not know slots or what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded
from nlu.values.english_people import Sort, members
from nlu.values.english_words import canonical

_SENTENCE_END: Final = re.compile(r"[.!?;\n]")
_CLAUSE: Final = re.compile(r"[^,.!?;\n]+")
_WITH: Final = re.compile(r"\b(?:with|bring(?:ing)?)(?: (?:also|along|just|only))? ?$")
_LEADS: Final = re.compile(r"^(?:with|bringing) ")
_SUMMED_UP: Final = re.compile(r"\b(?:we|we'\w+|us|our|everybody|everyone|all of|half|party of|group of)\b")
"""Words that count the speaker in already."""
_BESIDE_ME: Final = re.compile(r"(?:^|\b(?:for|just|only|it's|that's|be) |, )(?:me|myself),? ?$")
_AND: Final = re.compile(r"(?:and|n|&|\+|plus) ")
"""What joins the speaker to those who follow."""
_SPOKE: Final = re.compile(r"\b(?:talk|speak|spoke|check|discuss|agree|confirm|fight|argu|ask)\w*\b")
"""What is done with people who need not come."""
_COMPANY: Final = (Sort.RELATIVE, Sort.CHILD)
_SPEAKER: Final = re.compile(
    r"\b(?:me|my ?self|i(?! (?:would|want|need|like|love|have|had|am|was|will|can|could|think|guess|prefer|wish|hope)\b|'))\b"
)
"""The speaker among people, not as the subject of a verb."""
_BETWEEN: Final = re.compile(
    r"(?:\W|\b(?:and|plus|with|just|only|it's|it'll be|it will be|that's|that'd be|for|so|both|the|will be|coming|then|please"
    r"|thanks|this time|tonight|of us|table|a|yes|ok|oh|um|well)\b)*"
)
"""All that may stand beside people in a message that only tells who comes."""


def only_company(text: str) -> bool:
    """Whether a whole message tells with whom the speaker comes, and nothing else: "me + my photographer"."""
    if "?" in text or not _SPEAKER.search(folded(text)):
        return False
    words = canonical(folded(text))
    found = members(words)
    rest = words
    for one in reversed(found):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    speaker = any(one.sort is Sort.SELF for one in found)
    return speaker and len(found) > 1 and _BETWEEN.fullmatch(rest) is not None


def company_around(text: str, start: int, end: int) -> str:
    """The clause around the words at `start` to `end` (half open) where it only tells who comes, and more than they do.

    Of "my husband n [me + our two kids], hanok table" it is "my husband n me + our two kids"; empty where there is none.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    clause = next((one for one in _CLAUSE.finditer(text) if one.start() <= start and end <= one.end()), None)
    if clause is None or clause[0].strip() == text[start:end] or not only_company(clause[0]):
        return ""
    return clause[0].strip()


def with_the_speaker(text: str, start: int, end: int) -> str:
    """The words at `start` to `end` (half open) with the speaker added, "me and two friends"; empty where they stand for all.

    Args:
        text: the whole message.
        start: where those who are named begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    before, words = _SENTENCE_END.split(plain[:start])[-1], plain[start:end]
    if _BESIDE_ME.search(before) and _AND.match(words):
        return f"me {words}"
    leads = _LEADS.match(words)
    company = words[leads.end() :] if leads else words
    if not (leads or _WITH.search(before)) or _SUMMED_UP.search(before) or _SPOKE.search(before):
        return ""
    if any(one.sort is not Sort.SELF for one in members(canonical(before))):
        return ""
    named = members(canonical(company))
    return f"me and {company}" if named and all(one.sort in _COMPANY for one in named) else ""
