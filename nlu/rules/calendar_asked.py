"""Whether a message only asks which day a weekday is: "wait, is Friday the 22nd or the 23rd?", `금요일이 22일인가요?`.

Knows words; does not know which days are held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded
from nlu.values.english_calendar import WEEKDAY

_LEAD: Final = r"\W*(?:(?:wait|hm+|sorry|oh|hang on|hold on|but|so|and|um+)[\s,.!]+)*"
_DAY: Final = r"(?:the )?\d{1,2}(?:st|nd|rd|th)?"
_ASKED: Final = re.compile(
    rf"{_LEAD}(?:is|was|isn'?t) (?:(?:that|this|next|the|it) )?(?:{WEEKDAY} )?{_DAY}"
    rf"(?:,? or (?:is it )?{_DAY}| an? {WEEKDAY})?(?: then| again)?\W*\?\W*"
    rf"|{_LEAD}(?:what|which) (?:date|day) (?:is|was) (?:(?:that|this|next) )?(?:{WEEKDAY})? ?(?:again|then)?\W*\?\W*"
    r"|(?:(?:잠깐만?요?|아|근데|음)[\s,.]+)*(?:[월화수목금토일]요일|그\s?날)(?:이|은)?\s?(?:\d{1,2}월\s?)?"
    r"\d{1,2}일(?:이|인가|이에|이던|인지|일까)[가-힣\s]*(?:\d{1,2}일[가-힣\s]*)?\?+\W*"
)


def asks_which_day(text: str) -> bool:
    """Whether the whole message asks which day a weekday is, or which weekday a day is, and wants nothing."""
    return _ASKED.fullmatch(folded(text)) is not None
