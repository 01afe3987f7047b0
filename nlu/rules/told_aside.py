"""Values of a story about the guest, which are no wish: "after my night shift", "we were supposed to be six".

Looks at the words around one value. Knows how English tells such things; does not know slots or what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded
from nlu.rules.negation import kept
from nlu.values.english_clock import PART

_WHOSE: Final = r"(?:my|our|his|her|their|the|a|an|\w+'s)"
EVENT: Final = (
    r"(?:shifts?|class(?:es)?|lessons?|meetings?|service|flight|train|bus|ferry|calls?|session|practice|rehearsals?|run|walk"
    r"|prayers?|mass|lectures?|seminar|course|news|show|commute|surgery|rounds?|game|match|training|appointments?|swim"
    r"|workout|routine|school|feed|nap|rush|duty|films?|movies?|concerts?|play|performance)"
)
_OWN_EVENT: Final = re.compile(
    rf"\b(?:after|before|once|when|until|till|by the time|as soon as|following|during) {_WHOSE} (?:[\w-]+ )?$"
)
"""What the guest does, up to the part of the day that it is called by."""
_OWN_EVENT_WHOLE: Final = re.compile(
    rf"(?:(?:right|just|straight|soon|shortly|only) )?(?:after|before|once|when|until|till|following"
    rf"|during) {_WHOSE} (?:[\w-]+ )?{PART}$"
)
_EVENT_WHOLE: Final = re.compile(
    rf"(?:(?:right|just|straight|soon|shortly|only) )?(?:after|before|off|from|finish(?:ed|ing)?|done with) {_WHOSE} (?:[\w-]+ )?"
    rf"(?:{PART} )?{EVENT}"
)
"""The same with the event itself: "just off a night shift"."""
_IS_EVENT: Final = re.compile(rf" {EVENT}\b")
_HEDGE: Final = (
    r"(?: (?:about|around|like|just|only|actually|maybe|probably|more like|at least|a (?:party|group|table) of))*"
)
_ONCE_PLANNED: Final = re.compile(
    r"\b(?:(?:was|were|wasn'?t|weren'?t)(?: (?:originally|initially|first|actually|all|once))?"
    r" (?:supposed|meant|going|planning|due|expected|scheduled|hoping) to (?:be|come to|make|have)"
    r"|used to be|(?:should|would|could|might)(?:'ve| have) been)"
    rf"{_HEDGE} $"
)
"""What was to be once, or has been, right in front of a number."""
_IN_PLACE: Final = re.compile(
    r"\s*[\w-]+(?: (?:of us|people|guests|persons|in all|in total))?,? (?:(?:and |but )?not|rather than|instead of|in place of)\b"
)
"""From a number on that takes the place of another one: "it should have been five rather than four"."""
_SLIP: Final = re.compile(
    r"\b(?:i|you)(?:'ve| have)? (?:said|put|wrote|typed|told|gave|got|entered)\b|\b(?:oops|whoops|mistake|typo|wrong)\b"
)
"""Words of somebody who puts right what was said: behind them "it should have been five" is a wish."""
_ELSEWHERE: Final = re.compile(
    r"\b(?:(?:calling|writing|texting|messaging|phoning|ringing|typing|emailing)(?: you| this)?"
    r"|(?:reach|call|ring|text) me|reachable|at my desk)\b(?:(?! table\b)[^.!?;,])*? (?:until|till|from|before|after|by|at) $"
)
"""Where the guest speaks from, and until when."""
_EVENT_HOUR: Final = re.compile(
    r"(?:\b(?:i|he|she|they|\w+ and i) (?:only |usually |always |have to |has to |need to |don'?t |doesn'?t )*(?:finish(?:es)?"
    r"|get(?:s)? (?:off|up)|leave(?:s)?|get(?:s)? out|start(?:s)?|wake(?:s)? up|go(?:es)? to (?:bed|sleep))"
    r"(?: (?:work|the office|my shift|school|class))?"
    rf"|\b{EVENT}(?: (?:only|usually|always|doesn'?t|really))* (?:end|finish|gets? in|arrive|land|start|begin|close"
    rf"|open|leave|run)(?:e?s)?)"
    r"(?: (?:in|until|till|on|only|around|about|at))* $"
    r"|\b(?:my|our) (?!booking|reservation|table|dinner|lunch|meal|visit|time|party|name)(?:(?:last|first|next) )?[a-z]+"
    r"(?:'s| is)(?: (?:only|usually|always))?(?: (?:at|around|about|until|till|by))* $"
)
"""When the guest's own day has an hour, right in front of it."""
_KOREAN_EVENT_HOUR: Final = re.compile(
    r"(?:에는?|엔|까지|부터)?\s?(?:(?:꼭|항상|매일|그|이|앞|근처|옆)\s){0,2}(?:일어나|기상|출근|퇴근|자야|자러|깨야|깨거|나가야|지나가|지나쳐)[가-힣\s]{0,8}?"
    r"(?:서요?|거든요?|니까요?|때문|라서?|는데요?|네요|어요|아요|해요|대요|요(?=[\s.!~]*$))"
)
"""The same right behind the hour: `다섯 시[에 일어나서요]`."""
_KOREAN_OWN_AHEAD: Final = re.compile(
    r"(?:저|제|우리|저희)[가는]?\s(?:[가-힣]+\s){0,2}(?!예약|시간|자리|저녁|점심)[가-힣]{2,}(?:이|가)\s$"
)
_KOREAN_OWN_BEHIND: Final = re.compile(r"쯤?(?:이라서?|이거든요?|이어서|여서|이니까|인데요?)[\s.!~]*$")
"""Around the hour of something of the guest's own: `제가 마지막 손님이 [여섯 시 반쯤]이라`."""
_KOREAN_EVENT: Final = (
    r"(?:퇴근|출근|수업|회의|근무|기차|비행기|버스|공연|영화|알바|학원|진료)(?:\s?시간)?(?:이|은|는|가)\s?"
)
_KOREAN_EVENT_AHEAD: Final = re.compile(rf"{_KOREAN_EVENT}$")
_KOREAN_EVENT_FIRST: Final = re.compile(_KOREAN_EVENT)
"""What has the hour behind it, `퇴근이 [5시 반]이라`, or with it."""
_BUSY_UNTIL: Final = re.compile(
    r"\b(?:i|we|he|she|they|my \w+)(?:'m|'re|'s| am| are| is| have| has)(?: got)?"
    r" (?!free|available|coming|flexible|open|here|there)"
    r"(?:[\w'-]+ ){1,4}(?:till|until|til) $"
)
_KOREAN_BUSY_UNTIL: Final = re.compile(
    r"까지(?:는)?\s?(?!가능|여유|비어|비는|괜찮|돼|되|됩|영업)[가-힣]{1,8}?(?:이?거든|이라|라서|인데|이에요|이야|입니다|있어|있거든|해야)"
)
_NO_BOOKING: Final = (
    r"(?!booking|reservation|table|date|day|dinner|lunch|meal|visit|name|time|party|week|month|year|new\b|other\b)"
)
_TOLD_DAY: Final = re.compile(
    rf"\b(?:the|my|our|that|this|his|her|their|\w+'s) {_NO_BOOKING}(?:[\w-]+ ){{0,2}}?{_NO_BOOKING}[\w-]+"
    r"(?:'s| is| was| falls)(?: (?:only|actually|really|already))?(?: on| in)? ?$"
    r"|\b(?:i|we|he|she|they|my \w+)(?:'ve| have| has|'s)(?: got)? (?:a|an|my|our|another|some) "
    rf"(?!table|booking|reservation)(?:[\w'-]+ ){{1,4}}on ?$"
)
"""What else is on a day, right in front of it: "I have a dentist appointment on", "the anniversary's on"."""
_KOREAN_TOLD_DAY: Final = re.compile(
    r"(?:에는|엔|에|은|이)?\s(?!예약|자리)[^.!?,\n]{1,14}?[이가]\s?(?:있|되|열리|시작하)(?:네요|어요|거든요?|어서요?|습니다|는데요?|대요|다네요|더라고요)"
)
_KOREAN_TOLD_OF: Final = re.compile(
    r"(?:기념일|생일|생신|결혼식|제사|시험|수술|출장|여행|행사|돌잔치|잔치|모임|약속|발표|면접)[이가은는]\s?$"
)
_KOREAN_IT_IS: Final = re.compile(r"이?(?:네요|에요|예요|라서요?|거든요?|래요|라고|었네요|더라고요)")
"""Around a day that is called somebody's: `기념일이 [27일]이네요`."""
_SAID_OF_IT: Final = re.compile(
    r"\s*(?:is|was|isn'?t|wasn'?t|'s|will be|are|were|has|had|won'?t|doesn'?t|does|i|i'm|i've|we|we're|we've|he|he's|she"
    r"|she's|they|they're"
    r"|my|our|his|her|there's|there is|falls|clashes|used|belongs)\b"
)
"""Behind a value of which something is told."""


