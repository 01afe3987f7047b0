"""Makes room for Korean in an English WordPiece vocabulary.

The vocabulary of all-MiniLM-L6-v2 lacks half of the jamo (no ㅆ, ㅅ, ㅎ at the end of a syllable, no ㄲ, ㄸ, ㅑ, ㅚ), so that
words like `있어요`, `없어요` and `괜찮아요` become [UNK] as a whole. Whole syllables are added (the 2,350 of KS X 1001, written
as the jamo that the tokenizer's NFD leaves), every jamo as the fallback, and pieces of scripts that no guest of the
service writes go. One syllable a piece keeps particles apart from values: `7시에` is 7, 시, 에.

Knows tokenizer files and embedding matrices; does not know models or data.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any, Final

import torch

LONGEST_WORD: Final = 400
"""Characters (jamo count one by one) that a word may have before WordPiece gives it up: Korean is written without blanks."""


def korean_pieces() -> list[str]:
    """Every jamo and every common syllable, as a word's first piece and as a later one."""
    jamo = [chr(code) for code in [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]]
    syllables = [unicodedata.normalize("NFD", chr(code)) for code in range(0xAC00, 0xD7A4) if _is_common(chr(code))]
    return [prefix + piece for piece in jamo + syllables for prefix in ("", "##")]


def extend(tokenizer_json: str) -> tuple[str, list[str], list[str]]:
    """Exchange the pieces of foreign scripts for Korean ones.

    Args:
        tokenizer_json: the content of a `tokenizer.json` with a WordPiece model.

    Returns:
        The new content, the pieces by their old id and the pieces by their new id.

    Raises:
        ValueError: the tokenizer is not a WordPiece one.
    """
    tokenizer: dict[str, Any] = json.loads(tokenizer_json)
    model = tokenizer["model"]
    if model.get("type", "WordPiece") != "WordPiece":
        raise ValueError(f"model.type: {model['type']!r} is not supported; pass a WordPiece tokenizer")
    old = sorted(model["vocab"], key=model["vocab"].__getitem__)
    special = {token["content"] for token in tokenizer["added_tokens"]}
    kept = [piece for piece in old if piece in special or _is_kept(piece)]
    known = set(kept)
    new = kept + [piece for piece in korean_pieces() if piece not in known]
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
