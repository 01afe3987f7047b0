"""Trains the tagger: a BERT that finds dialogue acts and labelled spans in English and Korean.

    python -m training.train_tagger training/configs/tagger/restaurant.yml            (about 45 minutes on two cores)
    python -m training.train_tagger training/configs/tagger/restaurant.yml --resume   (after an interruption)

Learns from the domain's hand-written utterances and grammars, and from public data where they are at hand. A row gets a new
context and new noise each time it is seen. What is kept lies between the first weights and their moving average, as far along
as does best on the held-out rows and loses least there; `training.export_tagger` makes the served artefact of it.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import save_file
from torch import nn
from tqdm import tqdm  # type: ignore[import-untyped]
from transformers import BertModel, get_linear_schedule_with_warmup

from assistant.errors import BadDomain
from assistant.files import write_whole
from nlu.decode import decode_spans, log_softmax
from nlu.labels import Labels, labels_for, write_labels
from nlu.pieces import Pieces
from nlu.types import Tagging
from training import checkpoint
from training.choosing import Tried, choose, lost, merit
from training.contexts import Slots, draw_context, read_slots
from training.encoder import exchange_word_embeddings, find_encoder, read_encoder, read_shape, word_embeddings
from training.examples import DataError, Example, contradictions, count, read_kinds
from training.metrics import mistakes, score
from training.mixture import Pools, data_hash, draw_epoch, flatten, hold_out, read_pools
from training.noise import spoil
from training.precision import autocast
from training.served import is_served, take_over
from training.tagger_model import Batch, TaggerModel, collate, loss, optimizer_for
from training.tagger_settings import Config, read_tagger_config
from training.vocabulary import embed, extend, vocabulary_of

SHOWN: Final = ("acts", "spans", "clear", "exact", "false_clears")
"""Scores that are printed; the others are in metrics.json."""
CURVE: Final = "curve.json"
"""In the run's folder: loss and scores by epoch."""
MOST_HELD_OUT: Final = 1000
"""Rows per source and language that are measured after each epoch."""


@torch.no_grad()
def read(
    model: TaggerModel, examples: Sequence[Example], contexts: Sequence[str], pieces: Pieces, labels: Labels
) -> list[Tagging]:
    """Tag examples with the model in training, as `nlu.tagger` does with the exported one."""
    model.eval()
    order = sorted(range(len(examples)), key=lambda number: len(examples[number].text))
    taggings: dict[int, Tagging] = {}
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        batch = collate([examples[row] for row in rows], [contexts[row] for row in rows], pieces, labels)
        acts, tags = model(batch.ids, batch.types, batch.mask)
        for at, row in enumerate(rows):
            window = pieces.windows(contexts[row], examples[row].text)[0]
            scores = log_softmax(tags[at, window.first : window.first + len(window.offsets)].float().numpy())
            said = {
                act: float(p)
                for act, p in zip(labels.acts, acts[at].float().sigmoid(), strict=True)
                if p >= labels.thresholds[act]
            }
            taggings[row] = Tagging(said, decode_spans(np.asarray(scores), window.offsets, examples[row].text, labels))
    return [taggings[row] for row in range(len(examples))]


