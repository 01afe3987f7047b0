"""The recipe that teaches the base encoder Korean, on an encoder of one small layer and a few lines of each format."""

import json
import multiprocessing
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.tiny_tagger import write_encoder
from training import adapt_encoder
from training.encoder import read_encoder

pytestmark = pytest.mark.recipes


def write_data(folder: Path) -> None:
    for name in ("ko_3i4k", "ko_sae4k", "ko_chitchat", "restaurant8k", "clinc150"):
        (folder / name).mkdir(parents=True)
    lines = [f"{number % 7}\t내일 저녁 일곱 시에 만나요 {number}" for number in range(1200)]
    (folder / "ko_3i4k/fci_train_val.txt").write_text("\n".join(lines))
    (folder / "ko_sae4k/sae4k_v1.txt").write_text("\ufeff창문 닫아 줘\t창문 닫기\t4\n")
    (folder / "ko_chitchat/ChatbotData.csv").write_text("Q,A,label\n심심해,저도요,0\n")
    (folder / "restaurant8k/train_0.json").write_text(json.dumps([{"userInput": {"text": "a table for two"}}]))
    (folder / "clinc150/data_full_train_val.json").write_text(json.dumps({"train": [["hello", "greeting"]]}))


@pytest.fixture
def config(tmp_path: Path) -> adapt_encoder.Config:
    write_encoder(tmp_path / "base")
    write_data(tmp_path / "data")
    return adapt_encoder.Config(
        encoder=str(tmp_path / "base"),
        vocabulary="syllables",
        data=str(tmp_path / "data"),
        out=str(tmp_path / "out"),
        epochs=3,
        epoch_lines=192,
        batch=16,
        learning_rate=0.003,
        embedding_rate=0.003,
        warmup=0.06,
        hidden_share=0.2,
        threads=1,
        seed=1,
    )


def test_hidden_syllables_are_guessed_better_with_time_and_the_encoder_can_be_read(
    config: adapt_encoder.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    adapt_encoder.main(config)
    losses = [float(loss) for loss in re.findall(r"held-out loss ([\d.]+)", capsys.readouterr().out)]
    assert losses[-1] < losses[0]
    assert read_encoder(Path(config.out)).config.vocab_size > 4000


def test_a_killed_run_goes_on_and_ends_with_the_encoder_of_one_that_was_not(
    config: adapt_encoder.Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adapt_encoder.main(config)
    whole = read_encoder(Path(config.out)).state_dict()
    killed = replace(config, out=str(tmp_path / "killed"))
    process = multiprocessing.get_context("spawn").Process(target=adapt_encoder.main, args=(killed,))
    process.start()
    while process.is_alive() and not (tmp_path / "killed/state.pt").exists():
        time.sleep(0.01)
    process.kill()
    process.join()
    adapt_encoder.main(killed, resume=True)
    assert "resumed after epoch" in capsys.readouterr().out
    for name, tensor in read_encoder(Path(killed.out)).state_dict().items():
        assert torch.allclose(tensor, whole[name], atol=1e-4), name


def test_without_epochs_the_encoder_is_the_base_with_the_pieces_that_it_lacked(config: adapt_encoder.Config) -> None:
    adapt_encoder.main(replace(config, vocabulary="jamo", epochs=0))
    base, made = read_encoder(Path(config.encoder)), read_encoder(Path(config.out))
    assert base.config.vocab_size < made.config.vocab_size < 400
    for name, tensor in made.state_dict().items():
        if "word_embeddings" not in name:
            assert torch.equal(tensor, base.state_dict()[name]), name
