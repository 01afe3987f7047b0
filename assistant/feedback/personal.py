"""Finds personal data in what people write: names that are introduced, phone numbers, e-mail addresses, long numbers.

Knows how people introduce somebody and how numbers are written, in English and Korean; does not know what is put in
their place, nor the slots of a conversation, which tell most names (`assistant.feedback.redact`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_EMAIL: Final = re.compile(
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[\w.+-]+\s*(?:\(at\)|\bat\b|골뱅이|앳)\s*[\w-]+\s*(?:\bdot\b|닷|점|쩜)\s*(?:com|net|org|kr|co|컴|넷)(?![a-z])",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w.])@[\w.]{2,}|\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)
_DATE: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-./년]\s?\d{1,2}[-./월]\s?\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d)(?!\d)"
)

_ENGLISH_DIGITS: Final = {
    word: str(value)
    for value, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
} | {"oh": "0"}
_KOREAN_DIGITS: Final = {
    "공": "0", "영": "0", "빵": "0", "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "륙": "6",
    "칠": "7", "팔": "8", "구": "9",
}  # fmt: skip
_DIGIT: Final = rf"(?:\d|[{''.join(_KOREAN_DIGITS)}]|(?:\b(?:double|triple)\s)?\b(?:{'|'.join(_ENGLISH_DIGITS)})\b)"
_GAP: Final = r"(?:[\s.,()·~/‐–—_\-]|에|의|국|다시){0,3}"
_RUN: Final = re.compile(rf"\+?{_DIGIT}(?:{_GAP}{_DIGIT}){{3,29}}", re.IGNORECASE)
_ONE: Final = re.compile(
    rf"(?:(?P<times>double|triple)\s)?(?P<digit>\d|[가-힣]|{'|'.join(_ENGLISH_DIGITS)})", re.IGNORECASE
)
_MOBILE_DIGITS: Final = 11
LONG: Final = 7
"""A number of so many digits, dates aside, identifies somebody or something."""

_SURNAMES: Final = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현탁봉마피"
)
_WORD: Final = r"[^\W\d_][\w'’-]*"
_INTRODUCED: Final = re.compile(
    r"\b(?:my name is|my name's|name's|name is|name:|names?|call me|goes by|under the name(?: of)?|mrs?|ms|miss|mister|dr|prof)"
    rf"\b[.:,]?\s+(?P<names>{_WORD}(?:\s+{_WORD}){{0,2}})",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(r"(?<![가-힣])(?P<name>[가-힣]{2,4}?)\s?(?:씨|님)(?![가-힣]{2,}님)")
_CALLED: Final = re.compile(
    r"(?:이름은|이름이|성함은|저는|나는|제가|이름:?)\s?(?P<name>[가-힣]{2,4}?)(?:이?(?:라고|에요|예요|요|고요)|입니다|인데요|이?야)"
    rf"|(?<![가-힣])(?P<other>[{_SURNAMES}][가-힣][가-힣](?<![더하]))(?:이?(?:라고|라는)|\s?(?:이름|명의)\s?(?:으로|로))"
)
_CAPITALISED: Final = re.compile(r"(?<![\w'’@.])[A-Z][a-z][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Number:
    """A run of digits, written or spoken; `digits` are its digits, `at` the place of each in the text."""

    start: int
    end: int
    digits: str
    at: tuple[tuple[int, int], ...]


def addresses(text: str) -> list[tuple[int, int]]:
    """Where e-mail addresses, web addresses and @names stand."""
    found = [match.span() for match in _EMAIL.finditer(text)]
    return found + [
        match.span()
        for match in _HANDLE.finditer(text)
        if not any(match.start() < end and start < match.end() for start, end in found)
    ]


def numbers(text: str) -> Iterator[Number]:
    """The runs of four digits and more, dates left out, figures and spoken digits alike."""
    hidden = _DATE.sub(lambda match: "\0" * len(match[0]), text)
    for run in _RUN.finditer(hidden):
        digits, at = "", []
        for one in _ONE.finditer(hidden, run.start(), run.end()):
            word = one["digit"].lower()
            digit = word if word.isdecimal() else _ENGLISH_DIGITS.get(word) or _KOREAN_DIGITS.get(word)
            if digit is None:
                continue  # a word between the groups
            times = {"double": 2, "triple": 3}.get((one["times"] or "").lower(), 1)
            digits += str(int(digit)) * times
            at.append(one.span())
            at += [(one.end(), one.end())] * (times - 1)
        yield _without_ending(Number(run.start(), run.end(), digits, tuple(at)), text)


def _without_ending(number: Number, text: str) -> Number:
    """The number alone: `010-1111-3333이에요`, `010-1111-3333, four of us`, `공일공 일이삼사 오육칠팔이요`."""
    figures = [at for at, (start, end) in enumerate(number.at) if text[start:end].isdecimal()]
    if len(figures) >= LONG:
        return _part(number, figures[0], figures[-1] + 1)
    start, end = number.at[-1]
    if text[start:end] == "이" and (figures or len(number.digits) == _MOBILE_DIGITS + 1):
        return _part(number, 0, len(number.digits) - 1)
    return number


def _part(number: Number, first: int, last: int) -> Number:
    at = number.at[first:last]
    return Number(at[0][0], at[-1][1], number.digits[first:last], at)


def introduced(text: str, known: frozenset[str]) -> list[str]:
    """The names that the text introduces: `my name is Dana Reyes`, `Mr Okafor`, `민수씨`, `제 이름은 김민수예요`.

    Args:
        text: what somebody wrote.
        known: ordinary words in small letters; none of them is a name.
    """
    found = []
    for match in _INTRODUCED.finditer(text):
        names = []
        for word in match["names"].split():
            if word.lower().removesuffix("'s") in known:
                break
            names.append(word)
        found.append(" ".join(names))
    found += [word for match in _CAPITALISED.finditer(text) if not _ordinary(word := match[0], known)]
    for pattern in (_TITLED, _CALLED):
        for match in pattern.finditer(text):
            name = next(part for part in match.groups() if part)
            if not any(word in known for word in (name, f"{name}님", f"{name}이", f"{name}요")):
                found.append(name)
    return [name for name in found if name]


def _ordinary(word: str, known: frozenset[str]) -> bool:
    plain = re.sub(r"['’](?:s|d|m|ll|re|ve|t)$", "", word.lower())
    return bool({word.lower(), plain, plain.removesuffix("s"), plain.removesuffix("ing")} & known)
