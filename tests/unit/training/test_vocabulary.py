"""Room for Korean in an English vocabulary."""

import json
import unicodedata

import pytest
import torch
from tokenizers import Tokenizer

from nlu.pieces import Pieces
from tests.tiny_tagger import tokenizer_json
from training.vocabulary import Vocabulary, embed, extend, read_vocabulary, vocabulary_of


def read(text: str) -> list[tuple[int, int]]:
    content, _, _ = extend(tokenizer_json(), Vocabulary.SYLLABLES)
    (window,) = Pieces(Tokenizer.from_str(content)).windows("", text)
    return list(window.offsets)


@pytest.mark.parametrize("text", ["괜찮아요", "없었어요", "싫은데", "ㅋㅋ", "까르르쨩"])
def test_common_korean_is_one_piece_a_syllable(text: str) -> None:
    assert read(text) == [(at, at + 1) for at in range(len(text))]


def test_a_rare_syllable_falls_back_to_its_jamo() -> None:
    content, _, _ = extend(tokenizer_json(), Vocabulary.SYLLABLES)
    ids = Tokenizer.from_str(content).encode("뷁", add_special_tokens=False).ids
    assert len(ids) > 1
    assert Tokenizer.from_str(content).token_to_id("[UNK]") not in ids


def test_a_long_text_without_blanks_is_still_read() -> None:
    assert len(read("내일저녁일곱시에네명예약해주세요" * 5)) == 80


@pytest.mark.parametrize("text", ["괜찮아요", "없었어요", "뷁"])
def test_jamo_alone_write_every_syllable_in_two_or_three_pieces(text: str) -> None:
    content, _, _ = extend(tokenizer_json(), Vocabulary.JAMO)
    tokens = Tokenizer.from_str(content).encode(text, add_special_tokens=False).tokens
    assert "".join(token.removeprefix("##") for token in tokens) == unicodedata.normalize("NFD", text)
    assert all(len(token.removeprefix("##")) == 1 for token in tokens)


@pytest.mark.parametrize("vocabulary", Vocabulary)
def test_an_encoder_goes_on_with_the_korean_pieces_that_it_has(vocabulary: Vocabulary) -> None:
    once, _, pieces = extend(tokenizer_json(), vocabulary)
    assert vocabulary_of(once) is vocabulary
    again, old, new = extend(once, vocabulary_of(once))
    assert old == new == pieces
    assert json.loads(again) == json.loads(once)


def test_an_encoder_that_cannot_write_korean_gets_syllables() -> None:
    assert vocabulary_of(tokenizer_json()) is Vocabulary.SYLLABLES


def test_a_vocabulary_of_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="vocabulary: 'letters' is unknown; choose jamo or syllables"):
        read_vocabulary("letters")


def test_known_pieces_keep_their_vectors_and_syllables_start_near_their_jamo() -> None:
    syllable = unicodedata.normalize("NFD", "가")
    old = ["[PAD]", "time", *syllable, "ᄂ"]
    weights = torch.eye(5)
    table = embed(old, [*old, syllable], weights)
    assert torch.equal(table[:5], weights)
    assert table[5].topk(2).indices.sort().values.tolist() == [2, 3]


def test_another_kind_of_tokenizer_is_refused() -> None:
    content = json.loads(tokenizer_json())
    content["model"]["type"] = "BPE"
    with pytest.raises(ValueError, match="WordPiece"):
        extend(json.dumps(content), Vocabulary.SYLLABLES)
