"""Small parts of releases: what the checks look at is real, the weights are a few bytes."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path

from assistant.artefacts import Origin, ReleaseParts
from nlu import context
from nlu.labels import labels_for, write_labels
from nlu.types import Kind

SLOTS: Mapping[str, Kind] = {"time": Kind.TIME, "name": Kind.NAME}
ORIGIN = Origin(data="d" * 64, config="c" * 64, code="abc1234", bases={"tiny": "b" * 64})
METADATA = {"predict_schema": {"nodes": {"run": {"uses": "rasa.core.policies.rule_policy.RulePolicy"}}}}


def parts_in(folder: Path, *, weights: bytes = b"weights", slots: Mapping[str, Kind] = SLOTS) -> ReleaseParts:
    """A tagger's folder and a policy's archive, made anew."""
    tagger = folder / "tagger"
    tagger.mkdir(parents=True)
    (tagger / "model.onnx").write_bytes(weights)
    (tagger / "tokenizer.json").write_text("{}")
    write_labels(labels_for(slots), tagger / "labels.json")
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (tagger / "model.onnx", tagger / "tokenizer.json", tagger / "labels.json")
    }
    manifest = {"format": 1, "context_version": context.VERSION, "name": "tagger", "version": "1", "files": files}
    (tagger / "manifest.json").write_text(json.dumps(manifest))
    (folder / "policy.tar.gz").write_bytes(policy({"metadata.json": json.dumps(METADATA).encode()}))
    return ReleaseParts(tagger, folder / "policy.tar.gz")


def policy(files: Mapping[str, bytes], *odd: tarfile.TarInfo) -> bytes:
    """A policy's archive with these files, and with members of other kinds."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as archive:
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
        for member in odd:
            archive.addfile(member)
    return packed.getvalue()


def adapter_in(folder: Path) -> Path:
    """An adapter's folder with a manifest that vouches for it."""
    folder.mkdir()
    (folder / "adapter_config.json").write_text("{}")
    (folder / "adapter_model.safetensors").write_bytes(b"weights")
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    base = {"name": "tiny", "weights": {"model.safetensors": "b" * 64}}
    manifest = {"format": 1, "name": "track-reply", "version": "1", "files": files, "base": base}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder
