"""Reads the weights of a served tagger back: the 8-bit ONNX file as tensors by the names of `TaggerModel`.

What is shipped is enough to train on from: a tagger for a new domain starts from one that knows both languages already.
Knows the graph that `training.export_tagger` writes; does not know what a weight is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, cast

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from nlu.labels import Labels, read_labels
from nlu.tagger import MANIFEST, check
from training.tagger_model import TaggerModel

_QUANTISED: Final = "_quantized"
_BIAS: Final = ".bias"
Arrays = Mapping[str, np.ndarray]


def is_served(folder: Path) -> bool:
    """Whether the folder holds a tagger as it is served."""
    return (folder / MANIFEST).is_file() and (folder / "model.onnx").is_file()


def read_served(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a served tagger, each within half an 8-bit step of what was trained.

    Args:
        folder: as `training.export_tagger` writes it.

    Raises:
        ModelError: the folder is damaged or of another version.
        ValueError: the graph is not the one that this code exports.
    """
    check(folder)
    graph = onnx.load(folder / "model.onnx").graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {name: array for name, array in held.items() if name.endswith((".weight", _BIAS))}
    for name in held:
        if name.endswith(f".weight{_QUANTISED}") and "embeddings" in name:
            weights[name.removesuffix(_QUANTISED)] = _dequantised(held, name)
    for name in [name for name in weights if name.endswith(_BIAS) and "LayerNorm" not in name]:
        weights[name.removesuffix(_BIAS) + ".weight"] = _dequantised(held, _matrix_before(name, graph)).T
    return {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in weights.items()}


def take_over(model: TaggerModel, labels: Labels, folder: Path) -> None:
    """Start a model from a served one: its encoder, and of its heads the rows of the acts and tags that both have.

    Args:
        model: to be trained; of the same size and vocabulary.
        labels: of the model.
        folder: the served tagger.

    Raises:
        RuntimeError: the sizes differ.
    """
    weights, theirs = read_served(folder), read_labels(folder / "labels.json")
    encoder = {name.removeprefix("bert."): tensor for name, tensor in weights.items() if name.startswith("bert.")}
    model.bert.load_state_dict(encoder)
    for head, ours, known in (("acts", labels.acts, theirs.acts), ("tags", labels.tags, theirs.tags)):
        layer = cast(nn.Linear, model.get_submodule(head))
        for row, name in enumerate(ours):
            if name in known:
                at = known.index(name)
                layer.weight.data[row] = weights[f"{head}.weight"][at]
                layer.bias.data[row] = weights[f"{head}.bias"][at]


def _dequantised(held: Arrays, name: str) -> np.ndarray:
    stem = name.removesuffix(_QUANTISED)
    zero, scale = held[f"{stem}_zero_point"].astype(np.float32), held[f"{stem}_scale"]
    return np.asarray((held[name].astype(np.float32) - zero) * scale)


def _matrix_before(bias: str, graph: onnx.GraphProto) -> str:
    """The 8-bit matrix whose product this bias is added to: from the sum back through scaling and casts."""
    makers = {output: node for node in graph.node for output in node.output}
    matrices = {tensor.name for tensor in graph.initializer if tensor.name.endswith(_QUANTISED)}
    waiting = [name for node in graph.node if bias in node.input for name in node.input if name != bias]
    while waiting:
        name = waiting.pop(0)
        if name in matrices:
            return name
        waiting += _inputs(makers[name]) if name in makers else []
    raise ValueError(f"{bias}: no matrix leads to it; export the tagger again")


def _inputs(node: onnx.NodeProto) -> Iterable[str]:
    """What a node is computed from, as far as it leads to a matrix: the activations of a product do not."""
    if node.op_type == "MatMulInteger":
        return [node.input[1]]
    return node.input if node.op_type in ("Mul", "Cast", "Reshape") else []
