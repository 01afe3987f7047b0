"""Trains the base of the small Llama on task dialogue, Korean text, the domain's own texts and copying.

    python -m training.train_llama_base --config training/configs/llama/base.yml
    python -m training.train_llama_base --config training/configs/llama/base.yml --resume   (after an interruption)

The run ends after `steps` or after `minutes`, whichever is first, and the learning rate falls towards that end. A usable
copy of the model stands in `<run>/hf` all along. The artefact's manifest is written last.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F
from transformers import LlamaConfig, LlamaForCausalLM

from nlu.labels import labels_for
from training.configuration import Amount, Natural, Positive, Rate, Share, Weight, read_config
from training.examples import Example, read_kinds
from training.llama_artefact import save_model, seal
from training.llama_blocks import Batch, Blocks, Encoder, draw, pack
from training.llama_copying import read_copying, read_task, said
from training.llama_corpus import ANSWERED, Document, data_hash, hold_out, read_english, read_korean, read_own
from training.llama_tokenizer import BEGIN, CONTEXT, END, PAD, control, save_tokenizer, train_tokenizer
from training.mixture import read_pools
from training.precision import autocast

MOST_MEASURED = 12
"""Held-out blocks per pool and language that are measured."""
TOKENIZER_DOCUMENTS = 15000
"""Documents of each pool that the tokenizer learns from."""
EVERY = 20
"""Steps between two points of the curve."""

Optimizers = Sequence[torch.optim.Optimizer]


@dataclass(frozen=True, slots=True)
class Config:
    """One run. Every key is in the YAML file."""

    domain: str
    """The domain folder."""
    data: str
    """Folder of public data; what is missing there is not read."""
    scenarios: str
    """Folder of the visible scenarios; never a held-out one."""
    alpaca: str
    """Folder of `training.build_alpaca`; may be missing. Its rows take the place of our own rows for copying."""
    run: str
    """Folder for checkpoints."""
    out: str
    """Folder of the artefact."""
    generated: Natural
    """Utterances drawn from each grammar."""
    made_up: Natural
    """Rows for copying of words that nobody says."""
    shares: dict[str, Share]
    """Share of the tokens per pool."""
    answer: Weight
    """How much a token of an answer counts in the loss, where one of plain text counts 1; prompts count 0."""
    held_out: Share
    """Share of the dialogues that are measured on, 0..1."""
    vocabulary: Positive
    """Entries of the tokenizer."""
    hidden: Positive
    layers: Positive
    heads: Positive
    kv_heads: Positive
    intermediate: Positive
    length: Positive
    """Tokens of a block."""
    batch: Positive
    """Blocks of a step."""
    steps: Positive
    minutes: Amount
    """Training ends after so long, even if steps are left."""
    learning_rate: Rate
    """AdamW's, for the embeddings and norms."""
    matrix_rate: Rate
    """Muon's, for the matrices of the layers; of the same size as an AdamW rate."""
    warmup: Natural
    """Steps during which the rate rises."""
    weight_decay: Weight
    compile: bool
    """Whether torch compiles the model first; needs a C++ compiler."""
    save_minutes: Amount
    """Between two checkpoints."""
    export_minutes: Amount
    """Between two usable copies."""
    threads: Positive
    seed: int


@dataclass(slots=True)
class Progress:
    """How far a run is. `seconds` counts training only, over all its parts; `curve` holds what is in `loss.json`."""

    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    curve: list[dict[str, float]] = field(default_factory=list)


def read_documents(config: Config) -> list[Document]:
    """Everything there is to read, in a fixed order; nothing that the task's `dev.jsonl` measures on."""
    domain, data = Path(config.domain), Path(config.data)
    labels = labels_for(read_kinds(domain / "slots.yml"))
    pools = read_pools(domain, data, labels, generated=config.generated, seed=config.seed)
    task = read_task(Path(config.alpaca) / "train.jsonl")
    measured = {said(one) for one in read_task(Path(config.alpaca) / "dev.jsonl")}

    def pick(*sources: str) -> list[Example]:
        rows = [row for (source, _), rows in sorted(pools.items()) if source in sources for row in rows]
        return [row for row in rows if row.text not in measured]

    ours, responses = pick("hand", "grammar"), domain / "responses"
    annotated = pick("restaurants8k") if task else ours + pick("restaurants8k")
    return (
        read_english(data)
        + read_korean(data, config.seed)
        + read_own(ours, Path(config.scenarios), responses, config.seed)
        + read_copying(annotated, data, responses, config.made_up, config.seed)
        + task
    )


