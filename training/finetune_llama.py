"""Fine-tunes a Llama on Alpaca rows: with Unsloth where CUDA and Unsloth are, with TRL and PEFT everywhere else.

    python -m training.finetune_llama --config training/configs/llama/small.yml              (our base, a CPU, under 20 minutes)
    python -m training.finetune_llama --config training/configs/llama/llama3-8b-qlora.yml    (Llama 3 8B, one GPU of 24 GB)
    accelerate launch --config_file training/configs/accelerate/zero3.yml -m training.finetune_llama --config ...

`--resume` goes on after an interruption. Both trainers get the same ids, labels and hyper-parameters and leave the same
files: `out/adapter` (PEFT's format, safetensors, the manifest last), `out/report.json`, `out/checkpoints` with TensorBoard's
record. The adapter appears only when the gates of `training.llama_gates` are passed. The Unsloth branch has not run where
this was written, for want of a GPU: its calls are checked against the documented signatures only.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import torch

from assistant.files import sha256_of
from training.configuration import Amount, Natural, Positive, Rate, Share, Weight, read_config
from training.llama_adapter import Base, find_base
from training.llama_gates import GateFailed, right_answers
from training.llama_models import LORA, PROMPTS, examples, load_base, lora_settings, prompt_settings
from training.llama_rows import draw, read_rows
from training.llama_run import check, prepare, save
from training.precision import fast_bfloat16

NOT_OF_THE_RUN: Final = ("base", "data", "out", "max_seconds", "log_every", "threads", "probes")
"""Settings that a resumed run may change; of base and data the content is compared, not the place."""


@dataclass(frozen=True, slots=True)
class Config:
    """One run. Every key is in the YAML file."""

    base: str
    """The base model: a folder, or a name on the hub."""
    data: str
    """Folder of rows, as `training.build_alpaca` writes it; dev.jsonl is measured on."""
    train: str
    """The file in it to learn from."""
    out: str
    """Folder for checkpoints, report and adapter."""
    method: str
    """lora, qlora, prefix, p-tuning or prompt."""
    rank: Natural
    alpha: Natural
    targets: list[str]
    """Modules that get LoRA matrices."""
    modules_to_save: list[str]
    """Modules that are trained whole and saved with the adapter."""
    virtual_tokens: Natural
    """Learned tokens in front of the prompt; of prefix, p-tuning and prompt."""
    dev_rows: Natural
    """Rows for the loss that chooses the best checkpoint; 0: all that are held out."""
    probes: Natural
    """Rows that are answered after training, for the gates and the share of right answers; 0: all that are held out."""
    epochs: Amount
    max_seconds: Natural
    """Training ends after this time, 0 for never; keep 0 on several GPUs."""
    batch: Positive
    """Rows per step and device."""
    accumulate: Positive
    """Steps whose gradients are added up before the weights move."""
    learning_rate: Rate
    warmup: Share
    """Share of the steps during which the rate rises; it falls as a cosine afterwards."""
    weight_decay: Weight
    max_length: Positive
    """Tokens of prompt and answer; longer rows are left out."""
    packing: bool
    """Put several rows into one sequence, each with its own positions."""
    optimizer: str
    """A name of transformers' `optim`."""
    checkpoint_every: Positive
    """Steps between checkpoints, each with a dev loss."""
    log_every: Positive
    threads: Positive
    seed: int


@dataclass(frozen=True, slots=True)
class Backend:
    """Which trainer runs, and on what."""

    name: str
    """unsloth or peft."""
    cuda: bool


def choose_backend(config: Config) -> Backend:
    """Decide before anything is imported: Unsloth must come before trl, and fails without a GPU only after importing.

    Raises:
        ValueError: the method is unknown, or needs a GPU that is not there.
    """
    if config.method not in LORA + PROMPTS:
        raise ValueError(f"method: {config.method!r} is none of {', '.join(LORA + PROMPTS)}")
    cuda = torch.cuda.is_available()
    if config.method == "qlora" and not (cuda and find_spec("bitsandbytes")):
        raise ValueError("method: 'qlora' needs CUDA and bitsandbytes; use 'lora' here")
    alone = not torch.distributed.is_torchelastic_launched()  # several GPUs: plain TRL under accelerate
    fast = cuda and alone and config.method in LORA and find_spec("unsloth") is not None
    return Backend("unsloth" if fast else "peft", cuda)


