"""Whether a guest has no preference where to sit: "we'll be happy wherever you put us", `어디에 앉든 괜찮아요`.

Knows how one says so in both languages; does not know which seats there are.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_FINE: Final = (
    r"(?:fine|ok|okay|good|great|happy|content|glad|works?|suits?|will do|would do|does it|perfect|all right|alright)"
)
_ANYWHERE: Final = re.compile(
    rf"\b{_FINE}\b(?: with| to (?:be|sit))?(?: (?:being )?(?:put|seated|sitting))?"
    rf" (?:wherever|anywhere|(?:with )?any (?:seat|table|spot))\b"
    rf"|\b(?:wherever|anywhere|any (?:old )?(?:seat|table|spot)(?: at all)?)\b"
    rf"(?: (?:you|there|they|that) [^.!?,]{{1,24}}?)?(?: (?:is|are|will be|would be|'s))?"
    rf"(?: (?:absolutely|perfectly|just|all))* {_FINE}\b"
    r"|(?:어디(?:든지?|라도)|어디(?:에|서|든|든지)?\s?앉(?:든|아도|으나|히셔도|혀\s?주셔도)"
    r"|(?:아무|암|어느|어떤)\s?(?:데|곳|자리|좌석|테이블)(?:나|든지?|라도|로|에|도|이든|여도|를|가)?(?:\s?(?:주셔도|앉아도|줘도|배정하셔도))?)"
    r"\s?(?:다\s|저희는\s|저희\s|우리는\s|전\s|저는\s|그냥\s|저희야\s|모두\s)*(?:다\s?)?(?:괜[찮찬]|갠[찮찬]|괜춘|좋|상관|무관|됩니다|돼요|돼$|됨|만족|오케이|ㄱㅊ)"
)


def sits_anywhere(text: str) -> bool:
    """Whether a message says that any seat will do.

    Args:
        text: the whole message; a question says nothing.
    """
    return "?" not in text and _ANYWHERE.search(folded(text)) is not None
