"""Alpaca rows: what one is, which are copies of each other, and how they are shared out among files.

Knows no domain, no slot and no model.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from training.split import fraction


class Part(StrEnum):
    """What a row is for."""

    CLEAR = "clear"
    """A value is to be taken out."""
    HARD_NEGATIVE = "hard_negative"
    """It looks like a clear and is none."""
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class AlpacaRow:
    """One line of a file.

    `dialogue` names the conversation, template or wording that the row comes from: rows of one are never on both sides of
    the split. `source` is where it was read; `part` counts for track rows only. What a `user` of the service said is learnt
    from and never measured on.
    """

    instruction: str
    input: str
    output: str
    task: str
    lang: str
    dialogue: str
    source: str
    part: Part = Part.PLAIN
    user: bool = False


def without_copies(rows: Iterable[AlpacaRow], alike: int) -> list[AlpacaRow]:
    """The rows, at most `alike` of those that differ in figures, case, marks and blanks only, none twice."""
    seen: set[tuple[str, str]] = set()
    near: defaultdict[tuple[str, ...], int] = defaultdict(int)
    kept = []
    for row in rows:
        exact = (row.input, row.output)
        key = (row.task, row.lang, bare(said(row)), bare(row.output)) if row.task == "track" else exact
        if exact not in seen and near[key] < alike:
            seen.add(exact)
            near[key] += 1
            kept.append(row)
    return kept


def said(row: AlpacaRow) -> str:
    """The user's words of a track row, or the whole input of another."""
    return row.input.rpartition("\nsaid ")[2]


def bare(text: str) -> str:
    """The text as it is compared: small letters, figures all alike, no marks and no blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", re.sub(r"\d+", "0", folded))


def split(rows: Sequence[AlpacaRow], share: float) -> tuple[list[AlpacaRow], list[AlpacaRow]]:
    """Rows to learn from and rows to measure on, by dialogue; what is said on the one side is not said on the other.

    Args:
        rows: all.
        share: of the dialogues to measure on, 0..1.
    """
    dev = [row for row in rows if not row.user and fraction(f"{row.task} {row.dialogue}") < share]
    held, dialogues = {_words(row) for row in dev}, {(row.task, row.dialogue) for row in dev}
    train = [row for row in rows if (row.task, row.dialogue) not in dialogues and _words(row) not in held]
    return train, dev


def balance(rows: Sequence[AlpacaRow], shares: Mapping[Part, float]) -> list[AlpacaRow]:
    """As many track rows as can be had with these shares of their parts, both languages alike; other rows all.

    Args:
        rows: in the order of preference.
        shares: of clears and hard negatives among the track rows, 0..1; the rest is plain.
    """
    track = [row for row in rows if row.task == "track"]
    return [*_mixed(track, shares, len(track)), *(row for row in rows if row.task != "track")]


def take(rows: Sequence[AlpacaRow], size: int, reply_share: float, shares: Mapping[Part, float]) -> list[AlpacaRow]:
    """A small training file: the first rows of every kind, so that a smaller file is part of a larger one.

    Args:
        rows: balanced, in the order of preference.
        size: how many; fewer come back where a kind runs out.
        reply_share: of rows that are no track rows, 0..1.
        shares: as for `balance`.
    """
    replies = round(size * reply_share)
    track = [row for row in rows if row.task == "track"]
    return [
        *_mixed(track, shares, size - replies),
        *_alternately([row for row in rows if row.task != "track"], replies),
    ]


def varied(rows: Sequence[AlpacaRow], seed: int) -> list[AlpacaRow]:
    """The rows in an order in which every beginning is varied: rare kinds of answers come early, common ones thinned out."""
    order = random.Random(seed)
    shuffled = list(rows)
    order.shuffle(shuffled)
    kinds = [re.sub(r'"(?:[^"\\]|\\.)*"', "", row.output) if row.task == "track" else row.input for row in shuffled]
    sizes = {kind: kinds.count(kind) for kind in set(kinds)}
    ranks: defaultdict[str, int] = defaultdict(int)
    places = []
    for kind in kinds:
        ranks[kind] += 1
        places.append(ranks[kind] / sizes[kind] ** 0.5)
    return [shuffled[at] for at in sorted(range(len(shuffled)), key=places.__getitem__)]


def write_rows(rows: Iterable[AlpacaRow], path: Path) -> None:
    """Write a JSONL file."""
    lines = (json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def read_rows(path: Path) -> list[AlpacaRow]:
    """Read what `write_rows` wrote."""
    lines = path.read_text(encoding="utf-8").split("\n")  # not splitlines: U+2028 may stand in a text
    contents = (json.loads(line) for line in lines if line)
    return [AlpacaRow(**content | {"part": Part(content["part"])}) for content in contents]


def _mixed(track: Sequence[AlpacaRow], shares: Mapping[Part, float], size: int) -> list[AlpacaRow]:
    """At most `size` rows in the shares of the parts; less where a part has too few."""
    wanted = {**shares, Part.PLAIN: 1.0 - sum(shares.values())}
    by_part = {part: [row for row in track if row.part is part] for part in wanted}
    size = min([size, *(int(len(by_part[part]) / share) for part, share in wanted.items() if share)])
    return [row for part, share in wanted.items() for row in _alternately(by_part[part], round(size * share))]


def _alternately(rows: Sequence[AlpacaRow], size: int) -> list[AlpacaRow]:
    """The first rows, one language after the other as far as both have any."""
    by_lang: defaultdict[str, list[AlpacaRow]] = defaultdict(list)
    for row in rows:
        by_lang[row.lang].append(row)
    ranked = sorted(
        ((rank, lang, row) for lang, those in by_lang.items() for rank, row in enumerate(those)),
        key=lambda one: one[:2],
    )
    return [row for _, _, row in ranked[:size]]


def _words(row: AlpacaRow) -> tuple[str, str]:
    """What must not be on both sides: what is said."""
    return row.task, bare(said(row)) if row.task == "track" else row.output
