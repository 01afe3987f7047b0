"""The files of a Rasa 3 project, read strictly, with the line of everything in them. Knows Rasa's layout; nothing of Maitre's.

Sources: Rasa 3.6 "Domain", "Training Data Format" and "Model Configuration"; the default paths are those of `rasa train`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from assistant.errors import BadDomain, BadRequest
from assistant.yaml_files import Unreadable, read_nodes

LANGUAGES: Final = {"en": "English", "ko": "Korean"}
"""What Maitre speaks."""
_YAML: Final = (".yml", ".yaml")
_MIGRATE: Final = (
    "bring it to Rasa 3 first: `rasa data migrate`, whose new_domain.yml takes the place of domain.yml "
    "(and before it `rasa data convert nlu -f yaml` for Markdown)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a YAML file of the project. `line` is that of its key where it has one; `key` is the way to it."""

    file: str
    line: int
    node: yaml.Node
    key: str = ""

    @property
    def where(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}"

    def bad(self, message: str) -> BadDomain:
        """The complaint about this; names file, line and key."""
        return BadDomain(f"{self.where}: {self.key}" if self.key else self.where, message)

    @property
    def text(self) -> str:
        """A scalar as it is written; raises `BadDomain` where it is none."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.bad("a word or a text is expected here, not a list or a mapping")
        return str(self.node.value)

    @property
    def is_text(self) -> bool:
        """Whether this is a scalar."""
        return isinstance(self.node, yaml.ScalarNode)

    def pairs(self) -> dict[str, Part]:
        """What stands under each key of a mapping, in order; raises `BadDomain` where it is none. Nothing is an empty one."""
        if self.is_empty:
            return {}
        if not isinstance(self.node, yaml.MappingNode):
            raise self.bad("keys with values are expected here")
        return {
            str(key.value): Part(self.file, key.start_mark.line + 1, value, self._below(key.value))
            for key, value in self.node.value
        }

    def items(self) -> list[Part]:
        """The entries of a list; raises `BadDomain` where it is none. Nothing is an empty one."""
        if self.is_empty:
            return []
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.bad("a list is expected here")
        return [
            Part(self.file, item.start_mark.line + 1, item, self._below(place))
            for place, item in enumerate(self.node.value)
        ]

    def _below(self, step: object) -> str:
        return f"{self.key}.{step}" if self.key else str(step)

    def named(self) -> list[tuple[str, Part]]:
        """A list of names, each perhaps with keys of its own (`- greet`, `- greet: {use_entities: []}`), or a mapping."""
        if isinstance(self.node, yaml.MappingNode):
            return list(self.pairs().items())
        found: list[tuple[str, Part]] = []
        for item in self.items():
            found += [(item.text, item)] if item.is_text else list(item.pairs().items())
        return found

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written here."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:null"

    @property
    def is_list(self) -> bool:
        """Whether this is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def lines(self) -> list[tuple[int, str]]:
        """The rows of a block text (`examples: |`) without their dashes, each with its line."""
        first = self.node.start_mark.line + (2 if getattr(self.node, "style", None) in ("|", ">") else 1)
        rows = [(number, row.strip()) for number, row in enumerate(self.text.splitlines(), start=first)]
        return [(number, row.removeprefix("-").strip()) for number, row in rows if row.removeprefix("-").strip()]


@dataclass(frozen=True, slots=True)
class Project:
    """A Rasa project. `domain`, `nlu` and `steps` hold the parts of all its files; `beside` are files that Rasa also reads."""

    root: Path
    language: str
    config: Part
    domain: dict[str, list[Part]]
    nlu: list[Part]
    steps: list[Part]
    """Every story and every rule."""
    beside: list[str]

    def section(self, key: str) -> list[tuple[str, Part]]:
        """The named entries of a section of the domain, over all its files; a later one takes the place of an earlier one."""
        found: dict[str, Part] = {}
        for part in self.domain.get(key, []):
            found.update(part.named())
        return list(found.items())


