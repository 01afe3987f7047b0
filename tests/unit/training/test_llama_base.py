"""The recipe of the small Llama's base, with a model of a few thousand weights."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from training.configuration import read_config
from training.llama_corpus import OWN, plain
from training.train_llama_base import Config, Progress, main, make_model, make_tokenizer, rate, restore, save_state

ROOT = Path(__file__).parents[3]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    domain = ROOT / "domains" / "restaurant"
    return Config(
        domain=str(domain), data=str(tmp_path / "none"), scenarios=str(ROOT / "tests/scenarios"), alpaca="none",
        run=str(tmp_path / "run"), out=str(tmp_path / "out"), generated=40, shares={"own": 0.4, "copying": 0.4, "task": 0.2},
        held_out=0.05, vocabulary=500, hidden=16, layers=1, heads=2, kv_heads=1, intermediate=32, length=64, batch=2,
        steps=40, minutes=5.0, learning_rate=0.01, warmup=2, weight_decay=0.1, compile=False, save_minutes=0.0,
        export_minutes=5.0, threads=1, seed=1,
    )  # fmt: skip


def test_our_configuration_can_be_read() -> None:
    config = read_config(ROOT / "training/configs/llama/base.yml", Config)
    assert sum(config.shares.values()) == pytest.approx(1)
    assert "heldout" not in config.scenarios


def test_a_run_learns_and_leaves_a_model_that_its_manifest_vouches_for(config: Config) -> None:
    main(config)
    out = Path(config.out)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["steps"] == 40
    assert manifest["files"] == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.name != "manifest.json"
    }
    losses = [point["loss"] for point in json.loads((out / "loss.json").read_text()) if "loss" in point]
    assert losses[-1] < losses[0]
    model, tokenizer = AutoModelForCausalLM.from_pretrained(out), AutoTokenizer.from_pretrained(out)
    assert model.dtype == torch.bfloat16
    assert model.config.vocab_size == len(tokenizer)
    assert model.generation_config.eos_token_id == tokenizer.eos_token_id


def test_a_run_that_was_stopped_goes_on_where_it_was(config: Config) -> None:
    main(replace(config, minutes=1e-6))
    first = torch.load(Path(config.run) / "state.pt", weights_only=True)
    assert first["progress"]["step"] == 1
    tokenizer = (Path(config.run) / "tokenizer.json").read_bytes()
    main(config, resume=True)
    last = torch.load(Path(config.run) / "state.pt", weights_only=True)
    assert last["progress"]["step"] == config.steps
    assert last["progress"]["tokens"] > first["progress"]["tokens"]
    curve = [point for point in last["progress"]["curve"] if "loss" in point]
    assert [point["step"] for point in curve] == [20, 40]
    assert curve[0]["loss"] > curve[1]["loss"]
    assert (Path(config.run) / "tokenizer.json").read_bytes() == tokenizer


def test_a_checkpoint_brings_back_weights_momenta_and_the_count(config: Config, tmp_path: Path) -> None:
    tokenizer = make_tokenizer([plain("a table for two", OWN, "en", "k")], config, tmp_path)

    def fresh() -> tuple[torch.nn.Module, torch.optim.AdamW]:
        model = make_model(config, tokenizer)
        return model, torch.optim.AdamW(model.parameters(), 0.01)

    def step(model: torch.nn.Module, optimizer: torch.optim.AdamW) -> float:
        ids = torch.tensor([[1, 5, 7, 9]])
        loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        return loss.item()

    model, optimizer = fresh()
    for _ in range(3):
        step(model, optimizer)
    save_state(tmp_path / "state.pt", model, optimizer, Progress(step=3))
    other, its_optimizer = fresh()
    assert restore(tmp_path / "state.pt", other, its_optimizer).step == 3
    assert [step(other, its_optimizer) for _ in range(3)] == [step(model, optimizer) for _ in range(3)]


def test_the_rate_rises_then_falls_towards_the_nearer_end(config: Config) -> None:
    rates = [rate(config, Progress(step=step)) for step in (0, 2, 20, 40)]
    assert rates[0] < rates[1] > rates[2] > rates[3] > 0
    assert rate(config, Progress(step=2, seconds=300)) == pytest.approx(rates[3])