def by_pool(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """Documents under the name of their pool."""
    pools: dict[str, list[Document]] = {}
    for document in documents:
        pools.setdefault(document.pool, []).append(document)
    return pools


def make_tokenizer(documents: Sequence[Document], config: Config, folder: Path) -> Tokenizer:
    """The tokenizer of the run: trained once, read from `folder` afterwards."""
    if not (folder / "tokenizer.json").is_file():
        rng = random.Random(config.seed)
        pools = by_pool(documents).values()
        chosen = [one for pool in pools for one in rng.sample(pool, min(len(pool), TOKENIZER_DOCUMENTS))]
        save_tokenizer(train_tokenizer((one.text for one in chosen), config.vocabulary), folder)
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def make_model(config: Config, tokenizer: Tokenizer) -> LlamaForCausalLM:
    """A model with random weights."""
    return LlamaForCausalLM(  # type: ignore[no-untyped-call]
        LlamaConfig(
            vocab_size=tokenizer.get_vocab_size(),
            hidden_size=config.hidden,
            intermediate_size=config.intermediate,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            num_key_value_heads=config.kv_heads,
            max_position_embeddings=CONTEXT,
            rope_parameters={"rope_type": "default", "rope_theta": 500000.0},
            tie_word_embeddings=True,
            bos_token_id=control(tokenizer, BEGIN),
            eos_token_id=control(tokenizer, END),
            pad_token_id=control(tokenizer, PAD),
        )
    )


def held_out_blocks(documents: Sequence[Document], config: Config, encode: Encoder) -> dict[str, Blocks]:
    """What is measured, by pool and language, as in `korean.ko`; of copying and the task only the responses count."""
    groups: dict[str, list[Document]] = {}
    for document in documents:
        groups.setdefault(f"{document.pool}.{document.lang}", []).append(document)
    blocks = {}
    for name, rows in sorted(groups.items()):
        random.Random(config.seed).shuffle(rows)
        few = rows[: MOST_MEASURED * 4]
        whole = pack(map(encode.row, few), config.length, encode.pad)
        most = slice(MOST_MEASURED)
        blocks[name] = Blocks(whole.ids[most], whole.weights[most], whole.positions[most])
    return blocks


def cost(model: LlamaForCausalLM, body: Any, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The mean loss of the tokens that count, what the model would have chosen for them, and what they are.

    Args:
        model: with the head.
        body: `model.model` or its compiled form.
        batch: blocks.

    Returns:
        The loss, and two vectors of token ids.
    """
    counted = batch.weights[:, 1:] > 0
    with autocast():
        hidden = body(
            input_ids=batch.ids, position_ids=batch.positions, attention_mask=batch.seen, use_cache=False
        ).last_hidden_state
        logits = model.lm_head(hidden[:, :-1][counted]).float()  # the head costs a fifth: only where it is needed
    right, weights = batch.ids[:, 1:][counted], batch.weights[:, 1:][counted]
    loss = (F.cross_entropy(logits, right, reduction="none") * weights).sum() / weights.sum().clamp(min=1)
    return loss, logits.argmax(-1), right


@torch.no_grad()
def measure(model: LlamaForCausalLM, held_out: dict[str, Blocks]) -> dict[str, float]:
    """Loss per group, and how many of the answers' tokens the model would have chosen itself."""
    model.eval()  # type: ignore[no-untyped-call]
    scores = {}
    for name, blocks in held_out.items():
        loss, chosen, right = cost(model, model.model, blocks.batch(range(len(blocks))))
        scores[name] = round(loss.item(), 4)
        if name.startswith(ANSWERED):
            scores[f"{name} right"] = round((chosen == right).float().mean().item(), 4)
    model.train()
    return scores


def share_of_rate(config: Config, progress: Progress) -> float:
    """What of the learning rates is used: a rise, then a cosine down to a twentieth at the end of the steps or the time."""
    done = min(1.0, max(progress.step / config.steps, progress.seconds / (60 * config.minutes)))
    rise = min(1.0, (progress.step + 1) / config.warmup)
    return rise * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done)))


