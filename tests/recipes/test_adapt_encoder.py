"""The recipe that teaches the base encoder Korean, on an encoder of one small layer and a few lines of each format."""

import json
import re
from pathlib import Path

import pytest

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


def test_hidden_syllables_are_guessed_better_with_time_and_the_encoder_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_encoder(tmp_path / "base")
    write_data(tmp_path / "data")
    adapt_encoder.main(
        adapt_encoder.Config(
            encoder=str(tmp_path / "base"),
            data=str(tmp_path / "data"),
            out=str(tmp_path / "out"),
            lines=192,
            epochs=3,
            batch=16,
            learning_rate=0.003,
            embedding_rate=0.003,
            hidden_share=0.2,
            threads=1,
            seed=1,
        )
    )
    losses = [float(loss) for loss in re.findall(r"held-out loss ([\d.]+)", capsys.readouterr().out)]
    assert losses[-1] < losses[0]
    assert read_encoder(tmp_path / "out").config.vocab_size > 4000
