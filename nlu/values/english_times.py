"""English times of day: "7 pm", "half past seven", "after 6", "lunchtime".

An hour without am or pm has two values (`Ambiguity.HALF`), the likelier half first: am for 10 and 11, else pm.
Alternatives with open halves ("7 or 8") list both halves of each and keep HALF; with a known half they are a CHOICE.
Ranges with open halves give the pm reading and HALF. Knows the clock; does not know opening hours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values.elapsed import minutes_later
from nlu.values.english_clock import CLOCK_STEPS, PART, PART_OF, PARTS, clock, earlier
from nlu.values.english_sentence import MARK, UNREADABLE, VAGUE, Draft, either, resolve
from nlu.values.english_spans import DURATION, in_minutes
from nlu.values.english_words import MONTHS, WEEKDAYS, canonical

_LAST: Final = "23:59"
_FIRST: Final = "00:00"

_CUE: Final = (
    r"(?:at|@|around|about|by|before|after|until|till|from|between|past|since|approximately|approx|roughly|"
    r"circa|~|ca|towards|like|say|to|make it|make that|than|time is|not|sharp|only)"
)
_FILLER: Final = (
    r"(?:the|at|please|thanks|alright|then|say|make|it|that|is|lets|let's|let us|for|maybe|ok|okay|yes|yeah|sure|no|how|"
    r"about|would|be|work|works|fine|good|great|and|or|to|a|instead|of|i|we|mean|meant|actually|want|do|around|"
    r"exactly|um|uh|dot|"
    r"either|just|not|but|rather|sorry|wait|can|you|better|time|ish|so|go|with|between|from|after|before|by|"
    r"until|sharp|today|tomorrow|next|this|on|in|coming|approximately|roughly|hours|till|like|only|onwards|later|"
    r"earlier|latest|earliest|very|perhaps|possibly|otherwise|if|failing|hmm|well|oh|hey|hi|think|could|should|my)"
)
_BARE: Final = re.compile(rf"^(?:{_FILLER}\b|(?:{'|'.join(WEEKDAYS)})\b|\W|X\d+X|\d{{1,2}}\b)*+$")


def read_time(words: str, now: datetime) -> Reading:
    """Read the time of day that English words speak of.

    Args:
        words: cleaned text, a phrase or a whole sentence.
        now: the user's clock, for "in two hours".

    Returns:
        One `HH:MM`, candidates, or a range with both ends; `no_such_time` for 25:00.
    """
    said = _PART_ONE.sub(r"\1", _PART_ISH.sub(r"\1", words.lower()))
    said = _HOUR_OF_PART.sub(r"\2 oclock \1", _PART_OF_HOUR.sub(r"\1 oclock \2", said))
    text = canonical(_SINGULAR_HOUR.sub(r"\1 oclock", _SPOKEN_MINUTES.sub(r"\1 minutes \2", said)))
    if _NOW.fullmatch(text):
        return Reading((now.strftime("%H:%M"),))
    if match := _FROM_NOW.search(text):
        return _from_now(match, now)
    draft = Draft(_without_days(text))
    part = _part(draft.text)
    for pattern, step in CLOCK_STEPS:
        draft.put(pattern, lambda match, step=step: step(match, part))  # type: ignore[misc]
    _put_bare_hours(draft, part)
    if not draft.found:
        draft.put(_BESIDE_PART, _beside_part)
        draft.put(_PART_ALONE, lambda match: Reading(bounds=PARTS[PART_OF[match[1]]]))
        if len({reading.bounds for reading in draft.found}) > 1:
            return VAGUE
    if not draft.found and (half := _HALF_ALONE.fullmatch(draft.text)):
        return Reading(bounds=_HALVES[half[1]])
    if not draft.found:
        return VAGUE if _VAGUE_TIME.search(draft.text) else UNREADABLE
    for pattern, step_on in _AROUND:
        draft.put(pattern, lambda match, step_on=step_on: step_on(match, draft))  # type: ignore[misc]
    return resolve(_halves_shared(draft), _span)


def _from_now(match: re.Match[str], now: datetime) -> Reading:
    minutes = in_minutes(match[1] or match[2])
    if minutes is None:
        return VAGUE
    return Reading((f"{minutes_later(now, minutes):%H:%M}",))


def _beside_part(match: re.Match[str]) -> Reading:
    """After lunch, before dinner."""
    first, last = PARTS[PART_OF[match[2]]]
    return Reading(bounds=(last, _LAST) if match[1] == "after" else (_FIRST, first))


def _without_days(text: str) -> str:
    """Take out dates, party sizes and phone numbers, whose figures are no clock times."""
    for pattern in _NOT_CLOCK:
        text = pattern.sub(" ; ", text)
    return text


def _part(text: str) -> str | None:
    """The part of the day named in the text, if it is one."""
    named = {PART_OF[word] for word in _PART_WORD.findall(text)}
    return named.pop() if len(named) == 1 else None


def _put_bare_hours(draft: Draft, part: str | None) -> None:
    """Take plain numbers as hours: after "at", "by" and the like, beside a time, or where a sentence says little else."""
    sentences = _SENTENCE.split(draft.text)
    for place, sentence in enumerate(sentences):
        draft.text = sentence
        bare = _BARE.match(_PART_WORD.sub(" ", sentence))
        for pattern in (_BARE_HOUR, _HOUR_AFTER_MARK) if bare else (_CUED_HOUR, _HOUR_BEFORE_MARK, _HOUR_AFTER_MARK):
            draft.put(
                pattern, lambda match: clock(int(match["hour"]), 0, None, part) if int(match["hour"]) <= 24 else None
            )
        sentences[place] = draft.text
    draft.text = "".join(sentences)
    if not draft.found and (match := _WHOLE_HOUR.fullmatch(draft.text)):
        draft.text = draft.mark(clock(int(match[1]), 0, None, part))


# --- words around a clock time


def _roughly(match: re.Match[str], draft: Draft) -> Reading:
    reading = draft.at(match[1] or match[2])
    return replace(reading, approximate=bool(reading.values))


def _after(match: re.Match[str], draft: Draft) -> Reading | None:
    number = next(group for group in match.groups() if group)
    return _open_range(draft.at(number), after=True)


def _shifted(match: re.Match[str], draft: Draft) -> Reading | None:
    """An hour before 6:30 pm."""
    minutes, reading = in_minutes(match[1]), draft.at(match[3])
    if minutes is None or not reading.values:
        return None
    back = minutes if match[2] == "before" else -minutes
    return replace(reading, values=tuple(earlier(value, back) for value in reading.values))


def _within(match: re.Match[str], draft: Draft) -> Reading:
    return _span(draft.at(match[1]), draft.at(match[2]))


def _before(match: re.Match[str], draft: Draft) -> Reading | None:
    number = next(group for group in match.groups() if group)
    return _open_range(draft.at(number), after=False)


def _open_range(reading: Reading, *, after: bool) -> Reading | None:
    if not reading.values:
        return None
    value = max(reading.values) if reading.ambiguity is Ambiguity.HALF else reading.values[0]
    bounds = (value, _LAST) if after else (_FIRST, value)
    return Reading(bounds=bounds, ambiguity=reading.ambiguity)


def _span(first: Reading, last: Reading) -> Reading:
    """From one time to another: an open half is pm for the end, and the latest before the end for the start."""
    if not first.values or not last.values:
        return next((side for side in (first, last) if side.reason), UNREADABLE)
    end = max(last.values) if last.ambiguity is Ambiguity.HALF else last.values[0]
    starts = [value for value in first.values if value < end]
    if not starts:
        return either((first, last))
    is_open = last.ambiguity is Ambiguity.HALF and first.ambiguity is Ambiguity.HALF
    return Reading(bounds=(max(starts), end), ambiguity=Ambiguity.HALF if is_open else Ambiguity.NONE)


def _halves_shared(draft: Draft) -> Draft:
    """Let "7 or 8 pm" mean 7 pm or 8 pm: a half said once holds for the open hours before it."""
    words, items = draft.pieces()
    for place in range(len(items) - 2, -1, -1):
        here, there = items[place], items[place + 1]
        joined = re.fullmatch(r" *(?:or|and|/|,|, or|or maybe)? *(?:at|around|about)? *", words[place + 1])
        if joined and here.ambiguity is Ambiguity.HALF and here.values and there.exact:
            same = [value for value in here.values if (value < "12:00") == (there.exact < "12:00")]
            items[place] = replace(here, values=tuple(same), ambiguity=Ambiguity.NONE)
    text = "".join(word + (f"X{place}X" if place < len(items) else "") for place, word in enumerate(words))
    return Draft(text, items)


_PART_WORD: Final = re.compile(rf"(?<!_)\b{PART}\b")
_SPOKEN_MINUTES: Final = re.compile(
    r"(?<!from )(?<!between )\b(five|ten|twenty|twenty[- ]five) (to|till|of|before)\b(?= \w)"
)
_SINGULAR_HOUR: Final = re.compile(
    r"^((?:at )?(?!(?:an?|1|one|half|quarter) )[a-z\d]+(?= hour[.!?]*$)|(?:at )?(?:1[3-9]"
    r"|2[0-3])(?= hours?[.!?]*$)) hours?(?=[.!?]*$)"
)
"""`3 hour`, which is no length of time."""
_PART_ONE: Final = re.compile(rf"^((?:the |that |an? )?{PART}) one(?=[.,!? ]*(?:please|thanks)?[.!?]*$)")
"""`the evening one`, where two are offered."""
_PART_ISH: Final = re.compile(rf"\b({PART})ish\b")
_DAY_PART: Final = r"(morning|afternoon|evening|night|tonight)"
_HOUR_OF_PART: Final = re.compile(
    rf"\b{_DAY_PART} (?:at )?(?!(?:an?|1|one|half|quarter) )([a-z]+|\d{{1,2}}) hour\b(?! (?:later|earlier|before|after))"
)
_PART_OF_HOUR: Final = re.compile(
    rf"^((?:at )?(?!(?:an?|1|one|half|quarter) )(?:[a-z]+|\d{{1,2}})) hour (?:in )?(?:the )?{_DAY_PART}(?=[.!?]*$)"
)
"""`evening 6 hour`, `7 hour evening`, as people say it whose own language counts the hours so."""
_BESIDE_PART: Final = re.compile(rf"\b(after|before) (?:the )?{PART}\b")
_HALF_ALONE: Final = re.compile(
    r"(?:(?:it's|it is|i mean|i meant|make it|the|in the|definitely|obviously|sorry|oh|yes|yeah|no),? )*(am|pm)"
    r"(?: (?:one|1|please|then|thanks|obviously|of course|definitely|sorry|i think|works|for me|lol|haha+|duh|obvs))*\W*"
)
_HALVES: Final = {"am": (_FIRST, "11:59"), "pm": ("12:00", _LAST)}
"""An answer to "7 am or 7 pm?"."""
_PART_ALONE: Final = re.compile(rf"(?<!_)\b{PART}\b")
_NOW: Final = re.compile(r"(?:right )?now[.!]*")
_FROM_NOW: Final = re.compile(rf"\bin (?:about |around )?({DURATION})(?! (?:later|earlier))|^({DURATION}) from now\b")
_SENTENCE: Final = re.compile(r"((?<=[.!?;]) )")
_WHOLE_HOUR: Final = re.compile(r"(?:at |by |around |for )?(\d{1,2})[.!?]*")
_NOT_AFTER_HOUR: Final = (
    r"(?![:.,]?\d|/\d| ?%| (?:people|persons?|pax|ppl|guests?|adults?|kids?|child|children|of us|of them|"
    r"minutes|hours|days?|weeks?|months?|nights?|more|less|fewer|seats?|tables?|friends|others|"
    r"at(?! the (?:very )?(?:latest|earliest))|x|st|nd|rd|th)\b)"
)
_BARE_HOUR: Final = re.compile(rf"(?<![\d:.,/X+$#])(?<!\bfor )\b(?P<hour>\d{{1,2}})\b{_NOT_AFTER_HOUR}")
_CUED_HOUR: Final = re.compile(rf"(?P<keep>(?:\b{_CUE}|@|~) ?)\b(?P<hour>\d{{1,2}})\b{_NOT_AFTER_HOUR}")
_LINK: Final = r" ?(?:or|to|-|~|/|,|till|until|and|not|instead of|rather than) ?(?:at |about |around )?"
_HOUR_BEFORE_MARK: Final = re.compile(rf"(?<![\d:.,/X+$#])\b(?P<hour>\d{{1,2}})\b(?={_LINK}X\d)")
_HOUR_AFTER_MARK: Final = re.compile(rf"(?P<keep>\dX{_LINK})(?P<hour>\d{{1,2}})\b{_NOT_AFTER_HOUR}")
_VAGUE_TIME: Final = re.compile(
    r"\b(?:any ?time|some ?time|whenever|later|earlier|early|late|earliest|latest|after work|soon|another time|"
    r"a different time|flexible|asap)\b"
)
_WEEK_NAMES: Final = "|".join(WEEKDAYS)
_MONTH_NAMES: Final = "|".join(MONTHS)
_PERSON: Final = (
    r"(?:people|persons?|pax|ppl|guests?|adults?|kids?|child(?:ren)?|of us|of them|heads?|diners|friends|others)"
)
_NOT_CLOCK: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bgood (?:morning|afternoon|evening|night)\b",
        r"\b\d{4}[-/.] ?\d{1,2}[-/.] ?\d{1,2}\b(?!\d)",
        r"\+?\d[\d\- ]{7,}\d",
        rf"\b(?:{_MONTH_NAMES}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?!:)(?:,? \d{{4}})?",
        rf"(?<!:)\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH_NAMES})\b(?:,? \d{{4}})?",
        r"\b(?:the )?\d{1,2}(?:st|nd|rd|th)(?: 1)?\b",
        r"(?<![\d:])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d:]| ?[ap]m\b)",
        r"\b(?:party|table|group|family) (?:of|for) \d{1,3}\b(?!:| ?[ap]m\b| oclock)",
        rf"\b\d{{1,3}}(?: ?(?:-|to|or) ?\d{{1,3}})? ?{_PERSON}\b",
        r"\b(?:in|for|within) \d{1,3} (?:days?|weeks?|hours|minutes|months?|nights?)\b",
        r"\b(?:a |1 )?(?:hours|minutes|day|week) (?:later|earlier|(?:after|before)(?! (?:\d|noon|midnight|"
        r"quarter|half)))\b",
    )
)

_AroundStep = Callable[[re.Match[str], Draft], Reading | None]
_ROUGH: Final = (
    r"(?:about|around|approximately|approx\.?|roughly|circa|~|ca\.?|near|nearly|close to|"
    r"or thereabouts|somewhere around)"
)
_AROUND: Final[tuple[tuple[re.Pattern[str], _AroundStep], ...]] = tuple(
    (re.compile(pattern), step)
    for pattern, step in (
        (rf"\b({DURATION}) (before|after|past|from) {MARK}", _shifted),
        (
            rf"\b(?:after|from|not before|no earlier than|earliest) {MARK},? (?:but |and )?"
            rf"(?:before|by|no later than|not later than|not after|latest) {MARK}",
            _within,
        ),
        (
            rf"(?<!how )(?<!what ){_ROUGH} ?(?:at )?{MARK}|\b{MARK}(?:[ -]?ish\b| or so\b| give or take|"
            rf" approximately| more or less| roughly| or thereabouts)",
            _roughly,
        ),
        (
            rf"(?<!X )(?<!not )(?<!no )\b(?:before|by|until|till|no later than|not later than|not after|"
            rf"earlier than|at the latest) {MARK}"
            rf"|\b{MARK} (?:or earlier|or before|at the (?:very )?latest|latest)\b|\b(?:at the )?latest(?: at| is)? {MARK}",
            _before,
        ),
        (
            rf"\bfrom {MARK}(?! ?(?:to|till|until|through|-|~))(?: (?:on|onwards?|and later)\b)?|\b(?:after|"
            rf"past|since|any ?time after|not before|no earlier than"
            rf"|later than|at the earliest|starting(?: at| from)?) {MARK}(?! (?:to|till|until|-))"
            rf"|\b(?:at the )?earliest(?: at| is)? {MARK}"
            rf"|\b{MARK} (?:onwards?|on\b(?= *[.!?]*$)|or later|and later|or after|at the (?:very )?earliest|\+)",
            _after,
        ),
    )
)
