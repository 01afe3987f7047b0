"""The hand-written utterances of a domain as plain rows, for those who compare new ones with them.

Reads `data/nlu.*.yml` leniently: training reads the same files strictly and says what is wrong with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from assistant.domain import Domain
from nlu.types import Kind

_MARK: Final = re.compile(
    r"\[(?P<words>[^\[\]]+)\](?:\((?P<label>[a-z_]*)[^()]*\)|\{\"entity\": \"(?P<entity>[a-z_]*)[^{}]*\})"
)
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
    """The words, in small letters, that are nobody's name: what the rows say and the domain's own, less all marked names."""
    name = next((spec.name for spec in domain.slots if spec.kind is Kind.NAME), "")
    said = [choice for spec in domain.slots for one in spec.choices for choice in one.names]
    names: set[str] = set()
    for row in rows:
        said.append(_MARK.sub(lambda one: " " if name in one.group("label", "entity") else one["words"], row.marked))
        marks = [one["words"] for one in _MARK.finditer(row.marked) if name in one.group("label", "entity")]
        names.update(word for mark in marks for word in words(mark))
    given = {one[-2:] for one in names if len(one) == 3 and "\uac00" <= one[0] <= "\ud7a3"}
    return frozenset(word for text in said for word in words(text)) - names - given


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.lower() for word in _WORD.findall(text)]
