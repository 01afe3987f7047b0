"""What names in Rasa projects usually stand for: slots and entities by their words, intents by theirs. Knows no file.

The lists are common usage: Rasa's example projects, Duckling's dimensions, spaCy's labels, the Korean words for the same.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.types import Kind

DUCKLING: Final = {"time": Kind.TIME, "number": Kind.COUNT, "phone-number": Kind.PHONE}
"""Dimensions of Duckling that Maitre reads itself. Its `time` is a day, a clock time or both."""
NO_KIND: Final = frozenset(
    "amount-of-money credit-card-number distance duration email ordinal quantity temperature url volume".split()  # noqa: SIM905
)
"""Dimensions of Duckling that Maitre has no kind for."""
SPACY_PERSON: Final = frozenset({"PERSON", "PER", "PS"})

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[가-힣]+|\d+")
_PHONE: Final = frozenset("phone mobile telephone tel cell cellphone phonenumber 전화 전화번호 연락처 휴대폰".split())  # noqa: SIM905
_PERSON: Final = frozenset(
    "first last full user customer guest person client patient booking contact your my reservation given family "  # noqa: SIM905
    "surname booker holder".split()
)
_NAME: Final = frozenset("name surname fullname firstname lastname username 이름 성함 예약자".split())  # noqa: SIM905
_PEOPLE: Final = frozenset(
    "people persons guests party pax seats covers adults headcount diners attendees visitors person 인원 인원수 명수".split()  # noqa: SIM905
)
_COUNT: Final = frozenset("number num count no how many size total of".split())  # noqa: SIM905
_DATE: Final = frozenset("date day weekday dates checkin checkout 날짜 일자 요일".split())  # noqa: SIM905
_TIME: Final = frozenset("time hour clock 시간 시각".split())  # noqa: SIM905
_BOTH: Final = frozenset({"datetime", "timestamp", "일시"})


def words_of(name: str) -> list[str]:
    """The lower-case words of an identifier: `numPeople`, `num_people` and `num-people` alike."""
    return [word.lower() for word in _WORD.findall(name)]


def kinds_of(name: str) -> tuple[Kind, ...]:
    """What the name of a slot or an entity says that it holds: nothing, one kind, or a date and a time."""
    words = set(words_of(name))
    if words & _PHONE or {"contact", "number"} <= words:
        return (Kind.PHONE,)
    if name in SPACY_PERSON or (words & _NAME and words <= _NAME | _PERSON):
        return (Kind.NAME,)
    if counts_people(name):
        return (Kind.COUNT,)
    day, hour = bool(words & _DATE), bool(words & _TIME)
    if words & _BOTH or (day and hour):
        return (Kind.DATE, Kind.TIME)
    if words & {"number", "num", "count"}:
        return (Kind.COUNT,)
    return (Kind.DATE,) if day else (Kind.TIME,) if hour else ()


def counts_people(name: str) -> bool:
    """Whether a name is that of a number of people."""
    words = set(words_of(name))
    return bool(words & _PEOPLE) and words <= _PEOPLE | _COUNT


_ACTS: Final = {
    "affirm": "affirm yes confirm agree accept affirmative affirmation ok okay acknowledge",
    "deny": "deny no decline disagree negative reject refuse",
    "cancel": "cancel stop quit abort exit cancel_form stop_form exit_form",
    "cancel_change": "never_mind nevermind",
    "restart": "restart start_over reset begin_again",
    "undo": "undo go_back",
    "modify": "modify change update correct edit",
    "dont_care": "dont_care do_not_care no_preference any dontcare",
    "skip": "skip pass",
    "handoff": "handoff human_handoff handover human talk_to_human speak_to_human agent live_agent talk_to_agent operator "
    "request_human escalate trigger_handoff",
    "chitchat": "greet greeting greetings hello hi goodbye bye farewell thank thanks thankyou thank_you chitchat smalltalk "
    "small_talk bot_challenge are_you_a_bot how_are_you mood_great mood_unhappy mood_sad compliment insult welcome",
    "out_of_scope": "out_of_scope oos out_of_domain nlu_fallback fallback",
    "inform": "inform",
    "ask": "faq faqs question questions help inquire inquiry enquiry query",
}
_BY_NAME: Final = {name: act for act, names in _ACTS.items() for name in names.split()}
_GIVES: Final = frozenset({"provide", "give", "enter", "inform", "tell", "specify", "state"})
_ASKS: Final = frozenset({"ask", "faq", "query", "inquire", "question"})
_BOOKING: Final = frozenset({"booking", "reservation", "appointment", "reserve", "book"})
_CHANGES: Final = frozenset({"change", "modify", "update", "reschedule", "edit"})


def act_of(intent: str) -> str:
    """What an intent of that name usually means: an act of the tagger, `inform` for none, or nothing where it is open.

    Args:
        intent: as Rasa has it; of `faq/opening_hours` the part before the stroke counts.
    """
    words = words_of(intent.split("/")[0])
    if known := _BY_NAME.get("_".join(words)):
        return known
    said = set(words)
    if "cancel" in said and said & _BOOKING:
        return "cancel_booking"
    if words and words[0] in _CHANGES and said & _BOOKING:
        return "modify"
    if words and words[0] in _GIVES:
        return "inform"
    if words and words[0] in _ASKS:
        return "ask"
    return "start" if said & _BOOKING and not said & {"check", "show", "view", "list", "find"} else ""
