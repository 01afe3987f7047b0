"""What fine-tuning and preferences have in common: how a run is prepared, and how its adapter is checked and published.

Imports transformers inside functions only: Unsloth must be able to come before it.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from training.llama_adapter import Base, publish
from training.llama_gates import Checks, Ids, pass_gates
from training.llama_models import write_adapter
from training.llama_rows import Encoder


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is ready to train."""

    base: Base
    model: Any
    """The base with its adapter."""
    tokenizer: Any
    encoder: Encoder
    method: str
    """lora, qlora, prefix, p-tuning or prompt."""
    out: Path
    """Folder of report and adapter."""
    cuda: bool
    began: float
    """Of the monotonic clock, in seconds."""


def prepare(base: Base, load: Callable[[Base], Any], method: str, out: Path, *, threads: int, seed: int) -> Run:
    """Set threads and seeds, and load model and tokenizer.

    Args:
        base: of the adapter.
        load: gives the base with its adapter; called before anything is imported that Unsloth must precede.
        method: how the adapter is trained.
        out: folder of report and adapter.
        threads: of torch on the CPU.
        seed: of Python and torch.
    """
    began = time.monotonic()
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    random.seed(seed)
    model = load(base)
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(base.folder)
    return Run(base, model, tokenizer, Encoder.of(tokenizer), method, out, torch.cuda.is_available(), began)


def check(run: Run, trainer: Any, asked: Sequence[Ids], facts: Mapping[str, Any]) -> Checks | None:
    """Write the trained adapter beside its place and hold it to the gates.

    Args:
        run: what was prepared.
        trainer: of transformers, trained.
        asked: prompts to answer, as token ids.
        facts: for the report that stands there if a gate is not passed.

    Returns:
        What was found; None on all but the first of several processes.

    Raises:
        GateFailed: the adapter must not be published; it stays in `out/adapter.part` to be looked at.
    """
    part = run.out / "adapter.part"
    shutil.rmtree(part, ignore_errors=True)
    write_adapter(trainer, part)
    if not trainer.is_world_process_zero():
        return None
    _report(run, trainer, {**facts, "gates": "not passed"})
    alone = trainer.args.world_size == 1
    trained = trainer.accelerator.unwrap_model(trainer.model, keep_fp32_wrapper=False) if alone else None
    return pass_gates(part, run.base, run.method, asked, encoder=run.encoder, trained=trained, cuda=run.cuda)


def save(run: Run, trainer: Any, facts: Mapping[str, Any], shown: Sequence[str]) -> None:
    """Publish a checked adapter with its report, and print some facts.

    Args:
        run: what was prepared.
        trainer: as it was checked.
        facts: of the manifest and the report.
        shown: names of facts to print.
    """
    facts = {
        **facts,
        "name": run.out.name,
        "method": run.method,
        "seconds": round(time.monotonic() - run.began),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "peak_cuda_mb": torch.cuda.max_memory_allocated() // 2**20 if run.cuda else 0,
    }
    _report(run, trainer, facts)
    publish(run.out / "adapter.part", run.out / "adapter", run.base, facts)
    print(json.dumps({name: facts[name] for name in (*shown, "seconds", "peak_memory_mb")}, indent=1))


def _report(run: Run, trainer: Any, facts: Mapping[str, Any]) -> None:
    content = {**facts, "log": trainer.state.log_history}
    (run.out / "report.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