_ROOM_LEFT: Final = re.compile(
    r"\b(?:(?:have|has|had|got|there(?:'s| is| was)|is there|find|make|making)(?: (?:any|enough|some|still|more|just))*|enough) $"
)
_YOUNG: Final = (
    r"(?:dog|pup(?:py)?|cat|pet|(?:grand)?(?:son|daughter|child)|baby|toddler|kid|boy|girl|niece|nephew|little one)"
)
"""Of whom one says how old they are."""
_AGE: Final = re.compile(
    r"\b(?:he|she|who|mine|ours|(?:the |our |my )?(?:young|old|eld|small|litt?l)est(?: one)?|(?:the )?(?:other|little) one"
    rf"|(?:one|both|two|each) of (?:them|the (?:kids|children|boys|girls)|our \w+|my \w+)"
    rf"|(?:my|our|his|her|their) (?:\w+ )?{_YOUNG})(?:'s|s| is| was|'ll be)"
    r"(?: (?:only|just|nearly|almost|about|barely|turning|over))* $"
)
_KOREAN_AGE: Final = re.compile(
    r"(?:은|는|이|가)\s?(?:이제\s|아직\s|겨우\s|올해\s|곧\s)?(?:\d{1,2}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:살|개월|돌)"
)
"""Right behind somebody whose age is told."""
_CLAUSE: Final = re.compile(r"[^,.!?;\n]*[,.!?;\n]*")
_ASKS: Final = re.compile(
    r"\?|(?:인지|는지|을지|을까|[나가까][요]?|죠|니)\s?(?:궁금|알고|알려|여쭤|묻|\W*$)"
    r"|\bwonder(?:ing)?\b|\bis it true\b"
)
_PRICE: Final = re.compile(
    r"\b(?:cheap(?:er)?|discounts?|price[sd]?|costs?|fees?|charge[sd]?|deals?|percent|pay(?:s|ing)?|reduc(?:ed|tion)"
    r"|free of charge)\b"
    r"|\d ?%|할인|요금|가격|비용|수수료|저렴|깎아|무료|값(?:이|을|도)"
)
_CLAUSE_OF: Final = re.compile(r"(?:(?!\bbut\b|\bso\b)[^.!?;\n])*(?:[.!?;\n]|\bbut\b|\bso\b)?")
_WOULD_HAVE: Final = re.compile(
    r"\b(?:would|could|might|'d)(?:'ve| have| of)"
    r" (?:been|taken|had|liked|loved|preferred|picked|chosen|gone|done|booked|said|come|made)\b"
    r"|\bif\b[^.!?]*\b(?:we'd|we would|it'd|it would|that'd|that would) (?:be|make)\b"
    r"|[가-힣]면\s[^.!?]{0,10}(?:되는데|되지만|되겠지만|인데|이지만)[\s,]+(?:아직|지금은|일단은?|현재)"
    r"|[가-힣](?<=[았었였했랐렸왔갔됐])(?:을|으)?\s?(?:텐데|건데|거예요|거에요|겁니다|걸요?)"
    r"|[가-힣](?<=[았었였했렸왔갔됐])으면[^.!?]{0,20}(?:텐데|건데|했겠|겠지|겠죠)"
)
"""What would have been, and is not."""
_LATE: Final = re.compile(
    r"\b(?:(?:running|be|being|arrive|arriving|get there|are|is|we're|i'm|run)(?: \w+){0,5} late|late by)\b"
    r"|늦(?:을\s?(?:것|거|듯|수)|을지|어요|어질|겠|네요|는데|게\s?(?:도착|갈|가(?!\s?(?:더|낫|나을|좋|편|괜찮)))|습니다|음)"
)
"""That somebody comes late."""
_MOVES_IT: Final = re.compile(
    r"\b(?:move|push|change|make it|shift|put|postpone|delay|can we|could we|could you|reschedul\w*|book)\b"
    r"|옮겨|미뤄|미룰|늦춰|늦출|바꿔|변경|조정"
)
_OPENS: Final = re.compile(
    r"영업(?:은|을|도)?\s?(?:해|하|중)|문\s?(?:여|열|닫)|휴무|쉬(?:는|나|어|시)|\b(?:are you|you(?:'re)?|is it"
    r"|open) (?:\w+ )?(?:open"
    r"|closed)\b"
)
"""A question whether the place is open."""
_HABITUAL: Final = re.compile(
    r"\b(?:usually|normally|typically|generally|most (?:people|guests|customers)|(?:people|guests|customers)"
    r" (?:usually|mostly))\b|보통|대개|일반적|주로"
)
"""A question what others do."""
_HOW_MANY: Final = re.compile(
    r"(?:최대|최소|몇\s?(?:명|분|사람|시)|며칠|언제)[^.!?]*\?\s*(?:한\s)?$"
    r"|\b(?:how (?:many|late|early|big)|biggest|largest|maximum|max|latest|earliest|what time)\b[^.!?]*\?\s*(?:like )?$"
)
"""A question about a limit, right in front of what the guest guesses."""
_GUESS: Final = re.compile(r"(?:이?요|인가요|이에요|쯤|정도)?\s?\?[\s?~]*")
_LIMIT: Final = re.compile(r"\s?(?:이상|이하|초과|미만|넘[으는게]|or more\b|or fewer\b|or over\b)")
_BOOKS: Final = re.compile(
    r"\b(?:book|reserve|table for|i'd like|we'd like|i want|we want|put us|make it|change)\b"
    r"|예약\s?(?:해|할|하고|부탁|좀)|부탁|해\s?(?:주|줘)|바꿔|잡아"
)
_LONG_AGO: Final = re.compile(
    r"\b(?:(?:years|decades|ages|months) ago|back then|in those days|back in the day|used to|once upon|(?:back )?in (?:the )?"
    r"(?:19|20)\d\ds?|when (?:i|we) (?:was|were) (?:young|little|kids|students|children|married)"
    r"|as (?:a )?(?:kids?|child|children))\b"
)
"""Words that put a story long ago."""
_LAST_TIME: Final = re.compile(
    r"\b(?:last (?:year|month|summer|winter|spring|autumn|fall|time)|the (?:last|other) time|when (?:i|we) (?:was|were|came|ate"
    r"|sat|visited|dined) (?:here|there|in|at|last))\b"
)
"""Words that put it at some earlier visit."""
_TOLD_IN_PAST: Final = re.compile(
    r"\b(?:was|were|had|ended up|turned out|waited|found|tried|enjoyed|loved|came|went|sat|ate|dined|drank|visited"
    r"|stayed|took|met|seated|brought|celebrated|lived|could|would)\b"
)
_BOOKED: Final = re.compile(r"\b(?:booked|reserved|used to|got)\b")
_WISHES: Final = re.compile(
    r"\b(?:want|wants|like to|love to|please|pls|can|need|needs|book|reserve|same|(?<!never )again|now|but"
    r"|so(?! (?:nice|good|lovely|great|much|fun|cosy|cozy|pretty|tasty|romantic|busy|loud|long|many|cold|hot|warm"
    r"|late|slow|quick)\b)|let's|make|change"
    r"|move|cancel"
    r"|tonight|tomorrow|today|next|this|i'd|we'd|instead|will|we'll|i'll|is|are|it's|we're|i'm|prefer|should|keep|drop"
    r"|forget|remove|add)\b|\?"
)
"""Words of now, which no sentence of a story has."""
_SENTENCE: Final = re.compile(r"[^.!?;\n]*[.!?;\n]?")
_OTHERS: Final = (
    r"(?:(?:my|our|his|her|the|a) (?!table|booking|reservation)(?:[a-z'-]+ ){1,3}|they |he |she |(?:the )?others "
    r"|(?:everyone|everybody|somebody|someone|most people|some people|most of (?:us|them)|half of us|people)(?: else)? "
    r"|(?!i |we |it |you |that |this |let )[a-z]{3,} (?:and [a-z]+ )?)"
)
_OTHERS_WISH: Final = re.compile(
    rf"(?:^|[,.!?;] |\b(?:and|because|though|although|while|whereas|even if|as) ){_OTHERS}"
    r"(?:always |usually |really |only |all )*"
    r"(?:want(?:s|ed)?|like[sd]?|prefer(?:s|red)?|eat(?:s)?|ate|said|say(?:s)?|vot(?:e|es|ed) for"
    r"|would (?:go|like|come|prefer|take|love)|ask(?:s|ed) for|suggest(?:s|ed)?|come(?:s)?|came|go(?:es)?|went|book(?:s|ed)"
    r"|propos(?:es|ed)|insist(?:s|ed) on|hope[sd]? for"
    r"|(?:was|were|is|are) (?:keen|set|hoping|pushing|rooting) (?:on|for))"
    r"(?: (?:it|to|for|at|on|in|around|about|have|eat|come|dine|go|be|with|a|the))* $"
)
"""Right in front of what somebody else would have."""
_HABIT: Final = re.compile(r"\b(?:always|usually|generally|normally|tends? to|would)\b[^.!?]{0,16}$")
"""Right in front of what somebody else says at all times, and has not answered now."""
_KOREAN_HEARSAY: Final = re.compile(
    r"(?:이|가|은|는)?\s?(?:더\s)?(?:낫|좋|괜찮)다(?:던데|더라|더라고|고\s?하던데|고들?\s?하)"
)
"""Right behind what somebody else calls good: `친구는 [8시]가 낫다던데`."""
_CONTRAST: Final = re.compile(r"\b(?:but|though|although|however|while|whereas|yet)\b")
_OWN: Final = re.compile(r"\b(?:i|i'm|i'd|i'll|me|my|we|we're|we'd|we'll|us|ours|suits|works|better)\b")


