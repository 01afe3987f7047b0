"""What is found before hours are spent on data."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from training.check_data import main
from training.configuration import read_config
from training.examples import DataError
from training.tagger_settings import Config

SLOTS = "slots:\n  date: {kind: date, required: true}\n  time: {kind: time, required: true}\n"
NLU = """nlu:
- intent: inform
  examples: |
    - on [friday](date)
    - at [7 pm](time)
- intent: affirm
  examples: |
    - yes
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "domain/data").mkdir(parents=True)
    (tmp_path / "domain/slots.yml").write_text(SLOTS)
    (tmp_path / "domain/data/nlu.en.yml").write_text(NLU)
    shipped = read_config(Path("training/configs/tagger/restaurant.yml"), Config)
    return dataclasses.replace(shipped, domain=str(tmp_path / "domain"), data=str(tmp_path / "absent"))


def test_the_note_changes_with_the_rows_and_not_with_their_files(config: Config, tmp_path: Path) -> None:
    nlu, note = tmp_path / "domain/data/nlu.en.yml", tmp_path / "data.json"
    main(config, note)
    first = note.read_text()
    nlu.write_text(f"# a remark\n{NLU}")
    main(config, note)
    assert note.read_text() == first
    nlu.write_text(NLU.replace("yes", "yes please"))
    main(config, note)
    assert json.loads(note.read_text())["hash"] != json.loads(first)["hash"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("](time)", "](tim)", r"nlu\.en\.yml:5: 'tim' is no label"),
        ("    - at [7 pm](time)\n", "", r"slots\.yml: slots\.time: no row of the domain's data names this slot"),
        ("    - yes\n", "    - \n", r"nlu\.en\.yml:8: '' has no text"),
        ("    - yes\n", "", r"nlu\.en\.yml:6: examples: affirm has none"),
        (
            "    - yes\n",
            "    - yes\n    - on [Friday](date)\n",
            r"nlu\.en\.yml:9: .* is intent affirm with .* but intent inform with .* in .*nlu\.en\.yml:4",
        ),
        ("- intent: affirm", "- intnt: affirm", r"nlu\.en\.yml:6: intnt: .* did you mean 'intent'"),
        ("- intent: affirm", "- intent: [affirm", r"nlu\.en\.yml:\d+: this is not YAML"),
    ],
)
def test_data_that_cannot_be_learnt_from_is_named_and_nothing_is_noted(
    config: Config, tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in NLU
    (tmp_path / "domain/data/nlu.en.yml").write_text(NLU.replace(old, new))
    with pytest.raises(DataError, match=said):
        main(config, tmp_path / "data.json")
    assert not (tmp_path / "data.json").exists()
