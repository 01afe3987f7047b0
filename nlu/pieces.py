"""Text to word pieces with their places in the text: one way for training and serving.

Knows the tokenizer file and how a pair (context, utterance) is laid out; does not know labels or models.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from tokenizers import Tokenizer

WINDOW: Final = 128
"""Word pieces of the utterance that the encoder sees at a time; a longer text is read in overlapping windows."""
STRIDE: Final = 96
"""Word pieces from the start of one window to the start of the next."""
MAX_WINDOWS: Final = 8
"""Windows read at most: the first half and the last half of them; the middle of a still longer text goes unread."""

_PLAIN: Final = {
    **dict.fromkeys("‘’‛′´`ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("ᆢᆞ", "."),
}
"""`네ᆢ` is how phones write an ellipsis with the dots of their Korean keyboard."""
_PLAIN_CODES: Final = str.maketrans(_PLAIN)
_SIGNS: Final = frozenset({"So", "Sk"})
"""Categories of emoji, hearts and stars. A word that one of them sticks to would have no pieces of its own."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder is given, and where the words are.

    `ids` and `types` hold the whole pair: [CLS] context [SEP] utterance [SEP]. The utterance's pieces start at
    `first`; `offsets` has one (start, end) per piece of the utterance, in characters of the original text, half open.
    `begin` is the number of utterance pieces before this window.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]
    begin: int


class Pieces:
    """A tokenizer that keeps track of characters."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Takes over the tokenizer: its truncation and padding are switched off."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._cls = _id(tokenizer, "[CLS]")
        self._sep = _id(tokenizer, "[SEP]")
        self._mask = _id(tokenizer, "[MASK]")
        self._head = lru_cache(maxsize=1024)(self._laid_out)

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """Read a `tokenizer.json`.

        Args:
            path: the file.

        Raises:
            ValueError: the file is no tokenizer, or lacks a special piece.
        """
        try:
            return cls(Tokenizer.from_file(str(path)))
        except Exception as error:  # the library raises bare Exception
            raise ValueError(f"{path}: not a usable tokenizer file ({error})") from error

    @property
    def size(self) -> int:
        """How many pieces there are."""
        return int(self._tokenizer.get_vocab_size())

    @property
    def mask(self) -> int:
        """The id of the piece that hides another one."""
        return self._mask

    def windows(self, context: str, text: str) -> list[Window]:
        """Lay out a context and an utterance for the encoder.

        Args:
            context: what `nlu.context.render_context` wrote.
            text: the utterance, of any length.

        Returns:
            One window, or several overlapping ones for more than 128 pieces; at least one, whatever the text.
        """
        head = self._head(context)
        body = self._tokenizer.encode(fold(text), add_special_tokens=False)
        return [
            Window(
                ids=(*head, *body.ids[begin : begin + WINDOW], self._sep),
                types=(0,) * len(head) + (1,) * (len(body.ids[begin : begin + WINDOW]) + 1),
                first=len(head),
                offsets=tuple(body.offsets[begin : begin + WINDOW]),
                begin=begin,
            )
            for begin in _begins(len(body.ids))
        ]

    def _laid_out(self, context: str) -> tuple[int, ...]:
        """[CLS] context [SEP]; conversations are in a few hundred states, so the same contexts come back."""
        return (self._cls, *self._tokenizer.encode(context, add_special_tokens=False).ids, self._sep)


def fold(text: str) -> str:
    """Bring full-width digits, typographic quotes and dashes, and single jamo to plain ones, without moving a character.

    Args:
        text: anything.

    Returns:
        A text of the same length: only characters whose compatibility form (Unicode NFKC) is one character change, and
        signs that stick to a word (`4명👍`), which become blanks.
    """
    if text.isascii():
        return text.translate(_PLAIN_CODES)
    return "".join(" " if _sticks(text, at) else _fold_one(char) for at, char in enumerate(text))


def _sticks(text: str, at: int) -> bool:
    """Whether the character is a sign and a letter or a digit stands right beside it."""
    if text[at].isascii() or unicodedata.category(text[at]) not in _SIGNS:
        return False
    return text[at - 1 : at].isalnum() or text[at + 1 : at + 2].isalnum()


def _fold_one(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def _begins(pieces: int) -> list[int]:
    begins = list(range(0, max(pieces - WINDOW + STRIDE, 1), STRIDE))
    if len(begins) <= MAX_WINDOWS:
        return begins
    return begins[: MAX_WINDOWS // 2] + begins[-MAX_WINDOWS // 2 :]


def _id(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no piece {piece}")
    return int(number)