def read_project(root: Path) -> Project:
    """Reads a Rasa 3 project.

    Args:
        root: the folder that holds `config.yml`, `domain.yml` or `domain/`, and `data/`.

    Raises:
        BadRequest: it is no Rasa 3 project, or one in a language that Maitre does not speak.
        BadDomain: a file is no YAML or does not have Rasa's form; names file, line and key.
    """
    if not root.is_dir():
        raise BadRequest("PATH", f"{root} is no folder; name the folder that holds the project's config.yml")
    domain, data = _domain_files(root), _yaml_in(root / "data")
    _refuse_old(root, domain, data)
    config = _read(root, _one_of(root, "config"))
    parts = [_read(root, file) for file in domain]
    trained = [_read(root, file) for file in data]
    sections: dict[str, list[Part]] = {}
    for part in parts:
        for key, value in part.pairs().items():
            sections.setdefault(key, []).append(value)
    _refuse_old_forms(sections)
    return Project(
        root=root,
        language=_language(config),
        config=config,
        domain=sections,
        nlu=[block for part in trained for block in _under(part, "nlu")],
        steps=[story for part in trained for key in ("rules", "stories") for story in _under(part, key)],
        beside=sorted(_beside(root)),
    )


def _under(part: Part, key: str) -> list[Part]:
    held = part.pairs().get(key)
    return held.items() if held else []


def _domain_files(root: Path) -> list[Path]:
    for ending in _YAML:
        if (root / f"domain{ending}").is_file():
            return [root / f"domain{ending}"]
    return _yaml_in(root / "domain")


def _yaml_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _YAML and path.is_file())


def _one_of(root: Path, name: str) -> Path:
    return next((root / f"{name}{end}" for end in _YAML if (root / f"{name}{end}").is_file()), root / f"{name}.yml")


def _refuse_old(root: Path, domain: list[Path], data: list[Path]) -> None:
    """What is missing, or in the form of Rasa 1 and 2."""
    marked = sorted((root / "data").rglob("*.md"))
    if marked and not data:
        raise BadRequest("PATH", f"{marked[0].relative_to(root)} is Markdown of Rasa 1 or 2; {_MIGRATE}")
    for found, what in ((domain, "domain.yml or domain/"), (data, "data/ with YAML files")):
        if not found:
            raise BadRequest("PATH", f"{root} is no Rasa project: it has no {what}")
    if not _one_of(root, "config").is_file():
        raise BadRequest("PATH", f"{root} is no Rasa project: it has no config.yml")


def _refuse_old_forms(sections: dict[str, list[Part]]) -> None:
    for version in sections.get("version", []):
        if not version.text.startswith("3"):
            raise version.bad(f"{version.text!r} is not Rasa 3; {_MIGRATE}")
    for part in sections.get("forms", []):
        for _, form in part.named():
            written = form.pairs().get("required_slots") if not form.is_text or form.is_empty else None
            if written is None or not (written.is_list or written.is_empty):
                raise form.bad(f"a form of Rasa 3 has a list of required_slots; {_MIGRATE}")


def _language(config: Part) -> str:
    written = config.pairs().get("language")
    if written is None or written.is_empty:
        raise BadDomain(f"{config.file}:1: language", "this key is missing; write `language: en` or `language: ko`")
    language = written.text.replace("_", "-").split("-")[0].lower()
    if language not in LANGUAGES:
        raise written.bad(f"{written.text!r} is not spoken here; Maitre knows {' and '.join(LANGUAGES)}")
    return language


def _beside(root: Path) -> Iterator[str]:
    for name in ("actions.py", "actions", "credentials.yml", "endpoints.yml", "tests"):
        if (root / name).exists():
            yield name


def _read(root: Path, path: Path) -> Part:
    file = path.relative_to(root).as_posix()
    try:
        node = read_nodes(path)
    except Unreadable as fault:
        raise BadDomain(fault.at(file), fault.said) from fault
    if not isinstance(node, yaml.MappingNode):
        raise BadDomain(f"{file}:1", "this file of a Rasa project has no keys")
    return Part(file, 1, node)
