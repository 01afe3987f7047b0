"""Trains the small Llama's tokenizer: byte-level BPE for English and Korean.

A quote may begin and end anywhere between words, digits and syllables, and a small model copies best what looks the same
in both places. So a token never depends on its neighbours: blanks, quotation marks, digits and Hangul syllables stand
alone, and only Latin words are put together of pieces. That costs more tokens than pieces with a leading blank,
and makes every copied span token for token equal to what it was copied from.
Knows texts; does not know models.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

BEGIN: Final = "<|begin_of_text|>"
END: Final = "<|end_of_text|>"
PAD: Final = "<|pad|>"
CONTEXT: Final = 512
"""Tokens that the model can read at most."""

_PIECES: Final = r"""[가-힣]|\p{N}|"| |\n*###+ ?|[\p{L}&&[^가-힣]][\p{M}\p{L}&&[^가-힣]]*|[^\s\p{L}\p{N}"]+\n*|\s"""


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """Learn the pieces.

    Args:
        texts: what to learn from, in the proportions that matter.
        size: entries at most, the 256 bytes and the control tokens included.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[BEGIN, END, PAD],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    begin = tokenizer.token_to_id(BEGIN)
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{BEGIN} $A", special_tokens=[(BEGIN, begin)])
    return tokenizer


def control(tokenizer: Tokenizer, name: str) -> int:
    """The id of one of the control tokens.

    Raises:
        ValueError: the tokenizer is none of ours.
    """
    found = tokenizer.token_to_id(name)
    if found is None:
        raise ValueError(f"tokenizer: it has no {name}; train it with training.llama_tokenizer")
    return int(found)


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write `tokenizer.json` and `tokenizer_config.json`, which `AutoTokenizer` loads."""
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token=BEGIN,
        eos_token=END,
        pad_token=PAD,
        model_max_length=CONTEXT,
        clean_up_tokenization_spaces=False,
    ).save_pretrained(folder)