def load_with_unsloth(base: Base, config: Config) -> Any:
    """The base with a fresh LoRA adapter, in Unsloth's kernels."""
    # Before trl, peft and transformers, which it patches.
    from unsloth import FastLanguageModel  # type: ignore[import-not-found]

    model, _ = FastLanguageModel.from_pretrained(
        model_name=str(base.folder),
        max_seq_length=config.max_length,
        dtype=None,
        load_in_4bit=config.method == "qlora",
        load_in_16bit=config.method == "lora",
    )
    return FastLanguageModel.get_peft_model(
        model,
        r=config.rank,
        target_modules=config.targets,
        lora_alpha=config.alpha,
        lora_dropout=0,
        bias="none",
        use_gradient_checkpointing="unsloth",
        random_state=config.seed,
        modules_to_save=config.modules_to_save or None,
    )


def load_model(base: Base, config: Config, backend: Backend) -> Any:
    """The base with a fresh adapter of the method."""
    if backend.name == "unsloth":
        return load_with_unsloth(base, config)
    from peft import get_peft_model

    if config.method in LORA:
        settings = lora_settings(config.rank, config.alpha, config.targets, config.modules_to_save)
    else:
        settings = prompt_settings(config.method, config.virtual_tokens)
    model = get_peft_model(load_base(base, cuda=backend.cuda, four_bit=config.method == "qlora"), settings)
    model.peft_config["default"].base_model_name_or_path = config.base  # as it was asked for, not this machine's path
    return model


def trainer_for(model: Any, config: Config, backend: Backend, tokenizer: Any, train: Any, dev: Any) -> Any:
    """TRL's trainer, which Unsloth has patched where it is used."""
    from transformers import TrainerCallback
    from trl import SFTConfig, SFTTrainer  # type: ignore[attr-defined]

    began = time.monotonic()

    class TimeLimit(TrainerCallback):
        """Ends training when its time is up, with a last checkpoint that may be the best."""

        def on_step_end(self, args: Any, state: Any, control: Any, **rest: Any) -> None:
            if config.max_seconds and time.monotonic() - began > config.max_seconds:
                control.should_training_stop = control.should_evaluate = control.should_save = True

    arguments = SFTConfig(
        output_dir=str(Path(config.out) / "checkpoints"),
        num_train_epochs=config.epochs,
        per_device_train_batch_size=config.batch,
        per_device_eval_batch_size=config.batch,
        gradient_accumulation_steps=config.accumulate,
        learning_rate=config.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=config.warmup,
        weight_decay=config.weight_decay,
        optim=config.optimizer,
        max_length=config.max_length,
        packing=config.packing,
        eval_packing=False,
        train_sampling_strategy="random" if config.packing else "group_by_length",
        bf16=backend.cuda or fast_bfloat16(),
        use_cpu=not backend.cuda,
        dataloader_pin_memory=backend.cuda,
        gradient_checkpointing=backend.cuda and config.method != "prefix",
        eval_strategy="steps",
        eval_steps=config.checkpoint_every,
        save_strategy="steps",
        save_steps=config.checkpoint_every,
        save_total_limit=2,
        load_best_model_at_end=True,
        metric_for_best_model="eval_loss",
        logging_steps=config.log_every,
        report_to=["tensorboard"],
        seed=config.seed,
    )
    return SFTTrainer(
        model=model,
        args=arguments,
        train_dataset=train,
        eval_dataset=dev,
        processing_class=tokenizer,
        callbacks=[TimeLimit()],
    )


