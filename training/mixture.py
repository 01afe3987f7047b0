"""What an epoch of the tagger's training consists of: pools of examples, a held-out part, and how much of each is drawn.

Knows sources and shares; does not know models.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import load_domain
from nlu.labels import Labels, labels_for
from training.examples import Example, read_kinds, read_rasa
from training.generate import generate, read_grammar
from training.public import read_restaurants8k, read_small_talk
from training.reviewed import admit
from training.shared import lend
from training.split import fraction

LANGUAGES = ("en", "ko")
Pools = Mapping[tuple[str, str], Sequence[Example]]
"""Examples by source (hand, reviewed, grammar, shared, restaurants8k, small_talk) and language."""
REVIEWED = "reviewed"
"""Utterances of users: learnt from beside those written by hand, and never measured on."""


@dataclass(frozen=True, slots=True)
class Split:
    """Training and held-out pools."""

    train: Pools
    dev: Pools


def read_pools(
    domain: Path, data: Path, labels: Labels, *, generated: int, seed: int, also: Sequence[str] = ()
) -> dict[tuple[str, str], list[Example]]:
    """Read everything there is to learn from.

    Args:
        domain: a domain folder: `data/nlu.<lang>.yml`, `data/reviewed.<lang>.yml` and `grammar.<lang>.yml`.
        data: the folder of public data; where it is missing the model learns from the domain alone.
        labels: what may occur.
        generated: how many examples are drawn from each grammar.
        seed: decides draws.
        also: other domain folders whose rows are lent in the domain's languages, under the source `shared`; see
            `training.shared`.
    """
    pools = _own(domain, labels, generated, seed)
    for folder in map(Path, also):
        lender, ours = load_domain(folder), load_domain(domain)
        theirs = _own(folder, labels_for(read_kinds(folder / "slots.yml")), generated, seed)
        for (source, lang), examples in sorted(theirs.items()):
            if source == REVIEWED or lang not in ours.languages:
                continue  # what users said stays where they said it
            pools.setdefault(("shared", lang), []).extend(lend(examples, lender, ours, seed))
    if (data / "restaurant8k").is_dir():
        rows = read_restaurants8k(data / "restaurant8k/train_0.json")
        known = {label for label, _ in labels.spans}
        pools["restaurants8k", "en"] = [row for row in rows if {span.label for span in row.spans} <= known]
    if (data / "clinc150").is_dir() and (data / "ko_chitchat").is_dir() and (data / "ko_sae4k").is_dir():
        for example in read_small_talk(data, seed, 6000):
            pools.setdefault(("small_talk", example.lang), []).append(example)
    return pools


def _own(domain: Path, labels: Labels, generated: int, seed: int) -> dict[tuple[str, str], list[Example]]:
    """What a domain folder holds itself: rows written by hand, reviewed ones, and sentences drawn from its grammars."""
    pools: dict[tuple[str, str], list[Example]] = {}
    for lang in LANGUAGES:
        hand, grammar = domain / "data" / f"nlu.{lang}.yml", domain / f"grammar.{lang}.yml"
        reviewed = domain / "data" / f"reviewed.{lang}.yml"
        if hand.is_file():
            pools["hand", lang] = read_rasa(hand, lang, labels)
        if reviewed.is_file():
            admitted = admit(read_rasa(reviewed, lang, labels), pools.get(("hand", lang), []))
            print(*admitted.refused, sep="\n", end="\n" if admitted.refused else "")
            pools[REVIEWED, lang] = list(admitted.rows)
        if grammar.is_file():
            pools["grammar", lang] = generate(read_grammar(grammar, labels), lang, generated, labels, seed)
    return pools


def hold_out(pools: Pools, shares: Mapping[str, float], most: int) -> Split:
    """Hold a part out, by template: every wording of a template, and every copy of a text, is on one side.

    Reviewed rows are never held out; they are put to those written by hand.

    Args:
        pools: everything.
        shares: the held-out share of each source's templates, 0..1.
        most: examples to hold out at most per pool; those are left that a hash of their template says, so that rows written
            late are measured like those written first.
    """
    train, dev = {}, {}
    for (source, lang), examples in pools.items():
        rows: defaultdict[bool, list[Example]] = defaultdict(list)
        for example in examples:
            rows[source != REVIEWED and _place(example) < shares[source]].append(example)
        train[source, lang] = rows[False]
        dev[source, lang] = sorted(rows[True], key=_place)[:most]
    held = {_words(example) for examples in dev.values() for example in examples}
    train = {key: [example for example in examples if _words(example) not in held] for key, examples in train.items()}
    for lang in LANGUAGES:
        if reviewed := train.pop((REVIEWED, lang), []):
            train["hand", lang] = [*train.get(("hand", lang), []), *reviewed]
    return Split(train, {key: rows for key, rows in dev.items() if key[0] != REVIEWED})


def draw_epoch(
    pools: Pools, shares: Mapping[str, float], size: int, clear_share: float, rng: random.Random
) -> list[Example]:
    """Draw the examples of one epoch, shuffled.

    Args:
        pools: what to draw from.
        shares: how much of the epoch each source makes up; the present ones are scaled to 1. Its languages share alike.
        size: how many to draw.
        clear_share: share of rows that clear something within the sources that have such rows, 0..1.
        rng: decides.
    """
    total = sum(shares[source] for source in {source for source, _ in pools})
    drawn: list[Example] = []
    for (source, _), examples in sorted(pools.items()):
        langs = sum(other == source for other, _ in pools)
        wanted = round(size * shares[source] / total / langs)
        clearing = [example for example in examples if example.clears]
        others = [example for example in examples if not example.clears]
        of_clearing = round(wanted * clear_share) if clearing and others else wanted * bool(clearing)
        drawn += _take(clearing, of_clearing, rng) + _take(others, wanted - of_clearing, rng)
    rng.shuffle(drawn)
    return drawn


def data_hash(pools: Pools) -> str:
    """A sha256 over every example, for the manifest."""
    digest = hashlib.sha256()
    for key, examples in sorted(pools.items()):
        for example in examples:
            digest.update(
                repr((key, example.text, example.acts, example.spans, sorted(example.hints.items()))).encode()
            )
    return digest.hexdigest()


def _take(examples: Sequence[Example], wanted: int, rng: random.Random) -> list[Example]:
    """Every example equally often, up to one."""
    whole, rest = divmod(wanted, len(examples)) if examples else (0, 0)
    return list(examples) * whole + rng.sample(list(examples), rest)


def _place(example: Example) -> float:
    return fraction(example.template.lower())


def _words(example: Example) -> str:
    return " ".join(example.text.lower().strip(" .!?~").split())


def flatten(pools: Pools) -> Iterable[Example]:
    """All examples of all pools."""
    return (example for _, examples in sorted(pools.items()) for example in examples)
