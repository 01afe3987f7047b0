"""Korean stories of another day: `지난 일요일엔 딴 데서 한 시간 줄섰어요`.

Knows the words for days that are over and verbs of what happened. Does not know slots or what is held.
"""

from __future__ import annotations

import re
from typing import Final

_STORY: Final = re.compile(
    r"(?<![가-힣])(?:어제|그제|그저께|엊그제|며칠\s?전|작년|재작년|저번|지난\s?(?:번|달|해|주말?|겨울|여름|봄|가을|[월화수목금토일]요일))"
    r"(?:에|엔|에는|은|는)?\s[^.!?\n]{2,50}?[가-힣](?<=[았었였했갔왔됐섰났렸졌겼셨쳤봤샀])"
    r"(?:어요|습니다|는데요?|고요|더라고요|네요|지요|죠|거든요?|다가|어|음)(?![가-힣])"
)
_PRAISED: Final = re.compile(r"(?:좋은|즐거운|행복한|멋진|맛있는|최고의|훌륭한|완벽한|따뜻한|근사한|뜻깊은)\s$")
_WAS: Final = re.compile(r"(?:이었|였)(?:어요|습니다|네요|죠|지요|거든요?|는데요?|어)")
"""Around a part of the day that was a good one: `참 좋은 [저녁]이었어요`."""
_OF_THE_BOOKING: Final = re.compile(
    r"예약|말씀|말했|얘기했|이야기했|주문|적었|적어|남겼|잡았|정했|바꿨|바꾸|변경|취소|다고|라고(?!\s?하셨)|잘못|틀[렸린리]|줄었|늘었|됐|생겼|대신"
)
"""What was done to the booking, or heard about it, on another day."""


def told_of_the_past(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) belong to what happened on a day that is over, and not to the booking.

    Args:
        text: the message.
        start: of the words.
        end: of the words.
    """
    if _PRAISED.search(text[:start]) and _WAS.match(text, end):
        return True
    return any(
        one.start() <= start and end <= one.end() and not _OF_THE_BOOKING.search(one[0])
        for one in _STORY.finditer(text)
    )
