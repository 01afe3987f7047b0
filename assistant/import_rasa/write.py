"""Writes the files of an imported domain over a copy of the template. Knows our files; nothing of Rasa's.

What no Rasa project says (opening hours, tables, most texts) stays as the template has it, in one language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.domain_slots import Use
from assistant.files import write_whole
from assistant.import_rasa.files import LANGUAGES
from assistant.import_rasa.nlu import Block
from assistant.import_rasa.slots import Planned
from nlu.types import Kind

_PEOPLE: Final[Mapping[str, Mapping[str, object]]] = {
    "label": {"en": "number of people", "ko": "인원"},
    "description": {"en": "How many people come", "ko": "방문 인원"},
    "refs": {"en": ["number of people", "party size", "people"], "ko": ["인원", "인원수"]},
}
"""The template has no slot for people; the words are the restaurant's."""
_RELATIVE: Final = frozenset({Kind.DATE, Kind.TIME, Kind.COUNT})
_BOOKING_HEAD: Final = """\
# What can be booked, when, and what guests ask about: a placeholder, since no Rasa project says it. Times are local to the
# venue's zone, written HH:MM. docs/new-domain.md explains every key.
"""


def write_domain(
    folder: Path, language: str, planned: Sequence[Planned], asks: Mapping[str, str], rows: Sequence[Block]
) -> None:
    """Rewrites a copy of the template in place.

    Args:
        folder: the copy.
        language: `en` or `ko`; the files of the other one are removed.
        planned: the slots, in order.
        asks: questions by slot; the others keep the template's, or its default.
        rows: the examples.
    """
    template = yaml.safe_load((folder / "slots.yml").read_text(encoding="utf-8"))["slots"]
    by_role = {slot.get("role"): (name, slot) for name, slot in template.items()}
    _write_slots(folder / "slots.yml", language, planned, by_role)
    _write_booking(folder / "booking.yml", language, planned)
    _write_policy(folder, language, planned)
    _write_responses(folder / "responses" / f"{language}.yml", planned, asks, by_role)
    _write_rows(folder / "data" / f"nlu.{language}.yml", language, rows)
    for other in LANGUAGES:
        if other != language:
            (folder / "responses" / f"{other}.yml").unlink()
            (folder / "data" / f"nlu.{other}.yml").unlink()


def _write_slots(path: Path, language: str, planned: Sequence[Planned], by_role: Mapping[str | None, Any]) -> None:
    head = path.read_text(encoding="utf-8").split("\nslots:\n")[0]
    written = [head, "slots:"]
    for one in planned:
        plain = one.name.replace("_", " ")
        texts = _PEOPLE if one.role is Use.PARTY else by_role[one.role][1] if one.role in by_role else {}
        written += [f"  {one.name}:", f"    kind: {one.kind}"]
        if one.role:
            written.append(f"    role: {one.role}")
        written.append("    required: true")
        written += [
            f"    {key}: {bound}" for key, bound in (("minimum", one.minimum), ("maximum", one.maximum)) if bound
        ]
        if one.choices:
            written.append("    choices:")
            for choice in one.choices:
                entry = {"id": choice.id, "name": {language: choice.names[0]}}
                written.append(
                    f"      - {_flow(entry | ({'aliases': list(choice.names[1:])} if choice.names[1:] else {}))}"
                )
        for key, default in (("label", plain), ("description", plain), ("refs", [plain])):
            value = texts[key][language] if key in texts else default
            written.append(f"    {key}: {_flow({language: value})}")
    write_whole(path, written)


def _write_booking(path: Path, language: str, planned: Sequence[Planned]) -> None:
    booking = _spoken(yaml.safe_load(path.read_text(encoding="utf-8")), language)
    most = next((one.maximum for one in planned if one.role is Use.PARTY), None) or 1
    booking.pop("services")
    venue = booking["venues"][0]
    venue.pop("staff")
    venue["tables"] = {most: 5}
    booking = {"horizon_days": booking.pop("horizon_days"), "sitting": 60, **booking}
    text = yaml.safe_dump(booking, default_flow_style=None, allow_unicode=True, sort_keys=False, width=120)
    text = re.sub(r"\b(opens|closes): '?(\d\d:\d\d)'?", r'\1: "\2"', text)
    path.write_text(_BOOKING_HEAD + text, encoding="utf-8")


def _spoken(value: Any, language: str) -> Any:
    """The same without the texts of other languages."""
    if isinstance(value, dict):
        if value and value.keys() <= LANGUAGES.keys():
            return {language: value[language]}
        return {key: _spoken(held, language) for key, held in value.items()}
    return [_spoken(item, language) for item in value] if isinstance(value, list) else value


def _write_policy(folder: Path, language: str, planned: Sequence[Planned]) -> None:
    """The names of the slots in domain.yml, and the language in config.yml."""
    text = (folder / "domain.yml").read_text(encoding="utf-8")
    entities = "".join(
        f"- {one.name}: {{roles: [old{', delta' if one.kind in _RELATIVE else ''}]}}\n" for one in planned
    )
    slots = "".join(
        f"  {one.name}: {{type: text, influence_conversation: false, mappings: [{{type: custom}}]}}\n"
        for one in planned
    )
    text = re.sub(r"(?<=^entities:\n)(?:- .*\n)+?(?=- number:)", entities, text, flags=re.MULTILINE)
    text = re.sub(r"(?:^  \w+: \{type: text, .*\n)+", slots, text, flags=re.MULTILINE)
    asked = ", ".join(one.name for one in planned)
    text = re.sub(r"required_slots: \[.*\]", f"required_slots: [{asked}]", text)
    (folder / "domain.yml").write_text(text, encoding="utf-8")
    config = (folder / "config.yml").read_text(encoding="utf-8")
    (folder / "config.yml").write_text(
        re.sub(r"(?m)^language: \w+$", f"language: {language}", config), encoding="utf-8"
    )


def _write_responses(
    path: Path, planned: Sequence[Planned], asks: Mapping[str, str], by_role: Mapping[str | None, Any]
) -> None:
    text = path.read_text(encoding="utf-8")
    theirs = yaml.safe_load(text)
    for group, own in (("asks", asks), ("instead", {})):
        written = f"{group}:\n"
        for one in planned:
            role_slot = by_role[one.role][0] if one.role in by_role else ""
            if words := own.get(one.name) or theirs[group].get(role_slot):
                written += f"  {one.name}: {_quoted(words)}\n"
        written += f"  default: {_quoted(theirs[group]['default'])}\n"
        text = re.sub(rf"(?m)^{group}:.*\n(?:  .*\n)+", written.replace("\\", r"\\"), text, count=1)
    path.write_text(text, encoding="utf-8")


def _write_rows(path: Path, language: str, blocks: Sequence[Block]) -> None:
    """The examples: a block for each intent of the project, with the place that it came from."""
    head = f"# Examples of a Rasa project in {LANGUAGES[language]}; the comments name the intent that they had there."
    lines = [head, 'version: "3.1"', "nlu:" if blocks else "nlu: []"]
    for block in blocks:
        was = " ".join(block.intent.split())
        lines += [f"- intent: {block.act}    # {was}, {block.where}", "  examples: |"]
        lines += [f"    - {row}" for row in block.rows]
    write_whole(path, lines)


def _flow(value: object) -> str:
    return yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6).strip()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
