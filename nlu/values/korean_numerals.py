"""Korean numerals: native (`스물한`), Sino (`이십일`), digits, and pairs that name two numbers (`네다섯`).

Knows how numbers are written; does not know what is counted.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from rapidfuzz.distance import OSA

_ONES: Final = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
_TENS: Final = {
    "열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_SINO: Final = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_PAIRS: Final = {
    "한두": (1, 2), "한둘": (1, 2), "두세": (2, 3), "둘셋": (2, 3), "두셋": (2, 3), "두서너": (2, 3, 4), "두서넛": (2, 3, 4),
    "서너": (3, 4), "서넛": (3, 4), "세네": (3, 4), "셋넷": (3, 4), "네다섯": (4, 5), "너댓": (4, 5),
    "너덧": (4, 5), "네댓": (4, 5), "대여섯": (5, 6), "대엿": (5, 6), "다섯여섯": (5, 6), "예닐곱": (6, 7),
    "여섯일곱": (6, 7), "일고여덟": (7, 8), "일곱여덟": (7, 8), "엳아홉": (8, 9), "여덟아홉": (8, 9),
    "이삼": (2, 3), "삼사": (3, 4), "사오": (4, 5), "오륙": (5, 6), "오육": (5, 6), "육칠": (6, 7),
    "칠팔": (7, 8), "팔구": (8, 9),
}  # fmt: skip


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


NATIVE: Final = rf"(?:(?:{_either(_TENS)})\s?(?:{_either(_ONES)})?|스무|(?:{_either(_ONES)}))"
"""A native numeral 1..99, in the form before a counter (`네`) or alone (`넷`)."""

SINO: Final = (
    r"(?=[일이삼사오육륙칠팔구십백])(?:[이삼사오육칠팔구]?백)?(?:[이삼사오육칠팔구]?십)?[일이삼사오육륙칠팔구]?"
)
"""A Sino-Korean numeral 1..999."""

NUMBER: Final = rf"(?:\d{{1,4}}|{NATIVE}|{SINO})"
"""A number in any writing."""

PAIR: Final = (
    "(?:"
    + "|".join(
        sorted(
            (
                *(
                    rf"{p[:-2]}\s?{p[-2:]}" if p.endswith(("다섯", "여섯", "일곱", "여덟", "아홉")) else p
                    for p in _PAIRS
                ),
            ),
            key=len,
            reverse=True,
        )
    )
    + ")"
)
"""Two or three neighbouring numbers in one word: `서너`, `네다섯`, `삼사`."""

_LONG_ONES: Final = ("다섯", "여섯", "일곱", "여덟", "아홉")
_MISSPELT = re.compile(r"(?<![가-힣])(?:열\s?)?(?P<word>[가-힣]{2})(?=\s?(?:명|사람|시(?!간)))")
_COUNTER_SLIP = re.compile(
    rf"(?P<number>\d{{1,2}}|{NATIVE})(?P<gap>\s?)(?:멍|맹|멩|몀|묭|며ㅇ)(?=$|[^가-힣]|이|요|으|정도|쯤)"
)
_NATIVE_PARTS = re.compile(rf"(?P<ten>{_either(_TENS)})?\s?(?P<one>{_either(_ONES)})?|(?P<twenty>스무)")
_SINO_FULL = re.compile(SINO)


def to_number(text: str) -> int | None:
    """Read one numeral in any writing.

    Args:
        text: `3`, `네`, `열두`, `스무`, `이십일`; inner spaces do not matter.

    Returns:
        The number, 0 or more, or None where the text is no numeral.
    """
    compact = text.replace(" ", "")
    if compact.isascii() and compact.isdigit():
        return int(compact)
    if compact == "스무":
        return 20
    parts = _NATIVE_PARTS.fullmatch(compact)
    if parts is not None and (parts["ten"] or parts["one"]):
        return _TENS.get(parts["ten"] or "", 0) + _ONES.get(parts["one"] or "", 0)
    if compact and _SINO_FULL.fullmatch(compact):
        return _sino(compact)
    return None


def _sino(text: str) -> int:
    total, current = 0, 0
    for char in text:
        if char in "백십":
            total, current = total + (current or 1) * (100 if char == "백" else 10), 0
        else:
            current = _SINO[char]
    return total + current


def to_pair(text: str) -> tuple[int, ...] | None:
    """Read a word for neighbouring numbers: `서너` is (3, 4). None where it is no such word."""
    return _PAIRS.get(text.replace(" ", ""))


def numerals_meant(text: str) -> str:
    """The text with misspelt numerals of two syllables and slips of the counter put right: `다섣 명` is 다섯 명.

    Only in front of a counter, and only where one single numeral is one letter away.
    """
    return _MISSPELT.sub(_numeral_meant, _COUNTER_SLIP.sub(r"\g<number>\g<gap>명", text))


def _numeral_meant(match: re.Match[str]) -> str:
    said = match["word"]
    if said in _ONES:
        return match[0]
    letters = unicodedata.normalize("NFD", said)
    near = [word for word in _LONG_ONES if OSA.distance(unicodedata.normalize("NFD", word), letters) == 1]
    return match[0].replace(said, near[0]) if len(near) == 1 else match[0]
