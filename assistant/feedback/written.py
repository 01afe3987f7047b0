"""The hand-written utterances of a domain as plain rows, for those who compare new ones with them.

Reads `data/nlu.*.yml` leniently: training reads the same files strictly and says what is wrong with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import yaml
from babel.dates import get_day_names, get_month_names

from assistant.domain import Domain
from nlu.types import Kind

_MARK: Final = re.compile(
    r"\[(?P<words>[^\[\]]+)\](?:\((?P<label>[a-z_]*)[^()]*\)|\{\"entity\": \"(?P<entity>[a-z_]*)[^{}]*\})"
)
TITLES: Final = ("mr", "mrs", "ms", "miss", "dr", "prof")
MOSTLY: Final = 4
"""So many times as often as in names must a word stand elsewhere."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Written:
    """One row: its acts joined by `+`, its words with and without marks."""

    intent: str
    marked: str
    text: str


def read_written(folder: Path, lang: str) -> list[Written]:
    """The rows of one language, in the order of the file; none where there is no file.

    Args:
        folder: the domain's.
        lang: `en` or `ko`.
    """
    path = folder / "data" / f"nlu.{lang}.yml"
    if not path.is_file():
        return []
    rows = []
    for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or []:
        for line in str(block.get("examples", "")).splitlines():
            if marked := line.strip().removeprefix("-").strip():
                rows.append(Written(str(block.get("intent", "")), marked, _MARK.sub(lambda one: one["words"], marked)))
    return rows


def ordinary_words(rows: Sequence[Written], domain: Domain) -> frozenset[str]:
    """The words, in small letters, that are nobody's name: what the rows say outside of marked names, and the domain's own.

    A word that is both ("Friday Jones", "Will") counts as ordinary where it is far more often no name.
    """
    name = next((spec.name for spec in domain.slots if spec.kind is Kind.NAME), "")
    always = {word.lower() for word in (*TITLES, *_calendar("wide"), *_calendar("abbreviated"))}
    said = Counter(word for spec in domain.slots for one in spec.choices for form in one.names for word in words(form))
    names: Counter[str] = Counter()
    for row in rows:
        said.update(
            words(_MARK.sub(lambda one: " " if name in one.group("label", "entity") else one["words"], row.marked))
        )
        for mark in _MARK.finditer(row.marked):
            if name in mark.group("label", "entity"):
                names.update(words(mark["words"]))
    for whole in [one for one in names if len(one) == 3 and "\uac00" <= one[0] <= "\ud7a3"]:
        names[whole[-2:]] += names[whole]
    return frozenset(word for word in said if said[word] > MOSTLY * names[word]) | always


def _calendar(width: Literal["wide", "abbreviated"]) -> list[str]:
    """The names of English months and days."""
    return [*get_month_names(width, locale="en").values(), *get_day_names(width, locale="en").values()]


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.lower() for word in _WORD.findall(text)]
