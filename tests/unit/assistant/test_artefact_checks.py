"""Everything that may be wrong with a release is refused before a file of it is loaded, re-sealed by its author or not."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import prompts
from assistant.artefact_checks import check, read_manifest, weights_of
from assistant.artefacts import Releases
from assistant.errors import BadRelease
from nlu.types import Kind
from tests.support.releases import METADATA, ORIGIN, SLOTS, adapter_in, parts_in, policy

META = json.dumps(METADATA).encode()


@pytest.fixture
def release(tmp_path: Path) -> Path:
    releases = Releases(tmp_path / "releases" / "tiny", SLOTS)
    return releases.write("v1", parts_in(tmp_path / "parts"), origin=ORIGIN, metrics={}).folder


def reseal(folder: Path, **changes: Any) -> None:
    """What somebody does who can write the manifest too."""
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path != folder / "manifest.json"
    }
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= {"files": files, "weights": weights_of(files)} | changes
    (folder / "manifest.json").write_text(json.dumps(manifest))


def refusal(folder: Path) -> str:
    with pytest.raises(BadRelease) as refused:
        check(folder, read_manifest(folder), SLOTS)
    return str(refused.value)


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "name",
    ["policy.tar.gz", "tagger/model.onnx", "tagger/labels.json", "tagger/tokenizer.json", "tagger/manifest.json"],
)
def test_one_flipped_bit_in_any_file_is_refused_by_name(release, name):
    check(release, read_manifest(release), SLOTS)
    flip_a_bit(release / name)
    assert f"release v1: {name} was altered" in refusal(release)


@pytest.mark.parametrize("name", ["policy.tar.gz", "tagger/model.onnx", "tagger/labels.json"])
def test_a_missing_file_is_refused_by_name(release, name):
    (release / name).unlink()
    assert f"{name} is missing" in refusal(release)
    reseal(release)
    assert f"{name} is missing" in refusal(release)


def test_a_file_that_is_not_listed_is_refused(release):
    (release / "tagger" / "notes.txt").write_text("hello")
    assert "tagger/notes.txt is not listed" in refusal(release)


def link(release: Path) -> None:
    model = release / "tagger" / "model.onnx"
    model.rename(release.parent / "model.onnx")
    model.symlink_to(release.parent / "model.onnx")


def link_folder(release: Path) -> None:
    (release / "tagger").rename(release.parent / "tagger")
    (release / "tagger").symlink_to(release.parent / "tagger")


def link_to_device(release: Path) -> None:
    (release / "tagger" / "notes.txt").symlink_to("/dev/zero")


def link_hard(release: Path) -> None:
    os.link(release / "tagger" / "model.onnx", release.parent / "model.onnx")


def pipe(release: Path) -> None:
    os.mkfifo(release / "tagger" / "notes.txt")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (link, "neither a plain file nor a folder"),
        (link_folder, "neither a plain file nor a folder"),
        (link_to_device, "neither a plain file nor a folder"),
        (pipe, "neither a plain file nor a folder"),
        (link_hard, "hard-linked"),
    ],
)
def test_what_is_no_plain_file_of_the_release_is_refused(release, spoil: Callable[[Path], None], told):
    spoil(release)
    assert told in refusal(release)


@pytest.mark.parametrize(
    "name",
    [
        "tagger/model.bin",
        "tagger/model.pt",
        "llama/optimizer.pkl",
        "llama/modeling.py",
        "llama/adapter",
        "run.sh",
        "tagger.json",
        "other/model.onnx",
    ],
)
def test_a_kind_of_file_that_could_run_code_or_belongs_nowhere_is_refused_though_it_is_listed(release, name):
    (release / name).parent.mkdir(exist_ok=True)
    (release / name).write_bytes(b"x")
    reseal(release)
    assert f"{name} does not belong there" in refusal(release)


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    about = tarfile.TarInfo(name)
    about.type, about.linkname = kind, target
    return about


def with_meta(uses: str) -> bytes:
    return policy({"metadata.json": json.dumps({"predict_schema": {"nodes": [{"a": {"uses": uses}}]}}).encode()})


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("archive", "told"),
    [
        (b"", "is no archive"),
        (b"PK\x03\x04", "is no archive"),
        (cut(policy({"metadata.json": META * 50})), "is no archive"),
        (policy({"metadata.json": b"{"}), "is no archive"),
        (policy({}), "metadata.json is missing"),
        (policy({"metadata.json": META}, member("../out.json")), "leads out"),
        (policy({"metadata.json": META}, member("a/../../out.json")), "leads out"),
        (policy({"metadata.json": META}, member("/etc/out.json")), "leads out"),
        (policy({"metadata.json": META}, member("..\\out.json")), "leads out"),
        (policy({"metadata.json": META}, member("a.json", tarfile.SYMTYPE, "/etc/passwd")), "neither a plain file"),
        (policy({"metadata.json": META}, member("a.json", tarfile.LNKTYPE, "metadata.json")), "neither a plain file"),
        (policy({"metadata.json": META}, member("a.json", tarfile.CHRTYPE)), "neither a plain file"),
        (policy({"metadata.json": META}, member("a.json", tarfile.FIFOTYPE)), "neither a plain file"),
        (policy({"metadata.json": META}, member("./metadata.json")), "is there twice"),
        (policy({"metadata.json": META}, member("components/weights.pkl")), "nothing is unpickled"),
        (policy({"metadata.json": META}, member("components/run.py")), "nothing is unpickled"),
        (policy({"metadata.json": META, "large.json": bytes(65 * 2**20)}), "unpacks to more than"),
        (with_meta("os.system"), "uses: 'os.system' is not a part of Rasa"),
        (with_meta("rasarm.run"), "is not a part of Rasa"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_policy_archive_that_rasa_must_not_unpack_is_refused(release, archive, told):
    (release / "policy.tar.gz").write_bytes(archive)
    reseal(release)
    assert told in refusal(release)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"context_version": 99}, "context_version: is 99, this code needs"),
        ({"label_version": 99}, "label_version: is 99, this code needs"),
        ({"prompt_version": 1}, "prompt_version: is 1, this code needs 0"),
        ({"weights": "0" * 64}, "weights: is 0000"),
        ({"format": 2}, "manifest.json: format: "),
        ({"format": "1"}, "manifest.json: format: "),
        ({"pickle": "x"}, "manifest.json: pickle: "),
        ({"origin": {}}, "manifest.json: origin.data: "),
        ({"files": []}, "manifest.json: files: "),
    ],
)
def test_a_manifest_of_another_version_or_form_is_refused_by_its_key(release, change, told):
    reseal(release, **change)
    assert told in refusal(release)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b" " * 5_000_000])
def test_bytes_that_are_no_manifest_are_refused(release, content):
    (release / "manifest.json").write_bytes(content)
    assert "release v1: manifest.json" in refusal(release)


def test_a_manifest_that_is_a_link_is_refused(release):
    (release / "manifest.json").rename(release.parent / "manifest.json")
    (release / "manifest.json").symlink_to(release.parent / "manifest.json")
    assert "no plain file" in refusal(release)


def test_a_release_for_other_slots_is_refused_with_the_labels_that_differ(release):
    with pytest.raises(BadRelease, match=r"lacks day, day\.delta, day\.old and has name, name\.old, which the domain"):
        check(release, read_manifest(release), {"time": Kind.TIME, "day": Kind.DATE})


def test_a_tagger_whose_own_manifest_does_not_vouch_for_it_is_refused(release):
    (release / "tagger" / "model.onnx").write_bytes(b"other weights")
    reseal(release)
    assert "the manifest says" in refusal(release)


def test_an_adapter_is_checked_against_its_own_manifest_and_the_prompts_of_this_code(release, tmp_path):
    parts = replace(parts_in(tmp_path / "more"), llama=adapter_in(tmp_path / "adapter"))
    made = Releases(release.parent, SLOTS).write("v2", parts, origin=ORIGIN, metrics={})
    assert made.llama == made.folder / "llama"
    assert made.manifest.prompt_version == prompts.VERSION
    reseal(made.folder, prompt_version=prompts.VERSION + 1)
    assert "prompt_version: is " in refusal(made.folder)
    (made.folder / "llama" / "adapter_model.safetensors").write_bytes(b"other weights")
    reseal(made.folder, prompt_version=prompts.VERSION)
    assert "adapter_model.safetensors: sha256 is" in refusal(made.folder)


def test_a_release_named_as_another_one_or_in_another_domain_is_refused(release):
    releases = Releases(release.parent, SLOTS)
    release.rename(release.parent / "v2")
    with pytest.raises(BadRelease, match=r"release v2: manifest\.json is that of tiny v1"):
        releases.verify("v2")
    (release.parent / "v2").rename(release)
    release.parent.rename(release.parent.parent / "salon")
    with pytest.raises(BadRelease, match=r"is that of tiny v1"):
        Releases(release.parent.parent / "salon", SLOTS).verify("v1")


def test_a_release_that_is_a_link_to_a_folder_is_refused(release):
    (release.parent / "v2").symlink_to(release)
    with pytest.raises(BadRelease, match="no such folder"):
        Releases(release.parent, SLOTS).verify("v2")


def test_nothing_is_written_or_unpacked_while_a_release_is_checked(release, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    (release / "policy.tar.gz").write_bytes(policy({"metadata.json": META}, member("../out.json")))
    reseal(release)
    refusal(release)
    assert sorted(tmp_path.rglob("*")) == before
    assert not (release.parent / "out.json").exists()
