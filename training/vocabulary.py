"""Makes room for Korean in an English WordPiece vocabulary.

The vocabulary of all-MiniLM-L6-v2 lacks half of the jamo (no ㅆ, ㅅ, ㅎ at the end of a syllable, no ㄲ, ㄸ, ㅑ, ㅚ), so that
words like `있어요`, `없어요` and `괜찮아요` become [UNK] as a whole. Every jamo is added, and either that is all (`jamo`) or
whole syllables too (`syllables`, the 2,350 of KS X 1001, written as the jamo that the tokenizer's NFD leaves). Pieces of
scripts that no guest of the service writes go. No piece is longer than a syllable, which keeps particles apart from
values: `7시에` is 7, 시, 에.

Knows tokenizer files and embedding matrices; does not know models or data.
"""

from __future__ import annotations

import json
import unicodedata
from enum import StrEnum
from typing import Any, Final

import torch

LONGEST_WORD: Final = 400
"""Characters (jamo count one by one) that a word may have before WordPiece gives it up: Korean is written without blanks."""


class Vocabulary(StrEnum):
    """The Korean pieces that an encoder has."""

    JAMO = "jamo"
    """Every jamo: two or three pieces a syllable."""
    SYLLABLES = "syllables"
    """Every jamo and the common syllables: one piece a syllable, as a rule."""


def read_vocabulary(name: str) -> Vocabulary:
    """The vocabulary that a setting names.

    Raises:
        ValueError: there is none of that name.
    """
    if name not in list(Vocabulary):
        raise ValueError(f"vocabulary: {name!r} is unknown; choose {' or '.join(Vocabulary)}")
    return Vocabulary(name)


def korean_pieces(vocabulary: Vocabulary) -> list[str]:
    """The Korean pieces of a vocabulary, each as a word's first piece and as a later one."""
    pieces = [chr(code) for code in [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]]
    if vocabulary is Vocabulary.SYLLABLES:
        common = (chr(code) for code in range(0xAC00, 0xD7A4) if _is_common(chr(code)))
        pieces += [unicodedata.normalize("NFD", syllable) for syllable in common]
    return [prefix + piece for piece in pieces for prefix in ("", "##")]


def vocabulary_of(tokenizer_json: str) -> Vocabulary:
    """The vocabulary that an encoder goes on with: jamo where it has those alone, syllables otherwise.

    Raises:
        ValueError: the tokenizer is not a WordPiece one.
    """
    known = set(_read(tokenizer_json)["model"]["vocab"])
    complete = [vocabulary for vocabulary in Vocabulary if known.issuperset(korean_pieces(vocabulary))]
    return Vocabulary.JAMO if complete == [Vocabulary.JAMO] else Vocabulary.SYLLABLES


def extend(tokenizer_json: str, vocabulary: Vocabulary) -> tuple[str, list[str], list[str]]:
    """Exchange the pieces of foreign scripts for Korean ones; those that are there already stay.

    Args:
        tokenizer_json: the content of a `tokenizer.json` with a WordPiece model.
        vocabulary: the Korean pieces to have.

    Returns:
        The new content, the pieces by their old id and the pieces by their new id.

    Raises:
        ValueError: the tokenizer is not a WordPiece one.
    """
    tokenizer = _read(tokenizer_json)
    model = tokenizer["model"]
    old = sorted(model["vocab"], key=model["vocab"].__getitem__)
    special = {token["content"] for token in tokenizer["added_tokens"]}
    kept = [piece for piece in old if piece in special or _is_kept(piece)]
    known = set(kept)
    new = kept + [piece for piece in korean_pieces(vocabulary) if piece not in known]
    model["vocab"] = {piece: number for number, piece in enumerate(new)}
    model["max_input_chars_per_word"] = LONGEST_WORD
    for token in tokenizer["added_tokens"]:
        token["id"] = model["vocab"][token["content"]]
    for name, token in (tokenizer["post_processor"] or {}).get("special_tokens", {}).items():
        token["ids"] = [model["vocab"][name]]
    tokenizer["truncation"] = tokenizer["padding"] = None
    return json.dumps(tokenizer, ensure_ascii=False), old, new


def embed(old: list[str], new: list[str], weights: torch.Tensor) -> torch.Tensor:
    """Carry an embedding matrix over to a new vocabulary.

    Args:
        old: the pieces by the row of `weights`.
        new: the pieces by the row of the result; a new syllable starts as the mean of its jamo, a new jamo as the mean of all.
        weights: (len(old), width).

    Returns:
        (len(new), width).
    """
    row = {piece: weights[number] for number, piece in enumerate(old)}
    spread = weights.std(dim=0)
    noise = torch.Generator().manual_seed(0)
    any_jamo = torch.stack([vector for piece, vector in row.items() if _is_jamo(piece)] or [weights.mean(dim=0)]).mean(
        0
    )
    vectors = []
    for piece in new:
        if piece not in row:
            prefix = "##" if piece.startswith("##") else ""
            parts = [row[prefix + jamo] for jamo in piece.removeprefix("##") if prefix + jamo in row]
            mean = torch.stack(parts).mean(dim=0) if parts else any_jamo
            row[piece] = mean + 0.3 * spread * torch.randn(spread.shape, generator=noise)
        vectors.append(row[piece])
    return torch.stack(vectors)


def _read(tokenizer_json: str) -> dict[str, Any]:
    tokenizer: dict[str, Any] = json.loads(tokenizer_json)
    kind = tokenizer["model"].get("type", "WordPiece")
    if kind != "WordPiece":
        raise ValueError(f"model.type: {kind!r} is not supported; pass a WordPiece tokenizer")
    return tokenizer


def _is_common(syllable: str) -> bool:
    try:
        return len(syllable.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False


def _is_jamo(piece: str) -> bool:
    return len(piece.removeprefix("##")) == 1 and "\u1100" <= piece[-1] <= "\u11ff"


def _is_kept(piece: str) -> bool:
    if piece.startswith("[unused"):
        return False
    return all(char < "\u0250" or "\u1100" <= char <= "\u11ff" or "\u2000" <= char <= "\u206f" for char in piece)
