"""A value that only says why another one is wanted: "5:30, our show's at 8", `9시로 해 주세요, 8시엔 길이 얼어 있을 것 같아요`.

Looks at the clause of the later of two values. Does not know slots or what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_CLAUSE: Final = re.compile(r"[,;.!?\n:()–—-]\s|\n|\b(?=(?:because|since|cos|cuz|as)\b)")
_WISHES: Final = re.compile(
    r"\b(?:make|want|wanna|like to|prefer|let's|please|pls|change|book|should|how about|what about|move|put|sorry|no|nope|wait"
    r"|actually|rather|mean|meant|instead|oops|scratch|correction|or|for|we're"
    r"|we are|we'll be|there'll be|there are|there's|us|time|date|day|name|number|phone|party|guests|seating)\b"
)
"""Words of a wish, or of one that is put right: what has them says more than why."""
_TELLS: Final = re.compile(
    r"^\s*(?:(?:because|since|cos|cuz|as) .*"
    r"|(?:the|my|our|his|her|their|your|a|an|\w+'s|last|this|that|everyone|everybody|they|he|she|it|its|payday|school|work|church"
    r"|traffic|sunset|sunrise|kids|\w+)(?: [\w'-]+){0,5}?"
    r"(?:'s|'ll| is| are| was| were| will| starts?| ends?| begins?| opens?| closes?| finish(?:es)?| leaves?| arrives?| lands?"
    r"| gets? (?:off|in|out|back)| has| have| had| works?| goes| comes| falls| isn'?t| aren'?t| won'?t| doesn'?t)"
    r"(?: [\w'-]+){0,5}?)(?: (?:at|on|from|until|till|by|around|about|in|before|after|the|only|just))* ?$"
)
"""A clause of its own, up to the value: somebody or something, and a verb."""
_JUST_IT: Final = re.compile(r"^\s*(?:it|its|it's|that|that's|this)(?:'s|'ll be| is| will be)?(?: \w+)? ?$")
"""`it's 8` puts a value right, it does not explain."""
_PRAISED: Final = re.compile(
    r"(?: (?:is|'s|works|would be|sounds|suits|fits)){1,2} (?:\w+ )?(?:better|best|fine|good|great|perfect|nicer|easier"
    r"|ok|okay)\b"
)
_KOREAN_WHY: Final = re.compile(
    r"(?!으?로\s?(?:해|하|바|부탁|변|예약|주|요|갈|잡|옮|미|당|$))(?!이?요[\s.!~]*$)"
    r"[^.!?\n,]{0,28}?(?:[어아해여]서요?|라서요?|거든요?|니까요?|때문(?:이에요|에요|에|이라)|대요|래요|다네요|라네요|(?:것|거)\s?같(?:아요|아서요?|네요)"
    r"|데요|잖아요?|더라고요|(?:을|를|했을|할|일)\s?(?:거|걸|것)(?:예요|에요|요|입니다)|겠지만)[\s.!~ㅋㅎㅠ^]*(?:$|[.!?\n,])"
)
"""From the end of a value on: the clause ends as reasons and reports do."""
_KOREAN_SUBJECT: Final = re.compile(r"[가-힣](?:이|가|은|는|엔|에는|라면)\s")
_KOREAN_AGAIN: Final = re.compile(r"아니|말고|잠깐|대신|(?:^|[\s.,!])(?:아|앗|어|참|아참|아차)[\s,.!]")
"""Words of somebody who puts right what was said."""
_KOREAN_CLAUSE: Final = re.compile(r"[,.!?\n]|(?<=[요줘게])\s")


def tells_why(text: str, wish_end: int, start: int, end: int) -> bool:
    """Whether the value at `start` to `end` (half open) stands in a later clause that says why the one in front of it is wanted.

    Args:
        text: the whole message.
        wish_end: where the value in front of it ends, 0..start.
        start: where the later value begins.
        end: where it ends.
    """
    plain = folded(text)
    between = plain[wish_end:start]
    if _KOREAN_WHY.match(plain, end):
        begins = [one.end() for one in _KOREAN_CLAUSE.finditer(between)]
        clause = plain[wish_end + begins[-1] :] if begins else ""
        return bool(_KOREAN_SUBJECT.search(clause)) and not _KOREAN_AGAIN.search(between)
    boundary = list(_CLAUSE.finditer(between))
    clause = between[boundary[-1].end() :] if boundary else ""
    if not boundary or _WISHES.search(clause) or _JUST_IT.match(clause) or _PRAISED.match(plain, end):
        return False
    return _TELLS.match(clause) is not None
