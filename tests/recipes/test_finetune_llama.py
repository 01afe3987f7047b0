"""Fine-tuning and preferences from rows to a served adapter, on a Llama of a few thousand parameters."""

import dataclasses
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
import yaml

from assistant.adapters.llama_engine import Answer, Engine
from assistant.adapters.llama_folder import check_adapter, check_base
from assistant.prompts import Prompt, Task, from_record
from nlu.tagger import ModelError
from tests.support.llama_rows import ANSWERS, make_rows, write_pairs, write_rows
from tests.support.tiny_llama import LEARNED, make_base
from training import dpo_llama, finetune_llama
from training.finetune_llama import Config
from training.llama_gates import GateFailed

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.recipes,
    pytest.mark.skipif(torch.cuda.is_available(), reason="figures are those of a CPU"),
    pytest.mark.filterwarnings("ignore:Position ids are not supported for parameter efficient tuning"),
]


def config_for(folder: Path, **changes: Any) -> Config:
    whole = Config(
        base=str(folder / "base"),
        data=str(folder / "data"),
        train="train.jsonl",
        out=str(folder / "run"),
        method="lora",
        rank=8,
        alpha=16,
        targets=["q_proj", "v_proj", "up_proj", "down_proj"],
        modules_to_save=["embed_tokens"],
        virtual_tokens=4,
        dev_rows=0,
        probes=0,
        epochs=20,
        max_seconds=0,
        batch=4,
        accumulate=1,
        learning_rate=0.01,
        warmup=0.05,
        weight_decay=0.0,
        max_length=256,
        packing=False,
        optimizer="adamw_torch_fused",
        checkpoint_every=20,
        log_every=10,
        threads=1,
        seed=1,
    )
    return dataclasses.replace(whole, **changes)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finetuned")
    make_base(folder / "base", taught=LEARNED)
    write_rows(folder / "data")
    finetune_llama.main(config_for(folder))
    return folder


def ask(base: Path, adapter: Path, prompt: Prompt) -> str:
    pieces: list[str] = []
    answer = Answer(prompt=prompt, most=128, until=time.monotonic() + 60, tell=pieces.append)
    Engine.load(base, {"small": adapter}).answer([answer], "small")
    assert answer.ended
    return "".join(pieces)


def test_what_is_learnt_is_what_is_served(trained: Path) -> None:
    for row, expected in zip(make_rows()[:2], ANSWERS.values(), strict=True):
        prompt = from_record(Task.TRACK, row["instruction"], row["input"])
        assert ask(trained / "base", trained / "run" / "adapter", prompt) == expected


def test_the_loss_falls_and_the_manifest_says_how_the_run_went(trained: Path) -> None:
    manifest = json.loads((trained / "run" / "adapter" / "manifest.json").read_text())
    report = json.loads((trained / "run" / "report.json").read_text())
    losses = [entry["eval_loss"] for entry in report["log"] if "eval_loss" in entry]
    assert losses[-1] < losses[0] / 2
    assert manifest["right"] == {"track.en": 1.0, "track.ko": 1.0}
    assert manifest["gates"] == {
        "stops": "all 16 answers ended within 128 tokens",
        "reloaded": "trained and reloaded: 100.0% of 16 probes answered alike",
        "merged": "adapter and merged: 100.0% of 16 probes answered alike",
        "4 bits": "not checked: loading in 4 bits needs CUDA and bitsandbytes, which this machine lacks",
    }
    assert (manifest["backend"], manifest["rows"], manifest["config"]["rank"]) == ("peft", 16, 8)
    assert set(manifest["files"]) == {"adapter_config.json", "adapter_model.safetensors"}
    assert list((trained / "run" / "checkpoints").rglob("events.out.tfevents.*"))


def test_an_adapter_is_refused_for_another_base(trained: Path, tmp_path: Path) -> None:
    other = make_base(tmp_path / "base", seed=5)
    adapter = check_adapter(trained / "run" / "adapter")
    check_base(trained / "base", {"": adapter})
    with pytest.raises(ModelError, match="was trained with another base"):
        check_base(other, {"": adapter})


