"""How a trained small Llama is kept: a folder that transformers loads, and a manifest, written last, that vouches for it.

Knows files and hashes; does not know data or training.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, LlamaForCausalLM

from assistant.files import sha256_of
from training.llama_tokenizer import save_tokenizer
from training.revision import revision

MANIFEST: Final = "manifest.json"
LOSS: Final = "loss.json"


def save_model(model: LlamaForCausalLM, tokenizer: Tokenizer, folder: Path) -> None:
    """Write weights (bfloat16), configuration and tokenizer; who reads `folder` finds the old files or the new ones.

    Args:
        model: in training or not; it is not changed.
        tokenizer: of the model.
        folder: takes the place of the one of that name.
    """
    half, old = folder.with_name(folder.name + ".part"), folder.with_name(folder.name + ".old")
    for rest in (half, old):
        shutil.rmtree(rest, ignore_errors=True)
    copy = LlamaForCausalLM(model.config)  # type: ignore[no-untyped-call]
    copy.load_state_dict(model.state_dict())
    copy.to(torch.bfloat16).save_pretrained(half)  # type: ignore[arg-type]
    save_tokenizer(tokenizer, half)
    if folder.exists():
        folder.rename(old)
    half.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def seal(source: Path, folder: Path, curve: Sequence[Mapping[str, float]], facts: Mapping[str, object]) -> None:
    """Make the artefact of a saved model: its files, the loss curve, and the manifest with every file's sha256, last.

    Args:
        source: written by `save_model`.
        folder: of the artefact; what is there is replaced.
        curve: points of the training, as JSON.
        facts: of the run, for the manifest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    for path in source.iterdir():
        shutil.copyfile(path, folder / path.name)
    (folder / LOSS).write_text("\n".join(["[", ",\n".join(map(json.dumps, curve)), "]", ""]), encoding="utf-8")
    AutoModelForCausalLM.from_pretrained(folder)  # what cannot be loaded gets no manifest
    files = {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    whole = {
        "format": 1,
        "name": "llama-base",
        "version": datetime.now(UTC).strftime("%Y.%m.%d.%H%M"),
        "code": revision(),
        **facts,
        "files": files,
    }
    half = folder / (MANIFEST + ".part")
    half.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    half.replace(folder / MANIFEST)
