"""all-mpnet-base-v2 (110 M, Apache-2.0) as a teacher: unpacked from the packages that carry it, and called as BERT is.

Both encoders cut words alike (MPNet's vocabulary is BERT's behind four pieces of its own), so a row is cut once for both. Knows
files and ids; does not know what is taught.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

import torch
from torch import nn
from transformers import MPNetModel
from transformers.modeling_outputs import BaseModelOutput

NAME: Final = "all-mpnet-base-v2"
PACKAGES: Final = tuple(f"{NAME}-pypi-part-00{number}" for number in range(1, 6))
"""Each has one piece of a zip file."""
SHA256: Final = "eb8d12eec2a0b6d694094f5085192a5eae2f244f90b90d8a11015498c8e9c0da"
"""Of the zip file."""
SPECIAL: Final = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
"""BERT's pieces that MPNet calls otherwise."""


def find_mpnet(folder: Path) -> Path:
    """The folder of the encoder, unpacked on the first call.

    Args:
        folder: where it is unpacked to.

    Raises:
        FileNotFoundError: a package is not installed; the message says what to run.
        ValueError: the pieces are not the known ones.
    """
    home = folder / NAME
    if (home / "model.safetensors").is_file():
        return home
    whole = b"".join(_piece(name) for name in PACKAGES)
    digest = hashlib.sha256(whole).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{NAME}: sha256 of the packages' zip file is {digest}, expected {SHA256}")
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        packed.extractall(folder)
    return home


def _piece(package: str) -> bytes:
    try:
        files = distribution(package).files or ()
    except PackageNotFoundError:
        raise FileNotFoundError(f"encoder: {package} is not installed; run make teacher") from None
    return Path(str(next(file for file in files if ".zip." in file.name).locate())).read_bytes()


class Mpnet(nn.Module):
    """MPNet, called with the ids of BERT's pieces."""

    def __init__(self, home: Path, tokenizer: Path) -> None:
        """Read the weights.

        Args:
            home: as `find_mpnet` gives it.
            tokenizer: the `tokenizer.json` that rows are cut with.
        """
        super().__init__()
        self.model = MPNetModel.from_pretrained(home, add_pooling_layer=False)
        self.config = self.model.config
        known = {piece: at for at, piece in enumerate((home / "vocab.txt").read_text(encoding="utf-8").splitlines())}
        theirs: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
        ids = torch.full((len(theirs),), known["[UNK]"])
        for piece, at in theirs.items():
            ids[at] = known.get(SPECIAL.get(piece, piece), known["[UNK]"])
        self.register_buffer("ids", ids, persistent=False)

    def forward(
        self, *, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> BaseModelOutput:
        """The last layer, (rows, pieces, 768); MPNet has no segments, so `token_type_ids` are not looked at."""
        padding = torch.full_like(input_ids, self.config.pad_token_id)
        known = torch.where(attention_mask.bool(), self.ids[input_ids], padding)
        output: BaseModelOutput = self.model(input_ids=known, attention_mask=attention_mask)
        return output
