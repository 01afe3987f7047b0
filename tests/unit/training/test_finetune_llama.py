"""The fine-tuning recipe's decisions; tests/recipes trains with it."""

import inspect
import json
import types
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import pytest
import torch
from accelerate.commands.config.config_args import load_config_from_file

from training import dpo_llama, finetune_llama
from training.configuration import read_config
from training.finetune_llama import Backend, Config, begin, choose_backend, load_with_unsloth
from training.llama_adapter import Base

CONFIGS = Path(__file__).parents[3] / "training" / "configs"
RECIPES = {
    path: dpo_llama.Config if path.stem.startswith("dpo") else Config for path in (CONFIGS / "llama").glob("*.yml")
}
DATA = {"train.jsonl": "1"}
SMALL = read_config(CONFIGS / "llama" / "small.yml", Config)


@pytest.mark.parametrize("path", sorted(path for path in RECIPES if path.stem != "base"), ids=lambda path: path.stem)
def test_every_configuration_of_ours_can_be_read(path: Path) -> None:
    read_config(path, RECIPES[path])


def test_every_method_has_a_configuration() -> None:
    configs = [read_config(path, Config) for path, kind in RECIPES.items() if kind is Config and path.stem != "base"]
    assert {config.method for config in configs} == {"lora", "qlora", "prefix", "p-tuning", "prompt"}


@pytest.mark.parametrize(("name", "kind"), [("fsdp", "FSDP"), ("zero2", "DEEPSPEED"), ("zero3", "DEEPSPEED")])
def test_accelerate_reads_the_settings_for_several_gpus(name: str, kind: str) -> None:
    settings = load_config_from_file(str(CONFIGS / "accelerate" / f"{name}.yml"))
    assert settings.distributed_type.value == kind
    assert settings.num_processes == 2


def test_without_cuda_peft_trains_and_four_bits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_backend(SMALL) == Backend("peft", cuda=False)
    with pytest.raises(ValueError, match="'qlora' needs CUDA"):
        choose_backend(replace(SMALL, method="qlora"))
    with pytest.raises(ValueError, match="'full' is none of lora, qlora"):
        choose_backend(replace(SMALL, method="full"))


@pytest.mark.parametrize(
    ("method", "installed", "launched", "name"),
    [
        ("lora", True, False, "unsloth"),
        ("qlora", True, False, "unsloth"),
        ("lora", False, False, "peft"),
        ("lora", True, True, "peft"),
        ("prefix", True, False, "peft"),
    ],
)
def test_unsloth_trains_low_rank_adapters_on_one_gpu(
    monkeypatch: pytest.MonkeyPatch, method: str, installed: bool, launched: bool, name: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.distributed, "is_torchelastic_launched", lambda: launched)
    monkeypatch.setattr(finetune_llama, "find_spec", lambda package: installed or package == "bitsandbytes" or None)
    assert choose_backend(replace(SMALL, method=method)) == Backend(name, cuda=True)


class FastLanguageModel:
    """Records its calls; the parameters are those of unsloth 2026.10."""

    calls: ClassVar[list[dict[str, Any]]] = []

    @staticmethod
    def from_pretrained(
        model_name: str = "",
        max_seq_length: int = 2048,
        dtype: Any = None,
        load_in_4bit: bool = True,
        load_in_8bit: bool = False,
        load_in_16bit: bool = False,
        full_finetuning: bool = False,
    ) -> tuple[str, str]:
        FastLanguageModel.calls.append(dict(locals()))
        return "model", "tokenizer"

    @staticmethod
    def get_peft_model(
        model: str,
        r: int = 16,
        target_modules: Any = None,
        lora_alpha: int = 16,
        lora_dropout: float = 0.0,
        bias: str = "none",
        use_gradient_checkpointing: Any = "unsloth",
        random_state: int = 3407,
        modules_to_save: Any = None,
    ) -> str:
        FastLanguageModel.calls.append(dict(locals()))
        return "adapted"


@pytest.mark.parametrize(("method", "four", "sixteen"), [("qlora", True, False), ("lora", False, True)])
def test_unsloth_is_called_as_it_is_documented(
    monkeypatch: pytest.MonkeyPatch, method: str, four: bool, sixteen: bool
) -> None:
    """Unsloth itself has not run here, for want of a GPU: these calls are all that is checked of that branch."""
    fake = types.ModuleType("unsloth")
    fake.FastLanguageModel = FastLanguageModel  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "unsloth", fake)
    monkeypatch.setattr(FastLanguageModel, "calls", [])
    assert load_with_unsloth(Base("b", Path("b"), {}), replace(SMALL, method=method)) == "adapted"
    loaded, adapted = FastLanguageModel.calls
    assert (loaded["load_in_4bit"], loaded["load_in_16bit"], loaded["max_seq_length"]) == (four, sixteen, 512)
    assert (adapted["r"], adapted["lora_dropout"], adapted["modules_to_save"]) == (SMALL.rank, 0, None)


@pytest.mark.skipif(find_spec("unsloth") is None, reason="unsloth is not installed")
@pytest.mark.skipif(not torch.cuda.is_available(), reason="unsloth cannot be imported without a GPU")
def test_unsloth_knows_the_parameters_that_we_give() -> None:
    from unsloth import FastLanguageModel as Real  # type: ignore[import-not-found]

    for name in ("from_pretrained", "get_peft_model"):
        ours = inspect.signature(getattr(FastLanguageModel, name)).parameters
        assert set(ours) <= set(inspect.signature(getattr(Real, name)).parameters)


def test_a_run_goes_on_only_with_its_own_settings_data_and_base(tmp_path: Path) -> None:
    config, base = replace(SMALL, out=str(tmp_path)), Base("b", tmp_path, {"model.safetensors": "1"})
    assert begin(config, base, DATA, resume=True) is None
    for name in ("checkpoint-9", "checkpoint-10", "checkpoint-11"):
        (tmp_path / "checkpoints" / name).mkdir(parents=True)
    for name in ("checkpoint-9", "checkpoint-10"):  # the last one was cut off
        (tmp_path / "checkpoints" / name / "trainer_state.json").write_text("{}")
    last = begin(replace(config, max_seconds=1), base, DATA, resume=True)
    assert last == tmp_path / "checkpoints" / "checkpoint-10"
    with pytest.raises(ValueError, match="another rank, data"):
        begin(replace(config, rank=4), base, {"train.jsonl": "2"}, resume=True)
    with pytest.raises(ValueError, match="another base"):
        begin(config, replace(base, files={}), DATA, resume=True)
    assert begin(config, base, DATA, resume=False) is None
    assert not (tmp_path / "checkpoints").exists()
    assert json.loads((tmp_path / "run.json").read_text())["data"] == DATA
