"""Releases: the models that belong together, each in a folder of its own that never changes, and which one is active.

    var/releases/DOMAIN/VERSION/    tagger/  policy.tar.gz  llama/ (where there is one)  manifest.json
    var/releases/DOMAIN/active.json

Everything appears by a rename after it has reached the disk: a kill at any moment leaves the old state or the new one.
Knows files only; does not know a server, nor how a model is loaded. What is refused is in `assistant.artefact_checks`.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from assistant.artefact_checks import (
    FORMAT,
    LLAMA,
    MANIFEST,
    POLICY,
    TAGGER,
    Manifest,
    Origin,
    check,
    hashes,
    read_manifest,
    refuse,
    versions,
    weights_of,
)
from assistant.domain import Domain
from assistant.errors import BadRelease, Unavailable
from nlu.types import Kind

__all__ = ["SHIPPED", "Listed", "Manifest", "Origin", "Release", "ReleaseParts", "Releases", "releases_of"]

SHIPPED: Final = "shipped"
"""Stands for the models of the settings, which come with the repository: active where nothing else was activated."""
ACTIVE: Final = "active.json"
MOST_REMEMBERED: Final = 50
"""Activations that can be rolled back one after the other."""

_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LOCK: Final = ".lock"
_WRITING: Final = ".writing"


@dataclass(frozen=True, slots=True)
class ReleaseParts:
    """What a release is made of: the exported tagger's folder, the policy's archive, and an adapter's folder or None."""

    tagger: Path
    policy: Path
    llama: Path | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A release in its folder."""

    folder: Path
    manifest: Manifest

    @property
    def version(self) -> str:
        """Its name, unique within the domain."""
        return self.manifest.version

    @property
    def tagger(self) -> Path:
        """The tagger's folder."""
        return self.folder / TAGGER

    @property
    def policy(self) -> Path:
        """The policy's archive."""
        return self.folder / POLICY

    @property
    def llama(self) -> Path | None:
        """The folder of the language model's adapter, or None where the release has none."""
        return self.folder / LLAMA if (self.folder / LLAMA).is_dir() else None


@dataclass(frozen=True, slots=True)
class Listed:
    """A folder among the releases: what its manifest says, or why that cannot be read."""

    version: str
    release: Release | None
    problem: str = ""


