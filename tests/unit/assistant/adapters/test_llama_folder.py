import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.adapters.llama_folder import check_adapter, check_base
from nlu.tagger import ModelError
from tests.support.tiny_llama import make_adapter, make_base, vouch


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make_base(tmp_path / "base")


@pytest.fixture
def adapter(tmp_path: Path, base: Path) -> Path:
    return make_adapter(tmp_path / "adapter", base)


def test_whole_folders_are_taken(base: Path, adapter: Path) -> None:
    worn = check_adapter(adapter)
    assert (worn.label, check_base(base, {"fitted": worn}).label) == ("fitted@1", "tiny@1")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere/manifest\.json: missing.*train or fetch"):
        check_base(tmp_path / "nowhere", {})


def test_a_base_without_its_manifest_is_half_written(base: Path) -> None:
    (base / "manifest.json").unlink()
    with pytest.raises(ModelError, match="half written"):
        check_base(base, {})


def test_a_base_from_a_hub_has_no_manifest_and_is_known_by_its_adapters(base: Path, adapter: Path) -> None:
    (base / "manifest.json").unlink()
    worn = check_adapter(adapter)
    assert check_base(base, {"fitted": worn}).label == "base@unversioned"
    (base / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ModelError, match=r"model\.safetensors: sha256"):
        check_base(base, {"fitted": worn})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not a manifest"),
        ("[]", "not a manifest"),
        ("\udcff", "not a manifest"),
        ('{"format": 2}', "format is 2, this code needs 1"),
        ('{"format": 1}', "not a manifest"),
        ('{"format": 1, "name": "n", "version": "1", "files": []}', "not a manifest"),
        ('{"format": 1, "name": "n", "version": "1", "files": {}}', "does not vouch for config.json"),
        ('{"format": 1, "name": "n", "version": "1", "files": {"../x": "0"}}', "not the name of a file in this folder"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(base: Path, text: str, said: str) -> None:
    (base / "manifest.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(ModelError, match=said):
        check_base(base, {})


def altered(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("damage", [altered, truncated, Path.unlink])
@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_damaged_file_is_named(base: Path, name: str, damage: Callable[[Path], None]) -> None:
    damage(base / name)
    with pytest.raises(ModelError, match=rf"{name}: (missing|sha256 is).*train or fetch"):
        check_base(base, {})


def test_weights_that_nobody_vouches_for_are_refused(base: Path) -> None:
    (base / "more.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match=r"more\.safetensors: no manifest names this file"):
        check_base(base, {})


def test_pickled_weights_are_no_weights(base: Path) -> None:
    (base / "model.safetensors").rename(base / "pytorch_model.bin")
    vouch(base, "tiny")
    with pytest.raises(ModelError, match=r"no \*\.safetensors"):
        check_base(base, {})


def test_an_adapter_of_another_base_is_refused(tmp_path: Path, adapter: Path) -> None:
    other = make_base(tmp_path / "other", name="other", seed=7)
    with pytest.raises(ModelError, match=r"fitted@1 was trained with another base than other@1.*model\.safetensors"):
        check_base(other, {"fitted": check_adapter(adapter)})


def test_an_adapter_of_another_tokenizer_is_refused(base: Path, adapter: Path) -> None:
    tokenizer = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    (base / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    vouch(base, "tiny")
    with pytest.raises(ModelError, match="trained with another tokenizer"):
        check_base(base, {"fitted": check_adapter(adapter)})


@pytest.mark.parametrize("name", ["adapter_model.safetensors", "adapter_config.json", "manifest.json"])
def test_a_half_written_adapter_is_refused(adapter: Path, name: str) -> None:
    (adapter / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: missing"):
        check_adapter(adapter)


def test_an_adapter_must_name_its_base(adapter: Path) -> None:
    vouch(adapter, "fitted")
    with pytest.raises(ModelError, match="does not name its base's files"):
        check_adapter(adapter)


def test_an_adapter_of_other_prompts_is_refused(adapter: Path) -> None:
    manifest = json.loads((adapter / "manifest.json").read_text(encoding="utf-8"))
    (adapter / "manifest.json").write_text(json.dumps(manifest | {"prompt_version": 0}), encoding="utf-8")
    with pytest.raises(ModelError, match="prompts of version 0"):
        check_adapter(adapter)
