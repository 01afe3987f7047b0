"""English (Latin) names: "it's under Dr. kim minsu, please" is Kim Minsu.

Strips what people say around a name and gives capital initials; keeps nicknames. Does not judge whether a name is
real, nor tell the booker's name from another person's: the tagger marks the words.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from nlu.types import Reading
from nlu.values.english_sentence import UNREADABLE
from nlu.values.text import listed

_TITLE: Final = (
    r"(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|sir|madam|madame|mister|director|manager|chair(?:man|woman)|president"
    r"|ceo|captain|pastor|reverend|attorney|judge|nurse|coach|officer|colonel|father|chef|rabbi|ambassador|minister|senator)\b\.?"
)
_NAME_WORD: Final = r"(?:(?:full|first|given|last|family|sur) ?)?name(?: is\b|'s\b| was\b| of\b|:)?"
_LEAD: Final = re.compile(
    rf"^(?!(?-i:(?:Oh|Im) [A-Z][\w'’-]+$))"
    rf"(?:{_TITLE} (?:and|&) {_TITLE}|{_TITLE}|(?:my|the|our|her|his|their)(?: [\w']+)?(?:'s)? {_NAME_WORD}|{_NAME_WORD}|"
    r"(?:it is|it's|its|it'll be|this is|that is|that's|i am|i'm|im|call me|you can call me|"
    r"under(?: the name(?: of)?| my name)?|in the name of|on behalf of|for|by|as|put(?: it| me)?(?: down)?|book it|"
    r"use|make it|make that|please|yes|yeah|yep|no|oh|ok|okay|hi|hello|hey|sure|well|um|uh|sorry|i mean|actually|spelled|"
    r"change it to|to|it should be|should be|reserve it|the booking is|the reservation is|booking|reservation|surname|is|be)"
    r"(?=[\s.,:-]|$))[\s.,:-]*",
    re.IGNORECASE,
)
"""What stands in front of a name; "Oh Sejin" and "Im Hana" are names, "oh, Sejin" is not."""
_TAIL: Final = re.compile(
    r"[\s,.!?;:\"()](?:please|pls|plz|thanks|thx|ty|cheers|thank you|here|speaking|(?-i:down)|is (?:my|the) name"
    r"|'s (?:my|the) name|instead|then|would be (?:fine|good|great)|is fine|sir|ok|okay|will do"
    r"|for the (?:booking|reservation|name)|"
    r"on the (?:booking|reservation)|not [\w' \-]{1,40})[.!?]?$",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(
    r"(?<=\w)(?:[,;:.]? (?:and|but|so|because) (?:i|we|my|the|it|there|for|please|can|could|is)\b|"
    r"[,;:]? (?:for|at|on|with|from|in|a table|table|party of|my phone|phone|number|tel)\b|[\s,;:(]+[+(]*\d).*$",
    re.IGNORECASE,
)
_AFTER_LEAD: Final = re.compile(
    r"\b(?:name(?: is|'s| of)?|under|called|call me|i am|i'm|this is|behalf of)\b:? (?!my |the )(.+)$", re.IGNORECASE
)
_RELATIVE: Final = re.compile(r"^(?:my|our|his|her) [\w']+(?:'s)?(?: name)?,? ", re.IGNORECASE)
_LAST_NAME: Final = re.compile(r"(?<=\w)[, ]+(?:and )?(?:my )?(?:last|family|sur) ?name(?: is|:)? ", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"'s?$")
_EDGES: Final = " \t,.!?;:\"'()[]{}<>*#@/\\|~-_+=^&"
_AROUND_WORD: Final = _EDGES.replace(".", "")
_NO_NAME: Final = frozenset(
    listed(
        "i me my mine we us you it he she they them the a an and or not no yes none nothing nobody name someone somebody "
        "anyone anybody what who whatever same please thanks hello hi secret private unknown anonymous sorry cancel "
        "today tonight tomorrow yesterday"
    )
)
# One of these makes a sentence of what was said: "I'd rather not say", "same as before", "who am I".
_SENTENCE: Final = frozenset(
    listed(
        "i i'd i'll i've don't won't can't want my your what who why how not same before is are was were need would rather "
        "say tell telling know give why table people tomorrow later"
    )
)
_PARTICLES: Final = frozenset(listed("de da di du del della la le van von der den bin ibn al el y e dos das ter and"))
_TWO_NAMES: Final = frozenset({"&", "+"})
_MOST_WORDS: Final = 6
_LONGEST: Final = 300
"""Characters of a text in which a name is looked for; no way of giving one is longer."""


def read_name(words: str) -> Reading:
    """Read a person's name as said, without titles and lead-ins, Latin letters with capital initials.

    Args:
        words: cleaned text, a name or a short sentence that gives one.

    Returns:
        The name; `unreadable` for digits, emoji, pronouns, a refusal, or more words than a name has.
    """
    words = words[:_LONGEST]
    name = _bare(words)
    if not name or len(name.split()) > _MOST_WORDS or _is_sentence(name):
        name = _said_in_sentence(words)
    parts = [
        part.strip(_AROUND_WORD) or part
        for part in name.split()
        if part in _TWO_NAMES or any(unicodedata.category(char)[0] in "LN" for char in part)
    ]
    if not parts or len(parts) > _MOST_WORDS or all(part.lower() in _NO_NAME for part in parts):
        return UNREADABLE
    if _is_sentence(name) or any(part[0].isdigit() for part in parts):
        return UNREADABLE
    exact = " ".join(_capital(part, place) for place, part in enumerate(parts))
    # Loose signs may have hidden words around the name: "Ana< for us".
    return Reading((exact,)) if exact.casefold() == words.casefold() else read_name(exact)


def _is_sentence(name: str) -> bool:
    """Whether small words show that this is no name; a capital inside keeps it one ("Nguyen My")."""
    return any(
        part.lower() in _SENTENCE and (part.islower() or not place or part == "I")
        for place, part in enumerate(name.split())
    )


def _bare(words: str) -> str:
    """Strip one lead-in, ending or edge after the other until nothing changes."""
    text = words.strip(_EDGES)
    while len(text.split()) > 1:
        stripped = _LAST_NAME.sub(" ", text)
        for pattern in (_TAIL, _LEAD, _BREAK, _RELATIVE):
            stripped = pattern.sub("", stripped, count=1).strip(_EDGES)
        if stripped == text:
            break
        text = stripped
    return _POSSESSIVE.sub("", text).strip(_EDGES)


def _said_in_sentence(words: str) -> str:
    match = _AFTER_LEAD.search(words)
    return _bare(match[1]) if match else ""


def _capital(part: str, place: int) -> str:
    """Capital initials, also after a hyphen or an apostrophe; a word with capitals inside ("McDonald") stays."""
    if place and part.lower() in _PARTICLES and not part.isupper():
        return part.lower() if part.islower() else part
    if part != part.lower() and part != part.upper():
        return part[0].upper() + part[1:]
    if part.isupper() and len(part) <= 2:
        return part
    return re.sub(r"[^\W\d_]+", lambda found: _initial(found, part), part.lower())


def _initial(found: re.Match[str], part: str) -> str:
    after_apostrophe = found.start() and part[found.start() - 1] == "'"
    if after_apostrophe and found.start() > 2:
        return found[0]
    return found[0][0].upper() + found[0][1:]
