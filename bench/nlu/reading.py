"""From the model's numbers to intents and slots of a public set.

Intent and tags are chosen together: the likeliest pair of an intent and a best path through the tags that rows of this
intent have been seen with. Knows numbers and names; does not know torch, files or figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime

from bench.nlu.formats import Known
from bench.nlu.scores import Found, Place
from bench.nlu.sets import JOINER, flat
from nlu.decode import Offset, Scores, best_path, log_softmax
from nlu.labels import Labels
from nlu.pieces import Pieces, Window
from nlu.tagger import batch
from nlu.types import Role
from training.examples import Example

_IMPOSSIBLE: Final = -1e9
_UNLIKELY: Final = np.log(0.01)
"""Intents below this probability are not tried together with the tags."""


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
    return Names(name, labels, {act: frozenset(seen) for act, seen in slots.items()}, single, name == "snips")


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
    """Read one row.

    Args:
        acts: logits (intents,).
        tags: logits (pieces of the pair, tags).
        window: of the row.
        text: of the row.
        names: what the outputs mean.
    """
    scores = log_softmax(tags[window.first : window.first + len(window.offsets)])
    joined = _joined(window.offsets, text, words=names.words)
    if not names.single:
        likely = 1.0 / (1.0 + np.exp(-acts))
        said = frozenset(act for act, p in zip(names.labels.acts, likely, strict=True) if p >= 0.5)
        return Found(said, _places(best_path(scores, joined), window.offsets, names), float(likely.max()))
    logs = log_softmax(acts)
    tried = []
    for number in np.flatnonzero(logs >= min(_UNLIKELY, logs.max())):
        masked = scores + _forbidden(names, names.labels.acts[number])
        path = best_path(masked, joined) if window.offsets else []
        tried.append((float(logs[number] + masked[np.arange(len(path)), path].sum()), int(number), path))
    _, best, path = max(tried)
    return Found(frozenset({names.labels.acts[best]}), _places(path, window.offsets, names), float(np.exp(logs.max())))


def read_served(model: Path, rows: Sequence[Example], pieces: Pieces, names: Names) -> list[Found]:
    """Read rows one by one with an exported model, as a server would."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, ["CPUExecutionProvider"])
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


def _joined(offsets: Sequence[Offset], text: str, *, words: bool) -> list[bool]:
    """For each piece: does it belong to the word of the piece before?"""
    joined = [False] * len(offsets)
    for at, (before, here) in enumerate(pairwise(offsets), start=1):
        if words:
            joined[at] = not any(char.isspace() for char in text[before[1] : here[0]])
        else:
            joined[at] = here[0] <= before[1] and text[here[0] - 1].isalnum() and text[here[0]].isalnum()
    return joined


def _places(path: Sequence[int], offsets: Sequence[Offset], names: Names) -> frozenset[Place]:
    places: set[Place] = set()
    at = 0
    while at < len(path):
        end = at + 1
        if path[at]:
            kind = (path[at] - 1) // 2
            while end < len(path) and path[end] == 2 * kind + 2:
                end += 1
            label, _ = names.labels.spans[kind]
            places |= {(part, offsets[at][0], offsets[end - 1][1]) for part in label.split(JOINER)}
        at = end
    return frozenset(places)
