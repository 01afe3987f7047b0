"""The settings of a run."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from training import adapt_encoder, train_tagger
from training.configuration import read_config

CONFIGS = Path(__file__).parents[3] / "training" / "configs"
KINDS = {"tagger": train_tagger.Config, "encoder": adapt_encoder.Config}


@dataclass(frozen=True, slots=True)
class Run:
    rate: float
    epochs: int
    shares: dict[str, float]


@pytest.mark.parametrize("path", sorted(path for kind in KINDS for path in (CONFIGS / kind).rglob("*.yml")), ids=str)
def test_every_configuration_of_ours_can_be_read(path: Path) -> None:
    read_config(path, KINDS[path.parent.name])


def test_a_whole_number_may_stand_for_a_fraction(tmp_path: Path) -> None:
    (tmp_path / "run.yml").write_text("rate: 1\nepochs: 2\nshares: {a: 0.5}\n")
    assert read_config(tmp_path / "run.yml", Run) == Run(1.0, 2, {"a": 0.5})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("rate: 1\nepochs: 2\nshares: {}\nspeed: 3", r"run\.yml:4: 'speed' is no setting"),
        ("rate: 1\nshares: {}", r"run\.yml:1: setting 'epochs' is missing"),
        ("epochs: 2\nrate: fast\nshares: {}", r"run\.yml:2: rate: 'fast'"),
        ("rate: 1\nepochs: true\nshares: {}", r"run\.yml:2: epochs: True"),
        ("rate: 1\nrate: 2\nepochs: 2\nshares: {}", r"run\.yml:2: 'rate' is set twice"),
        ("rate: 1\nepochs: [2\nshares: {}", r"run\.yml:\d: this is not YAML"),
        ("- 1", r"run\.yml:1: expected a mapping"),
        ("", r"run\.yml:1: expected a mapping"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "run.yml").write_text(text)
    with pytest.raises(ValueError, match=complaint):
        read_config(tmp_path / "run.yml", Run)
