"""Words by which nothing more changes: "no other changes", "keep the rest", or the change itself ends.

Knows how one says that all the rest stays and that a change or a wish is given up; does not know what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_LEAD: Final = (
    r"(?:\W|\b(?:no+|nah|nope|naw|ok|okay|actually|hm+|um+|oh|ah|well|right|so|and|just|please|thanks|thank you|cheers"
    r"|mate|dear|sorry|wait|(?:no|not a) (?:dramas?|worr(?:y|ies)|problems?|need|thanks|thank you)|all good|that's all"
    r"|that is all|that's it|let's|i think|i guess|we'll|i'll|we can|you can|can you|could you)\b)*"
)
_TAIL: Final = (
    r"(?:\W|\b(?:please|thanks|thank you|cheers|mate|dear|then|though|for now|at all|from (?:me|us|my side|our side)"
    r"|on my end|really|needed|required|necessary|as far as i can see|after all|i think|now)\b)*"
)
_REST: Final = (
    r"(?:(?:all )?the (?:rest|others?|other (?:details|things|stuff))(?: of it)?|(?:everything|all|anything) else)"
)
_SAME: Final = (
    r"(?: (?:exactly |just )?(?:as|like|how|the way) (?:it|they|things|that)(?:'s| is| are| was| were)|(?: exactly)? the same"
    r"| unchanged| alone| as is| like that| untouched)"
)
_CHANGES: Final = r"(?:changes?|amendments?|corrections?|edits?|alterations?|modifications?|adjustments?|tweaks?)"
_TO_CHANGE: Final = (
    r"(?:chang(?:e|ing)|be changed|fix(?:ing)?|amend(?:ing)?|alter(?:ing)?|correct(?:ing)?|edit(?:ing)?|adjust(?:ing)?)"
)
_NOTHING_MORE: Final = re.compile(
    rf"{_LEAD}(?:(?:keep|leave|hold) {_REST}{_SAME}?"
    rf"|{_REST} (?:can |should |may |must |will )?(?:stays?|remains?|is|are|be|keeps?)(?: (?:fine|good|ok|okay|right|correct"
    rf"|perfect|put|great))?{_SAME}?"
    rf"|(?:(?:i have|we have|i've got|we've got|there are|there's) )?(?:no|not any|without)"
    rf" (?:other|more|further|additional) {_CHANGES}"
    rf"|nothing (?:else|more|further)(?: that)? (?:to|needs?(?: to)?|has to) {_TO_CHANGE}"
    rf"|(?:that's|that is|that was|it's|this is) (?:the only|my only|our only|all the) {_CHANGES}"
    rf"|(?:don'?t|do not|no need to|needn'?t) (?:change|touch|alter|amend) (?:anything (?:else|more|further)|{_REST}))"
    rf"{_TAIL}"
)
_END: Final = (
    r"(?:drop|scrap|forget(?: about)?|ditch|skip|bin|lose|cancel|undo|scratch|never ?mind|nvm|discard|abandon|revert|remove"
    r"|nix|kill|withdraw|take back|throw out|disregard|ignore|strike|leave out|don'?t (?:make|do|apply)|not (?:make|do)"
    r"|do not (?:make|do|apply))"
)
_IT: Final = r"(?:it|that|this|the booking|my booking|our booking|the reservation|anything|things|everything)"
_STAYS: Final = (
    r"(?:(?:(?:don'?t|do not|let's not|no need to|needn'?t|better not|i'd rather not|rather not|we won'?t|i won'?t|not) "
    rf"(?:change|move|touch|alter|modify|switch)|leave) {_IT}{_SAME}?|keep {_IT}{_SAME})"
)
_CHANGE_ENDS: Final = re.compile(
    rf"{_LEAD}(?:{_END} (?:that|the|this|my|our|those|these|all the)(?: (?:new|whole))? {_CHANGES}|{_STAYS}){_TAIL}"
    rf"(?:and )?(?:(?:leave|keep) (?:it|the booking|everything|things){_SAME}?)?{_TAIL}"
)


_WISH: Final = (
    r"(?:that|this|it|what i(?:'ve| have| had)?(?: just)? (?:said|asked|wrote|typed|requested)(?: for)?"
    r"|(?:my|the|that)(?: (?:last|latest|previous|whole))? (?:message|request|question|thing|wish))"
)
_NEVER_MIND: Final = re.compile(
    rf"\b(?:(?:disregard|ignore|forget|scratch|pay no (?:attention|heed|mind) to|take no notice of)(?: about)? {_WISH}"
    r"|never ?mind|nvm|(?:isn'?t|is not|not|no longer) (?:needed|necessary)(?: (?:any ?more|after all))?"
    r"|there(?:'s| is)(?: really)? no need|(?:don'?t|do not) (?:bother|trouble yourself))\b"
    r"|\b(?:don'?t|do not|no need to) worry about (?:it|that|this)\b"
    r"|\b(?:scrap|drop|forget|ditch|lose|skip) (?:that|the|this) (?:idea|thought|plan|suggestion)\b"
    r"|신경\s?(?:쓰지|안\s?쓰)|(?:못|안)\s?들은\s?[걸것거]|없었?던\s?(?:걸|것|거|일|말)"
    r"|(?<![이가])(?<![이가] )됐(?:어요|습니다|네요)|관두|(?:그럼|그냥)\s?말지"
)


_WILL_DO: Final = re.compile(
    r"\b(?:fine|ok|okay|good|works?|possible|suits?|do|all right|alright) (?:after all|as it is|as is)\b"
    r"|\bafter all\b|\b(?:keep|stick (?:with|to)|stay with|leave it (?:at|on))\b"
    r"|그대로|괜찮(?:대|다네|다고|다니|아졌|아요|습니다)|된(?:대|다네|다고)|(?:그냥|원래)[가-힣\s]{0,6}(?:둘|둬|두|갈|할|하)"
)


def will_do(text: str) -> bool:
    """Whether a message says that what is held stays or will do: "Saturday is fine after all", `토요일 그대로 괜찮대요`."""
    return "?" not in text and _WILL_DO.search(folded(text)) is not None


def never_minded(text: str) -> bool:
    """Whether a message gives up what was wished for last, and names nothing: "please pay no attention to what I just asked"."""
    return _NEVER_MIND.search(folded(text)) is not None


def nothing_more(text: str) -> bool:
    """Whether a whole message says that nothing more is to change, or that all the rest stays."""
    return _NOTHING_MORE.fullmatch(folded(text)) is not None


def change_ends(text: str) -> bool:
    """Whether a whole message gives up the change that is spoken of, and not the booking."""
    return _CHANGE_ENDS.fullmatch(folded(text)) is not None
