"""Whether a Korean guest comes alone (`혼밥요`), and whether people of the party stay away (`두 분이 불참하시게 되었습니다`).

Knows words of such messages; does not count, and does not know who is expected.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.values.korean_numerals import NATIVE

_ALONE: Final = re.compile(
    r"(?:(?:네|예|아|그냥|걍|오늘|오늘은|이번엔|저|전|저는)[\s,]+)*(?:혼밥|혼술|혼자)(?:을|서)?\s?(?:예요|이?에요|이?요|입니다|임|(?:하|먹으)(?:러|려고)[가-힣\s]{0,6}"
    r"|(?:할|먹을)(?:게|께|거예)요?|합니다|해요|먹어요)?[\s.!~ㅎㅋ^]*"
)
"""Nothing but that the guest eats or comes alone."""
_AWAY: Final = re.compile(
    rf"(?<![이가]\s)(?<![가-힣\d])(?:(?:\d{{1,2}}|{NATIVE})\s?(?:명|분|사람|놈|녀석)|하나|둘|셋|넷)(?:이서|이|은|는|가|께서)?\s"
    r"(?:갑자기\s|아무래도\s|결국\s)?(?:불참(?!\s?(?:시|하시?면))|참석(?:이|을|은)?\s?(?:어려|어렵|힘들|하지\s?못|못)"
    r"|[못안]\s?(?:온|오신|오시게|옵|간|가신|가시게|갑)(?!다면)|빠진[다대답])"
)
"""People who are counted, and that they do not come; who is only in doubt is left out."""


def dines_alone(text: str) -> bool:
    """Whether a whole message says nothing but that the guest comes alone."""
    return _ALONE.fullmatch(text.strip()) is not None


def stays_away(text: str) -> bool:
    """Whether the message tells that people who are counted do not come; a question tells nothing."""
    return "?" not in text and _AWAY.search(text) is not None
