"""Puts made-up names, numbers and addresses in the place of a conversation's real ones, so that its rows stay trainable.

One `Redactor` serves one conversation: the same name becomes the same other name wherever it stands, in words, in values
and in quotes. Where real ones are found is the business of `assistant.feedback.personal`; the slots add what the user gave.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Final

from assistant.feedback import personal
from assistant.feedback.written import words
from assistant.types import Operation, Quote
from nlu.types import Kind
from nlu.values.korean_endings import has_final_consonant

_LATIN: Final = tuple(
    "Alma Amir Anika Arlo Asha Boris Bruna Cesar Clara Daria Elio Emre Esma Farid Fiona Gita Greta Hugo Ilan Imani Iris Jonah "  # noqa: SIM905
    "Kaito Kemal Lea Liam Lucia Luka Mabel Malik Marek Mila Naomi Nils Noor Olga Omar Oona Paola Piotr Rafael Rania Rhea Samir "
    "Selma Signe Sven Talia Tariq Tove Uma Viktor Wanda Yara Yosef Zane Zelda".split()
)
_SURNAMES: Final = {True: "강임한신전홍손문", False: "이오서조고차우지"}
_GIVEN: Final = {
    True: "서윤 도현 하은 지훈 예준 시윤 가은 주원 태윤 나은 은찬 하람 다은 건형 수빈 유찬",
    False: "서우 도하 지아 시아 태오 유나 하루 이서 나래 채아 은우 민서 다희 규리 소희 준서",
}
"""Korean names by whether they end in a consonant: an ending that fits the real name fits the other one too."""
_HANGUL: Final = re.compile(r"[가-힣]+")
_LATIN_WORD: Final = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)?")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
_DIGIT_WORDS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SYLLABLES: Final = "공일이삼사오육칠팔구"
SHORTEST: Final = 4
"""So many digits of a known number give it away."""
_SORT: Final = re.compile(r"0\d\d|82\d\d")
"""The first digits of a phone number say what sort of number it is and stay."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` (included) to `end` (excluded) of a text, and what to write there."""

    start: int
    end: int
    new: str


