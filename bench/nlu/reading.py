"""From the model's numbers to intents and slots of a public set.

A word's scores are the mean of its pieces'. Intent and tags are chosen together: the likeliest pair of an intent and a
best path through the tags that rows of this intent have been seen with. Knows numbers and names; does not know torch or figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bench.nlu.formats import Known
from bench.nlu.scores import Found, Place
from bench.nlu.sets import JOINER, OTHER_FORMATS, flat
from nlu.decode import Offset, Scores, best_path, log_softmax
from nlu.labels import Labels
from nlu.pieces import Pieces, Window
from nlu.runtime import open_session
from nlu.tagger import batch
from nlu.types import Role
from training.examples import Example

_IMPOSSIBLE: Final = -1e9
_UNLIKELY: Final = np.log(0.01)
"""Intents below this probability are not tried together with the tags."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an utterance: its characters from `start` to `end` and its pieces from `first` to `stop`, both half open."""

    start: int
    end: int
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class Names:
    """What a model of a public set may find, in the order of its outputs.

    `single`: every row has one intent at most. `words`: a slot covers whole words between blanks, else whole runs of
    letters and digits. `slots` has, for each intent, the slots that its rows have been seen with.
    """

    set: str
    labels: Labels
    slots: Mapping[str, frozenset[str]]
    single: bool
    words: bool

    @property
    def known(self) -> Known:
        """The names that rows for this model may have."""
        parts = {part for label, _ in self.labels.spans for part in label.split(JOINER)}
        return Known(self.labels.acts, parts)


def names_of(name: str, rows: Sequence[Example], labels: Labels) -> Names:
    """The names of a set, from the rows to learn from."""
    slots: dict[str, set[str]] = {act: set() for act in labels.acts}
    for row in rows:
        for act in row.acts or ():
            slots[act] |= {span.label for span in flat(row, labels).spans}
    if all(row.acts is None for row in rows):
        slots = {act: {label for label, _ in labels.spans} for act in labels.acts}
    single = all(len(row.acts or ()) <= 1 for row in rows)
    return Names(name, labels, {act: frozenset(seen) for act, seen in slots.items()}, single, name not in OTHER_FORMATS)


def write_names(names: Names, path: Path) -> None:
    """Write names as JSON."""
    spans = [label for label, _ in names.labels.spans]
    slots = {act: sorted(seen) for act, seen in names.slots.items()}
    content = {"set": names.set, "single": names.single, "words": names.words, "spans": spans, "slots": slots}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_names(path: Path) -> Names:
    """Read what `write_names` wrote.

    Raises:
        FileNotFoundError: the file is missing; train the set first.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    acts = tuple(content["slots"])
    labels = Labels(tuple((label, Role.VALUE) for label in content["spans"]), acts, dict.fromkeys(acts, 0.5))
    slots = {act: frozenset(seen) for act, seen in content["slots"].items()}
    return Names(content["set"], labels, slots, content["single"], content["words"])


def context_of(row: Example) -> str:
    """The first segment of the encoder's input: the requested slots in plain words."""
    return " ".join(row.hints.get("asked", ())).replace("_", " ")


def read_logits(acts: Scores, tags: Scores, window: Window, text: str, names: Names) -> Found:
    """Read one row. Values of one slot with nothing but a blank between them are one, as in the product.

    Args:
        acts: logits (intents,).
        tags: logits (pieces of the pair, tags).
        window: of the row.
        text: of the row.
        names: what the outputs mean.
    """
    words = words_of(window.offsets, text, blanks=names.words)
    scores = log_softmax(_mean(tags[window.first :], words))
    if not names.single:
        likely = 1.0 / (1.0 + np.exp(-acts))
        said = frozenset(act for act, p in zip(names.labels.acts, likely, strict=True) if p >= 0.5)
        return Found(said, _places(_path(scores), words, text, names), float(likely.max()))
    logs = log_softmax(acts)
    tried = []
    for number in np.flatnonzero(logs >= min(_UNLIKELY, logs.max())):
        masked = scores + _forbidden(names, names.labels.acts[number])
        path = _path(masked)
        tried.append((float(logs[number] + masked[np.arange(len(path)), path].sum()), int(number), path))
    _, best, path = max(tried)
    intents = frozenset({names.labels.acts[best]})
    return Found(intents, _places(path, words, text, names), float(np.exp(logs.max())))


def words_of(offsets: Sequence[Offset], text: str, *, blanks: bool) -> list[Word]:
    """Join pieces to words.

    Args:
        offsets: the characters of each piece in `text`, half open.
        text: the utterance.
        blanks: words end at blanks only; else a word is a run of letters and digits.
    """
    words: list[Word] = []
    for at, (start, end) in enumerate(offsets):
        if words and _goes_on(text, words[-1].end, start, blanks=blanks):
            before = words.pop()
            words.append(Word(before.start, end, before.first, at + 1))
        else:
            words.append(Word(start, end, at, at + 1))
    return words


def read_served(model: Path, rows: Sequence[Example], pieces: Pieces, names: Names) -> list[Found]:
    """Read rows one by one with an exported model, as a server would."""
    session = open_session(model)
    found = []
    for row in rows:
        window = pieces.windows(context_of(row), row.text)[0]
        ids, types, mask = batch([window])
        acts, tags = session.run(["acts", "tags"], {"input_ids": ids, "token_type_ids": types, "attention_mask": mask})
        found.append(read_logits(acts[0], tags[0], window, row.text, names))
    return found


def _forbidden(names: Names, act: str) -> Scores:
    """What to add to the tags' scores when the intent is `act`: nothing, or the impossible."""
    masks = [0.0]
    for label, _ in names.labels.spans:
        masks += [0.0 if label in names.slots[act] else _IMPOSSIBLE] * 2
    return np.array(masks, dtype=np.float32)


def _goes_on(text: str, end: int, start: int, *, blanks: bool) -> bool:
    """Whether the piece from `start` belongs to the word that ended at `end` so far."""
    if blanks:
        return not any(char.isspace() for char in text[end:start])
    return start <= end and text[start - 1].isalnum() and text[start].isalnum()


def _mean(tags: Scores, words: Sequence[Word]) -> Scores:
    """The scores of words (words, tags) from those of their pieces."""
    means = [tags[word.first : word.stop].mean(axis=0) for word in words]
    return np.array(means, dtype=np.float32).reshape(-1, tags.shape[1])


def _path(scores: Scores) -> list[int]:
    return best_path(scores, [False] * len(scores)) if len(scores) else []


def _places(path: Sequence[int], words: Sequence[Word], text: str, names: Names) -> frozenset[Place]:
    joined: list[Place] = []
    for tag, word in zip(path, words, strict=True):
        if tag:
            label, _ = names.labels.spans[(tag - 1) // 2]
            if joined and joined[-1][0] == label and not text[joined[-1][2] : word.start].strip():
                joined[-1] = (label, joined[-1][1], word.end)
            else:
                joined.append((label, word.start, word.end))
    return frozenset((part, start, end) for label, start, end in joined for part in label.split(JOINER))
