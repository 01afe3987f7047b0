"""Whether the tagger's confidence can be believed, on the rows that its training held out.

    python -m bench.calibration models/tagger

Prints the expected calibration error and the bins behind it, for spans and acts in either language.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from nlu.calibration import Claim, bins, calibration_error
from nlu.tagger import Tagger
from training.calibration import act_claims, span_claims
from training.contexts import draw_context, read_slots
from training.mixture import LANGUAGES, hold_out, read_pools
from training.train_tagger import MOST_HELD_OUT

SOURCE = "hand"
"""Rows that people wrote: those of the grammars are easier than what guests type."""


def main(folder: Path) -> None:
    """Measure."""
    config = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["config"]
    tagger, domain = Tagger.load(folder), Path(config["domain"])
    pools = read_pools(domain, Path(config["data"]), tagger.labels, generated=1, seed=config["seed"])
    dev, slots = hold_out(pools, config["held_out"], most=MOST_HELD_OUT).dev, read_slots(domain / "slots.yml")
    for lang in LANGUAGES:
        examples, rng = dev[SOURCE, lang], random.Random(0)
        taggings = [tagger.tag(example.text, draw_context(example, slots, rng)) for example in examples]
        _show(f"{lang} spans", span_claims(examples, taggings))
        _show(f"{lang} acts", act_claims(examples, taggings))


def _show(name: str, claims: list[Claim]) -> None:
    print(f"{name}: {len(claims)} claims, expected calibration error {100 * calibration_error(claims):.1f} %")
    for one in bins(claims):
        print(f"  said {one.confidence:.2f}  right {one.accuracy:.2f}  ({one.count})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
