"""What the words around a bare number are about: people who come or stay away, or being early and late.

"Make that 4, a colleague decided to join" counts people, "7 then, I finish work at 6" tells the time. Does not know slots.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded
from nlu.values.english_people import members
from nlu.values.english_words import canonical

_LEAD: Final = re.compile(
    r"(?:\W|(?:then|now|please|pls|actually|instead|thanks|sorry|because|since|as|cause|cos|just|people|of us|guests"
    r"|it is|after all)\b)*"
)
_AUXILIARY: Final = (
    r"(?: (?:has|have|had|just|will|would|is|are|was|now|also|suddenly|finally|both|all|might|may|can))*"
)
_NOT: Final = r"(?:cannot|(?:ca|could|wo|is|are|does|do|did)n'?t|not|no longer)"
_COMES: Final = (
    r"(?:join(?:s|ed|ing)?|com(?:e|es|ing)|came|tag(?:s|ging|ged)? along|be there|(?:is|are) in\b|make it"
    r"|(?:dropp?(?:s|ed|ing)?|pull(?:s|ed|ing)?|back(?:s|ed|ing)?) out|bail(?:s|ed|ing)?|cancel(?:s|l?ed|l?ing)?"
    r"|(?:is |are |'s )?(?:out|ill|sick|unwell)|(?:has|have|got|caught|is down with|came down with) (?:a "
    r"|the )?(?:cold|flu|fever|covid|bug)"
    r"|stay(?:s|ed|ing)? (?:at )?home|said (?:yes|no))"
)
_WILLING: Final = (
    r"(?: (?:decided|decides|wants?|wanted|asked|hopes|hoped|agreed|likes?|loves?|going|managed|manages"
    r"|able|has|have|wishes) to)?"
)
_WHY: Final = r"(?: (?:has|have|had|is|are|was|got|feels?)\b[\w' -]{1,30}? (?:and|so))?"
"""What happened to them: "one of the sopranos [has lost her voice and] is staying home"."""
_MOVES: Final = re.compile(
    rf"(?P<who>[\w'&, -]{{1,40}}?){_WHY}(?:'s|'re|'ll|'ve)?{_AUXILIARY}(?: {_NOT})?{_WILLING}(?: also| still)? {_COMES}\b"
    r"(?! (?:before|until|till|earlier|later|by|at|from|of|to|in|on)\b)"
)
"""Somebody who comes or stays away, and not only when."""
_PRONOUN: Final = re.compile(
    r"(?:he|she|they|someone|somebody|everyone|everybody|nobody|no one|1 of (?:us|them|my \w+)|\d+ (?:more|others?)"
    r"|the (?:rest|others))"
)
_NAMED: Final = re.compile(r"[A-Z][\w'-]+(?:(?:,| and|, and| &) [A-Z][\w'-]+)*")
_NAMES: Final = re.compile(r"[a-z][\w'-]+(?:(?:,|,? and| &| \+) [a-z][\w'-]+)*")
_NO_NAME: Final = re.compile(r"(?:i|we|you|it|my|our|the|a|an|that|this|these|those)\b")
_AND: Final = re.compile(r",? and | & | \+ |, ")
_BEFORE: Final = re.compile(
    r"(?:\W|\b(?:omg|oh|no|yes|yeah|wait|hey|hi|sorry|sry|so|ok|okay|um+|ugh|actually|turns out|looks like|and|but|well"
    r"|just heard|apparently|unfortunately|sadly|damn|argh|btw|also|now|since|because|as|cause|cos|if)\b)*"
)
_WITHOUT: Final = re.compile(
    r"(?:without|minus|except for|apart from) (?P<who>[\w'&, -]{1,40}?)(?=,| (?:we|it|that|there)\b)"
)
_SO: Final = re.compile(
    r"(?: (?:either|any ?more|after all|tonight|tomorrow|this time|now|today|anyway|sadly|it seems|with us|along|too"
    r"|as well))*[\s,.;:!…–—-]*"
    r"(?:(?:so|then|now|and|just|only|it's|its|that's|thats|that makes(?: it| us)?|makes(?: it| us)?|make it|make that|we're"
    r"|were|we are|we'll be|we will be|there'll be|there are|there's|which makes(?: it| us)?|it is|it'll be|down to|up to|back to"
    r"|us|only|party of|table for|=|→)[\s,:]*)*"
)
"""Between what is told of people and the number that comes of it."""
_NOBODY: Final = frozenset(
    (
        "i",
        "we",
        "you",
        "it",
        "this",
        "that",
        "there",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    )
)
_CLOCK: Final = re.compile(
    r"\brunning (?:\w+ )?(?:\w+ )?(?:late|behind)\b|\b(?:finish(?:es|ed|ing)?|off|leav(?:e|es|ing)|out of"
    r"|stuck at) (?:work|the office)\b"
    r"|\b(?:get|gets|getting) off (?:work|at)\b|\btraffic\b|\bcutting it (?:close|fine|short)\b|\btoo (?:early|late)\b"
    r"|\b(?:train|bus|flight|plane|ferry|coach) (?:is|gets|lands|arrives|leaves|comes|only|doesn'?t|was)\b"
    r"|\b(?:can'?t|cannot|won'?t|couldn'?t|not)(?: \w+){0,4} (?:before|until|till)\b"
    r"|\b(?:shift|meeting|class|school|match|game|film|movie|show|lesson|practice|kitchen)(?: \w+)? (?:ends|finishes"
    r"|runs|overruns|closes|starts|opens)\b"
    r"|\b(?:need|give us|want) (?:\w+ )?more time\b|\bbabysitter (?:is late|comes|arrives|can only)\b"
)
"""Talk of being early or late."""


_NUMBER_COMES: Final = re.compile(
    r"(?: of (?:us|them|my \w+|our \w+))?"
    r"(?: (?:can|could|will|are|is|would|may|now|actually|still|only|able to|be|going to)){1,4}"
    r" (?:make it(?! (?:work|at|by|to|from|before|until))|com(?:e|ing)\b(?! (?:at|by|from|before))|attend\w*|join\w*"
    r"|show(?:ing)? up|turn(?:ing)? up)"
)
"""Right behind how many come."""


def people_behind(text: str, end: int) -> bool:
    """Whether the words from `end` on say that somebody comes or stays away: "4, a colleague decided to join".

    Args:
        text: the whole message.
        end: where the number before them ends, 0..len(text).
    """
    plain = folded(text)
    lead = _LEAD.match(plain, end)
    begin = lead.end() if lead else end
    found = _MOVES.match(plain, begin)
    if found is None:
        return False
    who, written = found["who"].strip(" ,"), text[begin : begin + len(found["who"])].strip(" ,")
    if who in _NOBODY or re.match(r"(?:i|we|you|it)\b", who):
        return False
    counted = canonical(who)
    return bool(_PRONOUN.fullmatch(counted) or _NAMED.fullmatch(written) or members(counted))


def comes(text: str, end: int) -> bool:
    """Whether the words from `end` on say that as many as the number before them come: "only [five] can make it".

    Args:
        text: the whole message.
        end: where the number ends, 0..len(text).
    """
    return _NUMBER_COMES.match(folded(text), end) is not None


def people_ahead(text: str, start: int) -> int:
    """How many come or stay away by the words before a number that comes of it, 0 for nobody: "mia isnt coming so 6".

    Args:
        text: the whole message.
        start: where the number behind them begins, 0..len(text).
    """
    plain = folded(text)
    lead = _BEFORE.match(plain)
    begin = lead.end() if lead else 0
    found = _WITHOUT.match(plain, begin) or _MOVES.match(plain, begin)
    if found is None or found.end() > start or not _SO.fullmatch(plain, found.end(), start):
        return 0
    who = found["who"].strip(" ,")
    counted = members(canonical(who))
    if who in _NOBODY or (_NO_NAME.match(who) and not counted):
        return 0
    if counted:
        return sum(one.number for one in counted)
    return len(_AND.split(who)) if _NAMES.fullmatch(who) or _PRONOUN.fullmatch(who) else 0


def speaks_of_clock(text: str) -> bool:
    """Whether a message speaks of being early or late, of trains or of the end of work."""
    return bool(_CLOCK.search(folded(text)))
