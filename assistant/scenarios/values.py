"""Values as scenario files write them, and in which script a value of two scripts is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

LANGUAGES: Final = ("en", "ko")


@dataclass(frozen=True, slots=True)
class Value:
    """A canonical value as text, in both scripts; most values are the same in both."""

    en: str
    ko: str

    def told(self, language: str) -> str:
        """The value in one script."""
        return self.ko if language == "ko" else self.en


Telling = Callable[[Value], str]
"""Chooses the script of a value that has two."""


def read_value(written: object) -> Value:
    """A value as YAML gave it: text, a whole number, a date, or `{en: ..., ko: ...}`. Raises `ValueError` for others."""
    if isinstance(written, dict):
        if set(written) != set(LANGUAGES) or not all(isinstance(text, str) and text for text in written.values()):
            raise ValueError("write a value in two scripts as {en: ..., ko: ...}")
        return Value(**written)
    if isinstance(written, bool | datetime) or not isinstance(written, str | int | date):
        raise ValueError(f"write text, a whole number, a date or {{en: ..., ko: ...}}, not {written!r}")
    text = written.isoformat() if isinstance(written, date) else str(written)
    return Value(text, text)


class Scripts:
    """Remembers in which script each value of a conversation was given, so that it is expected in that one later on.

    A value counts as given by the turn that first expects it. Where it went and comes back, it is given anew if the
    message says it, and restored, in its old script, if not.
    """

    def __init__(self) -> None:
        self._given: dict[Value, str] = {}
        self._standing: frozenset[Value] = frozenset()

    def give(self, values: Iterable[Value], language: str) -> None:
        """Values that were given in that language before the first turn."""
        for value in values:
            self._given[value] = language
            self._standing |= {value}

    def hear(self, expected: Iterable[Value], text: str, language: str) -> None:
        """One turn: what it expects, and what was said in which language."""
        expected = frozenset(expected)
        heard = _letters(text)
        for value in expected - self._standing:
            if value not in self._given or _letters(value.told(language)) in heard:
                self._given[value] = language
        self._standing = expected

    def told(self, value: Value) -> str:
        """The value in the script in which it was given; in English where it never was."""
        return value.told(self._given.get(value, "en"))


def _letters(text: str) -> str:
    return "".join(text.casefold().split())
