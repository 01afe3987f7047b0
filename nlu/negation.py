"""Whether words that name something are spared: "don't remove the time", "keep Friday", `시간은 지우지 마세요`.

Taking a value away by mistake costs a user more than a question, so what a model calls removed is looked at once more.
Knows the two languages' words for removing and keeping and how they are negated; does not know slots or models.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.korean_keeping import kept_behind
from nlu.korean_removal import spared_behind

_NEAR: Final = 40
"""Characters on either side that are looked at; a clause is rarely longer."""
_CLAUSE_ENDS: Final = re.compile(r"[,.!?;\n]|\b(?:but|and then|instead|only)\b")
_BEHIND_ENDS: Final = re.compile(r"[,.!;\n]|(?<=\?)|\b(?:but|and then|instead|only)\b")
"""The same behind what is named; a question mark stays, for it tells a request from a ban."""
_SPARED_BEFORE: Final = re.compile(
    r"\b(?:don'?t|do not|didn'?t|did not|never|not|won'?t|no need to|without)(?: (?:you|want|wanna|mean|to|going|ever|be|"
    r"actually|really|please|just|even|dare)){0,4} "
    r"(?:remov|clear|delet|drop|eras|los|forget|cancel|touch|wip|scrap|scratch|chang|tak(?:e|ing) (?:out|off|away))"
)
"""A negated verb of removal, in front of what it would remove."""
_KEPT_BEFORE: Final = re.compile(
    r"(?<!don't )(?<!dont )(?<!not )(?<!can't )"
    r"\b(?:keep|keeping|leave|retain|hold on to|(?:stick|sticking|stay|staying) (?:with|to|on|at))"
    r"(?: (?:the|my|our|it|that|this|on|at|to|as|with|for))*\s*$"
)
"""A verb of keeping right in front of what is kept."""
_LEFT_OUT: Final = re.compile(
    r"^\s*(?:out|off|blank|open|empty|behind|aside|unset|undecided|free|away|till|until|up"
    r"|to (?:me|us|you)|for (?:now|later|me|us|you))\b"
)
"""Behind what one "leaves" or "keeps": then it goes after all."""
_APPROVED_BEHIND: Final = re.compile(
    r"^(?:'s|\s+(?:is|are|was|were))\s+(?:still |all |just |perfectly |absolutely |quite )*"
    r"(?:right|fine|ok|okay|correct|good|great|perfect|alright)\b|^\s+(?:still )?(?:works|suits|stays|can stay|fits)\b"
    r"|^\s*[:=–-]\s*(?:keep|stays?|leave|as (?:it )?is|unchanged|same)\b"
)
"""Praise behind what is named, or that it stays: "4 is right", "Friday still works", "time: keep"."""
_THE: Final = r"(?: (?:the|my|our|that|this|for))*\s*$"
_REMOVED_BEFORE: Final = re.compile(
    r"\b(?:remov(?:e|ing)|delet(?:e|ing)|clear|drop|erase|scrap|ditch|lose|forget(?: about)?|strike|no to|nix|get rid of|"
    r"tak(?:e|ing) (?:off|out|away))" + _THE
)
"""A verb of removal right in front of what it removes."""
_PULLED_BEFORE: Final = re.compile(r"\b(?:take|pull|strike|cross|leave|wipe|knock|get|rub|rule)" + _THE)
_PULLED_BEHIND: Final = re.compile(r"^\s*(?:off|out|away)\b")
"""The two halves of a verb of removal, around what it removes: "take Friday off"."""
_LEFT_OUT_BEFORE: Final = re.compile(
    r"\b(?:except|apart from|other than|aside from|besides|(?:all|everything|anything) but|bar|save)" + _THE
)
"""Words right in front of what is left out of what is said of all."""
_ALL_GOES: Final = re.compile(
    r"\b(?:remov|clear|delet|drop|eras|forget|wip|scrap|scratch|reset|los)\w*(?: out| away| off| about| me)? "
    r"(?:everything|all|the (?:rest|lot|others?)|what(?:ever)?|anything|each)\b"
)
"""Words that take all of it away."""
_DENIED: Final = re.compile(r"\b(?:neither|nor|none of|no longer|hardly|doubt|not)\b|n'?t\b")
"""Words in front that deny such praise: "I don't think the time is right", "neither the day nor the time is"."""
_LEAVES_OUT: Final = re.compile(
    r"\b(?:except\w*|but|apart|other than|aside|besides|save|bar|keep\w*|leav\w*|stay\w*|only|just|remain\w*|rest|others?|else)\b"
    r"|빼고|말고|제외|외에|남기|남겨|두고|둬|놔|냅|그대로|유지|나머지|[가-힣]만(?![가-힣])"
)
"""Words that leave something out of what is said of all, or keep it."""
_ALL_KEPT: Final = re.compile(
    r"\b(?:keep|leave|hold on to|save|retain) (?:everything|it all|all|the (?:rest|lot|others?)|what (?:you|we) have)\b"
    r"(?!(?: of (?:it|that))? (?:out|off|blank|empty|open|go)\b)"
    r"|\bnothing (?:needs?|has|have|is|was|should|to|must)\b.{0,20}(?:remov|clear|delet|eras|wip|drop|chang)"
    r"|\b(?:don'?t|do not|never|no need to|not|without)(?: \w+){0,3} (?:remov|clear|delet|drop|eras|los|forget|wip|scrap)\w*"
    r"(?: \w+){0,2} (?:everything|anything|all)\b"
    r"|(?:다|전부|모두|아무것도)\s?(?:지우|빼|삭제하|없애|비우)지\s?(?:는\s?|도\s?|좀\s?)*(?:마|말|않(?!으면)|못)"
)
"""Words that everything stays as it is, whatever else the message takes out."""
_TURNED_DOWN: Final = re.compile(
    r"아니|아닌|아닙|아냐|아녜|아녀|아이[다고라]|말고|빼|뺄|뺐|지우|지워|지운|삭제|취소|없애|없던|틀[렸린려]|잘못|적\s?없|안\s?[했해갈가와올]|못\s?[가와올]"
    r"|싫|내려|무시|바꾸|바꿔|바뀌|바뀐|누구|ㄴㄴ|관두|제외|이래|이라뇨|라뇨"
    r"|\b(?:no|not|nope|never|wrong|incorrect|mistake\w*|misspel\w*|instead|rather|remov\w*|delet\w*|drop\w*|clear\w*|forget|scratch|take|took"
    r"|erase|cancel\w*|change\w*|isnt|who|out|off)\b|n't\b"
)
"""Words that turn something down, in either language; of a name that is not held they must be there."""


def all_spared(text: str) -> bool:
    """Whether the message says that nothing, or only what it names, is to be removed: "keep everything but drop the time"."""
    return bool(_ALL_KEPT.search(text.casefold().replace("’", "'")))


def kept(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) of the text are said to stay or to be right.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = text.casefold().replace("’", "'")
    before = _CLAUSE_ENDS.split(plain[max(0, start - _NEAR) : start])[-1]
    behind = plain[end : end + _NEAR]
    approved = _APPROVED_BEHIND.search(behind) and not _DENIED.search(before)
    english = (_KEPT_BEFORE.search(before) and not _LEFT_OUT.search(behind)) or approved
    return bool(english) or kept_behind(behind)


def leaves_out(text: str) -> bool:
    """Whether a message that takes everything away leaves something out: "all but the day", `시간만 빼고 다`."""
    return bool(_LEAVES_OUT.search(text.casefold()))


def spared(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) of the text are expressly not to be removed.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    before = _CLAUSE_ENDS.split(text[max(0, start - _NEAR) : start].casefold())[-1]
    behind = _BEHIND_ENDS.split(text[end : end + _NEAR])[0]
    return bool(_SPARED_BEFORE.search(before)) or spared_behind(behind)


def removed(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) of the text are the object of a verb that takes them out.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    before = text[max(0, start - _NEAR) : start].casefold()
    pulled = _PULLED_BEFORE.search(before) and _PULLED_BEHIND.search(text[end:].casefold())
    return bool(_REMOVED_BEFORE.search(before) or pulled) and not spared(text, start, end)


def left_out(text: str, start: int) -> bool:
    """Whether the words from `start` on are left out of what the message takes away: "apart from the day, delete it all"."""
    plain = text.casefold()
    return bool(_LEFT_OUT_BEFORE.search(plain[max(0, start - _NEAR) : start]) and _ALL_GOES.search(plain))


def turned_down(text: str) -> bool:
    """Whether any word of the message turns something down, calls it wrong or takes it out."""
    return bool(_TURNED_DOWN.search(text.casefold().replace("’", "'")))