def comes_late(text: str, start: int, end: int) -> bool:
    """Whether the minutes at `start` to `end` (half open) are by how much the guest will be late: "running 20 min late".

    Args:
        text: the whole message; a wish to move the booking is told in other words.
        start: where they begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    late = _LATE.search(plain, max(0, start - len("we're running about ")), end + len(" or so late, sorry"))
    return late is not None and not _MOVES_IT.search(plain)


def counterfactual(text: str, start: int) -> bool:
    """Whether the clause around `start` tells what would have been: "I'd have taken 8 if I could", `1일이었을 텐데`."""
    return _WOULD_HAVE.search(_around(_CLAUSE_OF, folded(text), start)) is not None


def long_past(text: str, start: int) -> bool:
    """Whether the sentence around `start` tells of an earlier time and wishes nothing: "in 1998 one simply sat wherever"."""
    plain = folded(text)
    sentence = _around(_SENTENCE, plain, start)
    if _WISHES.search(sentence):
        return False
    past = _TOLD_IN_PAST.search(sentence)
    return bool(
        (_LONG_AGO.search(sentence) and (past or _BOOKED.search(sentence))) or (_LAST_TIME.search(sentence) and past)
    )


def wish_of_others(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) are what others would have, and the guest's own wish differs.

    "My colleague eats at 6 but I'm more of an 8 pm person".

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    if not _OTHERS_WISH.search(plain[:start]) and not _KOREAN_HEARSAY.match(plain, end):
        return False
    habit = _KOREAN_HEARSAY.match(plain, end) or _HABIT.search(plain[:start])
    if "?" in plain and habit:
        return not _OWN.search(plain, end)
    behind = _CONTRAST.search(plain, end)
    before = _CONTRAST.search(plain[:start])
    return bool((behind and _OWN.search(plain, behind.end())) or (before and _OWN.search(plain[: before.start()])))


def own_event(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) name a part of the day only to say which shift, class or meeting it was.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    leads = _OWN_EVENT_WHOLE.fullmatch(plain[start:end]) or _OWN_EVENT.search(plain[:start])
    return bool(leads and _IS_EVENT.match(plain, end))


def event_alone(words: str) -> bool:
    """Whether words that were taken for a time of day are nothing but what the guest comes from: "just off a night shift"."""
    return _EVENT_WHOLE.fullmatch(folded(words.strip())) is not None


def room_left(text: str, start: int, end: int) -> bool:
    """Whether the word at `start` to `end` (half open) is room that is left, and no room to sit in: "if you still have room".

    Args:
        text: the whole message.
        start: where the word begins, 0..len(text).
        end: where it ends.
    """
    plain = folded(text)
    return plain[start:end] == "room" and _ROOM_LEFT.search(plain[:start]) is not None


def age_told(text: str, start: int, end: int) -> bool:
    """Whether the number at `start` to `end` (half open) is how old one of them is, or whose age is told.

    Args:
        text: the whole message.
        start: where the number begins, 0..len(text).
        end: where it ends: "can my dog come? he's [3]", `[한 명]은 두 살이라서요`.
    """
    return bool(_AGE.search(folded(text)[:start]) or _KOREAN_AGE.match(text, end))


def of_a_rule(text: str, start: int, end: int) -> bool:
    """Whether the value at `start` to `end` (half open) belongs to a question about prices or limits, and not to a wish.

    "Do ten people before 6 pay less?", `10명 이상이면 할인되는지 궁금해요`.

    Args:
        text: the whole message.
        start: where the value begins, 0..len(text).
        end: where it ends.
    """
    plain = folded(text)
    if _GUESS.fullmatch(plain, end) and _HOW_MANY.search(plain[:start]):
        return True
    sentence, clause = _around(_SENTENCE, plain, start), _around(_CLAUSE, plain, start)
    if not _ASKS.search(sentence) or _BOOKS.search(sentence):
        return False
    if _HABITUAL.search(sentence):
        return True
    return bool(_PRICE.search(clause) or _LIMIT.match(plain, end))


def opening_asked(text: str, start: int) -> bool:
    """Whether the sentence around `start` asks when the place is open: `토요일에 영업은 해요?`."""
    sentence = _around(_SENTENCE, folded(text), start)
    return bool(_ASKS.search(sentence) and _OPENS.search(sentence)) and not _BOOKS.search(sentence)


def once_planned(text: str, start: int) -> bool:
    """Whether the number from `start` on is what was planned once: "we were supposed to be six"."""
    plain = folded(text)
    slip = _SLIP.search(plain[:start]) or _IN_PLACE.match(plain, start)
    return bool(_ONCE_PLANNED.search(plain[:start])) and not slip


def speaks_from(text: str, start: int) -> bool:
    """Whether the words from `start` on only say until when the guest can be heard: "I'm calling from work until 6"."""
    return bool(_ELSEWHERE.search(folded(text)[:start]))


def explained(text: str, start: int, end: int) -> bool:
    """Whether something is told of the words at `start` to `end` (half open), and not that they are right: "saturday is her day".

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    return bool(_SAID_OF_IT.match(folded(text), end)) and not kept(text, start, end)


