"""Values as people write them in English and Korean, and Korean particles. Knows the domain's labels, no conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time

from babel.dates import format_date, format_time

from assistant.domain import Domain, SlotSpec, Use
from assistant.responses import Responses
from assistant.types import Flag, Slot
from nlu.types import Kind

NOON = "12:00"
_PARTS_BY_NAME = {NOON: "낮", "00:00": "밤"}
"""Parts of the day that Korean names differently when an hour follows than CLDR does for the hour alone."""
_PARTICLES = re.compile(
    r"(?P<before>[^\s(])(?P<close>[\"')]*)\((?P<closed>으로|이라는|[가-힣]{1,2})/(?P<open>[가-힣]{1,2})\)"
)
_HANGUL_BASE, _FINALS = ord("가"), 28
_RIEUL = 8
_DIGITS_WITH_FINAL = frozenset("013678")
_LETTERS_WITH_FINAL = frozenset("bcklmnptBCKLMNPT")


def say_value(spec: SlotSpec, value: str, domain: Domain, language: str, responses: Responses) -> str:
    """One canonical value of a slot as a person would write it in that language."""
    match spec.kind:
        case Kind.DATE:
            return say_date(value, language)
        case Kind.TIME:
            return say_time(value, language)
        case Kind.COUNT if spec.role is Use.PARTY:
            return say_people(value, responses)
        case Kind.CHOICE:
            return spec.choice_labels.get(value, {}).get(language, value)
    return value


def say_slot(spec: SlotSpec, slot: Slot, domain: Domain, language: str, responses: Responses) -> str:
    """What a FILLED slot holds, with its parts and marks."""
    said = say_value(spec, slot.value or "", domain, language, responses)
    if slot.parts:
        said = f"{said} ({responses.units['split'].format_map(slot.parts)})"
    return responses.approximately.format(value=said) if Flag.APPROXIMATE in slot.flags else said


def say_date(value: str, language: str) -> str:
    """`2026-06-12` as "Friday, June 12" or `6월 12일 금요일`."""
    pattern = "M월 d일 EEEE" if language == "ko" else "EEEE, MMMM d"
    return format_date(date.fromisoformat(value), pattern, locale=language)


def say_time(value: str, language: str) -> str:
    """`19:30` as "7:30 pm" or `저녁 7시 30분`; noon and midnight by name in English."""
    at = time.fromisoformat(value)
    if language == "ko":
        part = _PARTS_BY_NAME.get(value) or format_time(at, "B", locale="ko")
        minutes = f" {at.minute}분" if at.minute else ""
        return f"{part} {at.hour % 12 or 12}시{minutes}"
    if value == NOON:
        return "12 noon"
    clock = f"{at.hour % 12 or 12}:{at.minute:02d}" if at.minute else str(at.hour % 12 or 12)
    return f"{clock} {'am' if at.hour < 12 else 'pm'}"


def say_people(value: str, responses: Responses) -> str:
    """A number of people."""
    return responses.units["person" if value == "1" else "people"].format(count=value)


def join(parts: Iterable[str], last: str, rest: str = ", ") -> str:
    """A list as a person writes it: the last one is joined with `last`."""
    said = list(parts)
    return said[0] if len(said) == 1 else rest.join(said[:-1]) + last + said[-1] if said else ""


def fit_particles(text: str) -> str:
    """Choose every Korean particle that is written as a pair: `시간(을/를)` becomes `시간을`."""
    return _PARTICLES.sub(_fit, text)


def _fit(match: re.Match[str]) -> str:
    before, closed, open_ = match["before"], match["closed"], match["open"]
    final = _final_consonant(before)
    takes_closed = final != 0 and not (closed == "으로" and final == _RIEUL)
    return before + match["close"] + (closed if takes_closed else open_)


def _final_consonant(character: str) -> int:
    """The index of the syllable's final consonant, 0 for none (Unicode, chapter 3.12); letters and digits as they are read."""
    if "가" <= character <= "힣":
        return (ord(character) - _HANGUL_BASE) % _FINALS
    if character in "178":
        return _RIEUL
    return 1 if character in _DIGITS_WITH_FINAL or character in _LETTERS_WITH_FINAL else 0
