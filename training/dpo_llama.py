"""Teaches a fine-tuned Llama which of two answers is the better: direct preference optimisation by TRL, adapter to adapter.

    python -m training.dpo_llama --config training/configs/llama/dpo-small.yml

Pairs are JSONL rows of `prompt` (as `assistant.prompts.as_text` writes it), `chosen` and `rejected`, for instance from
corrected turns. Starts from a LoRA adapter of `training.finetune_llama`, keeps near to it (TRL holds a frozen copy), and
leaves an adapter of the same format in `out/adapter` when the gates are passed. Knows nothing of where pairs come from.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch

from assistant.adapters.llama_folder import MANIFEST, Folder, check_adapter, check_base
from assistant.files import sha256_of
from training.configuration import Amount, Positive, Rate, Share, read_config
from training.llama_adapter import Base, find_base
from training.llama_gates import GateFailed
from training.llama_models import LORA, load_base
from training.llama_rows import Encoder, read_pairs
from training.llama_run import check, prepare, save
from training.precision import fast_bfloat16


@dataclass(frozen=True, slots=True)
class Config:
    """One run. Every key is in the YAML file."""

    base: str
    """The base model that the adapter was trained on: a folder, or a name on the hub."""
    adapter: str
    """Folder of the adapter to begin with."""
    pairs: str
    """JSONL file of prompt, chosen and rejected."""
    out: str
    """Folder for the record of the run, the report and the new adapter."""
    beta: Amount
    """How strongly the model is held near the adapter it began with."""
    epochs: Amount
    batch: Positive
    accumulate: Positive
    learning_rate: Rate
    warmup: Share
    """Share of the steps during which the rate rises."""
    max_length: Positive
    """Tokens of prompt and answer; pairs with a longer side are left out."""
    log_every: Positive
    threads: Positive
    seed: int


def trainer_for(model: Any, config: Config, tokenizer: Any, pairs: Any, *, cuda: bool) -> Any:
    """TRL's trainer, fed with ready ids."""
    from trl import DPOConfig, DPOTrainer  # type: ignore[attr-defined]

    class ReadyTrainer(DPOTrainer):  # type: ignore[misc,unused-ignore]
        """Takes pairs as they are: TRL would encode prompt and answer as one text, other than serving does."""

        def _prepare_dataset(self, dataset: Any, *rest: Any) -> Any:
            return dataset

    arguments = DPOConfig(
        output_dir=str(Path(config.out) / "checkpoints"),
        beta=config.beta,
        num_train_epochs=config.epochs,
        per_device_train_batch_size=config.batch,
        gradient_accumulation_steps=config.accumulate,
        learning_rate=config.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=config.warmup,
        max_length=config.max_length,
        bf16=cuda or fast_bfloat16(),
        use_cpu=not cuda,
        dataloader_pin_memory=cuda,
        gradient_checkpointing=cuda,
        save_strategy="no",
        logging_steps=config.log_every,
        report_to=["tensorboard"],
        seed=config.seed,
    )
    return ReadyTrainer(model=model, args=arguments, train_dataset=pairs, processing_class=tokenizer)


def method_of(adapter: Folder) -> str:
    """How an adapter was trained.

    Raises:
        ValueError: in a way that preferences cannot go on from, here or anywhere.
    """
    method = str(json.loads((adapter.path / MANIFEST).read_text(encoding="utf-8"))["method"])
    if method not in LORA:
        raise ValueError(
            f"adapter: {adapter.path} was trained by {method!r}; preferences need one of {', '.join(LORA)}"
        )
    if method == "qlora" and not (torch.cuda.is_available() and find_spec("bitsandbytes")):
        raise ValueError(f"adapter: {adapter.path} was trained in 4 bits, which need CUDA and bitsandbytes")
    return method


def read_short(config: Config, encoder: Encoder) -> list[dict[str, list[int]]]:
    """The pairs as ids; those that are too long are left out and counted aloud.

    Raises:
        ValueError: none is left.
    """
    rows = [encoder.pair(pair) for pair in read_pairs(Path(config.pairs))]
    sides = ("chosen_ids", "rejected_ids")
    short = [row for row in rows if all(len(row["prompt_ids"]) + len(row[side]) <= config.max_length for side in sides)]
    if not short:
        raise ValueError(f"pairs: {config.pairs} holds no pair of at most {config.max_length} tokens")
    if len(short) < len(rows):
        left = len(rows) - len(short)
        print(f"{left} of {len(rows)} pairs have more than {config.max_length} tokens and are left out")
    return short


def main(config: Config) -> Path:
    """Run the recipe; the new adapter's folder.

    Raises:
        ModelError: the adapter is damaged, or was made for another base.
        GateFailed: the trained model must not be published; it stays in `out/adapter.part` to be looked at.
        ValueError: the adapter's method cannot be trained on, no pair is left, or 4 bits are needed and cannot be had.
    """
    # --- model ---
    base, before = find_base(config.base), check_adapter(Path(config.adapter))
    check_base(base.folder, {"": before})
    method = method_of(before)

    def load(base: Base) -> Any:
        from peft import PeftModel

        whole = load_base(base, cuda=torch.cuda.is_available(), four_bit=method == "qlora")
        return PeftModel.from_pretrained(whole, config.adapter, is_trainable=True)

    out = Path(config.out)
    run = prepare(base, load, method, out, threads=config.threads, seed=config.seed)

    # --- data ---
    pairs = read_short(config, run.encoder)
    from datasets import Dataset  # type: ignore[import-untyped]

    # --- train ---
    trainer = trainer_for(run.model, config, run.tokenizer, Dataset.from_list(pairs), cuda=run.cuda)
    learned = trainer.train()

    # --- gates ---
    rewards = [entry["rewards/accuracies"] for entry in trainer.state.log_history if "rewards/accuracies" in entry]
    facts: dict[str, Any] = {
        "backend": "peft",
        "data": sha256_of(Path(config.pairs)),
        "rows": len(pairs),
        "config": asdict(config),
        "began_with": dict(before.files),
        "loss": {"train": round(learned.training_loss, 4)},
        "preferred": round(rewards[-1], 4) if rewards else 0.0,
    }
    checks = check(run, trainer, [row["prompt_ids"] for row in pairs], facts)

    # --- save ---
    if checks is not None:
        save(run, trainer, {**facts, "gates": checks.found}, ("loss", "preferred", "gates"))
    return out / "adapter"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Train a fine-tuned Llama on preference pairs.")
    parser.add_argument("--config", type=Path, required=True)
    given = parser.parse_args()
    try:
        main(read_config(given.config, Config))
    except (GateFailed, ValueError, OSError) as wrong:
        sys.exit(str(wrong))
