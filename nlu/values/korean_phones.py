"""Korean phone numbers, in digits or spoken (`공일공 일이삼사 오육칠팔`).

Knows spoken digits and endings; the shapes of numbers are the business of `nlu.values.phones`.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.types import Reading
from nlu.values import phones, reasons
from nlu.values.korean_endings import has_final_consonant

_SPOKEN: Final = {
    "공": "0", "영": "0", "빵": "0", "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "륙": "6",
    "칠": "7", "팔": "8", "구": "9",
}  # fmt: skip
_DIGIT: Final = rf"[0-9{''.join(_SPOKEN)}]"
_WITHOUT_ZERO: Final = 10
"""Digits of a mobile number said without its first zero: `10-1234-5678`."""
_GAP: Final = r"(?:[ \-.()·~/,‐–—]|에|의|국|다시){0,4}"
_IN_WORDS: Final = {
    word: str(value)
    for value, word in enumerate(("제로", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"))
}
_AND: Final = re.compile(r"(?<=\d)이고")
_WORD: Final = re.compile(rf"(?:{'|'.join(_IN_WORDS)}){{2,}}|제로")
_RUN = re.compile(rf"\+?{_DIGIT}(?:{_GAP}{_DIGIT}){{6,14}}")


def read_phone(text: str) -> Reading:
    """Read a phone number.

    Args:
        text: cleaned Korean words around a number in digits or spoken digits.

    Returns:
        The number as `010-1234-5678`, or UNREADABLE where it is too short or shaped like no Korean number.
    """
    text = _WORD.sub(
        lambda match: re.sub("|".join(_IN_WORDS), lambda word: _IN_WORDS[word[0]], match[0]), _AND.sub(" ", text)
    )
    for match in _RUN.finditer(text):
        for written in _tails(text, match):
            reading = phones.read_phone(_in_digits(written))
            if reading.exact:
                return reading
    return Reading(reason=reasons.UNREADABLE)


def _tails(text: str, match: re.Match[str]) -> list[str]:
    """The run with and without a last `이`, which is a two (`삼사이요`) or the ending (`칠팔이요`): sound decides first."""
    run = match.group()
    if not run.endswith("이") or not text.startswith(("요", "에", "예", "여", "고", "야"), match.end()):
        return [run]
    if run[-2].isdigit():
        return [run[:-1]]
    return [run, run[:-1]] if has_final_consonant(run[-2]) is False else [run[:-1], run]


def _in_digits(run: str) -> str:
    digits = "".join(_SPOKEN.get(char, char) for char in run if char in _SPOKEN or char.isdigit() or char == "+")
    return f"0{digits}" if digits.startswith("10") and len(digits) == _WITHOUT_ZERO else digits