@pytest.mark.parametrize(("method", "rate"), [("prefix", 0.01), ("p-tuning", 0.001), ("prompt", 0.01)])
def test_learned_prompts_are_trained_and_saved_too(trained: Path, tmp_path: Path, method: str, rate: float) -> None:
    write_rows(tmp_path / "data", ["en"])
    changes = {"out": str(tmp_path / "run"), "data": str(tmp_path / "data"), "method": method, "learning_rate": rate}
    folder = finetune_llama.main(config_for(trained, epochs=4, checkpoint_every=8, **changes))
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["gates"]["reloaded"] == "trained and reloaded: 100.0% of 8 probes answered alike"
    assert manifest["gates"]["merged"].startswith("not compared")
    assert manifest["rows"] == 8


def test_packed_rows_are_learnt_like_padded_ones(trained: Path, tmp_path: Path) -> None:
    folder = finetune_llama.main(config_for(trained, out=str(tmp_path), packing=True, batch=1, max_length=512))
    assert json.loads((folder / "manifest.json").read_text())["right"] == {"track.en": 1.0, "track.ko": 1.0}


def test_a_model_that_does_not_stop_is_not_published(trained: Path, tmp_path: Path) -> None:
    changes = {"base": str(make_base(tmp_path / "base", seed=3)), "out": str(tmp_path / "run")}
    config = config_for(trained, epochs=400, max_seconds=1, learning_rate=1e-9, **changes)
    with pytest.raises(GateFailed, match="did not end within 128 tokens"):
        finetune_llama.main(config)
    assert not (tmp_path / "run" / "adapter").exists()
    report = json.loads((tmp_path / "run" / "report.json").read_text())
    assert report["gates"] == "not passed"
    assert report["log"][-1]["step"] < 1600  # the time was up


def test_a_killed_run_leaves_no_adapter_and_goes_on(trained: Path, tmp_path: Path) -> None:
    config = config_for(trained, out=str(tmp_path / "run"), epochs=30, checkpoint_every=10)
    (tmp_path / "run.yml").write_text(yaml.safe_dump(dataclasses.asdict(config)))
    command = [sys.executable, "-m", "training.finetune_llama", "--config", str(tmp_path / "run.yml")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    late = time.monotonic() + 120
    while not list((tmp_path / "run").glob("checkpoints/checkpoint-*/trainer_state.json")):
        assert process.poll() is None
        assert time.monotonic() < late
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "run" / "adapter").exists()

    folder = finetune_llama.main(config, resume=True)
    log = json.loads((folder.parent / "report.json").read_text())["log"]
    steps = [entry["step"] for entry in log if "eval_loss" in entry]
    assert steps[0] == 10  # as the killed run measured it
    assert steps[-1] == 120
    check_adapter(folder)


def test_preferences_move_an_adapter_from_one_answer_to_the_other(trained: Path, tmp_path: Path) -> None:
    write_rows(tmp_path / "data", ["en"])
    changes = {"out": str(tmp_path / "first"), "data": str(tmp_path / "data"), "modules_to_save": []}
    first = finetune_llama.main(config_for(trained, epochs=2, checkpoint_every=4, **changes))
    config = dpo_llama.Config(
        base=str(trained / "base"),
        adapter=str(first),
        pairs=str(write_pairs(tmp_path / "pairs.jsonl")),
        out=str(tmp_path / "run"),
        beta=0.1,
        epochs=6,
        batch=8,
        accumulate=1,
        learning_rate=0.003,
        warmup=0.0,
        max_length=256,
        log_every=2,
        threads=1,
        seed=1,
    )
    folder = dpo_llama.main(config)
    manifest = json.loads((folder / "manifest.json").read_text())
    losses = [
        entry["loss"] for entry in json.loads((tmp_path / "run/report.json").read_text())["log"] if "loss" in entry
    ]
    assert losses[-1] < losses[0]
    assert manifest["preferred"] == 1.0
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json",
        "adapter_config.json",
        "adapter_model.safetensors",
    }
    check_base(trained / "base", {"": check_adapter(folder)})
