"""What somebody else would have, and the guest will not: "my brother says 8. I don't", `언니는 8시래요. 전 안 들을래요`.

Knows verbs of saying and wanting, and words that dismiss them, in both languages. Does not know slots or what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_WHO: Final = (
    r"(?:(?:my|our|his|her|the|a|some) (?!table|booking|reservation)(?:[a-z'-]+ ){1,3}"
    r"|(?:somebody|someone|people|a guy|one)"
    r" (?:in|from|at|on) (?:our|my|the) (?:[a-z'-]+ ){1,3}|(?:he|she|they|everyone|everybody|somebody|someone|people)"
    r" |(?!i |we |it |you |that |this |let )[a-z]{3,} )"
)
_SAYS: Final = re.compile(
    rf"(?:^|[.!?;,] |\b(?:and|but|though|although|while) ){_WHO}(?:always |keeps? |really |even |just )*"
    r"(?:says?|said|saying|thinks?|thought|reckons?|wants?|wanted|suggests?|suggested|prefers?|insists?(?: on)?"
    r"|swears? by|vot(?:e|es|ed) for|claims?|wishes"
    r"|would (?:like|prefer|love|have|go for)|told (?:me|us)(?: to (?:say|book|take|put|make it))?"
    r"|asked (?:me |us )?(?:for|to)|(?:(?:is|are) )?(?:asking|begging|pushing|pleading) for|begs for|hopes? for|wrote|writes"
    r"|posted|texted)"
    r"(?: ['\"“‘]?(?:remove|drop|cancel|delete|skip|move|change|make it)(?: the)?)?"
    r"(?: (?:that|we|it|it's|should|be|should be|to|do|have|at|on|for|the|a|say|make))* $"
)
"""Right in front of what somebody else would have."""
_DISMISSED: Final = re.compile(
    r"\b(?:i|we)(?:'m| am|'re| are)? (?:not|never) (?:(?:really|even|gonna|going to) )*(?:listen\w*|mov\w*|chang\w*|do\w*|hav\w*"
    r"|tak\w*|book\w*|switch\w*|budg\w*|convinced|so sure|buying)"
    r"|\b(?:i|we) (?:don'?t|didn'?t|won'?t|disagree\w*|refuse\w*|ignore\w*|beg to differ|said no|told (?:him|her|them) no)\b"
    r"(?! (?:mind|want to miss))|\bwho cares\b|\b(?:not|isn'?t) (?:happening|going to happen|on)\b"
    r"|\b(?:ignore|never mind|forget) (?:him|her|them)\b|\b(?:he|she|they)(?:'s| is|'re| are) (?:wrong|not coming|not invited)\b"
    r"|\bi'm leaving it\b|\bnobody (?:listens|asked)\b|\bstays? (?:as|put|where)\b|\bstays[\s.!]*$|\bbut (?:no|nope|nah)\b"
)
"""Words that dismiss it, in the same sentence or the next."""
_KOREAN_SAYS: Final = re.compile(
    r"(?:이|가|은|는|로|으로|도|쯤|정도)?\s?(?:더\s)?(?:낫|좋|괜찮|편하|맞|하)?[가-힣]{0,2}"
    r"(?:다는데|다던데|다고\s?하|다고들?|래요?|라는데|라던데|라고\s?(?:했|하|우기)|대요?|자는데|자고\s?하|자던데|라지만"
    r"|[가-힣\s]{0,14}자['\"’”]?고\s?(?:썼|했|하|그러|말|올렸))"
)
_KOREAN_WHO: Final = re.compile(r"(?:[가-힣](?:은|는|이|가|께서|들은|들이)|누가|누군가|다들)\s[^.!?]{0,12}$")
_KOREAN_DISMISSED: Final = re.compile(
    r"안\s?(?:들을|들어|듣|할래|할\s?거|바꿀|바꿔|옮길|옮겨|따를|그럴|가려)|못\s?들은|무시|상관\s?(?:없|안)|신경\s?(?:안|쓰지)"
    r"|틀린\s?(?:거|것|건)|동의\s?(?:안|못)|싫다고\s?했|거절했|아니라고\s?했|제\s?맘|제\s?마음|(?:그대로|그냥)\s?(?:갈|둘|할)"
    r"|(?:전|저는|난|나는|우린|저흰|저희는)\s?(?:아니|안|싫)"
)


def dismissed(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) are what somebody else would have, and the guest will not.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    if _SAYS.search(plain[:start]) and _DISMISSED.search(plain, end):
        return True
    said = _KOREAN_WHO.search(plain[:start]) and _KOREAN_SAYS.match(plain, end)
    return bool(said) and _KOREAN_DISMISSED.search(plain, end) is not None
