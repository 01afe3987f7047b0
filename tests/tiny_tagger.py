"""A tokenizer and a BERT so small that tests can build them in a moment."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from nlu.labels import Labels, write_labels

_WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] ask time date name none . , ? ! ' - : nothing collecting confirming booked idle create "
    "modify cancel suspended resume what to change restaurant party size phone seating at for the a table it make instead "
    "of not friday monday tomorrow pm am one two three four five six seven eight kim hanok cup morning hall please yes no "
    "clear forget people book i want is you do have parking dogs hello"
)


def tokenizer_json() -> str:
    """A WordPiece tokenizer in the layout of BERT's, with some English words, digits and letters."""
    words = _WORDS.split()
    letters = [prefix + char for char in "0123456789abcdefghijklmnopqrstuvwxyz" for prefix in ("", "##")]
    vocabulary = list(dict.fromkeys([*words, *letters, *korean()]))
    return json.dumps(
        {
            "version": "1.0",
            "added_tokens": [
                {"id": at, "content": words[at], "single_word": False, "lstrip": False, "rstrip": False}
                | {"normalized": False, "special": True}
                for at in range(5)
            ],
            "normalizer": {
                "type": "BertNormalizer",
                "clean_text": True,
                "handle_chinese_chars": True,
                "strip_accents": None,
                "lowercase": True,
            },
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": None,
            "decoder": None,
            "model": {
                "type": "WordPiece",
                "unk_token": "[UNK]",
                "continuing_subword_prefix": "##",
                "max_input_chars_per_word": 100,
                "vocab": {piece: number for number, piece in enumerate(vocabulary)},
            },
        }
    )


def korean() -> list[str]:
    """A few syllables, decomposed as the tokenizer's normaliser leaves them."""
    return [prefix + unicodedata.normalize("NFD", char) for char in "네명시" for prefix in ("", "##")]


def write_encoder(folder: Path) -> None:
    """Write a random BERT of width 32 with its tokenizer, in the Hugging Face layout."""
    import torch
    from safetensors.torch import save_file
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = tokenizer_json()
    config = BertConfig(
        vocab_size=len(json.loads(tokenizer)["model"]["vocab"]),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
    )
    model = BertModel(config, add_pooling_layer=False)
    config.save_pretrained(folder)
    save_file({name: tensor.contiguous() for name, tensor in model.state_dict().items()}, folder / "model.safetensors")
    (folder / "tokenizer.json").write_text(tokenizer)


def write_model(folder: Path, labels: Labels) -> None:
    """Write a model folder with random weights, as `training.export_tagger` does it."""
    from training.encoder import read_encoder
    from training.export_tagger import quantise, seal, to_onnx
    from training.tagger_model import TaggerModel

    encoder, work = folder.parent / "encoder", folder.parent / "work"
    write_encoder(encoder)
    folder.mkdir(parents=True)
    work.mkdir()
    to_onnx(TaggerModel(read_encoder(encoder), labels, dropout=0.0).eval(), work / "model.onnx")
    quantise(work / "model.onnx", folder / "model.onnx")
    (folder / "tokenizer.json").write_text(tokenizer_json())
    write_labels(labels, folder / "labels.json")
    seal(folder, {"name": "tagger", "version": "test"})
