"""The data set as a whole: what is in it, that it is the same again, and that it is written whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import MaitreError
from training.alpaca_card import BEGIN, END, figures, fill
from training.alpaca_rows import AlpacaRow, Part, bare, read_rows, said
from training.build_alpaca import Config, main, run
from training.configuration import read_config

ROOT = Path(__file__).parents[3]
CONFIG = read_config(ROOT / "training" / "configs" / "alpaca" / "restaurant.yml", Config)
CARD = ROOT / "docs" / "data-card.md"


def small(tmp_path: Path) -> Config:
    """A small set of a copy of the domain, without public data and transcripts."""
    shutil.copytree(ROOT / CONFIG.domain, tmp_path / "restaurant")
    return replace(
        CONFIG,
        domain=str(tmp_path / "restaurant"),
        data=str(tmp_path / "none"),
        scenarios=str(tmp_path / "none"),
        out=str(tmp_path / "out"),
        generated=300,
        most={**CONFIG.most, "hand": 900},
        sizes=[200, 600],
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[AlpacaRow]]:
    config = small(tmp_path_factory.mktemp("alpaca"))
    main(config)
    return {path.name: read_rows(path) for path in Path(config.out).glob("*.jsonl")}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "training" / "configs" / "alpaca").glob("*.yml")), ids=lambda path: path.stem
)
def test_every_configuration_of_ours_can_be_read(path: Path) -> None:
    read_config(path, Config)


def test_both_tasks_are_there_in_both_languages(built: dict[str, list[AlpacaRow]]) -> None:
    for rows in built.values():
        assert {(row.task, row.lang) for row in rows} == {
            (task, lang) for task in ("track", "reply") for lang in ("en", "ko")
        }


def test_between_a_tenth_and_fifteen_hundredths_of_the_track_rows_clear(built: dict[str, list[AlpacaRow]]) -> None:
    for name in ("train.jsonl", "train-200.jsonl", "train-600.jsonl"):
        parts = Counter(row.part for row in built[name] if row.task == "track")
        assert 0.10 <= parts[Part.CLEAR] / parts.total() <= 0.15
        assert parts[Part.HARD_NEGATIVE] / parts.total() >= 0.08


def test_nothing_is_in_it_twice_or_on_both_sides(built: dict[str, list[AlpacaRow]]) -> None:
    train, dev = built["train.jsonl"], built["dev.jsonl"]
    pairs = [(row.input, row.output) for row in train + dev]
    assert len(set(pairs)) == len(pairs)
    assert not {row.dialogue for row in train} & {row.dialogue for row in dev}
    words = [{bare(said(row)) for row in rows if row.task == "track"} for rows in (train, dev)]
    assert not words[0] & words[1]


def test_smaller_files_are_part_of_larger_ones(built: dict[str, list[AlpacaRow]]) -> None:
    assert set(built["train-200.jsonl"]) < set(built["train-600.jsonl"]) < set(built["train.jsonl"])
    assert len(built["train-200.jsonl"]) == 200


def test_the_held_out_sets_are_not_read(built: dict[str, list[AlpacaRow]]) -> None:
    assert not any("heldout" in row.source for rows in built.values() for row in rows)
    assert "heldout" not in json.dumps([CONFIG.scenarios, CONFIG.data, CONFIG.domain])


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    config = replace(small(tmp_path), generated=50, most={**CONFIG.most, "hand": 200})
    first = main(config)
    manifest = Path(config.out, "manifest.json").read_bytes()
    assert main(config) == first
    assert Path(config.out, "manifest.json").read_bytes() == manifest


# --- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "line", "complaint"),
    [
        ("data/nlu.en.yml", b"    - at [eight](colour)\n", r"nlu.en.yml:\d+: 'colour' is no label"),
        ("data/nlu.ko.yml", b"    - \xc0\xc7\n", r"nlu.ko.yml:\d+: not UTF-8"),
        (
            "grammar.en.yml",
            b"  - intent: explode\n    text: [boom]\n",
            r"grammar.en.yml:\d+: intent: 'explode' is no act",
        ),
        ("paraphrases.en.yml", b"  shout:\n    - Hey\n", r"paraphrases.en.yml:\d+: 'says.shout'"),
    ],
)
def test_a_bad_line_stops_it_by_file_and_line_and_leaves_the_old_folder_as_it_was(
    name: str, line: bytes, complaint: str, tmp_path: Path
) -> None:
    config = small(tmp_path)
    Path(config.out).mkdir()
    Path(config.out, "train.jsonl").write_text("old")
    bad = Path(config.domain, name)
    bad.write_bytes(bad.read_bytes().rstrip() + b"\n" + line)
    with pytest.raises((ValueError, MaitreError), match=complaint):
        main(config)
    assert [path.name for path in Path(config.out).iterdir()] == ["train.jsonl"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "restaurant"]


def test_the_command_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"none\.yml"):
        run(["--config", str(tmp_path / "none.yml")])


# --- the card ------------------------------------------------------------------------------------------------------


def test_the_figures_count_every_row(built: dict[str, list[AlpacaRow]]) -> None:
    tables = figures({"train.jsonl": built["train.jsonl"]})
    rows = built["train.jsonl"]
    assert f"| train.jsonl | {len(rows)} |" in tables
    clears = sum(row.part is Part.CLEAR for row in rows)
    assert f"| {clears} (13.0%) |" in tables


def test_figures_are_put_where_the_card_has_room_for_them() -> None:
    assert fill(f"a\n{BEGIN}\nold\n{END}\nb", "new") == f"a\n{BEGIN}\nnew\n{END}\nb"
    with pytest.raises(ValueError, match="no lines"):
        fill("a card", "new")


def test_the_card_gives_the_shares_that_the_configuration_asks_for_and_the_command() -> None:
    card = CARD.read_text(encoding="utf-8")
    assert "python -m training.build_alpaca --config training/configs/alpaca/restaurant.yml" in card
    shares = re.findall(r"^\| train\S* \|.*\((\d+\.\d)%\) \| \d+ \((\d+\.\d)%\) \|$", card, flags=re.M)
    assert len(shares) == 1 + len(CONFIG.sizes)
    for clears, negatives in shares:
        assert float(clears) == pytest.approx(100 * CONFIG.clear_share, abs=0.6)
        assert float(negatives) == pytest.approx(100 * CONFIG.hard_negative_share, abs=0.6)
