"""When a guest will know or say more, which is no wish for the booking: "I'll let you know tonight", "we'll find out on Friday".

Knows English verbs of telling and finding out, and what may stand between them and a day or an hour. Does not know slots.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_WHO: Final = r"(?:i|we|he|she|they|(?:my|our) \w+)"
_WILL: Final = (
    r"(?:'ll|'d| will| would| can| could| should| might| may| must| hope to| have to| need to| want to|'m going to|'re going to"
    r"| am going to| are going to|'ve got to)"
)
_ADVERB: Final = (
    r"(?: (?:only|just|probably|hopefully|also|then|first|definitely|maybe|surely|not|have to|need to|be able to))*"
)
_TELLS: Final = (
    r"(?:(?:get|come) back to|let (?:you|him|her|them|everyone|everybody) know|(?:find|figure) (?:it )?out|know|hear(?: back)?"
    r"|tell|text|message|ring|email|write to|decide|check(?: with)?|ask|talk to|speak (?:to|with)|discuss"
    r"|call(?= (?:you|him|her|them|back)\b)|give (?:you|him|her|them)(?= (?:the|a|an|my|our)\b))"
)
_NO_WISH: Final = (
    r"(?!(?:want\w*|need\w*|would|is|are|was|be|it's|that's|come|comes|coming|book|booking|make|take|works?|prefers?|likes?|say|says|if|whether|in"
    r"|suits?|for(?! (?:sure|certain))|\w+'(?:s|re|d|ll)|table|please)\b)"
)
_TOLD: Final = re.compile(
    rf"(?:^|[.!?,;:…–—-]\s*|\b(?:and|but|so|because|since|ok|okay|well|sorry|then|maybe|hopefully)\s)"
    rf"(?:{_WHO}{_WILL}|let me){_ADVERB} {_TELLS}\b(?: {_NO_WISH}[\w'/-]+){{0,8}}? *$"
)
"""Who will tell or know, up to the words in question, and nothing that wishes for them."""
_CONFIRMS: Final = re.compile(r"\b(?:i|we)(?:'ll| will)(?: \w+)? confirm(?: (?:it|that|this|the \w+(?: \w+)?))? *$")
_BY_THEN: Final = re.compile(r"(?:by |later )?(?:tonight|tomorrow|later|this evening|by \w+)")
"""Who "will confirm tomorrow" says when; who "will confirm Friday" may mean the day of the booking."""
_REST: Final = re.compile(
    r"(?: (?:at the latest|for sure|for certain|or so|then|probably|maybe|if that's (?:ok|okay|fine)"
    r"|morning|afternoon|evening|(?:when|once|after|before|as soon as|because) [^.!?,;]*))*\s*(?=[.!?,;…]|$|\b(?:and|but|so)\b)"
)
"""What may stand behind them in the clause."""
_KOREAN_TOLD: Final = re.compile(
    r"(?:\s?(?:저녁|아침|밤|오전|오후))?(?:에나|에야|이나\s?돼야|쯤에나|까지는)\s?(?:돼야\s?)?(?:알|정해|결정)"
)
"""The same in Korean, behind the day: `인원은 [내일] 저녁에나 알 것 같아요`."""
_LATER: Final = re.compile(
    r"\b(?:tonight|tomorrow|today|later|soon|this (?:morning|afternoon|evening|week)|next week"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)


def told_later(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) only say when the guest will know or tell more.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    if _KOREAN_TOLD.match(text, end):
        return True
    confirms = _CONFIRMS.search(plain[:start]) and _BY_THEN.match(plain, start)
    return bool((confirms or _TOLD.search(plain[:start])) and _REST.match(plain, end))


def only_told_later(text: str) -> bool:
    """Whether a whole message says nothing but when the guest will know or tell more, on a day or at a part of one."""
    plain = folded(text).strip()
    found = _LATER.search(plain)
    return (
        found is not None
        and told_later(plain, found.start(), found.end())
        and not re.search(r"[a-z]", _REST.sub("", plain[found.end() :], count=1))
    )
