"""The folders of a language model and its adapters: what is in them, and whether it is what their manifests vouch for.

A manifest is written last: `{"format": 1, "name", "version", "files": {file: sha256}}`, an adapter's says besides
`"base": {"name", "weights": {file: sha256}}` and `"prompt_version"`. Reads bytes; knows no tensors.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant import prompts
from assistant.files import sha256_of
from nlu.tagger import ModelError

FORMAT: Final = 1
"""Version of the folders' layout."""
MANIFEST: Final = "manifest.json"
BASE_FILES: Final = ("config.json", "tokenizer.json")
"""What a base needs beside its `*.safetensors`."""
ADAPTER_FILES: Final = ("adapter_config.json", "adapter_model.safetensors")


@dataclass(frozen=True, slots=True)
class Folder:
    """A checked folder. `files` are the sha256 of its files, `base` those of the base's files that an adapter names."""

    path: Path
    name: str
    version: str
    files: Mapping[str, str]
    base: Mapping[str, str]

    @property
    def label(self) -> str:
        """`name@version`."""
        return f"{self.name}@{self.version}"


def check_adapter(path: Path) -> Folder:
    """Verifies an adapter's folder against its manifest.

    Args:
        path: as `training.finetune_llama` writes it.

    Raises:
        ModelError: the manifest is missing or of another version, or a file is missing or not the one it names.
    """
    manifest = _manifest(path, "the adapter is not there or half written; train or fetch it")
    version = manifest.get("prompt_version", prompts.VERSION)
    if version != prompts.VERSION:
        raise ModelError(
            f"{path / MANIFEST}: it was trained on prompts of version {version}, this code writes version "
            f"{prompts.VERSION}; train the adapter again"
        )
    try:
        base = {str(name): str(digest) for name, digest in manifest["base"]["weights"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path / MANIFEST}: it does not name its base's files; train the adapter again") from error
    return _checked(path, manifest, ADAPTER_FILES, base)


def check_base(path: Path, adapters: Mapping[str, Folder]) -> Folder:
    """Verifies a base's folder against its manifest, and the adapters against the base.

    Args:
        path: the base. Without a manifest, as a download from a hub, it must be the one that its adapters name.
        adapters: the checked adapters by name.

    Raises:
        ModelError: the base is incomplete or altered, or an adapter was trained on another one.
    """
    if (path / MANIFEST).is_file() or not adapters:
        manifest = _manifest(path, "the model is not there or half written; train or fetch it")
        base = _checked(path, manifest, BASE_FILES, {})
    else:
        files = {name: digest for adapter in adapters.values() for name, digest in adapter.base.items()}
        manifest = {"name": path.name, "version": "unversioned", "files": files}
        base = _checked(path, manifest, (), {})
    for adapter in adapters.values():
        _compare(base, adapter)
    for name in BASE_FILES:
        if not (path / name).is_file():
            raise ModelError(f"{path / name}: missing; fetch or train the model again")
    if not any(name.endswith(".safetensors") for name in base.files):
        raise ModelError(f"{path}: no *.safetensors is vouched for; other forms of weights are not loaded")
    unvouched = {file.name for file in path.glob("*.safetensors")} - base.files.keys()
    if unvouched:
        raise ModelError(f"{path / min(unvouched)}: no manifest names this file; remove it or fetch the model again")
    return base


def _compare(base: Folder, adapter: Folder) -> None:
    for name, digest in adapter.base.items():
        if base.files.get(name) != digest:
            what = "tokenizer" if name == "tokenizer.json" else "base"
            raise ModelError(
                f"{adapter.path / MANIFEST}: the adapter {adapter.label} was trained with another {what} than "
                f"{base.label}: {base.path / name} is {base.files.get(name, 'missing')}, it needs {digest}; "
                "serve that base or train the adapter on this one"
            )


def _manifest(path: Path, missing: str) -> Mapping[str, Any]:
    file = path / MANIFEST
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
        found = manifest["format"]
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(f"{file}: missing, so {missing}") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{file}: not a manifest ({error!r}); train or fetch the model again") from error
    if found != FORMAT:
        raise ModelError(f"{file}: format is {found!r}, this code needs {FORMAT}; train or fetch the model again")
    assert isinstance(manifest, dict)
    return manifest


def _checked(path: Path, manifest: Mapping[str, Any], needed: tuple[str, ...], base: Mapping[str, str]) -> Folder:
    try:
        files = {str(name): str(digest) for name, digest in manifest["files"].items()}
        folder = Folder(path, str(manifest["name"]), str(manifest["version"]), files, base)
    except (KeyError, AttributeError) as error:
        raise ModelError(f"{path / MANIFEST}: not a manifest ({error!r}); train or fetch the model again") from error
    for name in (*files, *needed):
        if Path(name).name != name:
            raise ModelError(f"{path / MANIFEST}: {name!r} is not the name of a file in this folder")
        if not (path / name).is_file():
            raise ModelError(f"{path / name}: missing; train or fetch the model again")
        if name not in files:
            raise ModelError(f"{path / MANIFEST}: it does not vouch for {name}; train or fetch the model again")
        digest = sha256_of(path / name)
        if digest != files[name]:
            raise ModelError(
                f"{path / name}: sha256 is {digest}, the manifest says {files[name]}; train or fetch the model again"
            )
    return folder
