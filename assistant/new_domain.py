"""Makes the folder of a new domain out of a template, or out of a domain that is there. Knows files, no conversation."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

from assistant.domain import load_domain
from assistant.errors import BadRequest

TEMPLATES: Final = Path(__file__).parent / "templates"
TEMPLATE: Final = "template"
"""The source that comes with the program."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ASSISTANT_ID: Final = re.compile(r"^assistant_id: .*$", re.MULTILINE)
_PARTS: Final = ("*.yml", "data/*.yml", "domain/*.yml", "responses/*.yml")


def make_domain(name: str, path: Path, source: str = TEMPLATE) -> tuple[Path, Path | None]:
    """Makes `path/name`, whole or not at all; where there are training configs and tests beside it, its tagger's and dialogues.

    Args:
        name: lower-case letters, digits and `_`, beginning with a letter, at most 64 characters.
        path: the folder that holds the domains.
        source: `template`, a domain in `path`, or any domain folder.

    Returns:
        The new folder, and the training config where one was written.

    Raises:
        BadRequest: the name is none, something of that name is there, or the source is no domain folder.
        BadDomain: the source is a domain folder that cannot be taken; names file, line and key.
    """
    if not _NAME.fullmatch(name):
        raise BadRequest("NAME", f"is {name!r}; use lower-case letters, digits and _, beginning with a letter")
    folder, config, dialogues = path / name, _config_of(name, path), dialogues_of(name, path)
    for there in filter(None, (folder, config, dialogues)):
        if there.exists() or there.is_symlink():
            raise BadRequest("NAME", f"{there} is there already; choose another name, or remove it")
    if not path.is_dir():
        raise BadRequest("--path", f"{path} is no folder; make it first")
    origin = _source(source, path)
    with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=path) as scratch:
        made = Path(scratch) / name
        _copy(origin, made, name)
        load_domain(made)
        made.rename(folder)
    if config:
        text = (TEMPLATES / "tagger.yml").read_text(encoding="utf-8")
        config.write_text(text.replace("FOLDER", f"{path.name}/{name}").replace("NAME", name), encoding="utf-8")
    theirs = TEMPLATES / "scenarios" if source == TEMPLATE else dialogues_of(origin.name, path)
    if dialogues and theirs and theirs.is_dir():
        shutil.copytree(theirs, dialogues)
    return folder, config


def dialogues_of(name: str, path: Path) -> Path | None:
    """Where the dialogues are that a domain's models must hold; None where `path` has no tests beside it."""
    tests = path.resolve().parent / "tests"
    return tests / f"scenarios-{name}" if tests.is_dir() else None


def _config_of(name: str, path: Path) -> Path | None:
    configs = path.resolve().parent / "training" / "configs" / "tagger"
    return configs / f"{name}.yml" if configs.is_dir() else None


def _source(source: str, path: Path) -> Path:
    if source == TEMPLATE:
        return TEMPLATES / "domain"
    for folder in (path / source, Path(source)):
        if (folder / "slots.yml").is_file():
            return folder
    raise BadRequest("--from", f"{source!r} is no domain folder; name one, or leave it out for the template")


def _copy(origin: Path, made: Path, name: str) -> None:
    """The domain's own files and no others: no models, no editor's leavings."""
    for pattern in _PARTS:
        for file in sorted(origin.glob(pattern)):
            target = made / file.relative_to(origin)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    config = made / "config.yml"
    if config.is_file():
        text = config.read_text(encoding="utf-8")
        config.write_text(_ASSISTANT_ID.sub(f"assistant_id: maitre-{name}", text), encoding="utf-8")
