"""The settings of a run."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from training import adapt_encoder, tagger_settings
from training.configuration import Positive, Rate, Share, read_config

CONFIGS = Path(__file__).parents[3] / "training" / "configs"
KINDS = {"tagger": tagger_settings.Config, "encoder": adapt_encoder.Config}


@dataclass(frozen=True, slots=True)
class Run:
    rate: Rate
    epochs: Positive
    shares: dict[str, Share]
    names: list[str]


@pytest.mark.parametrize("path", sorted(path for kind in KINDS for path in (CONFIGS / kind).rglob("*.yml")), ids=str)
def test_every_configuration_of_ours_can_be_read(path: Path) -> None:
    read_config(path, KINDS[path.parent.name])


def test_a_whole_number_may_stand_for_a_fraction(tmp_path: Path) -> None:
    (tmp_path / "run.yml").write_text("rate: 1\nepochs: 2\nshares: {a: 0.5}\nnames: [b]\n")
    assert read_config(tmp_path / "run.yml", Run) == Run(1.0, 2, {"a": 0.5}, ["b"])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "rate: 1\nepochs: 2\nshares: {}\nspeed: 3",
            r"run\.yml:4: speed: 'speed' is not known here; known are rate, epochs, shares, names",
        ),
        ("rate: 1\nshares: {}", r"run\.yml:1: epochs: this setting is missing"),
        ("rate: 1\nepochs: 2\nshare: {}", r"run\.yml:3: share: 'share' is not known here; did you mean 'shares'\?"),
        ("epochs: 2\nrate: fast\nshares: {}\nnames: []", r"run\.yml:2: rate: must be a number, not 'fast'$"),
        (
            "epochs: 2\nrate: 3e-4\nshares: {}\nnames: []",
            r"run\.yml:2: rate: must be a number, not '3e-4'; write 0\.0003$",
        ),
        ("rate: 1\nepochs: true\nshares: {}\nnames: []", r"run\.yml:2: epochs: must be a whole number, not True"),
        ("rate: 1\nepochs:\nshares: {}\nnames: []", r"run\.yml:2: epochs: must be a whole number, not nothing"),
        ("rate: 1\nepochs: 0\nshares: {}\nnames: []", r"run\.yml:2: epochs: must be 1 or more, not 0"),
        ("rate: 0\nepochs: 1\nshares: {}\nnames: []", r"run\.yml:1: rate: must be more than 0, and at most 1, not 0"),
        (
            "rate: 1\nepochs: 1\nshares: {a: 2}\nnames: []",
            r"run\.yml:3: shares\.a: must be 0 or more, and at most 1, not 2",
        ),
        ("rate: 1\nepochs: 1\nshares: {a: x}\nnames: []", r"run\.yml:3: shares\.a: must be a number, not 'x'"),
        ("rate: 1\nepochs: 1\nshares: {}\nnames: [1]", r"run\.yml:4: names\.0: must be text, not 1"),
        ("rate: 1\nepochs: 1\nshares: {}\nnames: one", r"run\.yml:4: names: must be a list"),
        ("rate: 1\nrate: 2\nepochs: 2\nshares: {}", r"run\.yml:2: rate: this key stands here twice, first in line 1"),
        ("rate: 1\n\tepochs: 1", r"run\.yml:2: this is not YAML: a tab stands here"),
        ("rate: 1\nepochs: [2\nshares: {}", r"run\.yml:\d: this is not YAML"),
        ("- 1", r"run\.yml:1: there are no settings here"),
        ("", r"run\.yml:1: there are no settings here"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "run.yml").write_text(text)
    with pytest.raises(ValueError, match=complaint):
        read_config(tmp_path / "run.yml", Run)
