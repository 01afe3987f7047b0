"""The tagger's recipe from data to served model, on an encoder of one small layer."""

import dataclasses
import json
from pathlib import Path

import pytest

from nlu.context import render_context
from nlu.tagger import Tagger
from nlu.types import Role
from tests.tiny_tagger import write_encoder
from training import export_tagger, train_tagger
from training.examples import DataError
from training.tagger_settings import Config

pytestmark = pytest.mark.recipes

SLOTS = "slots:\n  date: {kind: date, required: true}\n  time: {kind: time, required: true}\n"
NLU = """version: "3.1"
nlu:
- intent: affirm
  examples: |
    - yes
    - yes please
    - yes i do
"""
GRAMMAR = """
lists:
  h: [one, two, three, four, five, six, seven, eight]
  d: [friday, monday, tomorrow]
templates:
  - intent: inform
    text:
      - "make it [<h> pm](time)"
      - "(please |)make it [<h>](time) instead of [<h>](time.old)"
      - "(please |)[<d>](date) at [<h>](time)"
      - "not [<d>](date.old)(, please|)"
  - intent: affirm
    text: ["yes(|, please|, i want it)"]
  - intent: ask
    text: ["do you have parking(|?)", "is it a table(|?)"]
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    domain = tmp_path / "domain"
    (domain / "data").mkdir(parents=True)
    (domain / "slots.yml").write_text(SLOTS)
    (domain / "data/nlu.en.yml").write_text(NLU)
    (domain / "grammar.en.yml").write_text(GRAMMAR)
    write_encoder(tmp_path / "encoder")
    return Config(
        domain=str(domain),
        data=str(tmp_path / "absent"),
        encoder=str(tmp_path / "encoder"),
        out=str(tmp_path / "run"),
        generated=300,
        shares={"hand": 0.1, "grammar": 0.9},
        held_out={"hand": 0.0, "grammar": 0.0},
        clear_share=0.3,
        epochs=4,
        epoch_examples=4096,
        batch=16,
        learning_rate=0.003,
        layer_decay=0.9,
        embedding_rate=0.002,
        warmup=0.1,
        weight_decay=0.0,
        dropout=0.0,
        smoothing=0.0,
        act_weight=4.0,
        average=0.9,
        threads=1,
        seed=1,
    )


def test_a_small_tagger_learns_is_resumed_exported_and_tells_old_from_new(config: Config, tmp_path: Path) -> None:
    train_tagger.main(dataclasses.replace(config, epochs=2))
    train_tagger.main(config, resume=True)
    assert json.loads((tmp_path / "run/metrics.json").read_text())["epoch"] == 4

    export_tagger.main(tmp_path / "run", tmp_path / "model")
    tagger = Tagger.load(tmp_path / "model")
    context = render_context("time", "collecting", "create", ["date"])
    spans = {(span.label, span.role): span.text for span in tagger.tag("Make it six instead of two", context).spans}
    assert spans == {("time", Role.VALUE): "six", ("time", Role.OLD): "two"}
    assert set(tagger.tag("yes", context).acts) == {"affirm"}
    assert set(tagger.tag("do you have parking", context).acts) == {"ask"}


def test_rows_that_contradict_each_other_stop_the_training_before_it_begins(config: Config) -> None:
    nlu = Path(config.domain) / "data/nlu.en.yml"
    nlu.write_text(NLU + "- intent: deny\n  examples: |\n    - Yes!\n")
    with pytest.raises(
        DataError, match=r"nlu.en.yml:10: 'Yes!' is intent deny .* but intent affirm .* in .*nlu.en.yml:5"
    ):
        train_tagger.main(config)


def test_of_the_ways_back_to_the_first_weights_the_best_is_kept(config: Config, tmp_path: Path) -> None:
    train_tagger.main(dataclasses.replace(config, held_out={"hand": 0.0, "grammar": 0.3}, blend=[1.0, 0.0, 0.05]))
    curve = json.loads((tmp_path / "run/curve.json").read_text())
    assert curve[0]["way"] == 0.05  # only the last epoch tries all
    assert curve[-1]["way"] == 1.0
