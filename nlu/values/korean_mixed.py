"""English words for days among Korean ones: `이번 주 Sunday`, `next week 금요일`, `Dec 5일`, put into Korean.

Knows weekdays, months and the words that count weeks; does not know dates.
"""

from __future__ import annotations

import re
from typing import Final

_WEEKDAYS: Final = {
    "mon": "월", "tue": "화", "wed": "수", "thu": "목", "fri": "금", "sat": "토", "sun": "일",
}  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS: Final = {
    "next week": "다음 주", "this week": "이번 주", "this weekend": "이번 주말", "next weekend": "다음 주말", "next": "다음",
    "this": "이번", "coming": "오는", "tomorrow": "내일", "today": "오늘", "tonight": "오늘 저녁", "weekend": "주말",
}  # fmt: skip
_WORD: Final = re.compile(
    rf"(?<![A-Za-z])(?:(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    r"|(?P<day>mon|tues?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day(?![A-Za-z])|(?!\s[A-Za-z])(?![A-Za-z]))\.?"
    r"|(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?(?=\s?\d{1,2}\s?일))(?![A-Za-z])",
    re.IGNORECASE,
)


def in_korean(text: str) -> str:
    """The text with its English words for days in Korean; a month only where a Korean day follows it.

    Args:
        text: cleaned words that hold Hangul.
    """
    return _WORD.sub(_korean, text)


def _korean(match: re.Match[str]) -> str:
    if match["word"]:
        return _WORDS[match["word"].lower()]
    if match["day"]:
        return f"{_WEEKDAYS[match['day'].lower()[:3]]}요일"
    return f"{_MONTHS.index(match['month'].lower()[:3]) + 1}월"
