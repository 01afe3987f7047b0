"""The exported tagger: loading it and reading with it. The weights are random; what counts is that nothing goes astray."""

import json
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from nlu.context import render_context
from nlu.labels import labels_for, read_labels, write_labels
from nlu.pieces import Pieces
from nlu.tagger import ModelError, Tagger, stretches
from nlu.types import Kind
from tests.tiny_tagger import write_model

CONTEXT = render_context("time", "collecting", "create", ["restaurant"])
SLOTS = {"restaurant": Kind.CHOICE, "date": Kind.DATE, "time": Kind.TIME}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tagger"
    write_model(folder, labels_for(SLOTS))
    return folder


@pytest.fixture
def folder(shipped: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped, tmp_path / "tagger"))


@pytest.mark.parametrize(
    "text", ["7 pm", "네 명이요", "😊", "a\x00b", "７시", "x" * 3000, "네" * 2000, "((((", "\u200b"]
)
def test_any_text_is_read_and_the_words_of_spans_are_the_texts(shipped: Path, text: str) -> None:
    tagging = Tagger.load(shipped).tag(text, CONTEXT)
    assert all(span.text == text[span.start : span.end] for span in tagging.spans)
    assert all(0.5 <= probability <= 1.0 for probability in tagging.acts.values())


def test_no_text_says_nothing(shipped: Path) -> None:
    tagging = Tagger.load(shipped).tag("", CONTEXT)
    assert not tagging.acts
    assert not tagging.spans


def test_the_longest_text_is_read_in_a_moment(shipped: Path) -> None:
    tagger = Tagger.load(shipped)
    began = time.monotonic()
    tagger.tag("7 pm for four people, " * 90, CONTEXT)
    assert time.monotonic() - began < 2.0


def test_the_version_names_the_model(shipped: Path) -> None:
    assert Tagger.load(shipped).version == "tagger@test"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "labels.json", "manifest.json"])
def test_a_folder_with_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        Tagger.load(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "labels.json"])
def test_a_folder_with_an_altered_file_is_refused(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match="sha256"):
        Tagger.load(folder)


def test_a_model_of_another_context_version_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"context_version": 0}))
    with pytest.raises(ModelError, match="context_version"):
        Tagger.load(folder)


def test_a_half_written_manifest_is_refused(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": 1, "fil')
    with pytest.raises(ModelError, match="manifest"):
        Tagger.load(folder)


def test_labels_that_do_not_fit_the_weights_are_refused(folder: Path) -> None:
    from training.export_tagger import seal

    write_labels(labels_for({"time": Kind.TIME}), folder / "labels.json")
    seal(folder, {"name": "tagger", "version": "test"})
    with pytest.raises(ModelError, match="export it again"):
        Tagger.load(folder)


def test_windows_join_into_one_stretch_with_every_piece_once(shipped: Path) -> None:
    pieces, labels = Pieces.load(shipped / "tokenizer.json"), read_labels(shipped / "labels.json")
    text = "네 " * 300
    windows = pieces.windows(CONTEXT, text)
    longest = max(len(window.ids) for window in windows)
    ((scores, offsets),) = stretches(windows, np.zeros((len(windows), longest, len(labels.tags)), dtype=np.float32))
    assert [text[start:end] for start, end in offsets] == ["네"] * 300
    assert len(scores) == 300


def test_an_unread_middle_parts_the_stretches(shipped: Path) -> None:
    pieces, labels = Pieces.load(shipped / "tokenizer.json"), read_labels(shipped / "labels.json")
    windows = pieces.windows(CONTEXT, "네 " * 3000)
    longest = max(len(window.ids) for window in windows)
    found = stretches(windows, np.zeros((len(windows), longest, len(labels.tags)), dtype=np.float32))
    assert len(found) == 2
    assert all(len(scores) == len(offsets) for scores, offsets in found)


@pytest.mark.parametrize("text", ["table for 4 at 7 pm", "네 명 7시", "7 pm for four, " * 30])
def test_the_pieces_carry_the_tags_that_the_spans_are_made_of(shipped: Path, text: str) -> None:
    tagger = Tagger.load(shipped)
    pieces = tagger.pieces(text, CONTEXT)
    tagged = {piece.start for piece in pieces if piece.tag != "O"}
    assert all(piece.text == text[piece.start : piece.end] and 0.0 < piece.confidence <= 1.0 for piece in pieces)
    for span in tagger.tag(text, CONTEXT).spans:
        assert any(span.start <= start < span.end for start in tagged)


def test_every_act_has_a_probability_and_those_that_hold_have_the_same_one(shipped: Path) -> None:
    tagger = Tagger.load(shipped)
    acts = tagger.acts("7 pm", CONTEXT)
    assert tuple(acts) == tagger.labels.acts
    assert {act: acts[act] for act, held in acts.items() if held >= 0.5} == tagger.tag("7 pm", CONTEXT).acts


def test_no_text_has_no_pieces_and_no_acts(shipped: Path) -> None:
    assert Tagger.load(shipped).pieces("", CONTEXT) == ()
    assert Tagger.load(shipped).acts("", CONTEXT) == {}
