"""Publishes an adapter: PEFT's two files and the manifest that says what it was made of and for which base.

The manifest is written last and the finished folder is moved into place, so a killed run leaves the older adapter or none.
`assistant.adapters.llama_folder` reads it back and refuses it for another base. Knows no model: it handles files only.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant import prompts
from assistant.adapters.llama_folder import ADAPTER_FILES, FORMAT, MANIFEST
from assistant.files import sha256_of
from nlu.tagger import ModelError
from training.revision import revision

WEIGHTS = ADAPTER_FILES[1]


@dataclass(frozen=True, slots=True)
class Base:
    """A base model on this machine."""

    name: str
    """As it was asked for: a folder, or a name on the hub."""
    folder: Path
    files: Mapping[str, str]
    """sha256 of weights and tokenizer, by file name; an adapter is of use for these only."""


def find_base(name: str) -> Base:
    """Find a base model's folder and hash its files.

    Args:
        name: a folder, or a name on the hub (downloaded once, if it is not in the cache).

    Raises:
        ModelError: the folder holds no safetensors or no tokenizer.
    """
    folder = Path(name)
    if not folder.is_dir():
        from huggingface_hub import snapshot_download

        folder = Path(snapshot_download(name, allow_patterns=["*.json", "*.safetensors"], ignore_patterns="original/*"))
    paths = [*sorted(folder.glob("*.safetensors")), folder / "tokenizer.json"]
    if len(paths) == 1 or not paths[-1].is_file():
        raise ModelError(
            f"base {name!r}: {folder} lacks *.safetensors or tokenizer.json; give a Hugging Face model's folder"
        )
    return Base(name, folder, {path.name: sha256_of(path) for path in paths})


def publish(part: Path, folder: Path, base: Base, facts: Mapping[str, Any]) -> None:
    """Write the manifest of a finished adapter and move it into place of an older one.

    Args:
        part: where PEFT's files lie; it becomes `folder`.
        folder: the adapter's place.
        base: what the adapter was trained on.
        facts: what else the manifest shall say, its `name` among it.
    """
    for path in part.iterdir():
        # The trainer's own leavings: a model card, its arguments, the base's tokenizer, a reference adapter.
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in ADAPTER_FILES:
            path.unlink()
    manifest = {
        "format": FORMAT,
        "version": datetime.now(UTC).strftime("%Y.%m.%d.%H%M"),
        "prompt_version": prompts.VERSION,
        "code": revision(),
        **facts,
        "base": {"name": base.name, "weights": base.files},
        "files": {name: sha256_of(part / name) for name in ADAPTER_FILES},
    }
    (part / WEIGHTS).chmod(0o644)  # safetensors writes for the owner alone; the server may be another user
    (part / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
