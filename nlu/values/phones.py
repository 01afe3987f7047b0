"""Phone numbers in any spelling to one form.

Korean numbers get their usual hyphens (`010-1234-5678`, `02-123-4567`), foreign ones stay `+` and digits. Knows the
shapes of Korean numbers; does not know whether a number is in use.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.types import Reading
from nlu.values import reasons

_RUN: Final = re.compile(r"(\+|\b00)?\d(?:[ .,()\-/_]{0,4}\d){5,16}")
_SPOKEN: Final = {
    word: str(value)
    for value, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
_TENS: Final = {
    word: str(value)
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_TEENS: Final = {
    word: str(value)
    for value, word in enumerate(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        start=10,
    )
}
_UNIT: Final = "|".join([*_SPOKEN, "oh", "o"])
_SPOKEN_DIGIT: Final = re.compile(
    rf"\b(?:(?:(double|triple) )?({_UNIT})|({'|'.join(_TEENS)})|({'|'.join(_TENS)})(?:[ -]({_UNIT}))?)\b", re.IGNORECASE
)
_WITHOUT_ZERO: Final = re.compile(r"10\d{8}")
_MOBILE: Final = re.compile(r"(01[016789])(\d{3,4})(\d{4})")
_SEOUL: Final = re.compile(r"(02)(\d{3,4})(\d{4})")
_AREA: Final = re.compile(r"(0[3-6][1-5]|0505|050\d|070|080)(\d{3,4})(\d{4})")
_SERVICE: Final = re.compile(r"(1[568]\d{2})(\d{4})")
_COUNTRY_FIRST: Final = "82"


def read_phone(words: str) -> Reading:
    """Read the one phone number in a text.

    Args:
        words: cleaned text with the digits in any grouping, as figures or spoken ("zero one zero, double five ...").

    Returns:
        The number in its usual form; `unreadable` where there is none, several different ones, or too few digits.
    """
    numbers = {number for run in _RUN.finditer(_SPOKEN_DIGIT.sub(_digit, words)) if (number := _formed(run[0]))}
    return Reading((numbers.pop(),)) if len(numbers) == 1 else Reading(reason=reasons.UNREADABLE)


def _digit(match: re.Match[str]) -> str:
    """The figures of "double five", "eleven", "twenty-three"."""
    times, unit, teen, ten, after = (group.lower() if group else "" for group in match.groups())
    if teen:
        return _TEENS[teen]
    if ten:
        return _TENS[ten] + (_SPOKEN.get(after, "0") if after else "0")
    return _SPOKEN.get(unit, "0") * {"double": 2, "triple": 3}.get(times, 1)


def _formed(run: str) -> str | None:
    digits = re.sub(r"\D", "", run)
    abroad = run.startswith("+") or digits.startswith("00")
    if digits.startswith("00"):
        digits = digits[2:]
    if digits.startswith(_COUNTRY_FIRST) and (abroad or len(digits) >= 11):
        return _korean("0" + digits[2:].removeprefix("0"))
    if abroad:
        return f"+{digits}" if 8 <= len(digits) <= 15 and digits[0] != "0" else None
    return _korean(f"0{digits}" if _WITHOUT_ZERO.fullmatch(digits) else digits)


def _korean(digits: str) -> str | None:
    for shape in (_MOBILE, _SEOUL, _AREA, _SERVICE):
        if match := shape.fullmatch(digits):
            return "-".join(match.groups())
    return None
