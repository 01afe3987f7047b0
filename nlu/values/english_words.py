"""English words to one spelling: digits for number words, full names for days and months, typing slips mended.

The readers of dates, times and counts work on this form only. Does not know what the words mean together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from spellchecker import SpellChecker
from spellchecker.spellchecker import WordFrequency

from nlu.values.text import listed

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = listed("january february march april may june july august september october november december")

_UNITS: Final = {
    word: value
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth"
        ),
        start=1,
    )
} | {"twentieth": 20, "thirtieth": 30}
_SPELLINGS: Final = {
    **{name[:3]: name for name in (*WEEKDAYS, *MONTHS)},
    **{"tues": "tuesday", "weds": "wednesday", "wednes": "wednesday", "thur": "thursday", "thurs": "thursday"},
    **{"sept": "september", "mond": "monday", "satur": "saturday", "frid": "friday"},
    **{name + "s": name for name in WEEKDAYS},
    **dict.fromkeys(
        (
            "tmrw",
            "tmr",
            "tmw",
            "tmrow",
            "tomo",
            "tomoz",
            "tomorrows",
            "tomorrow's",
            "tmrrw",
            "tmro",
            "tmoro",
            "tomrw",
            "2mrw",
        ),
        "tomorrow",
    ),
    **dict.fromkeys(("aprl", "apirl", "arpil"), "april"),
    **{"marhc": "march", "mrach": "march", "jnue": "june", "jully": "july"},
    **{"nite": "night", "nites": "nights", "missis": "missus"},
    **dict.fromkeys(("tonite", "tonights", "tonight's", "2nite", "tnite"), "tonight"),
    **dict.fromkeys(("2moro", "2morrow", "2mrw", "2mro"), "tomorrow"),
    **dict.fromkeys(("yday", "yest"), "yesterday"),
    **dict.fromkeys(("2day", "todays", "today's"), "today"),
    **{"tdy": "today", "wk": "week", "wks": "weeks", "wkend": "weekend", "wknd": "weekend", "nxt": "next"},
    **dict.fromkeys(("morn", "mornin", "mornings"), "morning"),
    **{
        "midnite": "midnight",
        "mid-night": "midnight",
        "aft": "afternoon",
        "arvo": "afternoon",
        "midday": "noon",
        "noontime": "noon",
    },
    **dict.fromkeys(("min", "mins", "minute", "mns"), "minutes"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "hours"),
    **dict.fromkeys(("kidz", "kiddies", "kiddoes"), "kids"),
    **{
        "pls": "please",
        "plz": "please",
        "abt": "about",
        "w": "with",
        "til": "till",
        "fourty": "forty",
        "ninty": "ninety",
    },
    **{"sevn": "seven", "sevne": "seven", "eigt": "eight", "eght": "eight", "fuor": "four", "thre": "three"},
    **{f"{word}nt": f"{word}n't" for word in listed("ca wo is are was do does did could would should")},
    **dict.fromkeys(("qtr", "quater", "qarter"), "quarter"),
    **{"u": "you", "r": "are", "n": "and", "thx": "thanks", "ty": "thanks", "b4": "before"},
    **{"frm": "from", "instd": "instead", "insted": "instead", "aight": "alright"},
}
_MENDED: Final = (
    *(*WEEKDAYS, "january", "february", "april", "august", "september", "october", "november", "december"),
    *(
        "days",
        "today",
        "tomorrow",
        "tonight",
        "yesterday",
        "week",
        "weekend",
        "weeks",
        "month",
        "next",
        "following",
        "fortnight",
    ),
    *("noon", "afternoon", "evening", "morning", "midnight", "night", "lunch", "lunchtime", "dinner", "breakfast"),
    *("people", "persons", "person", "guests", "adults", "adult", "children", "child", "kids", "baby", "babies"),
    *("toddler", "toddlers", "friend", "friends"),
    *("minutes", "hours", "quarter", "half", "past"),
    *("before", "after", "around", "about", "between", "until", "earlier", "later", "more", "oclock"),
    *("three", "four", "five", "seven", "eight", "nine", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("twenty", "thirty", "forty"),
)
"""What a slip is mended to: words of four letters and more, since shorter ones are a letter from too many others."""
_RUN_TOGETHER: Final = frozenset(listed("noone alot"))
"""Two words written as one, a letter from another word."""
_SHORTEST: Final = 3
_LONG: Final = 7
"""Letters from which a word to mend to may be two slips away."""
_LOOKALIKES: Final = frozenset(
    listed("sun sat wed mar may march april june jun august aug morning evening night noon lunch dinner summer second")
)
_NO_DAY_AFTER: Final = frozenset(listed("i we you they he she it the in a"))
_NO_MONTH_AFTER: Final = _NO_DAY_AFTER - {"in"}
KNOWN: Final = frozenset(
    (
        *WEEKDAYS,
        *MONTHS,
        *listed(
            "today tonight tomorrow yesterday weekend week weeks month months year day days next this last coming following "
            "morning noon afternoon evening night midnight lunch lunchtime breakfast brunch dinner dinnertime supper oclock "
            "am pm a p h hours minutes ish half quarter past to till until before after by from at on in of the for and or "
            "with around about between through thru not no now please thanks thank ok okay then instead if is was will "
            "would should can could does do works work suits sounds seems would be i we my our it that it's there is me us "
            "table tables booking reservation slot slots time times seating sitting service meal shift one party group "
            "people guests pax ppl adults only also again either too maybe actually sorry wait but so because as how what "
            "an any early late later earlier sometime right sharp exactly onwards onward latest earliest two hey hi hello "
            "you let's lets make book reserve get have want need works fine good great best better preferably obviously obv obvs "
            "naturally definitely ideally clearly lol haha ofc tho though btw st nd rd th"
        ),
    )
)
"""Words that may stand beside a day or a time without making it part of a proper name ("Sun Palace")."""
_HOURS: Final = listed("one two three four five six seven eight nine ten eleven twelve")
_TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)*|\S")
_RESPELLED: Final = (
    (re.compile(r"(?<=\d)o(?=\d|\b)|(?<![a-z\d])o(?=\d)"), "0"),
    (re.compile(r"\b([ap])\. ?m\b\.?"), r"\1m"),
    (re.compile(r"(?<=\d) ([ap]) m\b|(?<=[a-z]) ([ap]) m\b"), lambda found: f" {found[1] or found[2]}m"),
    (re.compile(r"'? ?\bo ?['\"]? ?(?:cl?oc?k|clcok|colck)s?\b"), " oclock"),
    (re.compile(r"(?<=[a-z\d])-(past|to|after|till)-(?=[a-z\d])"), r" \1 "),
    (re.compile(r"\b(in the|this) eve\b(?! of)"), r"\1 evening"),
    (re.compile(r"\b(?:in|around) the (?:region|neighbou?rhood|vicinity) of\b|\bjust gone\b"), "around"),
    (re.compile(r"\b((?:half |quarter )?(?:past |to )?[a-z\d:.]+(?: ?[ap]m)?),? give or take\b"), r"around \1"),
    (re.compile(r"\bbrekk(?:ie|y)s?\b"), "breakfast"),
    (
        re.compile(r"\b(" + "|".join((*_HOURS, "noon", "midnight")) + r")-?ish\b"),
        r"\1 ish",
    ),
    (re.compile(r"\b(" + "|".join(_HOURS) + r")([ap]m)\b"), r"\1 \2"),
    (re.compile(r"(?<=\d)(st|nd|rd|th)(?=[a-z])"), r"\1 "),
    (re.compile(r"\bits (?=(?:just|only|about|around|for|like|" + "|".join(_HOURS) + r"|\d)\b|\d)"), "it's "),
    (re.compile(r"^((?:at |by |around |after |before )?)([ap]m) ?(\d{1,2}(?::\d\d)?)(?!\d)"), r"\1\3 \2"),
    (re.compile(r"\bmid[- ]day\b"), "noon"),
    (re.compile(r"\bmy self\b"), "myself"),
    (re.compile(r"\b(mon|tues?|weds?|thurs?|fri|sat|sun)'s\b"), r"\1 is"),
    (re.compile(r"\ban? hundred\b"), "one hundred"),
    (re.compile(r"\b(\d{1,2}|[a-z]+) ?-?ish ([ap]m)\b"), r"\1 \2 ish"),
    (re.compile(r"\b(2(?:moro|morrow|mrw|mro|nite|day)|b4)\b"), lambda found: _SPELLINGS[found[1]]),
    (re.compile(r"\b(\d{1,3}),(\d{3})\b"), r"\1\2"),
    (re.compile(r"\b(\d{1,2});(\d{2})\b"), r"\1:\2"),
)


@dataclass(slots=True)
class _Token:
    text: str
    glued: bool
    raw: str
    value: int | None = None
    tens: bool = False


@lru_cache(maxsize=512)
def canonical(words: str) -> str:
    """Rewrite words in the one spelling that the English readers expect.

    Lower case; number words as digits ("twenty-one" is `21`, "third" is `3rd`); weekdays and months in full; letters
    and digits apart ("7pm" is `7 pm`); chat forms and slips of one or two letters in long calendar words mended.

    Args:
        words: cleaned text, at most some thousand characters.
    """
    text = words.lower()
    for pattern, spelling in _RESPELLED:
        if pattern.search(text):  # a template is read anew in each call of `sub`, also where nothing fits
            text = pattern.sub(spelling, text)
    tokens: list[_Token] = []
    end = 0
    for found in _TOKEN.finditer(text):
        token = _spell(found[0], glued=found.start() == end)
        end = found.end()
        if not (tokens and _joined(tokens, token)):
            tokens.append(token)
    _hide_lookalikes(tokens)
    return _written(tokens)


def _hide_lookalikes(tokens: list[_Token]) -> None:
    """Put a mark before words such as "sun", "may" or "morning" where their neighbours make them something else."""
    for place, token in enumerate(tokens):
        if token.raw not in _LOOKALIKES:
            continue
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        before = tokens[place - 1].text if place else ""
        strange = after is not None and after.text.isalpha() and after.text not in KNOWN
        other = (
            _NO_DAY_AFTER if token.raw in ("sun", "sat") else _NO_MONTH_AFTER if token.raw in ("may", "march") else ()
        )
        if strange or before in other:
            token.text = f"_{token.raw}"


def _spell(word: str, *, glued: bool) -> _Token:
    if word in _ORDINALS:
        return _Token(ordinal(_ORDINALS[word]), glued, word)
    known = word in _UNITS or word in _TENS
    text = word if known else _SPELLINGS.get(word) or _mended(word)
    if text in _UNITS:
        return _Token(str(_UNITS[text]), glued, word, _UNITS[text])
    if text in _TENS:
        return _Token(str(_TENS[text]), glued, word, _TENS[text], tens=True)
    return _Token(text, glued, word)


def _joined(tokens: list[_Token], token: _Token) -> bool:
    """Join "twenty" with a following "one" or "first", also across a hyphen; True when the token is used up."""
    hyphen = tokens[-1].text == "-" and tokens[-1].glued and token.glued
    head = tokens[-2] if hyphen and len(tokens) > 1 else tokens[-1]
    if token.text == "hundred" and head.value is not None and not hyphen:
        head.text, head.value = str(head.value * 100), head.value * 100
        return True
    if not head.tens or head.value is None:
        return False
    if token.value is not None and 1 <= token.value <= 9 and not token.tens:
        head.text = str(head.value + token.value)
    elif re.fullmatch(r"[1-9](?:st|nd|rd|th)", token.text):
        head.text = ordinal(head.value + int(token.text[0]))
    else:
        return False
    head.tens = False
    if hyphen:
        tokens.pop()
    return True


def ordinal(number: int) -> str:
    """Write 1 as `1st`, 12 as `12th`."""
    last = 0 if 10 <= number % 100 <= 20 else number % 10
    return f"{number}{('th', 'st', 'nd', 'rd')[last] if last < 4 else 'th'}"


def _mended(word: str) -> str:
    """The word; one that is not English and a slip or two from a word that this reader knows is that one."""
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha() or is_english(word):
        return word
    slips = {target: OSA.distance(word, target) for target in _near(word)}
    return min((one for one in slips if slips[one] <= _allowed(one)), key=slips.__getitem__, default=word)


def _near(word: str) -> list[str]:
    """Words to mend to that begin alike, or with the first two letters exchanged: people seldom miss the first."""
    return [one for one in _MENDED if one[0] == word[0] or (one[1], one[0]) == (word[0], word[1])]


def _allowed(target: str) -> int:
    return 2 if len(target) >= _LONG else 1


def is_english(word: str) -> bool:
    """Whether a word in small letters is an English one, or one that the readers know."""
    return (
        (word.removesuffix("s") in _MENDED and not word.endswith("ss"))
        or word in _MENDED
        or word in KNOWN
        or word in _RUN_TOGETHER
        or word in _dictionary()
    )


def is_nearly_english(word: str) -> bool:
    """Whether a word in small letters is an English one but for one slip at most: `plese`, `thx`."""
    return is_english(word) or any(slip in _dictionary() for slip in _checker().edit_distance_1(word))


def _dictionary() -> WordFrequency:
    return _checker().word_frequency


@lru_cache(maxsize=1)
def _checker() -> SpellChecker:
    """160,000 English words as films say them; 0.15 s to read, at the first word that no reader knows."""
    return SpellChecker(language="en")


def _written(tokens: list[_Token]) -> str:
    parts: list[str] = []
    before = ""
    for token in tokens:
        apart = not token.glued or (before[-1:].isalnum() and token.text[0].isalnum())
        ordinal_tail = before.isdecimal() and token.glued and token.text in ("st", "nd", "rd", "th")
        parts.append(f" {token.text}" if parts and apart and not ordinal_tail else token.text)
        before = token.text
    return "".join(parts)
