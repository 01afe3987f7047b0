"""Commands of the benchmark on public sets.

    python -m bench.nlu snips --config bench/nlu/configs/snips.yml         train and measure (also: clinc150, restaurant8k)
    python -m bench.nlu snips --config bench/nlu/configs/snips-taught.yml  the same, taught by the model of snips-teacher.yml
    python -m bench.nlu folder path/to/atis --config bench/nlu/configs/snips.yml   the same on any set in the three-file format
    python -m bench.nlu score runs/nlu/snips ../shared/data/snips/dev      measure a trained model on other rows
    python -m bench.nlu table                                              all figures beside published ones

Figures are written to `runs/nlu/*.json`, whole or not at all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from bench.nlu.reading import read_names, read_served
from bench.nlu.scores import score
from bench.nlu.sets import read_rows
from bench.nlu.table import COLUMNS, figures
from nlu.pieces import Pieces
from training.configuration import read_config

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, rich_markup_mode=None)

ConfigFile = Annotated[Path, typer.Option("--config", help="the run's YAML file")]
Data = Annotated[Path, typer.Option("--data", envvar="ASSISTANT_DATA", help="folder of public data")]
Part = Annotated[
    str, typer.Option("--part", help="learn from this part and not the config's; goes into the run's name")
]
T = TypeVar("T")
DATA = Path("../shared/data")
RUNS = Path("runs/nlu")


def _run(name: str, path: Path, data: Path, part: str = "") -> None:
    from bench.nlu.recipe import Config, main  # torch takes seconds, and the table needs none

    def run() -> None:
        config = read_config(path, Config)
        if config.set != name:
            raise ValueError(f"{path}: set: {config.set!r} is not {name!r}; use its own command")
        if part:
            config = replace(config, part=part, out=f"{config.out}-{part}")
        print(main(config, data))

    _told(run)


@app.command()
def folder(path: Path, config: ConfigFile) -> None:
    """Train on PATH/train and measure on PATH/dev, each with seq.in, seq.out and label, by the recipe of a config."""
    from bench.nlu.recipe import Config, main

    def run() -> None:
        chosen = replace(read_config(config, Config), set=path.name, part="train", out=str(RUNS / path.name))
        print(main(chosen, path.parent))

    _told(run)


def _told(work: Callable[[], T]) -> T:
    """Do something; an input error becomes one line and exit status 1."""
    try:
        return work()
    except (ValueError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


@app.command()
def snips(config: ConfigFile, data: Data = DATA) -> None:
    """Train on SNIPS, measure on its development part."""
    _run("snips", config, data)


@app.command()
def clinc150(config: ConfigFile, data: Data = DATA) -> None:
    """Train on CLINC150, measure on its validation part with the rows out of scope."""
    _run("clinc150", config, data)


@app.command()
def restaurant8k(config: ConfigFile, data: Data = DATA, part: Part = "") -> None:
    """Train on RESTAURANTS-8K or a part of it, measure on a tenth of train_0."""
    _run("restaurant8k", config, data, part)


@app.command("score")
def score_rows(model: Path, rows: Path) -> None:
    """Measure the 8-bit form of a trained model on other rows: a three-file folder, or a JSON file of its set."""
    names = read_names(model / "names.json")
    examples = _told(lambda: read_rows(names.set, rows, names.known))
    scores = score(examples, read_served(model / "model.onnx", examples, Pieces.load(model / "tokenizer.json"), names))
    print("  ".join(f"{COLUMNS.get(key, key)} {value:.4f}" for key, value in scores.items()))


@app.command()
def table(runs: Annotated[Path, typer.Argument(help="folder of the figures")] = RUNS) -> None:
    """Print all figures beside the published ones."""
    Console(width=130).print(_told(lambda: figures(runs)))


if __name__ == "__main__":
    app()
