"""Rows of the task *reply*: what a text is for, without any value, and a sentence that says it, with placeholders.

The sentences are the domain's own texts and hand-written wordings of them. Knows texts and slots; does not know turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import yaml

from assistant.domain import Domain
from assistant.phrase import placeholders
from assistant.prompts import Point, as_record, reply_prompt
from nlu.types import Kind
from training.alpaca_rows import AlpacaRow
from training.examples import DataError, read_yaml

GROUPS: Final = ("asks", "choose", "instead", "says")
"""The texts that ask or chat. What was done or refused is told by the domain's own texts alone."""
_ANY: Final = "default"
_RANGE: Final = "range"
_ORDERED: Final = (Kind.DATE, Kind.TIME, Kind.COUNT)
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")


def reply_rows(domain: Domain, folder: Path) -> Iterator[AlpacaRow]:
    """All rows of a domain.

    Args:
        domain: its texts and slots.
        folder: the domain's folder; wordings are in `paraphrases.<language>.yml`, where there are any.

    Raises:
        DataError: a wordings file is not UTF-8, names no text, or holds other placeholders than its text; names file and line.
    """
    for language in domain.languages:
        texts = domain.responses[language].model_dump()
        own = {f"{group}.{name}": text for group in GROUPS for name, text in texts[group].items()}
        source = f"{folder.name}/responses/{language}.yml"
        wordings = [(key, text, source) for key, text in own.items()]
        wordings += read_wordings(folder / f"paraphrases.{language}.yml", own)
        for key, sentence, where in wordings:
            for slots in _concerned(key, own, domain):
                prompt = reply_prompt([Point(key, slots, placeholders(own[key]))], language)
                instruction, given = as_record(prompt)
                dialogue = f"{language} {key} {sentence}"
                yield AlpacaRow(instruction, given, sentence, prompt.task, language, dialogue, where)


def read_wordings(path: Path, texts: dict[str, str]) -> list[tuple[str, str, str]]:
    """Read other wordings of a domain's texts: key, sentence, and file with line.

    Args:
        path: YAML of groups, keys and lists of sentences; it may be missing.
        texts: the domain's own texts by key.

    Raises:
        DataError: as for `reply_rows`.
    """
    if not path.is_file():
        return []
    root = read_yaml(path)
    found = []
    for group, keys in _pairs(root, path):
        for name, sentences in _pairs(keys, path):
            key = f"{group}.{name}"
            if key not in texts:
                raise DataError(f"{path}:{sentences.start_mark.line}: {key!r} is none of the domain's texts")
            if not isinstance(sentences, yaml.SequenceNode):
                raise DataError(f"{path}:{sentences.start_mark.line + 1}: {key}: expected a list of sentences")
            for node in sentences.value:
                where = f"{path}:{node.start_mark.line + 1}"
                _check(str(node.value), texts[key], where)
                found.append((key, str(node.value), where))
    return found


def _pairs(node: yaml.Node | None, path: Path) -> Iterator[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise DataError(f"{path}:{node.start_mark.line + 1 if node else 1}: expected keys")
    for key, value in node.value:
        yield str(key.value), value


def _check(sentence: str, text: str, where: str) -> None:
    said, wanted = sorted(placeholders(sentence)), sorted(placeholders(text))
    if said != wanted or len(_PLACEHOLDER.findall(sentence)) != len(said):
        raise DataError(f"{where}: {sentence!r} has the placeholders {said}, its text has {wanted}, each once")


def _concerned(key: str, texts: Iterable[str], domain: Domain) -> list[tuple[str, ...]]:
    """The slots that a text may be about: its own, any without a text of its own, or none."""
    group, _, name = key.partition(".")
    if group == "says":
        return [()]
    if name == _RANGE:
        return [(spec.name,) for spec in domain.slots if spec.kind in _ORDERED]
    if name == _ANY:
        return [(spec.name,) for spec in domain.slots if f"{group}.{spec.name}" not in set(texts)] or [()]
    return [(name,)]
