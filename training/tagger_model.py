"""The joint model: a BERT encoder with a head for dialogue acts and one for BIO tags, and how examples become tensors.

Knows shapes; does not know files, epochs or what a label means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F
from transformers import BertModel

from nlu.labels import Labels
from nlu.pieces import Pieces, Window
from nlu.tagger import batch
from training.examples import Example
from training.tagger_settings import Rates

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of some examples: `ids`, `types`, `mask` and `tags` are (examples, pieces), `acts` (examples, acts).

    `tags` is -100 outside the utterance; `acts` is NaN where nobody said which acts an example has.
    """

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    tags: torch.Tensor
    acts: torch.Tensor


class TaggerModel(nn.Module):
    """BERT with two heads."""

    def __init__(self, bert: BertModel, labels: Labels, dropout: float) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.bert = bert
        self.dropout = nn.Dropout(dropout)
        self.acts = nn.Linear(2 * width, len(labels.acts))
        self.tags = nn.Linear(width, len(labels.tags))

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the acts (examples, acts), from [CLS] and the utterance's mean, and of the tags (examples, pieces, tags)."""
        hidden = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        said = (types * mask).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * said).sum(1) / said.sum(1).clamp(min=1.0)
        return self.acts(torch.cat([hidden[:, 0], mean], dim=-1)), self.tags(hidden)


def loss(acts: torch.Tensor, tags: torch.Tensor, batch: Batch, *, smoothing: float, weight: float) -> torch.Tensor:
    """Tag cross entropy plus `weight` times the mean binary cross entropy of the acts, both smoothed by `smoothing`."""
    tagging = F.cross_entropy(
        tags.float().flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED, label_smoothing=smoothing
    )
    known = ~batch.acts[:, 0].isnan()
    if not bool(known.any()):
        return tagging
    wanted = batch.acts[known] * (1 - smoothing) + smoothing / 2
    return tagging + weight * F.binary_cross_entropy_with_logits(acts[known].float(), wanted)


def collate(examples: Sequence[Example], contexts: Sequence[str], pieces: Pieces, labels: Labels) -> Batch:
    """Make tensors of examples and their contexts; only the first 128 pieces of an utterance are seen."""
    windows = [pieces.windows(context, example.text)[0] for example, context in zip(examples, contexts, strict=True)]
    ids, types, mask = (torch.from_numpy(array) for array in batch(windows))
    tags = torch.full_like(ids, IGNORED)
    acts = torch.full((len(examples), len(labels.acts)), torch.nan)
    for row, (example, window) in enumerate(zip(examples, windows, strict=True)):
        tags[row, window.first : window.first + len(window.offsets)] = torch.tensor(tag_pieces(example, window, labels))
        if example.acts is not None:
            acts[row] = torch.tensor([float(act in example.acts) for act in labels.acts])
    return Batch(ids, types, mask, tags, acts)


def tag_pieces(example: Example, window: Window, labels: Labels) -> list[int]:
    """One tag a piece: a piece that shares a character with a span belongs to it."""
    tags = [0] * len(window.offsets)
    for span in example.spans:
        kind = labels.spans.index((span.label, span.role))
        inside = [at for at, (start, end) in enumerate(window.offsets) if start < span.end and end > span.start]
        for at in inside:
            tags[at] = 2 * kind + (1 if at == inside[0] else 2)
    return tags


def optimizer_for(model: TaggerModel, rates: Rates) -> torch.optim.AdamW:
    """AdamW with a rate per layer."""
    layers = model.bert.config.num_hidden_layers
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not name.startswith("bert."):
            rate = 10 * rates.learning_rate
        elif "encoder.layer." in name:
            below = layers - 1 - int(name.split("encoder.layer.")[1].split(".")[0])
            rate = rates.learning_rate * rates.layer_decay**below
        else:
            rate = rates.embedding_rate
        groups.setdefault(rate, []).append(parameter)
    return torch.optim.AdamW(
        [{"params": parameters, "lr": rate} for rate, parameters in groups.items()],
        weight_decay=rates.weight_decay,
        fused=True,
    )
