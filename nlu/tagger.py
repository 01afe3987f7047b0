"""The tagger at run time: an exported BERT that finds acts and labelled spans in one utterance.

Knows ONNX Runtime and the layout of a model folder; does not know torch, conversations or values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from nlu import context as rendering
from nlu.decode import Offset, Scores, best_path, decode_spans, glued, log_softmax
from nlu.labels import Labels, read_labels
from nlu.pieces import Pieces, Window
from nlu.runtime import open_session
from nlu.types import Span, Tagging

FORMAT: Final = 1
"""Version of the model folder's layout."""
FILES: Final = ("model.onnx", "tokenizer.json", "labels.json")
MANIFEST: Final = "manifest.json"


class ModelError(ValueError):
    """A model folder cannot be used; the message names the folder, the file and what to do."""


@dataclass(frozen=True, slots=True)
class TaggedPiece:
    """One word piece of an utterance: the characters it covers (half open), its BIO tag and that tag's probability in 0..1."""

    text: str
    start: int
    end: int
    tag: str
    confidence: float


class Tagger:
    """A loaded model. Safe to share between threads."""

    def __init__(self, session: onnxruntime.InferenceSession, pieces: Pieces, labels: Labels, version: str) -> None:
        """Use `Tagger.load`."""
        self._session = session
        self._pieces = pieces
        self._labels = labels
        self._thresholds = np.array([labels.thresholds[act] for act in labels.acts], dtype=np.float32)
        self._version = version

    @classmethod
    def load(cls, folder: Path) -> Tagger:
        """Load a model folder: model.onnx, tokenizer.json, labels.json and the manifest.json that vouches for them.

        Args:
            folder: as `training.export_tagger` writes it.

        Raises:
            ModelError: something is missing, altered, half written, or made for another version of this code.
        """
        manifest = check(folder)
        try:
            labels = read_labels(folder / "labels.json")
            pieces = Pieces.load(folder / "tokenizer.json")
        except ValueError as error:
            raise ModelError(str(error)) from error
        try:
            session = open_session(folder / "model.onnx")
        except Exception as error:  # the runtime's exceptions share no public base class
            raise ModelError(f"{folder}/model.onnx: ONNX Runtime cannot load it ({error})") from error
        widths = {output.name: output.shape[-1] for output in session.get_outputs()}
        expected = {"acts": len(labels.acts), "tags": len(labels.tags)}
        if widths != expected:
            raise ModelError(f"{folder}: model.onnx gives {widths}, labels.json asks for {expected}; export it again")
        return cls(session, pieces, labels, f"{manifest['name']}@{manifest['version']}")

    @property
    def version(self) -> str:
        """`name@version` of the model."""
        return self._version

    @property
    def labels(self) -> Labels:
        """What the model may find."""
        return self._labels

    def tag(self, text: str, context: str) -> Tagging:
        """Find acts and spans.

        A text of more than 128 word pieces is read in overlapping windows, eight at most: of a still longer one the first
        512 or so and the last 512 or so pieces are read. An act counts when any window has it.

        Args:
            text: the utterance, of any length; the spans' places refer to it.
            context: what `nlu.context.render_context` wrote.

        Returns:
            The acts whose probability reaches their threshold, and the spans in order.
        """
        windows = self._pieces.windows(context, text)
        if not windows[0].offsets:
            return Tagging({}, ())
        acts, tags = self._run(windows)
        said = {
            act: float(probability)
            for act, probability, threshold in zip(self._labels.acts, _likeliest(acts), self._thresholds, strict=True)
            if probability >= threshold
        }
        spans: list[Span] = []
        for scores, offsets in stretches(windows, tags):
            spans += decode_spans(scores, offsets, text, self._labels)
        return Tagging(said, tuple(spans))

    def acts(self, text: str, context: str) -> dict[str, float]:
        """The probability in 0..1 of every act, also of those below their threshold; empty for a text without pieces."""
        windows = self._pieces.windows(context, text)
        if not windows[0].offsets:
            return {}
        acts, _ = self._run(windows)
        return dict(zip(self._labels.acts, map(float, _likeliest(acts)), strict=True))

    def pieces(self, text: str, context: str) -> tuple[TaggedPiece, ...]:
        """Every word piece with the tag that `tag` gave it. A rare syllable is cut into several pieces of the same characters."""
        windows = self._pieces.windows(context, text)
        if not windows[0].offsets:
            return ()
        _, tags = self._run(windows)
        return tuple(
            TaggedPiece(text[start:end], start, end, self._labels.tags[tag], float(np.exp(row[tag])))
            for scores, offsets in stretches(windows, tags)
            for (start, end), tag, row in zip(offsets, best_path(scores, glued(offsets, text)), scores, strict=True)
        )

    def _run(self, windows: list[Window]) -> tuple[Scores, Scores]:
        """Act logits (windows, acts) and tag logits (windows, pieces, tags)."""
        ids, types, mask = batch(windows)
        acts, tags = self._session.run(
            ["acts", "tags"], {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
        )
        return acts, tags


def _likeliest(logits: Scores) -> Scores:
    """The probability of each act in the window that is surest of it."""
    return np.asarray((1.0 / (1.0 + np.exp(-logits))).max(axis=0), dtype=np.float32)


def batch(windows: list[Window]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pad windows to one length: ids, types and mask, each (windows, pieces)."""
    longest = max(len(window.ids) for window in windows)
    ids, types, mask = (np.zeros((len(windows), longest), dtype=np.int64) for _ in range(3))
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        types[row, : len(window.types)] = window.types
        mask[row, : len(window.ids)] = 1
    return ids, types, mask


def stretches(windows: list[Window], tags: Scores) -> list[tuple[Scores, list[Offset]]]:
    """Join the windows' tag scores: each piece as the window sees it that has it farthest from an edge.

    Args:
        windows: of one text, in order.
        tags: logits (windows, pieces of the padded pair, tags).

    Returns:
        Log probabilities and offsets of every unbroken stretch of pieces; more than one only where a gap is unread.
    """
    joined: list[tuple[list[Scores], list[Offset]]] = []
    read = 0
    for row, window in enumerate(windows):
        count = len(window.offsets)
        follower = windows[row + 1] if row + 1 < len(windows) else None
        end = window.begin + count
        stop = (follower.begin + end) // 2 if follower and follower.begin < end else end
        scores = log_softmax(tags[row, window.first : window.first + count])
        begin = max(read - window.begin, 0)
        if not joined or window.begin > read:
            joined.append(([], []))
        joined[-1][0].append(scores[begin : stop - window.begin])
        joined[-1][1].extend(window.offsets[begin : stop - window.begin])
        read = stop
    return [(np.concatenate(scores), offsets) for scores, offsets in joined]


def check(folder: Path) -> Mapping[str, Any]:
    """Verify a model folder against its manifest.

    Returns:
        The manifest.

    Raises:
        ModelError: the manifest is missing or of another version, or a file is missing or not the one it names.
    """
    path = folder / MANIFEST
    try:
        manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files, versions = manifest["files"], (manifest["format"], manifest["context_version"])
        named = (str(manifest["name"]), str(manifest["version"]))
    except FileNotFoundError:
        raise ModelError(f"{path}: missing, so the model is not there or half written; train or fetch it") from None
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: not a manifest ({error!r}); export the model again") from error
    if versions != (FORMAT, rendering.VERSION):
        raise ModelError(
            f"{path}: format and context_version are {versions}, this code needs {(FORMAT, rendering.VERSION)}; "
            f"train and export {'@'.join(named)} again"
        )
    for name in FILES:
        file = folder / name
        if not file.is_file():
            raise ModelError(f"{file}: missing; fetch or export the model again")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if digest != files.get(name):
            raise ModelError(f"{file}: sha256 is {digest}, the manifest says {files.get(name)}; export the model again")
    return manifest
