"""What a release of models must be like before anything of it is loaded; everything else is refused with the reason.

A release may come from another machine, so its files are taken for data: they are hashed, listed and read as JSON, never
executed or unpacked. Knows the layout of a release; does not know which one is active.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import stat
import tarfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from assistant.errors import BadRelease
from assistant.files import sha256_of
from nlu import context
from nlu import labels as label_sets
from nlu.types import Kind

MANIFEST: Final = "manifest.json"
TAGGER: Final = "tagger"
POLICY: Final = "policy.tar.gz"
LLAMA: Final = "llama"
FORMAT: Final = 1
"""Version of the layout of a release."""

NEEDED: Final = (
    POLICY,
    *(f"{TAGGER}/{name}" for name in ("labels.json", "manifest.json", "model.onnx", "tokenizer.json")),
)
WEIGHTS: Final = frozenset({".json", ".jinja", ".md", ".model", ".onnx", ".safetensors", ".txt"})
"""Endings of files in `tagger/` and `llama/`. A pickle (.bin, .pt, .pth, .pkl) runs code when it is loaded."""
IN_POLICY: Final = frozenset({".json", ".yml", ".yaml"})
"""Endings of files in the policy's archive: what Rasa's rule and memoization policies write."""
LARGEST_MANIFEST: Final = 4 * 2**20
LARGEST_POLICY: Final = 64 * 2**20
"""Bytes of the policy's archive, unpacked; ours has 150,000."""


class Origin(BaseModel):
    """Where a release came from.

    `data` and `config` are sha256 hashes of what it was trained from and with, `code` is the revision of this repository,
    `bases` holds the sha256 of every pretrained model that it builds on, by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    data: str
    config: str
    code: str
    bases: dict[str, str]


class Manifest(BaseModel):
    """What vouches for a release. It holds no time and no place, so the same inputs give the same manifest.

    `weights` is one hash over all files. `context_version` and `label_version` say what the tagger is shown and may find;
    `prompt_version` what the language model is shown, 0 where there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: Literal[1]
    domain: str
    version: str
    origin: Origin
    context_version: int
    label_version: int
    prompt_version: int
    metrics: dict[str, JsonValue]
    weights: str
    files: dict[str, str]

    def dump(self) -> bytes:
        """The manifest in its one form: sorted keys, UTF-8."""
        text = json.dumps(self.model_dump(), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return text.encode() + b"\n"


def hashes(folder: Path) -> dict[str, str]:
    """The sha256 of every file of a release but its manifest, by path within the folder, sorted.

    Raises:
        BadRelease: there is something other than plain files and folders, or it cannot be read.
    """
    found = {}
    for path in sorted(_files(folder, folder)):
        name = path.relative_to(folder).as_posix()
        if name != MANIFEST:
            found[name] = sha256_of(path)
    return found


def weights_of(files: Mapping[str, str]) -> str:
    """One hash over all files: of the lines that `sha256sum` would print for them."""
    return hashlib.sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()).hexdigest()


