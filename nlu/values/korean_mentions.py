"""Finding the mentions of a value in Korean words, and which of them still hold after a correction.

Knows how Koreans correct themselves (`7시 말고 8시`), offer alternatives (`금요일이나 토요일`) and give ranges
(`6시에서 8시 사이`). Does not know what the mentions mean: dates, times and counts bring their own patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

MOST_MENTIONS: Final = 12
"""More mentions than this are no value; the rest is not looked at, which bounds the work on hostile text."""


@dataclass(frozen=True, slots=True)
class Mention(Generic[T]):
    """One mention: `start` and `end` are offsets into the text, half open; `value` is what it means."""

    start: int
    end: int
    value: T


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A pattern and what to make of its match; `read` returns None where the match is no value after all."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], T | None]


def find(text: str, rules: Sequence[Rule[T]]) -> list[Mention[T]]:
    """Find the mentions in `text`, left to right and without overlap: the earliest wins, then the longest.

    Args:
        text: cleaned words.
        rules: in order of preference between matches of the same stretch.

    Returns:
        At most `MOST_MENTIONS` mentions.
    """
    matches = [
        (match.start(), -match.end(), order, match)
        for order, rule in enumerate(rules)
        for match in rule.pattern.finditer(text)
    ]
    matches.sort(key=lambda entry: entry[:3])
    found: list[Mention[T]] = []
    end = 0
    for start, _, order, match in matches:
        if start < end or len(found) == MOST_MENTIONS:
            continue
        value = rules[order].read(match)
        if value is not None:
            found.append(Mention(start, match.end(), value))
            end = match.end()
    return found


_DISMISSED = re.compile(
    r"말고|말구|빼고|제외|만\s?아니면|보다|대신|취소하고|아니고|아니구|아니라|아닌|아니다|아니요|아뇨|아니(?!면)"
    r"|안\s?되|안\s?돼|못\s?[가하]|힘들|어렵|어려|였는데|이었는데|인데|했는데|한다고 했는데|잘못"
)
_NO_AFTER_ALL = re.compile(r"\s*(?:아|어|앗)?\s*(?:아니(?!면)|아뇨|잘못|다시)")
_UP_TO_NUMBER = re.compile(r"[^\d]*")
_FROM = re.compile(r"(?:[^,.!?]{0,12}(?:을|를|걸)|\s*(?:쯤|경)?\s*에서)\s*(?:는|아예|그냥)?\s*")
_LEFT_BEHIND = re.compile(r"\s*(?:쯤|경)?\s*에서(?:요)?[\s.!]*")
_ANOTHER = re.compile(r"다른\s?(?:날|시간|때|요일|시각)|만\s?아니면|만\s?빼|빼고|제외")
_TO = re.compile(r"\s*(?:으로|로)(?![가-힣])|\s*(?:으로|로)(?:요|\s)")
_RANGE = re.compile(r"\s*(?:쯤|경|정도)?\s*(?:부터|에서|와|과|이랑|랑|하고)?\s*[~∼〜–-]?\s*")
_UNTIL = re.compile(r"\s*(?:쯤|경|정도)?\s*(?:까지|사이|이내)")


def holding(text: str, mentions: Sequence[Mention[T]]) -> list[Mention[T]]:
    """Drop the mentions that the speaker takes back in the same breath.

    `7시 말고 8시로`, `내일 아니고 모레`, `7시에서 8시로`, `8시로요, 7시 말고`: only the new value stays. Where every
    mention is taken back, all stay (the words name the value that is to go), unless anything else will do
    (`다른 날`, `월요일만 빼고`): then none stays.
    """
    kept: list[Mention[T]] = []
    last = len(mentions) - 1
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        gap = text[mention.end : following.start if following else len(text)]
        moved = (
            following is not None and _FROM.fullmatch(gap) is not None and _TO.match(text, following.end) is not None
        )
        left = 0 < index == last and _LEFT_BEHIND.fullmatch(gap) is not None
        if not moved and not left and not _is_dismissed(gap, followed=following is not None):
            kept.append(mention)
    return kept or ([] if _ANOTHER.search(text) else list(mentions))


def narrowest(values: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The values of the mention that narrows all the others down: `주말 토요일`, `정오 12시`; None where none does."""
    least = min(values, key=len)
    return least if all(set(least) < set(other) or least == other for other in values) else None


def _is_dismissed(gap: str, *, followed: bool) -> bool:
    """Whether the words after a mention take it back.

    They do so before the next comma (`12일 말고 20일, 7명 말고 12명` keeps the 20th), or by a no right behind it. After
    the last mention they must come before any other number, which would be what they are about.
    """
    clause, _, rest = gap.partition(",")
    reach = clause if followed else _UP_TO_NUMBER.match(clause)[0]  # type: ignore[index]  # it matches nothing too
    return _DISMISSED.search(reach) is not None or (followed and _NO_AFTER_ALL.match(rest) is not None)


def is_range(text: str, first: Mention[T], second: Mention[T]) -> bool:
    """Whether two neighbouring mentions are the ends of a range: `6시부터 8시까지`, `6~8시`, `6시와 8시 사이`."""
    gap = text[first.end : second.start]
    if _RANGE.fullmatch(gap) is None:
        return False
    if re.search(r"부터|에서|[~∼〜–-]", gap):
        return True
    return bool(gap.strip()) and _UNTIL.match(text, second.end) is not None