def event_hour(text: str, start: int, end: int) -> bool:
    """Whether the hour at `start` to `end` (half open) is of the guest's own day: "I finish work at 6", `다섯 시에 일어나서요`.

    Args:
        text: the whole message.
        start: where the hour begins, 0..len(text).
        end: where it ends.
    """
    ahead = _EVENT_HOUR.search(folded(text)[:start]) or _KOREAN_EVENT_AHEAD.search(text[:start])
    own = _KOREAN_OWN_AHEAD.search(text[:start]) and _KOREAN_OWN_BEHIND.match(text, end)
    return bool(ahead or own or _KOREAN_EVENT_FIRST.match(text, start) or _KOREAN_EVENT_HOUR.match(text, end))


def busy_until(text: str, start: int, end: int) -> bool:
    """Whether the hour at `start` to `end` (half open) is until when somebody is busy: "I'm on stage till 3".

    Args:
        text: the whole message.
        start: where the hour begins, 0..len(text).
        end: where it ends.
    """
    return bool(_BUSY_UNTIL.search(folded(text)[:start]) or _KOREAN_BUSY_UNTIL.match(text, end))


def told_day(text: str, start: int, end: int) -> bool:
    """Whether the day at `start` to `end` (half open) is told for what else is on it: "I have a dentist appointment on the 13th".

    Args:
        text: the whole message.
        start: where the day begins, 0..len(text).
        end: where it ends.
    """
    called = _KOREAN_TOLD_OF.search(text[:start]) and _KOREAN_IT_IS.match(text, end)
    return bool(called or _TOLD_DAY.search(folded(text)[:start]) or _KOREAN_TOLD_DAY.match(text, end))


def _around(part: re.Pattern[str], text: str, place: int) -> str:
    """The part of the text, a sentence or a clause, that a place lies in; empty where there is none."""
    return next((one[0] for one in part.finditer(text) if one.start() <= place < one.end()), "")
