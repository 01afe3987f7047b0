"""The texts of a domain in one language, read strictly from `responses/<language>.yml`. Fills nothing in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import BadDomain


class Responses(BaseModel):
    """Every text by what it is for; placeholders are written {like_this}."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asks: dict[str, str]
    choose: dict[str, str]
    instead: dict[str, str]
    changed: str
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
def load_responses(folder: Path, language: str) -> Responses:
    """Read the texts of one language.

    Raises:
        BadDomain: the file is missing, is no YAML, or a key is missing or unknown.
    """
    path = folder / "responses" / f"{language}.yml"
    try:
        return Responses.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BadDomain(f"responses/{path.name}", "there is no such file; write the texts of this language") from None
    except yaml.YAMLError as fault:
        raise BadDomain(f"responses/{path.name}", f"this is not YAML: {fault}") from fault
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadDomain(f"responses/{path.name}: {key}", first["msg"]) from wrong
