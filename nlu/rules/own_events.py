"""What does not take place, and takes nothing away: "my 8 pm class got cancelled", `화요일 당직 아니에요`.

Looks at the words around a day or an hour. Does not know slots or what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded
from nlu.rules.told_aside import EVENT

_KOREAN_EVENT: Final = (
    r"(?:근무|당직|회의|미팅|수업|교육|훈련|연습|경기|시합|시험|면접|공연|촬영|리허설|알바|출근|야근|특근|회식|약속|일정|스케줄|강의|세미나|진료|온콜|비행|비행기"
    r"|기차|출장|행사|예배|미사|모임|레슨|과외|학원|학교|발표|오프|휴무|비번|교대|투어|숙직|순찰|배달|마감|콜|런|러닝|산행|등산|동창회|결혼식|돌잔치|제사)"
)
_KOREAN_GONE: Final = re.compile(
    rf"(?:\s?시(?:\s?반)?)?(?:에|은|는|의)?\s?(?:(?:있던|하던|잡혀\s?있던|잡힌|원래|제|우리|저희|아침|오전|오후|저녁|밤|야간|주간|새벽)\s){{0,2}}{_KOREAN_EVENT}(?:이|가|은|는|도)?\s?"
    r"(?:(?:다|아예|갑자기|또|결국|이제|전부)\s)?(?:취소\s?(?:됐|되었|되|돼|당했)|없어[졌지]|미뤄[졌지]|연기\s?(?:됐|되|돼)|빠졌|빠지게|바뀌었|바꼈|바뀌|옮겨[졌지]|아니|아님"
    r"|안\s?(?:해|하|합|나가|가)|쉬|없)"
    r"|(?:에|은|는|에는|엔)?\s?(?:일|출근|근무|알바)(?:을|를|은)?\s?(?:안|못)\s?(?:해|하|한|나가|가)"
)
"""Behind a day or an hour: what was on it is off."""
_GONE: Final = (
    r"(?:(?:'s| is| was| are| were| has| have| had| got| gets| just| now| been| being| finally| actually| suddenly| also)+)"
    r" (?:cancell?ed|called off|moved|postponed|pushed back|gone|off|rescheduled|scrapped|dropped|over|swapped|not happening)\b"
)
_EVENT_GONE: Final = re.compile(
    rf"(?: ?[ap]m)?(?:'s)?(?: [\w-]+)? (?:{EVENT}|gig|exam|test|interview|delivery|round|tour|party|wedding){_GONE}"
)
"""The same in English, behind "my 8 pm"."""
_GOING_ON: Final = (
    r"(?:on call|on duty|on shift|on nights|working|at work|rostered|scheduled|in the office|teaching|in class|busy"
    r"|travelling|away)"
)
_NOT_ON: Final = re.compile(
    rf"\b(?:i|we|he|she|they|im|(?:my|our) \w+)(?:'m|'re|'s| am| are| is| was| were)?(?: (?:actually|definitely|really|now))*"
    rf" ?(?:not|n't|no longer|never)(?: (?:even|actually|really|now))* {_GOING_ON}(?: (?:on|this|that|the|at|until|till))* $"
)
"""In front of a day on which somebody does not work."""


def own_event_gone(text: str, start: int, end: int) -> bool:
    """Whether the day or the hour at `start` to `end` (half open) is told for what does not take place then.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    return bool(_KOREAN_GONE.match(plain, end) or _EVENT_GONE.match(plain, end) or _NOT_ON.search(plain[:start]))