def begin(config: Config, base: Base, data: Mapping[str, str], *, resume: bool) -> Path | None:
    """Prepare the run's folder; the checkpoint to go on from, if any.

    Raises:
        ValueError: the checkpoints are of a run with other settings, data or base.
    """
    folder = Path(config.out)
    settings = {name: value for name, value in asdict(config).items() if name not in NOT_OF_THE_RUN}
    this = {"config": settings, "data": dict(data), "base": dict(base.files)}
    run, checkpoints = folder / "run.json", folder / "checkpoints"
    # The trainer writes its state last: a folder without it was cut off by a kill.
    whole = [path.parent for path in checkpoints.glob("checkpoint-*/trainer_state.json")]
    if resume and whole:
        earlier = json.loads(run.read_text(encoding="utf-8"))
        changed = [name for name, value in settings.items() if earlier["config"].get(name) != value]
        changed += [name for name in ("data", "base") if earlier[name] != this[name]]
        if changed:
            raise ValueError(
                f"--resume: {folder} was begun with another {', '.join(dict.fromkeys(changed))}; train anew"
            )
        return max(whole, key=lambda path: int(path.name.removeprefix("checkpoint-")))
    shutil.rmtree(checkpoints, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    run.write_text(json.dumps(this, indent=1), encoding="utf-8")
    return None


def main(config: Config, *, resume: bool = False) -> Path:
    """Run the recipe; the adapter's folder.

    Raises:
        GateFailed: the trained model must not be published; it stays in `out/adapter.part` to be looked at.
        ValueError: a setting, the data or `--resume` does not fit.
    """
    # --- model ---
    backend = choose_backend(config)
    out = Path(config.out)
    run = prepare(
        find_base(config.base),
        lambda base: load_model(base, config, backend),
        config.method,
        out,
        threads=config.threads,
        seed=config.seed,
    )

    # --- data ---
    data = Path(config.data)
    hashes = {name: sha256_of(data / name) for name in (config.train, "dev.jsonl")}
    held = read_rows(data / "dev.jsonl")
    train = examples(read_rows(data / config.train), run.encoder, config.max_length)
    dev = examples(draw(held, config.dev_rows, config.seed), run.encoder, config.max_length)
    probes = draw(held, config.probes, config.seed)

    # --- train ---
    last = begin(config, run.base, hashes, resume=resume)
    trainer = trainer_for(run.model, config, backend, run.tokenizer, train, dev)
    learned = trainer.train(resume_from_checkpoint=str(last) if last else None)
    measured = trainer.evaluate()

    # --- gates ---
    facts: dict[str, Any] = {
        "backend": backend.name,
        "data": hashes,
        "rows": len(train),
        "config": asdict(config),
        "loss": {"train": round(learned.training_loss, 4), "dev": round(measured["eval_loss"], 4)},
    }
    checks = check(run, trainer, [run.encoder.prompt(row) for row in probes], facts)

    # --- save ---
    if checks is not None:
        facts |= {"right": right_answers(probes, checks.answers, run.tokenizer, run.encoder.eos), "gates": checks.found}
        save(run, trainer, facts, ("loss", "right", "gates"))
    return out / "adapter"


def parse() -> tuple[Config, bool]:
    """Read the command line: the configuration and what is changed of it."""
    parser = argparse.ArgumentParser(description="Fine-tune a Llama on Alpaca rows.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in the run's folder")
    parser.add_argument("--base", help="another base model: a folder, or a name on the hub")
    parser.add_argument("--data", help="another folder of rows")
    parser.add_argument("--out", help="another folder for the run")
    parser.add_argument("--train", help="another file of rows to learn from, in the folder")
    given = parser.parse_args()
    changed = {name: getattr(given, name) for name in ("base", "data", "out", "train")}
    config = read_config(given.config, Config)
    return replace(config, **{name: value for name, value in changed.items() if value is not None}), given.resume


if __name__ == "__main__":
    try:
        config, resume = parse()
        main(config, resume=resume)
    except (GateFailed, ValueError, OSError) as wrong:
        sys.exit(str(wrong))