def evaluate(
    model: TaggerModel, dev: Pools, slots: Slots, pieces: Pieces, labels: Labels
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Score the held-out pools one by one; the contexts are the same every time."""
    scores, wrong = {}, []
    for (source, lang), examples in sorted(dev.items()):
        rng = random.Random(0)
        taggings = read(model, examples, [draw_context(example, slots, rng) for example in examples], pieces, labels)
        scores[f"{source}.{lang}"] = score(examples, taggings)
        wrong += mistakes(examples, taggings)
    return scores, wrong


@dataclass(frozen=True, slots=True)
class Run:
    """What changes while training: the model, its moving average, the optimizer and the schedule of its rates.

    `began` stays as it was.
    """

    began: TaggerModel
    model: TaggerModel
    average: TaggerModel
    optimizer: torch.optim.AdamW
    schedule: torch.optim.lr_scheduler.LambdaLR


def build(config: Config, labels: Labels, out: Path) -> tuple[Run, Pieces]:
    """Make the model and its tokenizer from the base encoder, with room for Korean."""
    write_labels(labels, out / "labels.json")
    start = Path(config.encoder)
    if is_served(start):
        (out / "tokenizer.json").write_bytes((start / "tokenizer.json").read_bytes())
        bert = BertModel(read_shape(config.encoder, Pieces.load(out / "tokenizer.json").size), add_pooling_layer=False)  # type: ignore[no-untyped-call]
        model = TaggerModel(bert, labels, config.dropout)
        take_over(model, labels, start)
    else:
        base = find_encoder(config.encoder)
        stock = (base / "tokenizer.json").read_text(encoding="utf-8")
        tokenizer, old, new = extend(stock, vocabulary_of(stock))
        (out / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
        bert = read_encoder(base)
        exchange_word_embeddings(bert, embed(old, new, word_embeddings(bert).detach()))
        model = TaggerModel(bert, labels, config.dropout)
    optimizer = optimizer_for(model, config)
    steps = config.epochs * (config.epoch_examples // config.batch)
    warm = round(config.warmup * steps)
    schedule = get_linear_schedule_with_warmup(optimizer, warm, steps)  # type: ignore[no-untyped-call]
    return Run(copy.deepcopy(model), model, copy.deepcopy(model), optimizer, schedule), Pieces.load(
        out / "tokenizer.json"
    )


@torch.no_grad()
def kept(run: Run, blend: float) -> TaggerModel:
    """The model that is measured and written: so far from where training began to the moving average, 0..1."""
    model = copy.deepcopy(run.average)
    torch._foreach_lerp_(list(model.parameters()), list(run.began.parameters()), 1.0 - blend)
    return model


def save(run: Run, model: TaggerModel, epoch: int, out: Path) -> None:
    """Write what is kept and what a resumed run needs; a kill leaves those of the epoch before.

    Raises:
        OSError: the disk does not take them.
    """
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    halves = [out / f"{name}.part" for name in ("model.safetensors", "state.pt")]
    try:
        save_file(weights, halves[0])
        checkpoint.write(halves[1], epoch, nn.ModuleList([run.model, run.average]), run.optimizer, run.schedule)
    except (OSError, RuntimeError, SafetensorError) as fault:  # torch and safetensors have errors of their own
        for half in halves:
            half.unlink(missing_ok=True)
        raise OSError(f"{out}: epoch {epoch} was not saved, is the disk full? ({fault})") from fault
    for half in halves:
        half.replace(half.with_suffix(""))


def restore(run: Run, out: Path) -> int:
    """Take up an interrupted run; the number of epochs that are done."""
    return checkpoint.take_up(out / "state.pt", nn.ModuleList([run.model, run.average]), run.optimizer, run.schedule)


def train_epoch(run: Run, batches: Sequence[Batch], config: Config, *, first: bool) -> Iterator[float]:
    """Learn from batches; the loss of each. In the first epoch the average follows the weights more closely."""
    run.model.train()
    for number, batch in enumerate(batches, start=1):
        with autocast():
            acts, tags = run.model(batch.ids, batch.types, batch.mask)
        cost = loss(acts, tags, batch, smoothing=config.smoothing, weight=config.act_weight)
        cost.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
        run.optimizer.step()
        run.optimizer.zero_grad()
        run.schedule.step()
        decay = min(config.average, number / (number + 10)) if first else config.average
        with torch.no_grad():
            torch._foreach_lerp_(list(run.average.parameters()), list(run.model.parameters()), 1.0 - decay)
        yield cost.item()


def main(config: Config, *, resume: bool = False) -> None:
    """Run the recipe."""
    # --- config ---
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    out = Path(config.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "config.json").write_text(json.dumps(asdict(config), indent=1) + "\n", encoding="utf-8")

    # --- data ---
    domain = Path(config.domain)
    labels, slots = labels_for(read_kinds(domain / "slots.yml")), read_slots(domain / "slots.yml")
    pools = read_pools(
        domain, Path(config.data), labels, generated=config.generated, seed=config.seed, also=config.also
    )
    if found := contradictions(row for (source, _), rows in pools.items() if source == "hand" for row in rows):
        raise DataError("\n".join(found))
    split = hold_out(pools, config.held_out, most=MOST_HELD_OUT)
    for key, rows in sorted(split.train.items()):
        print(f"{'.'.join(key)}: {len(rows)} to learn from, {len(split.dev[key])} held out")
    (out / "counts.json").write_text(json.dumps(count(flatten(pools)), indent=1, ensure_ascii=False), encoding="utf-8")

    # --- model ---
    run, pieces = build(config, labels, out)
    done = restore(run, out) if resume and (out / "state.pt").is_file() else 0
    curve = read_curve(out / CURVE)[:done]
    steps = config.epoch_examples // config.batch
    bar = tqdm(total=config.epochs * steps, initial=done * steps, mininterval=10)

    for epoch in range(done, config.epochs):
        # --- train ---
        rng = random.Random(f"{config.seed} {epoch}")
        rows = draw_epoch(split.train, config.shares, config.epoch_examples, config.clear_share, rng)
        batches = [
            collate(part, [draw_context(row, slots, rng) for row in part], pieces, labels)
            for part in cut([spoil(row, rng) for row in rows], config.batch, rng)
        ]
        bar.set_description(f"epoch {epoch + 1}", refresh=False)
        losses = []
        for one in train_epoch(run, batches, config, first=epoch == 0):
            losses.append(one)
            bar.update()

        # --- evaluate ---
        last = epoch + 1 == config.epochs
        tried = []
        for way in config.blend if last else config.blend[-1:]:
            model = kept(run, way)
            tried.append(Tried(way, model, *evaluate(model, split.dev, slots, pieces, labels)))
        began = evaluate(run.began, split.dev, slots, pieces, labels)[0] if len(tried) > 1 else {}
        best = choose(tried, began)
        model, scores = best.model, best.scores
        curve.append({"epoch": epoch + 1, "loss": sum(losses) / max(len(losses), 1), "way": best.way, "dev": scores})
        print(f"epoch {epoch + 1}: loss {curve[-1]['loss']:.3f}, {best.way:.2f} of the way")
        for other in tried if began else ():
            print(f"  {other.way:.2f}: {100 * merit(other.scores):.2f}", *lost(other.scores, began), sep=", ")
        for name, values in scores.items():
            print(f"  {name:18}", "  ".join(f"{key} {100 * values[key]:.1f}" for key in SHOWN), flush=True)

        # --- save ---
        save(run, model, epoch + 1, out)
        report = {"epoch": epoch + 1, "data": data_hash(pools), "dev": scores}
        (out / "metrics.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        (out / "mistakes.txt").write_text("\n".join(best.mistakes) + "\n", encoding="utf-8")
        write_whole(out / CURVE, [json.dumps(curve)])
    bar.close()


def read_curve(path: Path) -> list[dict[str, Any]]:
    """The loss and the scores of every epoch of a run so far; none where there is no such file."""
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else []


def cut(examples: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of similar length, in random order; the odd rest is dropped."""
    order = sorted(examples, key=lambda example: len(example.text) + 8 * rng.random())
    batches = [order[start : start + size] for start in range(0, len(order) - size + 1, size)]
    rng.shuffle(batches)
    return batches


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("--resume", action="store_true", help="go on after the last epoch that was saved")
    parser.add_argument("--data", help="folder of public data, in place of the one in the config")
    parser.add_argument("--out", help="folder of the run, in place of the one in the config")
    given = parser.parse_args()
    try:
        chosen = read_tagger_config(given.config)
        chosen = replace(chosen, data=given.data or chosen.data, out=given.out or chosen.out)
        main(chosen, resume=given.resume)
    except (ValueError, OSError, BadDomain) as wrong:
        sys.exit(str(wrong))
