"""Whether words that name something are spared: "don't remove the time", `시간은 지우지 마세요`.

Taking a value away by mistake costs a user more than a question, so what a model calls removed is looked at once more.
Knows the two languages' words for removing and how they are negated; does not know slots or models.
"""

from __future__ import annotations

import re
from typing import Final

_NEAR: Final = 40
"""Characters on either side that are looked at; a clause is rarely longer."""
_CLAUSE_ENDS: Final = re.compile(r"[,.!?;\n]|\b(?:but|and then|instead|only)\b")
_SPARED_BEFORE: Final = re.compile(
    r"\b(?:don'?t|do not|didn'?t|did not|never|not|won'?t|no need to|without)(?: (?:you|want|wanna|mean|to|going|ever|be|"
    r"actually|really|please|just|even|dare)){0,4} "
    r"(?:remov|clear|delet|drop|eras|los|forget|cancel|touch|wip|scrap|scratch|chang|tak(?:e|ing) (?:out|off|away))"
)
"""A negated verb of removal, in front of what it would remove."""
_SPARED_BEHIND: Final = re.compile(
    r"(?:지우|빼|없애|비우|날리|버리|건드리|바꾸|(?:삭제|취소|제거|변경)하|잊|잃)지\s?(?:는\s?|도\s?|좀\s?)*(?:마|말|않(?!으면)|못)"
)
"""A negated verb of removal, behind what it would remove."""


def spared(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) of the text are expressly not to be removed.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    before = _CLAUSE_ENDS.split(text[max(0, start - _NEAR) : start].casefold())[-1]
    behind = _CLAUSE_ENDS.split(text[end : end + _NEAR])[0]
    return bool(_SPARED_BEFORE.search(before) or _SPARED_BEHIND.search(behind))
