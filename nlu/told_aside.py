"""Values of a story about the guest, which are no wish: "after my night shift", "we were supposed to be six".

Looks at the words around one value. Knows how English tells such things; does not know slots or what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded
from nlu.negation import kept
from nlu.values.english_clock import PART

_WHOSE: Final = r"(?:my|our|his|her|their|the|a|an|\w+'s)"
_EVENT: Final = (
    r"(?:shifts?|class(?:es)?|lessons?|meetings?|service|flight|train|bus|ferry|calls?|session|practice|rehearsals?|run|walk"
    r"|prayers?|mass|lectures?|seminar|course|news|show|commute|surgery|rounds?|game|match|training|appointments?|swim"
    r"|workout|routine|school|feed|nap|rush|duty|films?|movies?|concerts?|play|performance)"
)
_OWN_EVENT: Final = re.compile(
    rf"\b(?:after|before|once|when|until|till|by the time|as soon as|following|during) {_WHOSE} (?:[\w-]+ )?$"
)
"""What the guest does, up to the part of the day that it is called by."""
_OWN_EVENT_WHOLE: Final = re.compile(
    rf"(?:(?:right|just|straight|soon|shortly|only) )?(?:after|before|once|when|until|till|following"
    rf"|during) {_WHOSE} (?:[\w-]+ )?{PART}$"
)
_IS_EVENT: Final = re.compile(rf" {_EVENT}\b")
_HEDGE: Final = (
    r"(?: (?:about|around|like|just|only|actually|maybe|probably|more like|at least|a (?:party|group|table) of))*"
)
_ONCE_PLANNED: Final = re.compile(
    r"\b(?:(?:was|were|wasn't|weren't)(?: (?:originally|initially|first|actually|all|once))?"
    r" (?:supposed|meant|going|planning|due|expected|scheduled|hoping) to (?:be|come to|make|have)"
    r"|used to be|(?:should|would|could|might)(?:'ve| have) been)"
    rf"{_HEDGE} $"
)
"""What was to be once, or has been, right in front of a number."""
_ELSEWHERE: Final = re.compile(
    r"\b(?:(?:calling|writing|texting|messaging|phoning|ringing|typing|emailing)(?: you| this)?"
    r"|(?:reach|call|ring|text) me|reachable|at my desk)\b(?:(?! table\b)[^.!?;,])*? (?:until|till|from|before|after|by|at) $"
)
"""Where the guest speaks from, and until when."""
_EVENT_HOUR: Final = re.compile(
    r"(?:\b(?:i|he|she|they|\w+ and i) (?:only |usually |always |don't |doesn't )*(?:finish(?:es)?|get(?:s)? off"
    r"|leave(?:s)?|get(?:s)? out|start(?:s)?)"
    r"(?: (?:work|the office|my shift|school|class))?"
    rf"|\b{_EVENT}(?: (?:only|usually|always|doesn't|really))* (?:end|finish|gets? in|arrive|land|start|begin|close"
    rf"|open|leave|run)(?:e?s)?)"
    r"(?: (?:in|until|till|on|only|around|about|at))* $"
)
"""When the guest's own day has an hour, right in front of it."""
_SAID_OF_IT: Final = re.compile(
    r"\s*(?:is|was|isn't|wasn't|'s|will be|are|were|has|had|won't|doesn't|does|i|i'm|i've|we|we're|we've|he|he's|she"
    r"|she's|they|they're"
    r"|my|our|his|her|there's|there is|falls|clashes|used|belongs)\b"
)
"""Behind a value of which something is told."""


def own_event(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) name a part of the day only to say which shift, class or meeting it was.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    leads = _OWN_EVENT_WHOLE.fullmatch(plain[start:end]) or _OWN_EVENT.search(plain[:start])
    return bool(leads and _IS_EVENT.match(plain, end))


def once_planned(text: str, start: int) -> bool:
    """Whether the number from `start` on is what was planned once: "we were supposed to be six"."""
    return bool(_ONCE_PLANNED.search(folded(text)[:start]))


def speaks_from(text: str, start: int) -> bool:
    """Whether the words from `start` on only say until when the guest can be heard: "I'm calling from work until 6"."""
    return bool(_ELSEWHERE.search(folded(text)[:start]))


def explained(text: str, start: int, end: int) -> bool:
    """Whether something is told of the words at `start` to `end` (half open), and not that they are right: "saturday is her day".

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    return bool(_SAID_OF_IT.match(folded(text), end)) and not kept(text, start, end)


def event_hour(text: str, start: int) -> bool:
    """Whether the hour from `start` on is when the guest's work, train or class ends or begins: "I finish work at 6"."""
    return bool(_EVENT_HOUR.search(folded(text)[:start]))