def versions(files: Collection[str]) -> dict[str, int]:
    """The versions of this code that a release with these files depends on, by their keys in the manifest."""
    prompt_version = 0
    if any(name.startswith(f"{LLAMA}/") for name in files):
        from assistant import prompts  # loads the tokenizers, which only a language model needs

        prompt_version = prompts.VERSION
    return {
        "context_version": context.VERSION,
        "label_version": label_sets.VERSION,
        "prompt_version": prompt_version,
    }


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release, and nothing else of it.

    Raises:
        BadRelease: it is missing, not in its form, or names another release than the folder does.
    """
    path = folder / MANIFEST
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST_MANIFEST:
            refuse(folder, f"{MANIFEST} is no plain file of a few kB")
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        refuse(folder, f"{MANIFEST} is missing, so it is not there or half written")
    except OSError as error:
        refuse(folder, f"{MANIFEST} cannot be read ({error.strerror})")
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        refuse(folder, f"{MANIFEST}: {key or 'the file'}: {first['msg']}")
    return manifest


def check(folder: Path, manifest: Manifest, slots: Mapping[str, Kind]) -> None:
    """Verifies a release.

    Args:
        folder: the release.
        manifest: its manifest.
        slots: the kind of every slot of the domain that it shall serve.

    Raises:
        BadRelease: a file is missing, altered, not listed, of a kind that is not allowed, or something other than a plain
            file; or the release was made for other slots or another version of this code.
    """
    found = hashes(folder)
    for name in (name for name in NEEDED if name not in found):
        refuse(folder, f"{name} is missing")
    for name in sorted(set(manifest.files) - set(found)):
        refuse(folder, f"{name} is listed in {MANIFEST} and missing")
    for name, digest in found.items():
        _check_name(folder, name)
        if name not in manifest.files:
            refuse(folder, f"{name} is not listed in {MANIFEST}")
        if digest != manifest.files[name]:
            refuse(folder, f"{name} was altered: its sha256 is {digest}, {MANIFEST} says {manifest.files[name]}")
    if manifest.weights != weights_of(found):
        refuse(folder, f"{MANIFEST}: weights: is {manifest.weights}, the files say {weights_of(found)}")
    _check_versions(folder, manifest)
    _check_tagger(folder, slots)
    _check_policy(folder)
    if manifest.prompt_version:
        _check_llama(folder)


def refuse(folder: Path, reason: str) -> NoReturn:
    """Raises `BadRelease` for this release."""
    raise BadRelease(f"release {folder.name}: {reason}; make it again with `make train`, or use another one")


def _files(release: Path, folder: Path) -> Iterator[Path]:
    """Every file of a folder that holds nothing but folders and plain files of its own."""
    try:
        if folder.is_symlink() or not folder.is_dir():
            refuse(release, f"there is no such folder in {release.parent}")
        for path in folder.iterdir():
            about = path.lstat()
            if stat.S_ISDIR(about.st_mode):
                yield from _files(release, path)
            elif not stat.S_ISREG(about.st_mode):
                refuse(release, f"{path.relative_to(release)} is neither a plain file nor a folder")
            elif about.st_nlink > 1:
                refuse(release, f"{path.relative_to(release)} is hard-linked to another file, which could change it")
            else:
                yield path
    except OSError as error:
        refuse(release, f"cannot be read ({error.strerror})")


def _check_name(folder: Path, name: str) -> None:
    path = PurePosixPath(name)
    known = name == POLICY or (len(path.parts) > 1 and path.parts[0] in (TAGGER, LLAMA) and path.suffix in WEIGHTS)
    if not known:
        allowed = " ".join(sorted(WEIGHTS))
        refuse(
            folder, f"{name} does not belong there: {POLICY}, and in {TAGGER}/ and {LLAMA}/ files ending in {allowed}"
        )


def _check_versions(folder: Path, manifest: Manifest) -> None:
    for key, version in versions(manifest.files).items():
        if getattr(manifest, key) != version:
            refuse(folder, f"{MANIFEST}: {key}: is {getattr(manifest, key)}, this code needs {version}")


def _check_tagger(folder: Path, slots: Mapping[str, Kind]) -> None:
    from nlu import tagger  # loads ONNX Runtime, which listing releases does not need

    try:
        tagger.check(folder / TAGGER)
        labels = label_sets.read_labels(folder / TAGGER / "labels.json")
    except ValueError as error:
        refuse(folder, str(error))
    if wrong := label_sets.misfit(labels, slots):
        refuse(folder, f"{TAGGER}/labels.json does not fit the domain: it {wrong}")


def _check_llama(folder: Path) -> None:
    from assistant.adapters import llama_folder

    try:
        llama_folder.check_adapter(folder / LLAMA)
    except ValueError as error:
        refuse(folder, str(error))


def _check_policy(folder: Path) -> None:
    """Looks through the archive in memory, so that Rasa unpacks and imports nothing that is not its own."""
    try:
        with gzip.open(folder / POLICY) as packed:
            content = packed.read(LARGEST_POLICY + 1)
        if len(content) > LARGEST_POLICY:
            refuse(folder, f"{POLICY} unpacks to more than {LARGEST_POLICY} bytes")
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            _check_members(folder, archive)
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        refuse(folder, f"{POLICY} is no archive of a trained policy ({error})")


def _check_members(folder: Path, archive: tarfile.TarFile) -> None:
    names = set()
    for member in archive:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or "\\" in member.name:
            refuse(folder, f"{POLICY}: {member.name!r} leads out of the archive")
        if not (member.isdir() or member.isreg()):
            refuse(folder, f"{POLICY}: {member.name!r} is neither a plain file nor a folder")
        if path in names:
            refuse(folder, f"{POLICY}: {member.name!r} is there twice")
        names.add(path)
        if member.isreg() and path.suffix not in IN_POLICY:
            refuse(
                folder, f"{POLICY}: {member.name!r}: only {' '.join(sorted(IN_POLICY))} are taken, nothing is unpickled"
            )
    described = archive.extractfile("metadata.json") if PurePosixPath("metadata.json") in names else None
    if described is None:
        refuse(folder, f"{POLICY}: metadata.json is missing")
    for used in _uses(json.load(described)):
        if not used.startswith("rasa."):
            refuse(folder, f"{POLICY}: metadata.json: uses: {used!r} is not a part of Rasa")


def _uses(written: Any) -> Iterator[str]:
    """The classes that Rasa imports by name."""
    if isinstance(written, dict):
        if "uses" in written:
            yield str(written["uses"])
        written = list(written.values())
    for one in written if isinstance(written, list) else ():
        yield from _uses(one)
