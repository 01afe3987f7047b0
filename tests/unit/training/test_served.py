"""The shipped tagger as a beginning."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertModel

from nlu.context import render_context
from nlu.labels import ACTS, Labels, labels_for
from nlu.pieces import Pieces
from nlu.tagger import ModelError, Tagger
from nlu.types import Kind
from training.encoder import read_shape
from training.examples import Example
from training.served import is_served, read_served, take_over
from training.tagger_model import TaggerModel
from training.train_tagger import read

SHIPPED = Path(__file__).parents[3] / "models" / "tagger"

pytestmark = pytest.mark.skipif(not is_served(SHIPPED), reason="the shipped tagger is not there")


def started(labels: Labels) -> tuple[TaggerModel, Pieces]:
    pieces = Pieces.load(SHIPPED / "tokenizer.json")
    model = TaggerModel(BertModel(read_shape(str(SHIPPED), pieces.size), add_pooling_layer=False), labels, 0.0)
    take_over(model, labels, SHIPPED)
    return model, pieces


def test_a_model_started_from_a_served_one_sees_what_that_one_sees() -> None:
    served = Tagger.load(SHIPPED)
    model, pieces = started(served.labels)
    context = render_context("time", "collecting", "create", ["restaurant", "date"])
    texts = ["Make it 8 instead of 7.", "시간 지워 주세요", "yes, but drop the phone number"]
    examples = [Example(text, "en", (), ()) for text in texts]
    ours = read(model, examples, [context] * len(texts), pieces, served.labels)
    for text, tagging in zip(texts, ours, strict=True):
        theirs = served.tag(text, context)
        assert set(tagging.acts) == set(theirs.acts)
        assert [(s.label, s.role, s.text) for s in tagging.spans] == [(s.label, s.role, s.text) for s in theirs.spans]


def test_of_the_heads_only_what_both_know_is_taken() -> None:
    labels = labels_for({"stylist": Kind.CHOICE, "time": Kind.TIME})
    model, _ = started(labels)
    weights, theirs = read_served(SHIPPED), Tagger.load(SHIPPED).labels
    ours, known = labels.tags.index("B-time.old"), theirs.tags.index("B-time.old")
    assert torch.equal(model.tags.weight[ours], weights["tags.weight"][known])
    assert np.isfinite(model.tags.weight[labels.tags.index("B-stylist")].detach().numpy()).all()
    assert labels.acts == ACTS == theirs.acts


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    assert not is_served(tmp_path)
    with pytest.raises(ModelError, match=r"manifest.json"):
        read_served(tmp_path)
