"""Word pieces and their places."""

from pathlib import Path

import pytest

from nlu.pieces import WINDOW, Pieces, fold
from tests.tiny_tagger import tokenizer_json


@pytest.fixture
def pieces(tmp_path: Path) -> Pieces:
    (tmp_path / "tokenizer.json").write_text(tokenizer_json())
    return Pieces.load(tmp_path / "tokenizer.json")


def test_a_piece_knows_its_characters_in_the_text_as_typed(pieces: Pieces) -> None:
    text = "７시 네 명"
    (window,) = pieces.windows("ask time", text)
    assert [text[start:end] for start, end in window.offsets] == ["７", "시", "네", "명"]


def test_the_utterance_is_the_second_segment(pieces: Pieces) -> None:
    (window,) = pieces.windows("ask time", "7")
    assert window.types == (0,) * window.first + (1, 1)
    assert len(window.ids) == len(window.types)


def test_a_long_text_is_read_in_overlapping_windows(pieces: Pieces) -> None:
    windows = pieces.windows("", "네 " * 200)
    assert [window.begin for window in windows] == [0, 96]
    assert len(windows[0].offsets) == WINDOW
    assert windows[-1].offsets[-1] == (398, 399)


def test_an_endless_text_is_read_at_both_ends_only(pieces: Pieces) -> None:
    windows = pieces.windows("", "네 " * 5000)
    assert len(windows) == 8
    assert windows[0].begin == 0
    assert windows[-1].offsets[-1][1] == 9999


def test_no_text_is_one_empty_window(pieces: Pieces) -> None:
    (window,) = pieces.windows("ask", "")
    assert window.offsets == ()


@pytest.mark.parametrize("text", ["７：３０ ㅋㅋ", "“네”", "½ ㎏ ﷺ", "가\u0301", ""])
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_makes_full_width_digits_and_dashes_plain() -> None:
    assert fold("０１０−１２３４－５６７８") == "010-1234-5678"


def test_a_file_that_is_no_tokenizer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ValueError, match="not a usable tokenizer"):
        Pieces.load(tmp_path / "tokenizer.json")


def test_a_sign_that_sticks_to_a_word_is_folded_into_a_blank() -> None:
    assert fold("예약자 강태풍😎") == "예약자 강태풍 "
    assert fold("민지♥예요 4명👍👍") == "민지 예요 4명 👍"


def test_a_sign_by_itself_stays() -> None:
    assert fold("👍") == "👍"
    assert fold("네 👌 ^^~") == "네 👌 ^^~"


def test_the_dots_of_a_korean_keyboard_are_full_stops() -> None:
    assert fold("네ᆢ7시요ᆞᆞ") == "네.7시요.."
