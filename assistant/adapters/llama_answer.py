"""What every backend of the language model does with an answer. Knows no backend."""

from __future__ import annotations

from collections.abc import AsyncIterator

from assistant.errors import LlamaUnavailable


async def whole(pieces: AsyncIterator[str]) -> str:
    """The pieces of an answer as one text. Raises `LlamaUnavailable` where it is empty or only blanks."""
    text = "".join([piece async for piece in pieces])
    if not text.strip():
        raise LlamaUnavailable("the language model's answer is empty")
    return text
