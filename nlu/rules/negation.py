"""Whether words that name something are spared: "don't remove the time", "keep Friday", `시간은 지우지 마세요`.

Taking a value away by mistake costs a user more than a question, so what a model calls removed is looked at once more.
Knows the two languages' words for removing and keeping and how they are negated; does not know slots or models.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded
from nlu.rules.all_but import NEAR, THE, excepted, left_out, rest_is_fine_but
from nlu.rules.korean_keeping import kept_behind
from nlu.rules.korean_removal import spared_behind
from nlu.rules.korean_reported import retold

_NEVER_SAID: Final = (
    r"['\"‘“]?\s?(?:이?라(?:고|구))?\s?(?:(?:말|얘기|말씀|이야기)\s?)?"
    r"(?:(?:한|드린|말한|얘기한|말씀드린)\s?(?:적|일)(?:이|은|도)?\s?(?:도\s?)?없|안\s?(?:했|그랬|말했)|(?:하지|말하지)\s?않았)"
)
_NOT_UNDER: Final = re.compile(
    r"\b(?:not|don'?t|do not|never|shouldn'?t|mustn'?t)(?: (?:be|book|put|have|want|go|it|that|this|please|listed|to))*"
    r" (?:under|in|with|use|using) (?:my|this|that|the same)(?: own)? name\b"
    r"|(?:제|내|그|이|본인)\s?(?:이름|명의)(?:으로는|으론|으로|은)\s?(?:말고|말아|(?:하|쓰|넣|올리|적|남기)지\s?(?:마|말|않)|안\s?(?:하|할|해|돼|되)|아니)"
)
"""Words that turn down the name of the booking without another one."""
_CLAUSE_ENDS: Final = re.compile(r"[,.!?;\n]|\b(?:but|and then|instead|only)\b")
_BEHIND_ENDS: Final = re.compile(r"[,.!;\n]|(?<=\?)|\b(?:but|and then|instead|only)\b")
"""The same behind what is named; a question mark stays, for it tells a request from a ban."""
_SPARED_BEFORE: Final = re.compile(
    r"\b(?:don'?t|do not|didn'?t|did not|never|not|won'?t|no need to|without)"
    r"(?: (?:you|u|ya|i|want|wanted|wanna|mean|meant|to|going|ever|be|"
    r"say|said|saying|ask|asked|asking|telling|suggesting|requesting|wanting"
    r"|tell|told|actually|really|please|just|even|dare)){0,4} "
    r"(?:remov|clear|delet|drop|eras|los|forget|cancel|touch|wip|scrap|scratch|chang"
    r"|tak(?:e|ing) (?:out|off|away)|get(?:ting)? rid of|ditch|dump|bin\b|chuck|toss|mess with"
    r"|shout|yell|announc|call out|laugh at|judg|stress|overthink)"
    r"|\b(?:no way|wouldn'?t|would never|would not|hate to)(?: (?:i|we)(?:'d|'ll| would| will)?)?(?: (?:ever|want|like|to|even))*"
    r" (?:remov|clear|delet|drop|skip|miss|los|forget|cancel|scrap|chang)"
    r"|\bnot that (?:i|we) (?:don'?t|do not|didn'?t|did not|wouldn'?t) "
)
"""A negated verb of removal, in front of what it would remove."""
_KEPT_BEFORE: Final = re.compile(
    r"(?<!don't )(?<!dont )(?<!didn't )(?<!didnt )(?<!not )(?<!can't )(?<!cant )"
    r"\b(?:keep|keeping|leave|retain|hold on to|(?:stick|sticking|stay|staying) (?:with|to|on|at))"
    r"(?: (?:the|my|our|it|that|this|on|at|to|as|with|for))*\s*$"
)
"""A verb of keeping right in front of what is kept."""
_NOT_KEPT_BEFORE: Final = re.compile(
    r"(?:(?:^|[,.;!:–—-]|\b(?:please|so|and|but|just|actually|also|i'?d rather (?:you|u))) *(?:please )?"
    r"(?:don'?t|do not|never|didn'?t)"
    r"|\b(?:i|we)(?: really| just)? (?:don'?t|do not)(?: really)? want(?: you)? to|\bstop)"
    r" (?:keep|keeping|store|storing|save|saving|retain|retaining|hold(?:ing)? on to)(?: on)?"
    r"(?: (?:the|my|our|that|this))*\s*$"
    r"|(?<!n't )(?<!not )\b(?:keep|(?:fine|ok|okay|happy|good) with)\b[^.!?;]{1,30}?\bbut not(?: with)?"
    r"(?: (?:the|my|our|that|this))*\s*$"
)
"""A negated verb of keeping right in front of what is then to go: "please don't keep my number", "keep the day but not"."""
_PULL_SPARED_BEFORE: Final = re.compile(
    r"\b(?:don'?t|do not|never|no need to|please not)(?: (?:you|dare|ever|even|just|please|go and)){0,3}"
    r" (?:take|pull|strike|cross|wipe|knock|rub|rule)" + THE
)
"""The first half of such a verb, negated, whose second stands behind: "don't take the terrace away"."""
_STORY_BEFORE: Final = re.compile(
    r"(?:^|[\s,.!?;])(?:i|we|he|she|they|it|(?:my|our|his|her) \w+)(?:'ve| have| has| had|'d)?(?: just| already| once| also)?"
    r" (?:forgot(?:ten)?|removed|deleted|erased|lost|misplaced)"
    r"(?: (?:the|my|our|his|her|that|this))*(?: \w+ of(?: (?:the|my|our|that|this))?)?\s*$"
)
"""Who lost or took something out, told in the past: nothing is asked for."""
_IN_DOUBT: Final = re.compile(
    r"\W*(?:(?:wait|hm+|oh|hey|but|sorry|hang on)[\s,]+)*(?:isn'?t|wasn'?t|aren'?t|weren'?t) [^.!?]*\?+\s*"
    r"|[^.!?]*\bif\b[^.!?]*\b(?:might|may|could|perhaps)\b[^.!?]*[.!?]*\s*"
    r"|[^.!?]*면[\s,][^.!?]*(?:지도\s?(?:몰라|모르)|수도\s?있)[^.!?]*[.!?~]*\s*"
)
_LEFT_OUT: Final = re.compile(
    r"^(?:,? (?:and|or|&|plus)(?: (?:the|my|our))? [a-z]+(?: size| number)?){0,2}"
    r"\s*(?:out|off|blank|open|empty|behind|aside|unset|undecided|free|away|till|until|up"
    r"|to (?:me|us|you)|for (?:now|later|me|us|you))\b"
)
"""Behind what one "leaves" or "keeps": then it goes after all."""
_APPROVED_BEHIND: Final = re.compile(
    r"^(?:'s|\s+(?:is|are|was|were))\s+(?:still |all |just |perfectly |absolutely |quite )*"
    r"(?:right|fine|ok|okay|correct|good|great|perfect|alright)\b|^\s+(?:still )?(?:works|suits|stays|can stay|fits)\b"
    r"|^\s*[:=–-]\s*(?:keep|stays?|leave|as (?:it )?is|unchanged|same)\b"
)
"""Praise behind what is named, or that it stays: "4 is right", "Friday still works", "time: keep"."""
_REMOVED_BEFORE: Final = re.compile(
    r"\b(?:remov(?:e|ing)|delet(?:e|ing)|withdraw(?:ing)?|retract(?:ing)?|rescind|revoke|clear|drop|erase|scrap|ditch"
    r"|lose|forget(?: about)?|strike|skip|no to|nix|get rid of|"
    r"tak(?:e|ing) (?:off|out|away)|out with|any(?:thing|where| day| time) but)" + THE
)
"""A verb of removal right in front of what it removes."""
_UNSAID_BEFORE: Final = re.compile(
    r"\b(?:(?<!you )(?<!me )(?:forget|ignore|disregard|scratch|pretend|take back|never mind|unsay)"
    r"(?: about)?(?: that| what| everything)?"
    r" (?:i|we|it)(?: ever| never| just| even)?|(?:i|we) (?:never|didn'?t|did not)(?: ever| even)?)"
    r" (?:said|say|mention(?:ed)?|wanted|asked(?: for)?|gave(?: you)?|told you|was|were)\b"
    r"(?:(?! (?:remov|clear|delet|drop|eras|los|forget|cancel|chang|wip|skip|take|keep|leave"
    r"|but|make|not|no|never|can'?t|cannot|\w+n't)\w*)"
    r" [\w:'/-]+){0,7} *$"
)
"""Words that unsay all that follows in their clause: "forget I ever said three people at noon"."""
_PREDICATE_BEHIND: Final = re.compile(
    r"^(?:'s|\s+(?:\w+n't|is|was|were|has|had|would|should|could|can|cannot|to|off|out)\b)"
)
"""Behind a value of which something is said: "I never said Friday was off" unsays that, and not Friday."""
_NOT_THE_NAME_BEHIND: Final = re.compile(
    r"^(?:'s| is| was)\b[^.!?;]{0,30}\b(?:not|isn'?t|wasn'?t) the\b[^.!?;,]{0,14}\bname\b"
)
"""Behind somebody who is not whom the booking is for: "Ana is my cousin, not the name for the booking"."""
_UNWANTED_BEFORE: Final = re.compile(r"(?:[,;]|\b(?:and|but|with|please)) (?:no|without)(?: (?:the|a|any))? $")
"""Words that want none of what follows, behind others: a "no" that begins the message may be an answer."""
_PULLED_BEFORE: Final = re.compile(r"\b(?:take|pull|strike|cross|leave|wipe|knock|get|rub|rule)" + THE)
_PULLED_BEHIND: Final = re.compile(r"^\s*(?:off|out|away)\b")
"""The two halves of a verb of removal, around what it removes: "take Friday off"."""
_DENIED: Final = re.compile(r"\b(?:neither|nor|none of|no longer|hardly|doubt|not)\b|n'?t\b")
"""Words in front that deny such praise: "I don't think the time is right", "neither the day nor the time is"."""
_TURNED_DOWN: Final = re.compile(
    r"아니|아닌|아닙|아냐|아녜|아녀|아이[다고라]|말고|빼|뺄|뺐|지우|지워|지운|삭제|취소|없애|없던|틀[렸린려]|잘못|적\s?없|안\s?[했해갈가와올]|못\s?[가와올]"
    r"|싫|내려|무시|바꾸|바꿔|바뀌|바뀐|누구|ㄴㄴ|관두|제외|이래|이라뇨|라뇨"
    r"|\b(?:no|not|nope|never|wrong|incorrect|mistake\w*|misspel\w*|instead|rather|remov\w*|delet\w*|drop\w*|clear\w*|forget|scratch|take|took"
    r"|erase|cancel\w*|change\w*|isnt|who|out|off)\b|n't\b"
)
"""Words that turn something down, in either language; of a name that is not held they must be there."""


def kept(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) of the text are said to stay or to be right.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    before = _CLAUSE_ENDS.split(plain[max(0, start - NEAR) : start])[-1]
    behind = plain[end : end + NEAR]
    # Of "everything but the day is fine" the praise is for the rest.
    denied = _DENIED.search(before) or excepted(text, start)
    approved = _APPROVED_BEHIND.search(behind) and not denied
    english = (_KEPT_BEFORE.search(before) and not _LEFT_OUT.search(behind)) or approved
    return bool(english) or kept_behind(behind)


def story(text: str, start: int) -> bool:
    """Whether the words from `start` on are what somebody once lost or took out elsewhere: "she deleted the date by accident"."""
    return bool(_STORY_BEFORE.search(folded(text[:start])))


def in_doubt(text: str) -> bool:
    """Whether the message is one question whether something is not so: "isn't the 13th a Sunday?"."""
    return bool(_IN_DOUBT.fullmatch(folded(text)))


def not_kept(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) of the text are expressly not to be kept.

    Args:
        text: the whole message; a question forbids nothing.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    sentence = re.split(r"(?<=[.!?\n])", plain[end:])[0]
    return bool(_NOT_KEPT_BEFORE.search(plain[:start])) and "?" not in sentence and not _LEFT_OUT.search(sentence)


def spared(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) of the text are expressly not to be removed.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    before = _CLAUSE_ENDS.split(text[max(0, start - NEAR) : start].casefold())[-1]
    behind = _BEHIND_ENDS.split(text[end : end + NEAR])[0]
    pulled = _PULL_SPARED_BEFORE.search(folded(text[:start])) and _PULLED_BEHIND.search(text[end:])
    return bool(_SPARED_BEFORE.search(before) or pulled) or spared_behind(behind) or retold(text, start, end)


def never_said(text: str, words: str) -> bool:
    """Whether a Korean message denies that the guest ever said the words: `존이라고 한 적 없는데요`, `내가 언제 존이라 했어요`.

    Args:
        text: the whole message.
        words: what is held.
    """
    said = re.escape(words)
    return bool(
        re.search(rf"(?<![가-힣]){said}{_NEVER_SAID}", text)
        or re.search(rf"언제\s?{said}(?:이?라(?:고|구)?)?\s?(?:했|그랬|말했)", text)
    )


def unfit(text: str, words: str) -> bool:
    """Whether a Korean message says that the words, a held name, will not do: `미니는 안 돼요`.

    Args:
        text: the message.
        words: as they are held.
    """
    will_not = r"(?:으?로)?(?:은|는)?\s?(?:안\s?(?:돼|되|될|됩)|싫|말고요?[\s.!~ㅠㅜ]*$|곤란)"
    return (
        "?" not in text
        and re.search(rf"(?<![가-힣]){re.escape(words)}(?:\s?(?:이름|명의))?{will_not}", text) is not None
    )


def not_known(text: str, words: str) -> bool:
    """Whether a message asks who it is that the words, a held name, name, and denies to be them: "who's Ingrid? that's not me".

    Args:
        text: the message.
        words: as they are held.
    """
    plain, name = folded(text), re.escape(words.casefold())
    english = rf"\bwho(?:'s|s| is) {name}\b[^?]*\?[^?]*\b(?:not (?:me|my name)|isn'?t (?:me|my name|mine)|wrong)\b"
    korean = rf"{name}(?:이|가|은|는)?\s?(?:누구|누군)[^?]*\?[^?]*아(?:닌데|니에요|닙니다|녜요|님)"
    return re.search(english, plain) is not None or re.search(korean, plain) is not None


def not_under_it(text: str) -> bool:
    """Whether a message turns down the name that the booking is under: "not under my name", `제 이름으로는 말고요`."""
    return "?" not in text and _NOT_UNDER.search(folded(text)) is not None


def removed(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) of the text are the object of a verb that takes them out.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    before, behind = plain[max(0, start - NEAR) : start], plain[end:]
    goes = (
        _REMOVED_BEFORE.search(before)
        or (_PULLED_BEFORE.search(before) and _PULLED_BEHIND.search(behind))
        or (_UNSAID_BEFORE.search(_CLAUSE_ENDS.split(before)[-1]) and not _PREDICATE_BEHIND.search(behind))
        or _NOT_THE_NAME_BEHIND.search(behind)
        or rest_is_fine_but(text, start, end)
    )
    return bool(goes) and not (left_out(text, start) or spared(text, start, end))


def unwanted(text: str, start: int) -> bool:
    """Whether the words from `start` on are what the message wants none of: "yes, and no terrace"."""
    return bool(_UNWANTED_BEFORE.search(text[:start].casefold()))


def turned_down(text: str) -> bool:
    """Whether any word of the message turns something down, calls it wrong or takes it out."""
    return bool(_TURNED_DOWN.search(folded(text)))
