"""Reads everything that a tagger is to learn from, before hours are spent on it, and notes what there is.

    python -m training.check_data training/configs/tagger/restaurant.yml --out runs/train/restaurant/data.json

The note holds a hash over all rows: as long as it stays, there is nothing new to learn. Knows rows; does not know models.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.errors import BadDomain
from assistant.files import write_whole
from nlu.labels import NUMBER, SLOT_REF, Labels, labels_for
from nlu.types import Role
from training.configuration import read_config
from training.examples import DataError, contradictions, count, read_kinds
from training.mixture import Pools, data_hash, flatten, read_pools
from training.tagger_settings import Config, read_tagger_config


def faults(pools: Pools, labels: Labels, slots: Path) -> Iterator[str]:
    """What makes the rows useless, one sentence each, with file and line or key.

    Args:
        pools: everything there is.
        labels: of the domain.
        slots: its `slots.yml`, for the message.
    """
    yield from contradictions(row for (source, _), rows in pools.items() if source == "hand" for row in rows)
    found = {span.label for row in flatten(pools) for span in row.spans}
    for label, role in labels.spans:
        if role is Role.VALUE and label not in (NUMBER, SLOT_REF) and label not in found:
            yield f"{slots}: slots.{label}: no row of the domain's data names this slot; write some into data/nlu.*.yml"


def main(config: Config, out: Path) -> None:
    """Check and note.

    Args:
        config: of the tagger.
        out: the JSON file with `hash` and `counts`; it is the same as long as the rows are.

    Raises:
        DataError: a row, or what the rows are together, cannot be used; nothing is written.
        OSError: the disk does not take the note.
    """
    domain = Path(config.domain)
    labels = labels_for(read_kinds(domain / "slots.yml"))
    pools = read_pools(
        domain, Path(config.data), labels, generated=config.generated, seed=config.seed, also=config.also
    )
    if wrong := list(faults(pools, labels, domain / "slots.yml")):
        raise DataError("\n".join(wrong))
    silent = set(labels.acts) - {act for row in flatten(pools) for act in row.acts or ()}
    if silent:
        print(f"data: no row has {', '.join(sorted(silent))}; the tagger will not find these")
    for (source, lang), rows in sorted(pools.items()):
        print(f"data: {source} {lang}: {len(rows)} rows")
    note = {"hash": data_hash(pools), "counts": count(flatten(pools))}
    write_whole(out, [json.dumps(note, indent=1, ensure_ascii=False)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", help="folder of public data, in place of the one in the config")
    parser.add_argument("--llama", type=Path, help="the language model's config, whose settings are looked at too")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    try:
        chosen = read_tagger_config(given.config)
        if given.llama:
            from training.finetune_llama import Config as LlamaConfig  # loads torch, which rows do without

            read_config(given.llama, LlamaConfig)
        main(replace(chosen, data=given.data or chosen.data), given.out)
    except (ValueError, OSError, BadDomain) as wrong:
        sys.exit(str(wrong))
