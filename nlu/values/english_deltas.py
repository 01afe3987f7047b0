"""English relative changes: "an hour later", "the next day", "one more kid", "make that half past".

A change needs both an amount and a direction ("an hour" alone is a length of time). Knows directions; does not know
what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.types import Delta
from nlu.values.english_people import NOUNS, ONE, Member, Sort, members
from nlu.values.english_spans import DAYS, DURATION, in_days, in_minutes
from nlu.values.english_words import canonical

_THEN: Final = r"(?= *(?:$|[.,!?;]| that\b| then\b| please\b| than\b| instead\b| if\b| would\b| is\b| it\b| thanks\b))"
_EARLIER: Final = re.compile(
    rf"\b(?:earlier|sooner|forwards?|ahead|prior|advance|prepone)\b|\bbefore{_THEN}|\b(?:move|bring|shift|pull|"
    rf"push)\b[a-z ]* up\b|\bup by\b|^up *$"
)
_LATER: Final = re.compile(
    rf"\b(?:later|back|backwards?|behind|down the road|on(?= *$)|delay(?:ed)?|postponed?|further|defer)\b|\bafter{_THEN}"
)
_BY_VERB: Final = (
    (re.compile(r"\b(?:push|put(?: [a-z]+){0,2} off|add|another)\b"), 1),
    (re.compile(r"\b(?:bring|pull|advance)\b"), -1),
)
_SIGNED: Final = re.compile(r"^(?:make it |move it |by )?([+-]|plus|minus) ?(?=\d|an?\b)")
_MINUTES: Final = re.compile(rf"\b{DURATION}|(?<=[+-])\d{{1,3}} ?(?:hours|h|minutes|m)\b")
_BY_MINUTES: Final = re.compile(r"\bby (5|10|15|20|25|30|40|45|50|60|90)(?=[.!?]*$)")
"""`bring it forward by 30`; fewer would be hours or people."""
_DAYS: Final = re.compile(rf"\b{DAYS}")
_PAST: Final = re.compile(
    r"\b(half|quarter|\d{1,2})(?: minutes)? (past|to)\b(?! (?:the )?(?:hours|\d|noon|midnight|X))"
)
_OF_HOUR: Final = re.compile(r"(?<!\d)(?<!\d )[:.] ?([0-5]\d)\b(?!:)")
_ON_THE_HOUR: Final = re.compile(r"\bon the hours\b(?! and)")
_NEXT_DAY: Final = re.compile(
    r"\b(?:(?:the |a )?(?:following|next) (?:day|evening|night|morning)|"
    r"(?:the |1 )?(?:day|evening|night) after(?! (?:tomorrow|X))|the day after that)\b(?! (?:tomorrow|next))"
)
_DAY_BEFORE: Final = re.compile(r"\b(?:the )?(?:previous day|preceding day|day before(?! yesterday))\b" + _THEN)
_NEXT_WEEK: Final = re.compile(
    r"\b(?:same (?:day|time) (?:the )?(?:next|following) week|"
    r"(?:next|following) week,? (?:the )?same (?:day|time)|the following week|the week after)\b(?! next)"
)
_THE_DAY: Final = re.compile(
    r"\b(?:day|date)(?: (?:should|can|could|be|just|to|by))* (\d{1,2}) (later|earlier|sooner)\b"
)
"""The unit named in front: "the day one later"."""
_WEEK_BEFORE: Final = re.compile(r"\b(?:the week before|the previous week)\b")


def read_minutes(words: str) -> Delta | None:
    """Read a change of a held time, in minutes, or the minute to put on the held hour ("make that half past")."""
    text = _BY_MINUTES.sub(r"by \1 minutes", canonical(words))
    if match := _MINUTES.search(text):
        amount = in_minutes(match[0])
        sign = _direction(text, match)
        if amount is None or not sign:
            return None
        return Delta("minutes", amount, sign)
    if match := _PAST.search(text):
        minute = {"half": 30, "quarter": 15}.get(match[1]) or int(match[1])
        if match[2] == "to":
            return Delta("minutes", minute, -1) if minute in (5, 10, 15, 20, 25) else None
        return Delta("minutes", 0, 1, clock_minute=minute) if minute < 60 else None
    if match := _OF_HOUR.search(text):
        return Delta("minutes", 0, 1, clock_minute=int(match[1]))
    return Delta("minutes", 0, 1, clock_minute=0) if _ON_THE_HOUR.search(text) else None


def read_days(words: str) -> Delta | None:
    """Read a change of a held date, in days."""
    text = canonical(words)
    if match := _DAYS.search(text):
        amount, sign = in_days(match[0]), _direction(text, match)
        if amount and sign:
            return Delta("days", amount, sign)
    for pattern, amount, sign in (
        (_NEXT_DAY, 1, 1),
        (_DAY_BEFORE, 1, -1),
        (_NEXT_WEEK, 7, 1),
        (_WEEK_BEFORE, 7, -1),
    ):
        if pattern.search(text):
            return Delta("days", amount, sign)
    if match := _THE_DAY.search(text):
        return Delta("days", int(match[1]), 1 if match[2] == "later" else -1)
    return None


def _direction(text: str, amount: re.Match[str]) -> int:
    """+1 for later, -1 for earlier, 0 where neither is said; the word after the amount counts first."""
    if match := _SIGNED.match(text):
        return 1 if match[1] in ("+", "plus") else -1
    if re.match(r" ?(?:before|after|from) (?:\d|[a-z]+day\b|tomorrow|noon|midnight)", text[amount.end() :]):
        return 0
    after, before = text[amount.end() :], text[: amount.start()]
    for words in (after, before):
        earlier, later = _EARLIER.search(words), _LATER.search(words)
        if earlier and later:
            return -1 if earlier.start() < later.start() else 1
        if earlier or later:
            return -1 if earlier else 1
    return next((sign for verb, sign in _BY_VERB if verb.search(before)), 0)


_N: Final = r"(?:\d{1,2}|an?|a couple(?: of)?)"
_AFTER_MORE: Final = (
    rf"(?= *(?:$|[.,!?;]|(?:{NOUNS}|please|for|to|and|coming|joining|is|are|will|in|then|thanks|at|on|too|now|"
    rf"would|if|with|who|"
    r"sorry|if|because|as|so|today|tomorrow|tonight|has|have|wants?|can)\b))"
)
_OUT: Final = (
    r"(?:(?:just |now |all )?(?:can't|cannot|can not|couldn't|could not|won't|will not|isn't|aren't|is not|"
    r"are not|not|no longer|doesn't|don't|didn't|unable)(?: be)?(?: \w+)? ?(?:make|come|coming|join|joining|attend|"
    r"attending|going|able|there|here)\b|(?:can't|cannot)(?= *(?:$|[.,!]))|"
    r"(?:(?:is|are|has|have) )?(?:has|have|got|caught|down with|come down with) (?:to work|(?:the |a |got )*"
    r"(?:flu|cold|fever|covid|bug|stomach bug)\b)|(?:is |are )?(?:staying (?:at )?home|off sick)\b|"
    r"(?:has |have |had |is |are |just |will )*(?:drop(?:ped|s|ping)?\b(?: out)?(?! (?:his|her|their|its|my|our|the|an?) )"
    r"|cancel(?:l?ed|s|ling)?|back(?:ed|"
    r"ing)? out|bail(?:ed|ing)?|pull(?:ed|ing)? out|fell through|out\b|sick|ill|dropping|"
    r"withdr(?:awn?|ew|awing)\b|declin(?:ed?|ing)\b|bow(?:ed|ing)? out|"
    r"(?:sent|send|given|gave) (?:their|his|her) (?:apologies|regrets|excuses)|"
    r"excused (?:themselves|himself|herself)|be absent|absent\b|indisposed\b))"
)
_AUXILIARY: Final = (
    r"(?:(?:will|would|is|are|was|were|has|have|had|did|may|might|sadly|now|unfortunately|regrettably|to|just|since) )*"
)
"""What stands before a verb of staying away that is put formally: "will [no longer be attending]"."""
_CLAUSE: Final = r"(?:^|[,.!?;] |\b(?:and|but|as|because|since|so|actually|oh|sorry|wait|now) )"
_IN: Final = (
    r"(?:(?:is |are |has |have |will be |will |can |could |'s |wants? to |would like to )*(?:also |now |just )?"
    r"(?:join(?:s|ed|ing)?|com(?:es?|ing)|came|tag(?:s|ged|ging)? along|(?:can|will) make it|(?:said|says) yes"
    r"|(?:jumped|hopped|wants?|is|are|back) in|wants? to (?:join|come)(?: us)?)"
    r"(?= *(?:$|[.,!?;]|(?:too|as well|also|so|now|after all|along|with us|us|and)\b)))"
)
"""Those named before it come after all."""
_CALLED: Final = r"(?: (?!(?:never|not|hardly|almost|only|just|who|and|or|but|is|was|has|had)\b)[a-z]+)?"
"""The name of somebody who is introduced by what they are: "my friend [sara] wants in too"."""
_JOINS: Final = rf"{_CLAUSE}(?:(?:my|our) {ONE}{_CALLED}|(?:the )?{ONE}|(?:my|our) \d{{1,2}} {NOUNS}) {_IN}"
_OF_A_GROUP: Final = (
    r"(?:of|from|in) (?:the |our |my )?(?!(?:i|we|you|us|them|reasons?|days?|nights?|times?|dates?|weeks?|hours?)\b)"
    r"[a-z]+(?: (?:team|department|class|office|group|crew|section|side))?"
)
"""Whoever they are: "two [of the altos] can't make it", "three [from accounting] dropped out"."""
_MORE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_N} (?:more|extra|additional|further|on top)\b{_AFTER_MORE}",
        rf"\bgained {_N}\b|\b{_N} (?:late |last[- ]minute )(?:joiners?|additions?|arrivals?)\b",
        rf"\b{_N} {NOUNS} (?:more|extra)\b{_AFTER_MORE}",
        rf"\b(?:an? )?(?:extra|additional) (?:\d{{1,2}} )?{NOUNS}\b|\b(?:an? )?extra 1\b",
        rf"\banother (?:1|\d{{1,2}}|couple|{NOUNS})\b",
        rf"^(?:and |make it |make that |that's |so |it's |with |please )*(?:\+|plus) ?(?:{_N}\b|(?:my |our |the )?{ONE}\b)",
        rf"\bso+ (?:\+|plus) ?{_N}(?= *(?:$|[.,!?;]))",
        rf"\b(?:add|adding|include|bring|bringing|invite|invited|inviting)\b(?: along| in| on| with)? "
        rf"(?:(?:an?|my|our|another)(?: [a-z]+)? {NOUNS}\b|\d{{1,2}}{_AFTER_MORE})",
        r"\b(?:someone|somebody|1 person) else\b.* (?:joining|coming|too)\b",
        rf"\b(?:increased?|(?:go |gone |went )?up|bump|raise|grown|grew)(?: it| the number| that)? by {_N}\b",
        rf"\b{_N} (?:{NOUNS} )?(?:is |are |has |have |'s )*(?:joined|c[ao]me back|jumped in|back in)\b",
        _JOINS,
        rf"\b{_N} (?:more|others?) [^.!?]{{1,40}}?\b(?:they|he|she)(?:'re| are|'s| is|'ll| will)(?: all| both| be"
        rf"| now)* (?:coming|joining|in)\b",
        rf"\b{_N} (?:{NOUNS} )?{_OF_A_GROUP} {_IN}",
        r"\b(?:he|she)(?: is|'s|s)? (?:back in|in after all|(?:coming|joining|able to come|free) after all)\b",
        rf"\b{_N} (?:{NOUNS} )?(?:is |are |will be |'s |wants? to )*(?:joining|join|coming (?:too|along|as well|"
        rf"with us)|tagging along)\b",
        rf"\b(?:my|our|his|her|their) {NOUNS}(?: and {NOUNS}| [a-z]+)? (?:is |are |will be |will |'s |wants? to |would like to )*"
        r"(?:also |now )?"
        rf"(?:join(?:ing)?|com(?:e|ing)(?: too| along| as well| with us)|tag(?:ging)? along)",
    )
)
_FEWER: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_N} (?:{NOUNS} )?(?:fewer|less|short|down)\b(?! than)",
        rf"^(?:and |make it |make that |that's |so |it's |please )*(?:-|minus) ?{_N}\b",
        rf"\b(?:{_N}|my|our|his|her|the) (?:of (?:us|them|my|our|the) )?(?:(?:{NOUNS}|group|team|party) )?"
        rf"(?:of (?:the|our|my) (?:party|group|team|office|staff|delegation) )?{_AUXILIARY}{_OUT}",
        rf"\b{_N} (?:{NOUNS} )?{_OF_A_GROUP} {_AUXILIARY}{_OUT}",
        rf"\b{_N} of (?:us|them)\b[^.!?]{{1,50}}?\bthey (?:can't|cannot|can not|won't|will not|couldn't)(?: be able to)?"
        r" (?:come|make it|join|attend|be there)\b",
        rf"\b{_N} {NOUNS} [^.!?,;]{{1,40}}? and (?:(?:so|then|they|now|therefore) )*{_AUXILIARY}{_OUT}",
        rf"\b(?:without|remove|drop|lose|lost|losing|subtract|take (?:off|out|away)|take|cut|knock|minus|"
        rf"uninvite)\b(?: out| off)? "
        rf"(?:(?:an?|my|our|the)(?: [a-z]+)? {NOUNS}\b(?! of us)|\d{{1,2}}(?: off| out| away)?{_AFTER_MORE})",
        rf"\b(?:take|drop|scratch|strike|remove|cut|leave|knock|cross)(?: off| out)? {_N} of (?:us|them|'?em"
        rf"|(?:my|our|the) {NOUNS})\b",
        rf"\b(?:reduced?|decreased?|(?:go |gone |went )?down|lower|cut|shrunk|shrank)(?: it| the number| that)? by {_N}\b",
        rf"{_CLAUSE}(?:my |our |the )?{ONE} (?:{_OUT}|(?:said|says) no\b)",
        rf"\b{_N} of (?:us|them)\b[^.!?]*\b(?:subtract|deduct|remove|drop|take|leave)(?: off| out| away)?"
        r" (?:them|those|these|that)\b",
    )
)
_MORE_OUT: Final = re.compile(rf"\b(?P<number>{_N}) (?:more|others?) (?=(?:of us |people )?{_AUXILIARY}{_OUT})")
"""So many more who stay away: "two more have dropped out"."""
_CONTRACTED: Final = re.compile(
    r"'s (?=(?:also |now |not |no longer |just )*(?:coming|joining|tagging|going|sick|ill|out|able|in|back)\b)"
)
"""`my sister's coming` is no possessive."""
_COUNTED_IN: Final = re.compile(r"\bcount (?:him|her|me)(?: back)? (?:(?P<in>in)|out)\b", re.IGNORECASE)
_KIN_OF: Final = re.compile(rf"\b(?:my|our|his|her|their) {ONE}'s ({ONE})\b")
"""One person, by another: "my sister's husband"."""
_KIDS: Final = r"(?:kids|children|little ones|toddlers|babies|boys|girls)"
_NOT_HIM: Final = re.compile(
    rf"[.,;!]? ?\b(?:(?:and|but|while|though|though not) )?(?:(?:my|our|his|her|their|the) )?(?:{ONE}|{_KIDS}|he|she) "
    r"(?:is not|isn't|won't|will not|can't|cannot|doesn't|are not|aren't)(?: (?:coming|joining|going|able to (?:come|make it)"
    r"|make it|come|join|be there|want to|with us|though|this time|anymore|after all))*(?= *(?:$|[.,!?;]))"
)
"""Who does not come, beside somebody who joins: "our boss is coming too, his wife isn't" adds one."""
_BUT_JOINS: Final = re.compile(
    rf",? (?:but|though) (?:my|our|his|her|their) (?:\w+ )?{ONE} (?:will|can|is|does)"
    r"(?: (?:come|coming|join|joining|instead|though|be there))*"
    r"(?= *(?:$|[.,!?;]))"
)
"""One who comes where others do not: "two friends can't come, but my neighbour will"."""
_PRONOUN_OUT: Final = re.compile(
    r"^(?:\W|\b(?:oh|so|sorry|actually|and|but|unfortunately|sadly)\b)*"
    rf"(?P<who>(?:my|our|his|her|the) (?:\w+ )?{NOUNS})\b[^.!?]*?"
    r"(?:[,;]| so\b| and\b| please\b)+ ?(?:(?:so|please|just|then|you can|can you|could you) )*"
    r"(?:take|leave|cross|drop|count|scratch|strike|knock) (?:her|him|them|those 2|both(?: of them)?|the 2)(?: (?:off|out)\b)?"
)
"""Those who are named, and then taken off by a pronoun: "my niece stays with her dad, so take her off"."""
_TOTAL: Final = re.compile(r"\b(?:in total|altogether|all together|total)\b")
_ALREADY: Final = re.compile(r"\b(?:me|myself|i) (?:and|plus|with|\+)|\d (?:people |adults? )?(?:plus|\+) ")
_ELSEWHERE: Final = re.compile(r"\b(?:at|in|to|from|of) another (?:place|seat|spot)\b")
"""Somewhere else, and nobody more."""
_CHANGE_WORDS: Final = re.compile(
    r"\b(?:more|extra|additional|another|fewer|less|further|short|plus|minus)\b|[+]|(?<!\d)-(?=\d)"
)


_NO_CHILDREN: Final = re.compile(
    rf"\b(?:no|without(?: (?:the|our|my|any))?|minus (?:the|our|my)|(?:leaving|not bringing) (?:the|our|my|any)) {_KIDS}\b"
    rf"|\b(?:(?:the|our|my|all the|all) )?{_KIDS} {_OUT}"
    rf"|\b(?:there )?(?:won't be|will not be|aren't) any {_KIDS}\b"
    rf"|\bnone of (?:the|our|my) {_KIDS} (?:(?:is|are|can|will|would|wants?|be|able|to|actually|now) )*"
    r"(?:com(?:e|ing)|join(?:ing)?|mak(?:e|ing) it|there|tagging along)\b"
    rf"|\b(?:the|our|my) {_KIDS}\b[^.!?]*\b(?:both|all|none|neither|\d) of (?:them|whom) (?:are|is|will be|won't be) "
    r"(?:out|coming|staying|away|not coming|there)\b|\b(?:the|our|my) {_KIDS} (?:are|will be)? ?(?:staying|stay) (?:at )?home"
)
"""All the children stay away; how many there were is not said."""
_NO_CHILD: Final = re.compile(
    r"\bno (baby|toddler|infant|child|kid|newborn|little 1)(?= *(?:$|[.,!;]|(?:after all|any ?more|this time|now|coming|then)\b))"
)
"""The one child stays away."""
_COUNTED: Final = re.compile(r"\d|\badult|\bgrown")
"""Somebody is counted: "2 adults and no kids" is a party, not a change."""


def read_people(words: str) -> Delta | None:
    """Read a change of a held number of people; `parts` says which where adults, relatives or children are named."""
    words = _COUNTED_IN.sub(lambda found: "add 1 person" if found["in"] else "remove 1 person", words)
    text = _KIN_OF.sub(r"my \1", _CONTRACTED.sub(" is ", canonical(words)))
    text = _ELSEWHERE.sub(" ", _PRONOUN_OUT.sub(r"without \g<who>", text))
    if not _COUNTED.search(text):
        if _NO_CHILDREN.search(words.casefold()):
            return Delta("people", 0, -1, without="children")
        text = _NO_CHILD.sub(r"without the \1", text)
    if (rest := _BUT_JOINS.sub("", text)) != text and (gone := read_people(rest)) and gone.sign < 0 and gone.amount > 1:
        return Delta("people", gone.amount - 1, -1)
    text = _MORE_OUT.sub(r"\g<number> ", text)
    more = any(pattern.search(text) for pattern in _MORE)
    if more:
        text = _NOT_HIM.sub("", text)
    fewer = any(pattern.search(text) for pattern in _FEWER)
    if fewer == more or _ALREADY.search(text) or _TOTAL.search(text):
        return None
    text = re.sub(r"\banother (?=\d|couple)", "a " if "another couple" in text else "", text)
    plain = " ".join(_CHANGE_WORDS.sub(lambda match: " 1 " if match[0] == "another" else " ", text).split())
    found = _changing(plain)
    if _AND_ADDED.search(text):
        found = [member for member in members(text) if member.sort is Sort.RELATIVE][:1] or found[:1]
    amount = sum(member.number for member in found)
    if not amount:
        return None
    parts = {
        name: number
        for name, sorts in (("adults", (Sort.ADULT, Sort.RELATIVE)), ("children", (Sort.CHILD,)))
        if (number := sum(member.number for member in found if member.sort in sorts))
    }
    return Delta("people", amount, -1 if fewer else 1, parts=parts)


_AND_ADDED: Final = re.compile(
    rf"\b(?:my|our) {ONE}\b[^.!?]{{1,40}}?[,.;]? ?(?:so |and |can you |could you |please |just |then )*(?:add"
    rf"|make room for|put down) "
    r"(?:1 (?:more |extra )?(?:person|guest|seat|chair|place|adult|more)|a (?:seat|chair|place|person))\b"
)
"""Who joins, and that there is to be one more for them: "my roommate wants to come, could you add one person?" adds one."""
_ONE_OF_THEM: Final = re.compile(rf"{_CLAUSE}{ONE}\b")


def _changing(text: str) -> list[Member]:
    """Those who come or go: the counted, else a bare number, else one relative."""
    found = [member for member in members(text) if member.sort is not Sort.SELF]
    named = [member for member in found if member.sort is not Sort.BARE]
    if named and all(member.sort is Sort.RELATIVE for member in named) and len(found) > len(named):
        numbers = [member for member in found if member.sort is Sort.BARE]
        return numbers[:1]
    return (
        named
        or found[:1]
        or [Member(0, 0, 1, Sort.RELATIVE) for _ in _ONE_OF_THEM.findall(text)[:1]]
        or [Member(0, 0, 1, Sort.BARE) for _ in re.findall(r"\b(?:an?|someone|somebody|he|hes|she|shes)\b", text)[:1]]
    )
