"""Builds the Alpaca rows that the language model is fine-tuned on: tasks *track* and *reply*, English and Korean.

    python -m training.build_alpaca --config training/configs/alpaca/restaurant.yml
    python -m training.build_alpaca --config ... --turns candidates.jsonl       (with logged turns, after their review)
    python -m training.build_alpaca --config ... --card docs/data-card.md       (and writes the card's figures)

It writes train.jsonl, dev.jsonl, one train-<size>.jsonl for each size and manifest.json into `out`. The folder appears
whole or not at all. The same sources, configuration and seed give the same files.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import yaml

from assistant import prompts
from assistant.adapters.tagger import BertTagger
from assistant.domain import Domain, load_domain
from assistant.errors import MaitreError
from assistant.files import sha256_of
from nlu.labels import labels_for
from training.alpaca_card import figures, fill
from training.alpaca_contexts import stock_of
from training.alpaca_reply import reply_rows
from training.alpaca_rows import AlpacaRow, Part, balance, split, take, varied, without_copies, write_rows
from training.alpaca_scenarios import Reader, scenario_rows
from training.alpaca_track import Looks, check_text, rows_of, rows_of_turns, with_refs
from training.configuration import Natural, Positive, Share, read_config
from training.mixture import REVIEWED, read_pools


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a data set; every key must be in the file."""

    domain: str
    data: str
    """Folder of public data; may be missing."""
    scenarios: str
    """Folder of transcripts; may be missing."""
    tagger: str
    """Folder of the tagger that reads the transcripts' turns; where it is missing they are left out."""
    out: str
    generated: Natural
    """Draws from each grammar."""
    most: dict[str, Natural]
    """Rows of each source and language at most, before balancing."""
    sizes: list[Positive]
    """Rows of the smaller training files."""
    reply_share: Share
    clear_share: Share
    hard_negative_share: Share
    dev_share: Share
    alike: Positive
    """Rows at most that differ in figures, marks and blanks only."""
    looks_like_clear: dict[str, str]
    """By language a regular expression over the message in small letters."""
    refs: dict[str, list[str]]
    """Words in the rows that name a slot, beside those of slots.yml."""
    seed: int

    @property
    def shares(self) -> dict[Part, float]:
        """The shares of the track rows' parts; the rest is plain."""
        return {Part.CLEAR: self.clear_share, Part.HARD_NEGATIVE: self.hard_negative_share}


def main(config: Config, turns: Path | None = None, card: Path | None = None) -> dict[str, list[AlpacaRow]]:
    """Build the data set.

    Args:
        config: what to build.
        turns: exported turns to use besides.
        card: the data card whose figures are written anew.

    Returns:
        The rows by file name.

    Raises:
        DataError: a source cannot be read or names what there is not; the message names file and line. Nothing is written.
    """
    # --- data --------------------------------------------------------------------------------------------------------
    folder = Path(config.domain)
    domain = load_domain(folder)
    looks = Looks({lang: re.compile(pattern) for lang, pattern in config.looks_like_clear.items()})
    rows = [*track_rows(config, domain, looks), *reply_rows(domain, folder)]
    if turns is not None:
        rows = [*islice(rows_of_turns(turns, domain, looks), config.most["turns"]), *rows]

    # --- select ------------------------------------------------------------------------------------------------------
    learn, measure = split(without_copies(varied(rows, config.seed), config.alike), config.dev_share)
    train = balance(learn, config.shares)
    smaller = {f"train-{size}.jsonl": take(train, size, config.reply_share, config.shares) for size in config.sizes}
    files = {**smaller, "train.jsonl": train, "dev.jsonl": measure}
    for those in files.values():
        random.Random(config.seed).shuffle(those)

    # --- write -------------------------------------------------------------------------------------------------------
    write_folder(files, Path(config.out), config)
    if card is not None:
        card.write_text(fill(card.read_text(encoding="utf-8"), figures(files)), encoding="utf-8")
    return files


def track_rows(config: Config, domain: Domain, looks: Looks) -> list[AlpacaRow]:
    """The rows of annotated utterances and of transcripts."""
    labels = labels_for({spec.name: spec.kind for spec in domain.slots})
    for lang in domain.languages:
        for name in (f"data/nlu.{lang}.yml", f"data/reviewed.{lang}.yml", f"grammar.{lang}.yml"):
            check_text(Path(config.domain, name))
    pools = read_pools(Path(config.domain), Path(config.data), labels, generated=config.generated, seed=config.seed)
    named = with_refs(domain, config.refs)
    stock = stock_of(named, (example for (source, _), those in pools.items() if source == "hand" for example in those))
    found: list[AlpacaRow] = []
    for (source, lang), examples in sorted(pools.items()):
        rng = random.Random(f"{config.seed} {source} {lang}")
        shuffled = rng.sample(examples, len(examples))
        rows = islice(rows_of(shuffled, stock, looks, rng), config.most[source])
        found += [replace(row, user=source == REVIEWED) for row in rows]
    scenarios, tagger = Path(config.scenarios), Path(config.tagger)
    if scenarios.is_dir() and tagger.is_dir():
        reader = Reader(domain, BertTagger(tagger, domain), looks)
        found += islice(scenario_rows(scenarios, reader), config.most["scenarios"])
    return found


def write_folder(files: dict[str, list[AlpacaRow]], out: Path, config: Config) -> None:
    """Write all files into a folder beside, then let it take the place of the old one."""
    fresh, old = out.with_name(f"{out.name}.new"), out.with_name(f"{out.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, rows in files.items():
        write_rows(rows, fresh / name)
    manifest = {
        "prompts": prompts.VERSION,
        "domain": config.domain,
        "seed": config.seed,
        "files": {name: {"rows": len(rows), "sha256": sha256_of(fresh / name)} for name, rows in files.items()},
    }
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def run(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", help="folder of public data, in place of the one in the config")
    parser.add_argument("--out", help="folder of the rows, in place of the one in the config")
    parser.add_argument("--turns", type=Path, help="JSONL of `assistant export`, reviewed")
    parser.add_argument("--card", type=Path, help="data card whose figures are written anew")
    given = parser.parse_args(arguments)
    try:
        config = read_config(given.config, Config)
        config = replace(config, data=given.data or config.data, out=given.out or config.out)
        files = main(config, given.turns, given.card)
    except (MaitreError, OSError, ValueError, yaml.YAMLError) as wrong:
        raise SystemExit(f"{wrong}") from wrong
    print(figures(files))


if __name__ == "__main__":
    run()
