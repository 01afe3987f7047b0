"""The benchmark on public sets, from files to the table, with an encoder of one small layer."""

import dataclasses
import io
import json
import random
from pathlib import Path

import pytest
import torch
from rich.console import Console
from typer.testing import CliRunner

from bench.nlu import mpnet, recipe
from bench.nlu.__main__ import app
from bench.nlu.formats import read_three_files
from bench.nlu.reading import names_of
from bench.nlu.sets import labels_of
from bench.nlu.table import figures
from nlu.pieces import Pieces
from tests.tiny_tagger import write_encoder
from training.configuration import read_config
from training.examples import Example

pytestmark = [pytest.mark.recipes, pytest.mark.filterwarnings("ignore:Initializing zero-element")]
ROOT = Path(__file__).parents[2]
HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight"]


@pytest.fixture
def config(tmp_path: Path) -> recipe.Config:
    write_encoder(tmp_path / "encoder")
    config = read_config(ROOT / "bench/nlu/configs/snips.yml", recipe.Config)
    return dataclasses.replace(
        config,
        encoder=str(tmp_path / "encoder"),
        out=str(tmp_path / "runs/toy"),
        epochs=20,
        batch=16,
        learning_rate=0.003,
        embedding_rate=0.003,
        dropout=0.0,
        average=0.9,
        threads=1,
        seed=1,
    )


def write_three_files(folder: Path) -> None:
    rows = [(f"book a table at {hour} pm", "O O O O B-time I-time", "Book") for hour in HOURS]
    rows += [(f"make it {hour} people", "O O B-party O", "Change") for hour in HOURS]
    folder.mkdir(parents=True)
    for name, column in zip(("seq.in", "seq.out", "label"), zip(*rows, strict=True), strict=True):
        (folder / name).write_text("\n".join(column) + "\n")


def test_every_config_is_read_by_the_recipe() -> None:
    for path in (ROOT / "bench/nlu/configs").rglob("*.yml"):
        assert read_config(path, recipe.Config).set == path.stem.split("-")[0]


def test_a_word_has_one_tag_and_the_mean_of_its_pieces(config: recipe.Config, tmp_path: Path) -> None:
    write_three_files(tmp_path / "snips/train")
    rows = read_three_files(tmp_path / "snips/train")[:2]
    pieces = Pieces.load(Path(config.encoder) / "tokenizer.json")
    names = names_of("snips", rows, labels_of(rows))
    batch, means = recipe.tensors(rows, pieces, names)
    assert batch.tags.tolist() == [[0, 0, 0, 0, 1, 2]] * 2
    assert means.shape == (2, 6, batch.ids.shape[1])
    assert means.sum(2).allclose(torch.ones(2, 6))
    assert (means > 0).sum() == (batch.types * batch.mask).sum() - len(
        rows
    )  # all pieces of the words, not the last [SEP]


def test_rows_of_a_batch_have_about_as_many_pieces_whatever_their_letters(config: recipe.Config) -> None:
    pieces = Pieces.load(Path(config.encoder) / "tokenizer.json")
    rows = [Example(word, "en", None, ()) for word in ("restaurant " * 2, "x " * 11) * 8]
    for batch in recipe.cut(rows, 8, pieces, random.Random(1)):
        assert len({row.text for row in batch}) == 1


def test_intents_and_slots_are_learnt_measured_in_both_forms_and_shown(config: recipe.Config, tmp_path: Path) -> None:
    for part in ("train", "dev"):
        write_three_files(tmp_path / "snips" / part)
    result = json.loads(recipe.main(config, tmp_path).read_text())
    assert result["fp32"] == {"intent": 1.0, "slots": 1.0, "sentence": 1.0, "rows": 16.0}
    assert result["int8"]["slots"] > 0.9

    shown = io.StringIO()
    Console(width=130, file=shown).print(figures(tmp_path / "runs"))
    assert "toy int8" in shown.getvalue()

    scored = CliRunner().invoke(app, ["score", config.out, str(tmp_path / "snips/dev")])
    assert scored.stdout.startswith(f"intent {result['int8']['intent']:.4f}")


