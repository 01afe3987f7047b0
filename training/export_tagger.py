"""Makes the served model out of a trained tagger: ONNX, quantised to 8 bits, with the manifest that vouches for it.

    python -m training.export_tagger runs/tagger-restaurant models/tagger

Tunes the thresholds of the acts on the held-out rows, compares the 8-bit model with the trained one there, and writes
the manifest last: without it the folder cannot be loaded.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import sys
import tempfile
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from transformers import BertModel

from nlu import context as rendering
from nlu.labels import Labels, read_labels, write_labels
from nlu.pieces import Pieces
from nlu.tagger import FILES, FORMAT, MANIFEST, Tagger
from nlu.types import Tagging
from training.contexts import Slots, draw_context, read_slots
from training.encoder import read_shape
from training.examples import Example
from training.metrics import mistakes, score
from training.mixture import Pools, flatten, hold_out, read_pools
from training.revision import revision
from training.tagger_model import TaggerModel
from training.tagger_settings import Config
from training.train_tagger import MOST_HELD_OUT, SHOWN, read

CANDIDATES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7)
MOST_PIECES = 500
"""Longest pair that the exported model takes; context and window are far below."""
FEWEST = 10
"""Held-out rows that an act needs before its threshold is tuned."""


def load_trained(run: Path, config: Config) -> tuple[TaggerModel, Labels, Pieces]:
    """Read what `training.train_tagger` left in its folder."""
    labels = read_labels(run / "labels.json")
    pieces = Pieces.load(run / "tokenizer.json")
    bert_config = read_shape(config.encoder, pieces.size)
    bert_config._attn_implementation = "eager"
    model = TaggerModel(BertModel(bert_config, add_pooling_layer=False), labels, config.dropout)  # type: ignore[no-untyped-call]
    model.load_state_dict(load_file(run / "model.safetensors"))
    return model.eval(), labels, pieces


def to_onnx(model: TaggerModel, path: Path) -> None:
    """Export with free batch and length: input_ids, token_type_ids, attention_mask -> acts, tags."""
    ids = torch.randint(5, 60, (2, 24))
    types = torch.cat([torch.zeros(2, 8), torch.ones(2, 16)], dim=1).long()
    free = {0: torch.export.Dim("batch", min=1), 1: torch.export.Dim("pieces", min=3, max=MOST_PIECES)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own deprecated calls
        torch.onnx.export(
            model,
            (ids, types, torch.ones_like(ids)),
            str(path),
            input_names=["input_ids", "token_type_ids", "attention_mask"],
            output_names=["acts", "tags"],
            dynamic_shapes=(free, free, free),
            external_data=False,
            dynamo=True,
            verbose=False,
        )


def quantise(exported: Path, path: Path) -> None:
    """Quantise weights and embeddings to 8 bits, a scale per channel (one per tensor costs a sixth of the tags)."""
    whole = onnx.load(exported)
    del whole.graph.value_info[:]  # torch's shapes stand in the way of the quantiser's own
    onnx.save(whole, exported)
    quantize_dynamic(
        str(exported),
        str(path),
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )


def tune(labels: Labels, examples: Sequence[Example], probabilities: Sequence[Tagging]) -> Labels:
    """Choose each act's threshold by its F1 on held-out rows; the one nearest to one half among equals.

    Args:
        labels: as trained.
        examples: held-out rows.
        probabilities: taggings of the rows with every act in them.
    """
    thresholds = {}
    for act in labels.acts:
        rows = [
            (act in row.acts, tagging.acts[act])
            for row, tagging in zip(examples, probabilities, strict=True)
            if row.acts is not None
        ]
        scores = {}
        for threshold in CANDIDATES:
            hits = sum(right and said >= threshold for right, said in rows)
            total = sum(right for right, _ in rows) + sum(said >= threshold for _, said in rows)
            scores[threshold] = 2 * hits / total if total else 0.0
        enough = sum(right for right, _ in rows) >= FEWEST
        thresholds[act] = max(CANDIDATES, key=scores.__getitem__) if enough else 0.5
    return dataclasses.replace(labels, thresholds=thresholds)


def compare(tagger: Tagger, dev: Pools, slots: Slots) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Score the served model on the held-out pools, in the contexts that training used."""
    scores, wrong = {}, []
    for (source, lang), examples in sorted(dev.items()):
        rng = random.Random(0)
        taggings = [tagger.tag(example.text, draw_context(example, slots, rng)) for example in examples]
        scores[f"{source}.{lang}"] = score(examples, taggings)
        wrong += mistakes(examples, taggings)
    return scores, wrong


def seal(folder: Path, manifest: dict[str, object]) -> None:
    """Write the manifest with the files' hashes, last."""
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    whole = {"format": FORMAT, "context_version": rendering.VERSION, **manifest, "files": files}
    half = folder / (MANIFEST + ".part")
    half.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    half.replace(folder / MANIFEST)


def main(run: Path, folder: Path) -> None:
    """Run the recipe."""
    # --- config ---
    config = Config(**json.loads((run / "config.json").read_text(encoding="utf-8")))
    trained = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    torch.set_num_threads(config.threads)

    # --- data ---
    slots = read_slots(Path(config.domain) / "slots.yml")
    model, labels, pieces = load_trained(run, config)
    pools = read_pools(
        Path(config.domain),
        Path(config.data),
        labels,
        generated=config.generated,
        seed=config.seed,
        also=config.also,
    )
    dev = hold_out(pools, config.held_out, most=MOST_HELD_OUT).dev

    # --- thresholds ---
    rng = random.Random(0)
    rows = [row for (source, _), examples in sorted(dev.items()) if source == "hand" for row in examples]
    rows += [row for row in flatten(dev) if row.source == "small talk"]
    everything = dataclasses.replace(labels, thresholds=dict.fromkeys(labels.acts, 1e-9))
    labels = tune(labels, rows, read(model, rows, [draw_context(row, slots, rng) for row in rows], pieces, everything))

    # --- export ---
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as work:
        to_onnx(model, Path(work) / "model.onnx")
        quantise(Path(work) / "model.onnx", folder / "model.onnx")
    (folder / "tokenizer.json").write_bytes((run / "tokenizer.json").read_bytes())
    write_labels(labels, folder / "labels.json")

    # --- evaluate and save ---
    manifest: dict[str, object] = {
        "name": "tagger",
        "version": datetime.now(UTC).strftime("%Y.%m.%d.%H%M"),
        "code": revision(),
        "data": trained["data"],
        "epoch": trained["epoch"],
        "config": dataclasses.asdict(config),
    }
    seal(folder, manifest)
    scores, wrong = compare(Tagger.load(folder), dev, slots)
    for name, values in scores.items():
        before = trained["dev"].get(name, {})
        print(
            f"{name:18}", "  ".join(f"{key} {100 * before.get(key, 0):.1f} -> {100 * values[key]:.1f}" for key in SHOWN)
        )
    (run / "mistakes-8bit.txt").write_text("\n".join(wrong) + "\n", encoding="utf-8")
    seal(folder, {**manifest, "dev": scores})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