def make_optimizers(model: LlamaForCausalLM, config: Config) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the layers, AdamW for the rest.

    Muon (K. Jordan, 2024) learns as much from fewer tokens, and its steps cost a fifth more here.
    """
    layers = [one for name, one in model.named_parameters() if one.ndim == 2 and "embed" not in name]
    ours = {id(one) for one in layers}
    rest = [one for one in model.parameters() if id(one) not in ours]
    decay = config.weight_decay
    return [
        torch.optim.Muon(layers, config.matrix_rate, weight_decay=decay, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(rest, config.learning_rate, betas=(0.9, 0.95), weight_decay=decay, fused=True),
    ]


def save_state(path: Path, model: LlamaForCausalLM, optimizers: Optimizers, progress: Progress) -> None:
    """Write a checkpoint; a kill leaves the one before."""
    half = path.with_suffix(".part")
    optimizer = [one.state_dict() for one in optimizers]
    torch.save({"model": model.state_dict(), "optimizers": optimizer, "progress": asdict(progress)}, half)
    half.replace(path)


def restore(path: Path, model: LlamaForCausalLM, optimizers: Optimizers) -> Progress:
    """Take up the run of a checkpoint."""
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    return Progress(**state["progress"])


def batches(blocks: Blocks, config: Config, first: int) -> Iterator[Batch]:
    """The blocks of each step from `first` on, from the beginning again when all are read."""
    for step in range(first, config.steps):
        yield blocks.batch([(step * config.batch + number) % len(blocks) for number in range(config.batch)])


@dataclass(frozen=True, slots=True)
class Training:
    """What changes while training, and the tokenizer that a usable copy needs."""

    model: LlamaForCausalLM
    optimizers: Optimizers
    tokenizer: Tokenizer
    progress: Progress

    def step(self, body: Any, batch: Batch, share: float) -> float:
        """Learn from the blocks of one step; the loss.

        Args:
            body: the model's layers or their compiled form.
            batch: the blocks.
            share: of the learning rates.
        """
        loss, _, _ = cost(self.model, body, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group.setdefault("peak", group["lr"]) * share
            optimizer.step()
            optimizer.zero_grad()
        self.progress.step += 1
        self.progress.tokens += int((batch.positions > 0).sum())
        return loss.item()

    def note(self, point: dict[str, float]) -> None:
        """Add a point to the curve and print it."""
        self.progress.curve.append({"step": self.progress.step, **point})
        print(json.dumps(self.progress.curve[-1]), flush=True)


def learn(training: Training, blocks: Blocks, held_out: dict[str, Blocks], config: Config) -> None:
    """Train until the steps or the minutes are over, with checkpoints and usable copies on the way."""
    run, progress, recent = Path(config.run), training.progress, list[float]()
    body = torch.compile(training.model.model) if config.compile else training.model.model
    before = progress.seconds
    saved = exported = began = time.monotonic()
    for batch in batches(blocks, config, progress.step):
        recent.append(training.step(body, batch, share_of_rate(config, progress)))
        now = time.monotonic()
        progress.seconds = before + now - began
        if progress.step % EVERY == 0:
            training.note({"seconds": round(progress.seconds), "loss": round(sum(recent) / len(recent), 4)})
            recent.clear()
        if now - saved > 60 * config.save_minutes:
            save_state(run / "state.pt", training.model, training.optimizers, progress)
            saved = now
        if now - exported > 60 * config.export_minutes:
            training.note(measure(training.model, held_out))
            save_model(training.model, training.tokenizer, run / "hf")
            exported = now
        if progress.seconds > 60 * config.minutes:
            break


def main(config: Config, *, resume: bool = False) -> None:
    """Run the recipe."""
    # --- config ---
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    run = Path(config.run)
    run.mkdir(parents=True, exist_ok=True)
    (run / "config.json").write_text(json.dumps(asdict(config), indent=1) + "\n", encoding="utf-8")

    # --- data ---
    documents = read_documents(config)
    learned, held = hold_out(documents, config.held_out)
    if not resume:
        (run / "tokenizer.json").unlink(missing_ok=True)
    tokenizer = make_tokenizer(learned, config, run)
    encode = Encoder(tokenizer)
    wanted = config.steps * config.batch * config.length
    rows = draw(by_pool(learned), config.shares, wanted, partial(encode.row, answer=config.answer), config.seed)
    blocks = pack(rows, config.length, encode.pad)
    held_out = held_out_blocks(held, config, encode)
    sizes = {name: len(rows) for name, rows in by_pool(documents).items()}
    print(f"{sizes} documents, {len(held)} held out; {len(blocks)} blocks to read", flush=True)

    # --- model ---
    model = make_model(config, tokenizer)
    optimizers = make_optimizers(model, config)
    state = run / "state.pt"
    progress = restore(state, model, optimizers) if resume and state.is_file() else Progress()
    parameters = sum(parameter.numel() for parameter in model.parameters())
    print(f"{parameters:,} parameters; from step {progress.step}", flush=True)

    # --- train ---
    training = Training(model, optimizers, tokenizer, progress)
    learn(training, blocks, held_out, config)

    # --- evaluate ---
    scores = measure(model, held_out)
    training.note(scores)

    # --- save ---
    save_state(state, model, optimizers, progress)
    facts = {
        "data": data_hash(documents),
        "documents": sizes,
        "parameters": parameters,
        "steps": progress.step,
        "tokens": progress.tokens,
        "minutes": round(progress.seconds / 60, 1),
        "held_out_loss": scores,
        "config": asdict(config),
    }
    save_model(model, tokenizer, run / "hf")
    seal(run / "hf", Path(config.out), progress.curve, facts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    given = parser.parse_args()
    try:
        main(read_config(given.config, Config), resume=given.resume)
    except (ValueError, OSError) as wrong:
        sys.exit(str(wrong))
