"""The texts of a domain in one language, read strictly from `responses/<language>.yml`. Fills nothing in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import ConfigDict

from assistant.domain_files import Document, Entry
from assistant.response_checks import faults


class Responses(Entry):
    """Every text by what it is for; placeholders are written {like_this}."""

    model_config = ConfigDict(strict=False)

    asks: dict[str, str]
    choose: dict[str, str]
    instead: dict[str, str]
    changed: str
    open: str = ""
    """Of a slot that several values are in question for, when something else is asked first; without it nothing is said."""
    inferred: str
    copied: str
    dont_care: str
    undone: str
    redone: str
    restarted: str
    dropped: dict[str, str]
    refused: dict[str, str]
    kept: str
    alternatives: str
    says: dict[str, str]
    quick: dict[str, tuple[str, ...]]
    joins: dict[str, str]
    units: dict[str, str]
    approximately: str
    phrased: tuple[str, ...] = ()
    """Keys of texts, or of groups of them, that a language model may word otherwise; their facts stay placeholders."""
    unsaid: tuple[str, ...] = ()
    """Beginnings of words that a language model must not use: what was done and what can be had is told by texts alone."""


@lru_cache(maxsize=16)
def load_responses(folder: Path, language: str, slots: tuple[str, ...]) -> Responses:
    """Read the texts of one language; `slots` may have questions of their own.

    Raises:
        BadDomain: the file is missing, is no YAML, a key is missing or unknown, or a placeholder is never filled;
            names file, line and key.
    """
    document = Document(folder / "responses" / f"{language}.yml", f"responses/{language}.yml")
    texts = document.read(Responses)
    for keys, message in faults(texts.model_dump(), slots):
        raise document.bad(keys, message)
    return texts
