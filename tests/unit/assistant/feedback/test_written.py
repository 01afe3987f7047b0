"""The hand-written rows, read for comparison."""

from pathlib import Path

from assistant.feedback.written import ordinary_words, read_written
from tests.support.annotated import DOMAIN, FOLDER


def test_rows_come_with_their_intent_and_without_their_marks(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    nlu = "nlu:\n- intent: deny\n  examples: |\n    - no, [8](time) not [7](time.old)\n- lookup: x\n"
    (tmp_path / "data/nlu.en.yml").write_text(nlu)
    (row,) = read_written(tmp_path, "en")
    assert (row.intent, row.text) == ("deny", "no, 8 not 7")
    assert read_written(tmp_path, "ko") == []


def test_names_are_no_ordinary_words() -> None:
    ordinary = ordinary_words([row for lang in ("en", "ko") for row in read_written(FOLDER, lang)], DOMAIN)
    assert {"table", "tomorrow", "hanok", "friday", "saturday", "may", "예약"} <= ordinary
    assert not {"minsu", "smith", "김민수"} & ordinary