def test_a_student_learns_what_its_teacher_says_though_the_rows_say_otherwise(
    config: recipe.Config, tmp_path: Path
) -> None:
    for part in ("train", "dev"):
        write_three_files(tmp_path / "snips" / part)
    recipe.main(dataclasses.replace(config, out=str(tmp_path / "runs/teacher")), tmp_path)
    (tmp_path / "snips/train/label").write_text("Book\nChange\n" * len(HOURS))  # half of the intents are wrong now
    taught = dataclasses.replace(config, teachers=[str(tmp_path / "runs/teacher")], taught=1.0)
    assert json.loads(recipe.main(taught, tmp_path).read_text())["fp32"]["intent"] == 1.0
    alone = dataclasses.replace(taught, taught=0.0)
    assert json.loads(recipe.main(alone, tmp_path).read_text())["fp32"]["intent"] < 1.0


def test_the_opinion_of_several_teachers_is_the_mean_of_their_probabilities() -> None:
    sure, doubtful = torch.tensor([[4.0, 0.0]]), torch.tensor([[0.0, 0.0]])
    wanted = (torch.softmax(sure / recipe.TEMPERATURE, -1) + 0.5) / 2
    assert recipe.opinion([sure, doubtful]).exp().allclose(wanted)


def test_a_teacher_that_is_missing_or_knows_other_slots_is_told(config: recipe.Config, tmp_path: Path) -> None:
    for part in ("train", "dev"):
        write_three_files(tmp_path / "snips" / part)
    taught = dataclasses.replace(
        config, epochs=1, teachers=[str(tmp_path / "runs/toy")], out=str(tmp_path / "runs/student")
    )
    with pytest.raises(FileNotFoundError, match=r"teachers: no .*toy\.json; train it first"):
        recipe.main(taught, tmp_path)
    recipe.main(dataclasses.replace(config, epochs=1), tmp_path)
    for tags in (tmp_path / "snips").rglob("seq.out"):
        tags.write_text(tags.read_text().replace("B-party", "B-size"))
    with pytest.raises(ValueError, match="was trained for other intents or slots"):
        recipe.main(taught, tmp_path)


def test_an_encoder_that_is_not_installed_is_named_with_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mpnet, "PACKAGES", ("no-such-encoder-part-001",))
    with pytest.raises(FileNotFoundError, match="no-such-encoder-part-001 is not installed; run make teacher"):
        mpnet.find_mpnet(tmp_path)


def test_rows_out_of_scope_are_told_by_confidence(config: recipe.Config, tmp_path: Path) -> None:
    inside = [[f"book {hour}", "book"] for hour in HOURS] + [[f"cup {hour}", "cup"] for hour in HOURS]
    outside = [[f"dogs {hour}", "oos"] for hour in HOURS]
    (tmp_path / "clinc150").mkdir()
    parts = {"train": inside, "oos_train": outside, "val": inside, "oos_val": outside}
    (tmp_path / "clinc150/data_full_train_val.json").write_text(json.dumps(parts))
    result = json.loads(recipe.main(dataclasses.replace(config, set="clinc150"), tmp_path).read_text())
    assert (result["fp32"]["intent"], result["fp32"]["oos"]) == (1.0, 1.0)


def test_spans_alone_are_learnt_with_the_requested_slot(config: recipe.Config, tmp_path: Path) -> None:
    rows = [
        {
            "userInput": {"text": f"{hour} {end}"},
            "context": {"requestedSlots": [slot]},
            "labels": [{"slot": slot, "valueSpan": {"endIndex": len(hour)}}],
        }
        for hour in HOURS
        for slot in ("time", "party_size")
        for end in ("please", "yes", "no", "hello")
    ]
    (tmp_path / "restaurant8k").mkdir()
    (tmp_path / "restaurant8k/train_0.json").write_text(json.dumps(rows))
    result = json.loads(
        recipe.main(dataclasses.replace(config, set="restaurant8k", part="train_0"), tmp_path).read_text()
    )
    assert result["fp32"]["slots"] > 0.9
    assert "intent" not in result["fp32"]


def test_any_folder_in_the_three_file_format_is_learnt(config: recipe.Config, tmp_path: Path) -> None:
    for part in ("train", "dev"):
        write_three_files(tmp_path / "trips" / part)
    result = json.loads(recipe.main(dataclasses.replace(config, set="trips"), tmp_path).read_text())
    assert (result["config"]["set"], result["fp32"]["slots"]) == ("trips", 1.0)


def test_a_set_that_is_no_folder_is_named(config: recipe.Config, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'trips' is none of"):
        recipe.main(dataclasses.replace(config, set="trips"), tmp_path)
