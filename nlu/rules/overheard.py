"""Words that were for somebody else in the room: "take that off! sorry, I was talking to my son", `아들한테 한 말이에요`.

Knows how people say so; does not know what the words before it would have done.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from nlu.folded import folded
from nlu.types import Tagging

_FOR_OTHERS: Final = re.compile(
    r"\b(?:sorry|oops|whoops|pardon|excuse me)\b[^.?!]{0,12}"
    r"\b(?:(?:that|this|it) was(?: meant| said)?|(?:i was )?(?:talking|speaking|shouting|yelling))"
    r" (?:to|for|at|with) (?:my|the|our|a) \w+"
    r"|\b(?:wasn'?t|not) (?:talking|speaking|shouting|meant) (?:to|for|at) you\b"
    r"|(?:한테|에게|보고|더러)\s?(?:한|하는|했던|하던)\s?(?:말|얘기|소리|거)"
    r"(?:이에요|예요|에요|이었|였|입니다|이었습니다|임|야|이야)[가-힣]*"
)


def without_overheard(tagging: Tagging, text: str) -> Tagging:
    """The tagging without what a message says to somebody else; of acts it cannot be told to whom they were said.

    Args:
        tagging: acts and spans of the text.
        text: a whole message.
    """
    last = max((found.end() for found in _FOR_OTHERS.finditer(folded(text))), default=None)
    if last is None:
        return tagging
    kept = tuple(span for span in tagging.spans if span.start >= last)
    return replace(tagging, acts={} if kept else {"chitchat": 1.0}, spans=kept)
