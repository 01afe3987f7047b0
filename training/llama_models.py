"""Loads a Llama for training and serving checks, and writes the weights of its adapter.

Needs transformers and PEFT, which are imported by the functions only: Unsloth must be able to come before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import torch

from training.llama_adapter import WEIGHTS, Base
from training.llama_rows import Encoder, Row

LORA: Final = ("lora", "qlora")
PROMPTS: Final = ("prefix", "p-tuning", "prompt")
"""Methods that learn tokens in front of the prompt; they cannot be merged."""


def load_base(base: Base, *, cuda: bool, four_bit: bool = False) -> Any:
    """Load a base by transformers: in 32 bits on a CPU, in 16 or 4 on CUDA."""
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig

    quantised = None
    if four_bit:
        quantised = BitsAndBytesConfig(  # type: ignore[no-untyped-call]
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16,
            bnb_4bit_quant_storage=torch.bfloat16,  # lets FSDP share the weights out
        )
    dtype = torch.bfloat16 if cuda else torch.float32
    return AutoModelForCausalLM.from_pretrained(base.folder, dtype=dtype, quantization_config=quantised)


def lora_settings(rank: int, alpha: int, targets: Sequence[str], modules_to_save: Sequence[str]) -> Any:
    """PEFT's configuration of LoRA; modules that are trained whole stay tied where the base ties them."""
    from peft import LoraConfig

    return LoraConfig(
        task_type="CAUSAL_LM",
        r=rank,
        lora_alpha=alpha,
        lora_dropout=0.0,
        bias="none",
        target_modules=list(targets),
        modules_to_save=list(modules_to_save) or None,
        ensure_weight_tying=bool(modules_to_save),
    )


def prompt_settings(method: str, virtual_tokens: int) -> Any:
    """PEFT's configuration of one of PROMPTS."""
    from peft import PrefixTuningConfig, PromptEncoderConfig, PromptTuningConfig

    kind = dict(zip(PROMPTS, (PrefixTuningConfig, PromptEncoderConfig, PromptTuningConfig), strict=True))[method]
    return kind(task_type="CAUSAL_LM", num_virtual_tokens=virtual_tokens)


def examples(rows: Sequence[Row], encoder: Encoder, most: int) -> Any:
    """Rows as a data set of ids and labels; rows of more than `most` tokens are left out and counted aloud."""
    from datasets import Dataset  # type: ignore[import-untyped]

    ready = [encoder.example(row) for row in rows]
    short = [example for example in ready if len(example["input_ids"]) <= most]
    if len(short) < len(ready):
        print(f"{len(ready) - len(short)} of {len(ready)} rows have more than {most} tokens and are left out")
    return Dataset.from_list(short)


def write_adapter(trainer: Any, part: Path) -> None:
    """Write a trainer's adapter in 16 bits, after rounding the weights in memory to the same."""
    for parameter in trainer.model.parameters():
        if parameter.requires_grad:
            parameter.data.copy_(parameter.data.bfloat16())
    trainer.save_model(str(part))
    if trainer.is_world_process_zero():
        from safetensors.torch import load_file, save_file

        weights = load_file(part / WEIGHTS)
        save_file(
            {name: tensor.bfloat16() for name, tensor in weights.items()}, part / WEIGHTS, metadata={"format": "pt"}
        )
