"""What the settings of a tagger's training must agree on."""

from pathlib import Path

import pytest

from training.tagger_settings import read_tagger_config

SALON = Path("training/configs/tagger/salon.yml")


@pytest.mark.parametrize("path", sorted(Path("training/configs/tagger").glob("*.yml")), ids=lambda path: path.stem)
def test_every_configuration_of_ours_names_what_is_there(path: Path) -> None:
    read_tagger_config(path)


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("also: [domains/restaurant]", "also: [domains/restaurnt]", "also", "did you mean 'domains/restaurant'"),
        ("domain: domains/salon", "domain: domains/saloon", "domain", "did you mean 'domains/salon'"),
        ("shares: {hand: 0.35,", "shares: {hnad: 0.35,", "shares.hnad", "did you mean 'hand'"),
        ("held_out: {hand: 0.1, ", "held_out: {", "held_out.hand", "this source is missing"),
        ("epoch_examples: 6400", "epoch_examples: 32", "epoch_examples", r"must be a batch \(64\) or more, not 32"),
        ("epochs: 4", "epochs: 0", "epochs", "must be 1 or more, not 0"),
        ("batch: 64", "batch: -1", "batch", "must be 1 or more, not -1"),
        ("learning_rate: 0.00015", "learning_rate: 15", "learning_rate", "at most 1, not 15"),
        ("dropout: 0.1", "dropout: 1.0", "dropout", "at most 0.9, not 1.0"),
        ("blend: [1.0]", "blend: [1.5]", "blend.0", "at most 1, not 1.5"),
        ("blend: [1.0]", "blend: []", "blend", "there must be one way at least"),
    ],
)
def test_a_setting_that_cannot_be_trained_with_is_named_with_its_value(
    tmp_path: Path, old: str, new: str, key: str, said: str
) -> None:
    text = SALON.read_text()
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1
    path = tmp_path / "clinic.yml"
    path.write_text(text.replace(old, new))
    with pytest.raises(ValueError, match=said) as wrong:
        read_tagger_config(path)
    assert str(wrong.value).startswith(f"{path}:{line}: {key}: ")


def test_a_domain_that_nobody_lends_to_needs_no_share_of_lent_rows(tmp_path: Path) -> None:
    text = SALON.read_text().replace("also: [domains/restaurant]", "also: []").replace("shared: 0.5, ", "")
    (tmp_path / "clinic.yml").write_text(text.replace("shared: 0.05, ", ""))
    assert read_tagger_config(tmp_path / "clinic.yml").also == []