@dataclass
class Redactor:
    """Replaces the personal data of one conversation.

    Args:
        seed: decides the replacements; secret, or they can be undone by trying names.
        ordinary: words in small letters that are nobody's name.
    """

    seed: bytes
    ordinary: frozenset[str]
    _names: dict[str, str] = field(default_factory=dict)
    """Replacement by part of a name: Latin parts in small letters, Hangul as it is."""
    _numbers: dict[str, str] = field(default_factory=dict)
    _patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    def learn(self, *, names: Iterable[str], phones: Iterable[str]) -> None:
        """Take note of names and phone numbers that the conversation holds."""
        for name in names:
            for part in _HANGUL.findall(name):
                self._learn_korean(part)
            for part in [*words(_HANGUL.sub(" ", name)), *_CJK.findall(name)]:
                if len(part) > 1 and not _HANGUL.search(part):
                    self._names.setdefault(part, self._pick(part, _LATIN))
        for phone in phones:
            self._number(re.sub(r"\D", "", phone))
        self._patterns = [
            (_pattern(name, self.ordinary), new)
            for name, new in sorted(self._names.items(), key=lambda item: -len(item[0]))
        ]

    def text(self, text: str, *, phone_asked: bool = False) -> str:
        """The text with everything personal replaced."""
        return applied(text, self.edits(text, phone_asked=phone_asked))

    def edits(self, text: str, *, phone_asked: bool = False, names: Sequence[Quote] = ()) -> list[Edit]:
        """What to replace in a text, in order and apart from one another.

        Args:
            text: what somebody wrote.
            phone_asked: whether a number is expected here; short ones are replaced too then.
            names: words of the text that are certainly a name, even where they are ordinary words otherwise.
        """
        found = [Edit(start, end, self._address(text[start:end])) for start, end in personal.addresses(text)]
        for number in personal.numbers(text):
            for edit in self._of_number(number, text, phone_asked):
                _add(found, edit)
        for pattern, new in self._patterns:
            for match in pattern.finditer(text):
                _add(found, Edit(*match.span(), _cased(match[0], new)))
        for quote in names:
            for word in _LATIN_WORD.finditer(text, quote.start, quote.end):
                if new := self._names.get(word[0].lower(), ""):
                    _add(found, Edit(*word.span(), _cased(word[0], new)))
        return sorted(found, key=lambda edit: edit.start)

    def value(self, value: str, kind: Kind | None) -> str:
        """A canonical value of a slot of that kind, replaced where it is personal."""
        return self.text(value) if kind in (Kind.NAME, Kind.PHONE) else value

    def operation(
        self, operation: Operation, text: str, edits: Sequence[Edit], kind_of: Callable[[str], Kind | None]
    ) -> Operation:
        """The operation as it reads once `text` is redacted by `edits`.

        Args:
            operation: as logged.
            text: the message that it rests on, as it was.
            edits: what is replaced in it.
            kind_of: the kind of a slot, by name.
        """
        kind = kind_of(operation.slots[0]) if operation.slots else None
        value = operation.value
        if value is not None:
            value = replace(value, candidates=tuple(self.value(one, kind) for one in value.candidates))
        topic = applied(text, edits) if operation.topic == text else self.text(operation.topic)
        return replace(operation, value=value, topic=topic, quote=_moved(operation.quote, text, edits, self))

    def knows(self, text: str) -> bool:
        """Whether something personal still stands in a text that is already redacted."""
        others = {*self._names.values(), *self._numbers.values()}
        return any(match[0] not in others for pattern, _ in self._patterns for match in pattern.finditer(text)) or any(
            number in re.sub(r"\D", "", text) for number in self._numbers if len(number) >= personal.LONG
        )

    def _of_number(self, number: personal.Number, text: str, phone_asked: bool) -> list[Edit]:
        grouped = re.search(r"\d{3}", text[number.start : number.end]) or not text[number.start : number.end].isascii()
        digits, at = number.digits, number.at
        whole = next((long for long in self._numbers if len(long) >= personal.LONG and long in digits), None)
        part = next((long for long in self._numbers if len(digits) >= SHORTEST and digits in long), None)
        if whole is not None:
            first = digits.index(whole)
            at, new = at[first : first + len(whole)], self._numbers[whole]
        elif len(digits) >= personal.LONG or (phone_asked and grouped):
            new = self._number(digits)
        elif part is not None:
            first = part.index(digits)
            new = self._numbers[part][first : first + len(digits)]
        else:
            return []
        return [
            Edit(start, end, _in_style(text[start:end], digit)) for (start, end), digit in zip(at, new, strict=True)
        ]

    def _number(self, digits: str) -> str:
        """Other digits for a number, of the same sort where it is a phone's. A part of a known number follows it."""
        for known, other in self._numbers.items():
            if len(known) >= len(digits) and known.endswith(digits):
                return other[len(other) - len(digits) :]
            if len(known) >= personal.LONG and digits.endswith(known[1:]):  # +82 10 ... of 010 ...
                return digits[: len(digits) - len(known) + 1] + other[1:]
        sort = _SORT.match(digits) if len(digits) > personal.LONG else None
        kept, rng = sort[0] if sort else "", self._rng(digits)
        while True:
            new = kept + "".join(rng.choice("123456789") for _ in digits[len(kept) :])
            if new != digits:
                self._numbers[digits] = new
                return new

    def _learn_korean(self, name: str) -> None:
        if len(name) < 2 or name in self.ordinary:
            return
        given = name[-2:] if len(name) >= 3 else name
        other = self._names.setdefault(given, self._pick(given, _GIVEN[_closed(given)].split()))
        if len(name) >= 3:
            surname = name[: len(name) - 2]
            self._names.setdefault(name, self._pick(surname, list(_SURNAMES[_closed(surname)])) + other)

    def _address(self, address: str) -> str:
        if "@" in address and not address.startswith("@"):
            return f"{self._pick(address, _LATIN).lower()}@example.com"
        name = self._pick(address, _LATIN).lower()
        if address.startswith("@"):
            return f"@{name}"
        return (
            f"https://example.com/{name}"
            if re.match(r"https?:|www\.", address, re.IGNORECASE)
            else f"{name}@example.com"
        )

    def _pick(self, word: str, pool: Sequence[str]) -> str:
        return self._rng(word.lower()).choice([one for one in pool if one.lower() != word.lower()])

    def _rng(self, word: str) -> random.Random:
        return random.Random(blake2b(word.encode(), key=self.seed[:64], digest_size=16).digest())


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text after edits that are in order."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def moved(place: int, edits: Sequence[Edit], *, end: bool) -> int:
    """Where a place of the text is after edits; one inside of an edit goes to its start, or to its end."""
    shift = 0
    for edit in edits:
        if edit.end <= place:
            shift += len(edit.new) - (edit.end - edit.start)
        elif edit.start < place:
            return edit.start + shift + (len(edit.new) if end else 0)
    return place + shift


def _moved(quote: Quote | None, text: str, edits: Sequence[Edit], redactor: Redactor) -> Quote | None:
    if quote is None:
        return None
    if text[quote.start : quote.end] != quote.text:  # written by a client, not cut from the message
        return Quote(0, 0, redactor.text(quote.text))
    start, end = moved(quote.start, edits, end=False), moved(quote.end, edits, end=True)
    return Quote(start, end, applied(text, edits)[start:end])


def _add(edits: list[Edit], new: Edit) -> None:
    if not any(new.start < one.end and one.start < new.end for one in edits):
        edits.append(new)


def _pattern(name: str, ordinary: frozenset[str]) -> re.Pattern[str]:
    """Where a part of a name stands: an ordinary word only with a capital, short Korean names only where a word begins."""
    if _HANGUL.fullmatch(name):
        return re.compile(
            re.escape(name) if len(name) > 2 else rf"(?<![가-힣]){name}|(?<=[가-힣]){name}(?=씨|님|이라|라고)"
        )
    if _CJK.fullmatch(name):
        return re.compile(re.escape(name))
    if name in ordinary:
        return re.compile(rf"(?<![A-Za-z]){re.escape(name.capitalize())}(?![A-Za-z])")
    return re.compile(rf"(?<![A-Za-zÀ-ɏ]){re.escape(name)}(?![a-zÀ-ɏ])", re.IGNORECASE)


def _cased(said: str, new: str) -> str:
    if said.isupper() and len(said) > 1:
        return new.upper()
    return new.lower() if said.islower() else new


def _in_style(said: str, digit: str) -> str:
    if not said:  # the second five of "double five"
        return f" {_DIGIT_WORDS[int(digit)]}"
    if "가" <= said[0] <= "힣":
        return _SYLLABLES[int(digit)]
    return digit if said.isdecimal() else _DIGIT_WORDS[int(digit)]


def _closed(name: str) -> bool:
    return bool(has_final_consonant(name[-1]))
