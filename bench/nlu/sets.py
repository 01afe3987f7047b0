"""The public sets: which rows are learnt from, which are measured, and what others have published.

Knows folders and figures; does not know models. No test part is among them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bench.nlu.formats import Known, read_clinc150, read_restaurants8k, read_three_files
from nlu.labels import Labels
from nlu.types import Role, Span
from training.examples import Example

JOINER: Final = "+"
"""Between the slots of words that two slots share."""
FEWEST: Final = 5
"""Rows in which two slots share all their words before the pair becomes a label of its own."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Figures to hold ours against, by the names of `bench.nlu.scores`; fractions."""

    reach: Mapping[str, float]
    published: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Split:
    """Rows to learn from and rows to measure on, which share no text where the split is ours."""

    train: tuple[Example, ...]
    dev: tuple[Example, ...]


GOALS: Final[Mapping[str, Goal]] = MappingProxyType(
    {
        "snips": Goal(
            {"intent": 0.990, "slots": 0.969, "sentence": 0.930},
            {
                "BERT-base (test)": {"intent": 0.9914, "slots": 0.9690, "sentence": 0.9300},
                "DistilBERT (test)": {"intent": 0.9800, "slots": 0.9610, "sentence": 0.9100},
            },
        ),
        "restaurant8k": Goal({"slots": 0.97}, {"Span-ConveRT (test)": {"slots": 0.96}}),
        "clinc150": Goal(
            {"intent": 0.965, "oos": 0.95},
            {"BERT-small": {"intent": 0.968}, "BERT-base": {"intent": 0.977, "oos": 0.942}},
        ),
    }
)


OTHER_FORMATS: Final = ("restaurant8k", "clinc150")
"""Sets that are not in the three-file format."""


def read_split(name: str, data: Path, part: str) -> Split:
    """Read a public set, or any folder in the three-file format with `train/` and `dev/` in it.

    SNIPS and CLINC150 are measured on the development part that they come with. RESTAURANTS-8K comes with none: a tenth of
    `train_0`, by a hash of the text, is kept for measuring, and left out of every smaller `train_*` too.

    Args:
        name: one of `GOALS`, or the name of a folder.
        data: the folder of public data, or of that folder.
        part: `train`; for RESTAURANTS-8K `train_0` to `train_8`.

    Raises:
        DataError: a file is missing or a row is wrong.
        ValueError: there is no set and no folder of that name.
    """
    if name == "restaurant8k":
        train = [row for row in read_restaurants8k(data / f"restaurant8k/{part}.json") if not _is_kept(row)]
        whole = read_restaurants8k(data / "restaurant8k/train_0.json", known(train) if part == "train_0" else None)
        return Split(tuple(train), tuple(row for row in whole if _is_kept(row)))
    if name == "clinc150":
        path = data / "clinc150/data_full_train_val.json"
        train = read_clinc150(path, part) + read_clinc150(path, f"oos_{part}")
        names = known(train)
        return Split(tuple(train), (*read_clinc150(path, "val", names), *read_clinc150(path, "oos_val", names)))
    if not (data / name).is_dir():
        raise ValueError(f"set: {name!r} is none of {', '.join(GOALS)}, and {data / name} is no folder")
    train = read_three_files(data / name / part)
    # What a set of somebody's own names in its dev part alone cannot be learnt: it counts as missed.
    return Split(tuple(train), tuple(read_three_files(data / name / "dev", known(train) if name in GOALS else None)))


def read_rows(name: str, path: Path, names: Known) -> list[Example]:
    """Read rows for a trained model: a three-file folder, a RESTAURANTS-8K file, or CLINC150's `test` and `oos_test`.

    Raises:
        DataError: a row is wrong or names something that the model does not know.
    """
    if name == "restaurant8k":
        return read_restaurants8k(path, names)
    if name == "clinc150":
        return read_clinc150(path, "test", names) + read_clinc150(path, "oos_test", names)
    return read_three_files(path, names)


def known(rows: Sequence[Example]) -> Known:
    """The names that occur in rows."""
    return Known(
        {intent for row in rows for intent in row.acts or ()}, {span.label for row in rows for span in row.spans}
    )


def labels_of(rows: Sequence[Example]) -> Labels:
    """The label sets of rows to learn from: their intents (`none` where rows have none at all) and their slots."""
    names = known(rows)
    pairs = Counter(
        JOINER.join(sorted({span.label for span in group})) for row in rows for group in _same_place(row.spans)
    )
    labels = sorted(names.spans) + sorted(pair for pair, rows in pairs.items() if JOINER in pair and rows >= FEWEST)
    intents = tuple(sorted(names.intents)) or ("none",)
    return Labels(tuple((label, Role.VALUE) for label in labels), intents, dict.fromkeys(intents, 0.5))


def flat(row: Example, labels: Labels) -> Example:
    """Give every word one label: slots that share all their words become a pair, else the longer span stays."""
    spans: list[Span] = []
    for group in sorted(_same_place(row.spans), key=lambda group: group[0].start - group[0].end):
        joined = JOINER.join(sorted({span.label for span in group}))
        label = joined if (joined, Role.VALUE) in labels.spans else group[0].label
        if all(other.end <= group[0].start or other.start >= group[0].end for other in spans):
            spans.append(replace(group[0], label=label))
    return replace(row, spans=tuple(sorted(spans, key=lambda span: span.start)))


def _same_place(spans: Sequence[Span]) -> list[list[Span]]:
    groups: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        groups.setdefault((span.start, span.end), []).append(span)
    return list(groups.values())


def _is_kept(row: Example) -> bool:
    """Whether a row is for measuring; rows that differ in case, digits or sentence marks only stay together."""
    words = re.sub(r"\d", "0", " ".join(re.findall(r"\w+", row.text.lower())))
    return hashlib.sha256(words.encode()).digest()[0] < 26
