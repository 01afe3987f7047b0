"""What is said of all but one: "clear everything except the day", "all fine but the name", `날짜만 남기고 다`.

Two opposite things are said in nearly the same words, that the one goes and that all the others go. Knows the two languages'
words for all, for leaving out and for praise; does not know slots or models.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded
from nlu.rules.korean_removal import wished_away

NEAR: Final = 40
"""Characters around what is named that are looked at; a clause is rarely longer."""
_REMOVING: Final = (
    r"(?:remov|clear|delet|drop|eras|los|forget|cancel|wip|scrap|scratch|reset|strik|blank|bin|ditch|throw"
    r"|tak(?:e|ing) (?:out|off|away))"
)
"""How English words for taking something out begin."""
THE: Final = r"(?: (?:the|my|our|that|this|for))*\s*$"
"""What may stand between a verb and what is named, which follows at once."""
_KEEP: Final = r"\b(?:keep|leave|hold on to|save|retain) "
_NOT_AWAY: Final = r"(?!(?: of (?:it|that))? (?:out|off|blank|empty|open|go)\b)"
"""Behind what one "leaves": else it goes after all."""
_NOT_REMOVED: Final = re.compile(
    rf"\b(?:don'?t|do not|didn'?t|did not|never|won'?t|no need to|without)\b[^.!?;]{{0,20}}\b{_REMOVING}"
)
"""A negated verb of removal."""
_ONLY_BEFORE: Final = re.compile(r"(?:^|[,;.!–—-]|\bbut) *(?:just|only)(?: (?:the|my|our))? +$")
"""Right in front of the one thing that is to go, behind what is to stay: "don't drop the time, only the day"."""
_LEFT_OUT_BEFORE: Final = re.compile(
    r"\b(?:except|apart from|other than|aside from|besides|(?:all|everything|anything) but|bar|save)" + THE
)
"""Words right in front of what is left out of what is said of all."""
_NOTHING: Final = re.compile(r"\b(?:nothing|nobody|none|no|nowhere|never|not)\b[^.!?]*$")
"""Words that turn it round: "nothing but Friday works" wants Friday."""
_FINE: Final = r"(?:fine|good|great|ok|okay|right|correct|perfect|alright|all right)"
_REST_IS_FINE_BEFORE: Final = re.compile(
    rf"\b(?:yes|yep|yeah|yup|{_FINE})\b(?:(?!\b{_REMOVING})[^.!?]){{0,20}}"
    r"\b(?:except|apart from|other than|aside from|but not|just not|only not)"
    r"(?: (?:for|on|at|the|that))*\s*$"
)
"""Praise of the rest right in front of the one value that is not right: "all good except Friday"."""
_REST_IS_FINE: Final = re.compile(
    r"\b(?:everything|all|it all|the rest)(?: of it)? (?:but|except|apart from|other than|aside from|besides|bar|save)(?: for)?"
    r" (?:the |my |our )?(?:[\w']+ ){1,4}?"
    rf"(?:(?:is|are|was|can|should|may|looks?|seems?) (?:(?:to|still|all|be) )*(?:{_FINE}|stay|remain)|stays?|remains?)\b"
)
"""Praise of all but what it names: "everything but the name can stay". Nothing else is to go."""
_REST_STAYS: Final = re.compile(rf"{_KEEP}(?:the (?:rest|others?)|(?:everything|all) else)\b{_NOT_AWAY}")
_WIPED_BEFORE: Final = re.compile(rf"\b{_REMOVING}\w*\b[^,.!?;]*$")
"""A verb of removal in the clause in front of what it may remove."""
_ALL_GOES: Final = re.compile(
    r"\b(?:remov|clear|delet|drop|eras|forget|wip|scrap|scratch|reset|los)\w*(?: out| away| off| about| me)? "
    r"(?:everything|all|the (?:rest|lot|others?)|what(?:ever)?|anything|each)\b"
)
"""Words that take all of it away."""
_EXCEPT_BEHIND: Final = re.compile(
    r"^\s?(?:까지만|까지|[은는을를만])?\s?(?:제외(?:하고(?:는|선)?|하곤)?|빼고(?:는)?(?!\s비워\s?(?:두|둬|놔|놓))|빼곤|말고(?:는)?|남기고|남겨\s?두고|놔두고|이?외에?(?:는)?)"
    r"\s(?:나머지(?:는|를)?\s?)?"
)
"""Korean words behind what is left out of all that is to go: `날짜를 제외하고 지워줘`."""
_ANY_BUT: Final = re.compile(
    r"(?:에)?만\s?(?:아니면|아니라면|아님|피하면|피해서?)[가-힣\s]{0,6}(?:돼|되|괜찮|좋|상관|다|주|아무)"
)
"""Behind the one value that will not do."""
_LISTED: Final = re.compile(r"\s?(?:이?랑|하고|과|와|및|,)?\s?(?:그리고\s)?")
"""Between two things that are named together."""
_LEAVES_OUT: Final = re.compile(
    r"\b(?:except\w*|but|apart|other than|aside|besides|save|bar|keep\w*|leav\w*|stay\w*|only|just|remain\w*|rest|others?|else)\b"
    r"|빼고|말고|제외|외에|남기|남겨|두고|둬|놔|냅|그대로|유지|나머지|[가-힣]만(?![가-힣])"
)
"""Words that leave something out of what is said of all, or keep it."""
_ALL: Final = re.compile(
    r"\b(?:all|every\w*|whole|entire\w*|complete\w*|anything|lot|rest|both|fresh|anew|scratch|reset|start\w*|restart|over"
    rf"|blank|clean|empty|slate|nothing|none|what(?:ever)?|things?|stuff|details|booking|order|{_REMOVING}\w*)\b"
    r"|다(?![가-힣])|다\s?[지빼취삭없날비잊리]|전부|모두|모든|몽땅|싹|전체|일체|죄다|깡그리|초기화|리셋|백지|처음|원점|비우|비워|지우|지워|지운|삭제|없애|없던"
    r"|나머지(?!(?:는|은|들은)?\s[^.!?]{1,20}(?:래요|대요|이에요|예요|가요|와요|있어요|거든요|라서요)[\s.!~]*$)|내용|정보|예약|갈아\s?엎|날려|빼고"
)
"""Words without which nobody takes everything away: for all, for what one gave, or for removing."""
_THEM: Final = re.compile(
    rf"\b{_REMOVING}\w* (?:them|those|these|it|that|both)\b|\btake (?:them|those|these|it|that|both) (?:off|out|away)\b"
)
_EVERYTHING: Final = re.compile(
    r"\b(?:all|every\w*|whole|entire\w*|complete\w*|anything|lot|rest|fresh|anew|reset|restart|over|blank|clean|empty|slate|whatever)\b"
)
_ALL_KEPT: Final = re.compile(
    rf"{_KEEP}(?:everything|it all|all|the (?:rest|lot|others?)|what (?:you|we) have)\b{_NOT_AWAY}"
    r"|\b(?:remov|clear|delet|drop|eras|wip|chang)\w* nothing\b"
    r"|\bnothing (?:needs?|has|have|is|was|should|to|must)\b.{0,20}(?:remov|clear|delet|eras|wip|drop|chang)"
    r"|\b(?:don'?t|do not|never|no need to|not|without)(?: \w+){0,3} (?:remov|clear|delet|drop|eras|los|forget|wip|scrap)\w*"
    r"(?: \w+){0,2} (?:everything|anything|all)\b"
    r"|(?:빼고|말고|빼곤|제외하고)(?:는)?\s(?:나머지(?:는)?\s)?(?:다|전부|모두)\s?(?:같이\s|함께\s)?(?:[와온옵올]|[가간갑갈](?!격)|참석|모[여이]|먹)"
    r"|(?:다|전부|모두|아무것도)\s?(?:지우|빼|삭제하|없애|비우)지\s?(?:는\s?|도\s?|좀\s?)*(?:마|말|않(?!으면)|못)"
)
"""Words that everything stays as it is, whatever else the message takes out."""


def all_spared(text: str) -> bool:
    """Whether the message says that nothing, or only what it names, is to be removed: "keep everything but drop the time"."""
    return bool(_ALL_KEPT.search(folded(text)))


def speaks_of_all(text: str) -> bool:
    """Whether a message has any word by which everything may be taken away; "nobody but us two" has none."""
    return _ALL.search(folded(text)) is not None


def points_back(text: str) -> bool:
    """Whether a message takes away what it points at, and has no word for all: "neither day works, take them off"."""
    plain = folded(text)
    return _THEM.search(plain) is not None and _EVERYTHING.search(plain) is None


def leaves_out(text: str) -> bool:
    """Whether a message that takes everything away leaves something out: "all but the day", `시간만 빼고 다`."""
    return bool(_LEAVES_OUT.search(text.casefold()))


def left_out(text: str, start: int) -> bool:
    """Whether the words from `start` on are left out of what the message takes away: "apart from the day, delete it all"."""
    return excepted(text, start) and bool(_ALL_GOES.search(text.casefold()))


def left_out_behind(text: str, end: int) -> bool:
    """Whether the Korean words behind `end` leave out what ends there of all that goes: `날짜만 빼고 지워 주세요`.

    Args:
        text: the whole message.
        end: where what is named ends, 0..len(text).
    """
    found = _EXCEPT_BEHIND.search(text[end:])
    return found is not None and wished_away(text[end + found.end() :])


def all_but_this(text: str, end: int) -> bool:
    """Whether any other value will do than the Korean one that ends at `end`: `주말만 아니면 돼요`.

    Args:
        text: the whole message.
        end: where the value ends, 0..len(text).
    """
    return _ANY_BUT.match(text, end) is not None


def listed(between: str) -> bool:
    """Whether the words between two things name them together: `날짜랑 시간`."""
    return _LISTED.fullmatch(between) is not None


def excepted(text: str, start: int) -> bool:
    """Whether words such as "all but" stand in front of the words from `start` on, whatever is said of all."""
    before = text.casefold()[max(0, start - NEAR) : start]
    found = _LEFT_OUT_BEFORE.search(before)
    return found is not None and not _NOTHING.search(before[: found.start()])


def rest_is_fine(text: str, start: int) -> bool:
    """Whether all but the words from `start` on are praised: "everything but the name can stay", "yes, except Friday".

    Args:
        text: the whole message; one that takes all away praises nothing.
        start: where the words begin, 0..len(text).
    """
    plain = folded(text)
    whole = _REST_IS_FINE.search(plain)
    praised = _REST_IS_FINE_BEFORE.search(plain[:start]) or (whole and whole.start() < start < whole.end())
    return bool(praised) and not _ALL_GOES.search(plain)


def rest_is_fine_but(text: str, start: int, end: int) -> bool:
    """Whether all but the words at `start` to `end` are praised, and nothing more is said of these."""
    return rest_is_fine(text, start) and not text[end:].strip(" .!")


def goes_alone(text: str, start: int) -> bool:
    """Whether the words from `start` on are what a message takes out that keeps the rest: "wipe the day, leave the rest"."""
    plain = text.casefold()
    rest = _REST_STAYS.search(plain)
    wiped = _WIPED_BEFORE.search(plain[:start]) and not _NOT_REMOVED.search(plain[:start])
    return bool(rest and wiped and start < rest.start())


def only_this_goes(text: str, start: int, end: int) -> bool:
    """Whether only the words at `start` to `end` are to go, of all that is not: "don't drop the time, only the day".

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    only = _ONLY_BEFORE.search(plain[:start])
    return bool(only and _NOT_REMOVED.search(plain[: only.start()]) and not text[end:].strip(" .!,"))