class _Pointer(BaseModel):
    """The active version and those that were active before it, the latest first."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    active: str = SHIPPED
    before: list[str] = []


def releases_of(root: Path, domain: Domain) -> Releases:
    """The releases of a domain.

    Args:
        root: the folder of all domains' releases, `ASSISTANT_RELEASES`.
        domain: its name is the folder's, its slots are what a tagger must know.
    """
    return Releases(root / domain.name, {slot.name: slot.kind for slot in domain.slots})


class Releases:
    """The releases of one domain.

    Args:
        folder: where they are; its name is the domain's. It is made with the first release.
        slots: the kind of every slot of the domain.
    """

    def __init__(self, folder: Path, slots: Mapping[str, Kind]) -> None:
        self._folder = folder
        self._slots = slots

    @property
    def folder(self) -> Path:
        """Where the releases are."""
        return self._folder

    def write(
        self,
        version: str,
        parts: ReleaseParts,
        *,
        origin: Origin,
        metrics: Mapping[str, JsonValue],
    ) -> Release:
        """Puts a release in place; it is not active by that. Writing the same again changes nothing.

        Args:
            version: its name: letters, digits, dots, dashes and underscores, at most 64.
            parts: copied; links among them are followed.
            origin: what it was made from.
            metrics: how good it is, as JSON.

        Raises:
            BadRelease: the parts are not such as could be served, or that version is there with other content.
            Unavailable: the disk does not take it.
        """
        if not _VERSION.fullmatch(version) or version == SHIPPED:
            raise BadRelease(f"release {version!r}: name it with up to 64 letters, digits, dots and dashes")
        work = self._folder / _WRITING / version
        with self._locked():
            try:
                shutil.rmtree(work.parent, ignore_errors=True)  # what a killed writer left: we hold the lock
                _copy(parts, work)
                manifest = self._seal(work, version, origin, metrics)
                if (self._folder / version).exists():
                    return self._unless_other(version, manifest)
                _sync_all(work)
                work.rename(self._folder / version)
                _sync(self._folder)
            except (OSError, shutil.Error) as error:
                raise Unavailable(f"{self._folder}: release {version} was not written: {_reason(error)}") from error
            finally:
                shutil.rmtree(work.parent, ignore_errors=True)
        return Release(self._folder / version, manifest)

    def verify(self, version: str) -> Release:
        """Checks every file of a release.

        Raises:
            BadRelease: it is not there, damaged, or made for something else.
        """
        if not _VERSION.fullmatch(version):
            raise BadRelease(f"release {version!r}: there is none of that name; `assistant models list` shows all")
        folder = self._folder / version
        if not folder.is_dir() or folder.is_symlink():
            raise BadRelease(
                f"release {version}: there is no such folder in {self._folder}; `assistant models list` shows all"
            )
        release = self._read(version)
        check(folder, release.manifest, self._slots)
        return release

    def all(self) -> list[Listed]:
        """Every release with its manifest, by name; files are not checked."""
        listed = []
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        for version in sorted(one.name for one in folders if one.is_dir() and not one.name.startswith(".")):
            try:
                listed.append(Listed(version, self._read(version)))
            except BadRelease as error:
                listed.append(Listed(version, None, str(error)))
        return listed

    def active(self) -> str:
        """The active version; `SHIPPED` where none was activated.

        Raises:
            BadRelease: the file that says so cannot be read.
        """
        return self._pointer().active

    def previous(self) -> str | None:
        """The version that a rollback makes active, or None; raises as `active`."""
        before = self._pointer().before
        return before[0] if before else None

    def activate(self, version: str) -> str:
        """Makes a version active, `SHIPPED` included, after checking every file of it. Tells which one was active.

        Raises:
            BadRelease: it cannot be used; the active version stays.
            Unavailable: the disk does not take it.
        """
        if version != SHIPPED:
            self.verify(version)
        with self._locked():
            try:
                old = self._pointer()
            except BadRelease:
                old = _Pointer()  # a damaged file must not keep a good release from becoming active
            if version != old.active:
                self._point(_Pointer(active=version, before=[old.active, *old.before][:MOST_REMEMBERED]))
        return old.active

    def rollback(self) -> str:
        """Makes the version active that was so before, and tells which; a further rollback goes one further back.

        Raises:
            BadRelease: there is none, or it cannot be used any more; the active version stays.
            Unavailable: the disk does not take it.
        """
        with self._locked():
            old = self._pointer()
            if not old.before:
                raise BadRelease(f"nothing was active before {old.active}; `assistant models activate` takes a version")
            version, *before = old.before
            if version != SHIPPED:
                self.verify(version)
            self._point(_Pointer(active=version, before=before))
        return version

    def prune(self, keep: int) -> list[str]:
        """Removes releases but the active one, the one that a rollback leads to, and the newest of the others.

        Args:
            keep: how many of the others stay, at least 0.

        Returns:
            The versions that were removed; no rollback leads to them any more.

        Raises:
            BadRelease: the file that says which one is active cannot be read; nothing is removed.
            Unavailable: the disk does not take it.
        """
        with self._locked():
            pointer = self._pointer()
            needed = {pointer.active, *pointer.before[:1]}
            others = [listed.version for listed in self.all() if listed.version not in needed]
            others.sort(key=lambda version: (self._folder / version).stat().st_mtime, reverse=True)
            gone = sorted(others[keep:])
            work = self._folder / _WRITING
            try:
                self._point(_Pointer(active=pointer.active, before=[one for one in pointer.before if one not in gone]))
                shutil.rmtree(work, ignore_errors=True)
                work.mkdir()
                for version in gone:  # renamed first: a kill leaves no half release under its name
                    (self._folder / version).rename(work / version)
                shutil.rmtree(work)
            except OSError as error:
                raise Unavailable(f"{self._folder}: releases were not removed: {_reason(error)}") from error
        return gone

    def _read(self, version: str) -> Release:
        folder = self._folder / version
        manifest = read_manifest(folder)
        if (manifest.domain, manifest.version) != (self._folder.name, version):
            refuse(folder, f"{MANIFEST} is that of {manifest.domain} {manifest.version}")
        return Release(folder, manifest)

    def _seal(self, work: Path, version: str, origin: Origin, metrics: Mapping[str, JsonValue]) -> Manifest:
        """Checks the files and writes the manifest, last."""
        files = hashes(work)
        manifest = Manifest(
            format=FORMAT,
            domain=self._folder.name,
            version=version,
            origin=origin,
            **versions(files),
            metrics=dict(metrics),
            weights=weights_of(files),
            files=files,
        )
        check(work, manifest, self._slots)
        (work / MANIFEST).write_bytes(manifest.dump())
        return manifest

    def _unless_other(self, version: str, manifest: Manifest) -> Release:
        there = self._read(version)
        if there.manifest != manifest:
            raise BadRelease(f"release {version}: it is there with other content; give the new one another version")
        return there

    def _pointer(self) -> _Pointer:
        path = self._folder / ACTIVE
        try:
            return _Pointer.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return _Pointer()
        except (OSError, ValidationError) as error:
            raise BadRelease(f"{path}: cannot be read; `assistant models activate VERSION` writes it again") from error

    def _point(self, pointer: _Pointer) -> None:
        half = self._folder / f"{ACTIVE}.part"
        try:
            half.write_bytes(pointer.model_dump_json().encode())
            _sync(half)
            half.replace(self._folder / ACTIVE)
            _sync(self._folder)
        except OSError as error:
            raise Unavailable(
                f"{self._folder / ACTIVE}: {pointer.active} was not activated: {_reason(error)}"
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time; readers need no lock. The lock goes with the process that holds it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = (self._folder / _LOCK).open("w")
        except OSError as error:
            raise Unavailable(f"{self._folder}: cannot be written: {_reason(error)}") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _copy(parts: ReleaseParts, work: Path) -> None:
    work.mkdir(parents=True)
    shutil.copytree(parts.tagger, work / TAGGER)
    shutil.copyfile(parts.policy, work / POLICY)
    if parts.llama:
        shutil.copytree(parts.llama, work / LLAMA)


def _sync_all(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        _sync(path)


def _sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _reason(error: OSError) -> str:
    """What a person reads of a fault of the disk; of copying several files, the first."""
    if isinstance(error, shutil.Error) and error.args and error.args[0]:
        return str(error.args[0][0][2])
    return f"{error.strerror or error}"
