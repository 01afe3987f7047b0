"""The recipe of the small Llama's base, with a model of a few thousand weights."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from assistant.files import sha256_of
from training.configuration import read_config
from training.llama_blocks import Encoder, pack
from training.llama_corpus import OWN, plain
from training.train_llama_base import (
    Config,
    Progress,
    Training,
    cost,
    main,
    make_model,
    make_optimizers,
    make_tokenizer,
    restore,
    save_state,
    share_of_rate,
)

ROOT = Path(__file__).parents[3]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    domain = ROOT / "domains" / "restaurant"
    return Config(
        domain=str(domain), data=str(tmp_path / "none"), scenarios=str(ROOT / "tests/scenarios"), alpaca="none",
        run=str(tmp_path / "run"), out=str(tmp_path / "out"), generated=40, made_up=40,
        shares={"own": 0.8, "copying": 0.1, "task": 0.1}, held_out=0.05,
        vocabulary=500, hidden=16, layers=1, heads=2, kv_heads=1, intermediate=32,
        length=128, batch=2, steps=40, minutes=5.0, learning_rate=0.02, matrix_rate=0.02, answer=2.0, warmup=2,
        weight_decay=0.1, compile=False, save_minutes=0.0, export_minutes=5.0, threads=1, seed=1,
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
    assert manifest["files"] == {path.name: sha256_of(path) for path in out.iterdir() if path.name != "manifest.json"}
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


@pytest.fixture
def training(config: Config, tmp_path: Path) -> Training:
    tokenizer = make_tokenizer([plain("a table for two", OWN, "en", "k")], config, tmp_path)
    model = make_model(config, tokenizer)
    return Training(model, make_optimizers(model, config), tokenizer, Progress())


def test_a_checkpoint_brings_back_weights_momenta_rates_and_the_count(
    config: Config, training: Training, tmp_path: Path
) -> None:
    row = Encoder(training.tokenizer).row(plain("a table for two", OWN, "en", "k"))
    batch = pack([row], 64, pad=2).batch([0])

    def steps(training: Training) -> list[float]:
        return [training.step(training.model.model, batch, 0.5) for _ in range(3)]

    steps(training)
    save_state(tmp_path / "state.pt", training.model, training.optimizers, training.progress)
    model = make_model(config, training.tokenizer)
    optimizers = make_optimizers(model, config)
    other = Training(model, optimizers, training.tokenizer, restore(tmp_path / "state.pt", model, optimizers))
    assert other.progress.step == 3
    assert steps(other) == steps(training)


def test_every_weight_belongs_to_one_optimizer_and_only_matrices_of_layers_to_the_first(training: Training) -> None:
    first, rest = (
        {id(one) for group in optimizer.param_groups for one in group["params"]} for optimizer in training.optimizers
    )
    weights = dict(training.model.named_parameters())
    assert not first & rest
    assert first | rest == {id(one) for one in weights.values()}
    assert first == {id(one) for name, one in weights.items() if "proj" in name}


def test_a_document_is_read_as_if_it_stood_alone(training: Training) -> None:
    rows = [
        Encoder(training.tokenizer).row(plain(text, OWN, "en", text)) for text in ("a table for two", "two for a table")
    ]
    apart, together = pack(rows, len(rows[0].ids), pad=2), pack(rows, 64, pad=2)
    assert (len(apart), len(together)) == (2, 1)
    with torch.no_grad():
        losses = [
            cost(training.model, training.model.model, blocks.batch(range(len(blocks))))[0].item()
            for blocks in (apart, together)
        ]
    assert losses[0] == pytest.approx(losses[1], abs=1e-3)


def test_a_token_that_counts_double_has_double_the_say(training: Training) -> None:
    model = training.model
    one, other = (Encoder(training.tokenizer).row(plain(text, OWN, "en", text)) for text in ("a table", "for two two"))
    alone = [cost(model, model.model, pack([row], 64, pad=2).batch([0])) for row in (one, other)]
    other.weights[:] = [2 * weight for weight in other.weights]
    both = cost(model, model.model, pack([one, other], 64, pad=2).batch([0]))[0].item()
    sums = [loss.item() * len(right) for loss, _, right in alone]
    assert both == pytest.approx((sums[0] + 2 * sums[1]) / (len(alone[0][2]) + 2 * len(alone[1][2])), abs=1e-2)


def test_the_rates_rise_then_fall_towards_the_nearer_end(config: Config) -> None:
    rates = [share_of_rate(config, Progress(step=step)) for step in (0, 2, 20, 40)]
    assert rates[0] < rates[1] > rates[2] > rates[3] > 0
    assert share_of_rate(config, Progress(step=2, seconds=300)) == pytest.approx(rates[3])
