"""The small Llama's tokenizer, and documents as blocks."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from assistant.prompts import Segment
from training.llama_blocks import Encoder, Row, draw, pack
from training.llama_corpus import COPYING, ENGLISH, OWN, Document, plain
from training.llama_tokenizer import BEGIN, END, PAD, save_tokenizer, train_tokenizer

TEXTS = [
    "a table for four at seven, please",
    "저녁 일곱 시에 네 명이요",
    'set time "7시"',
    "forget the party_size",
] * 20


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train_tokenizer(TEXTS, 400)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [("at seven, please", "seven"), ("7시에요", "7시"), ("네명이서", "네명"), ("for 12pm?", "12pm")],
)
def test_words_have_the_same_tokens_wherever_they_are_quoted(tokenizer: Tokenizer, said: str, quoted: str) -> None:
    inside = tokenizer.encode(said, add_special_tokens=False).ids
    alone = tokenizer.encode(quoted, add_special_tokens=False).ids
    assert any(inside[at : at + len(alone)] == alone for at in range(len(inside)))
    answer = tokenizer.encode(f'set time "{quoted}"\n', add_special_tokens=False).ids
    assert any(answer[at : at + len(alone)] == alone for at in range(len(answer)))


@pytest.mark.parametrize("text", ["Ünï 👍 ㅋㅋ  two blanks\n\ttab", "뷁 쀍 café", '"\\"<|>#'])
def test_every_text_comes_back_as_it_was(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


def test_transformers_loads_it_with_a_pad_that_is_not_the_end(tokenizer: Tokenizer, tmp_path: Path) -> None:
    save_tokenizer(tokenizer, tmp_path)
    loaded = AutoTokenizer.from_pretrained(tmp_path)
    assert (loaded.bos_token, loaded.eos_token, loaded.pad_token) == (BEGIN, END, PAD)
    assert loaded("네")["input_ids"][0] == loaded.bos_token_id
    assert loaded.pad_token_id != loaded.eos_token_id


def test_of_an_answered_prompt_only_the_answer_counts(tokenizer: Tokenizer) -> None:
    segments = (Segment("said "), Segment("네", user=True), Segment('affirm "네"'))
    encode = Encoder(tokenizer)
    row = encode.row(Document(segments, COPYING, "ko", "k"), answer=3.0)
    counted = [one for one, weight in zip(row.ids, row.weights, strict=True) if weight]
    assert tokenizer.decode(counted, skip_special_tokens=False) == f'affirm "네"{END}'
    assert set(row.weights) == {0.0, 3.0}
    text = encode.row(Document(segments, OWN, "ko", "k"), answer=3.0)
    assert text.weights == [0.0, *[1.0] * (len(text.ids) - 1)]


def test_a_document_that_fits_is_not_cut_and_a_long_one_is() -> None:
    rows = [Row([one] * size, [1.0] * size) for one, size in ((1, 6), (2, 5), (3, 4), (4, 13))]
    blocks = pack(rows, 10, pad=0)
    found = [[int(one) for one in block if one] for block in blocks.ids]
    assert sorted(found) == [[1] * 6 + [3] * 4, [2] * 5 + [4] * 3, [4] * 10]
    assert ((blocks.weights == 0) == (blocks.ids == 0)).all()


def test_a_token_sees_the_earlier_ones_of_its_own_document_only() -> None:
    batch = pack([Row([7, 8, 9], [1.0] * 3), Row([5, 6], [1.0] * 2)], 6, pad=0).batch([0])
    assert batch.positions.tolist() == [[0, 1, 2, 0, 1, 0]]
    assert [[int(one) for one in row] for row in batch.seen[0, 0]] == [
        [1, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0, 1, 0, 0],
        [0, 0, 0, 1, 1, 0],
        [0, 0, 0, 0, 0, 1],
    ]


def test_pools_are_drawn_by_their_share_of_the_tokens(tokenizer: Tokenizer) -> None:
    pools = {
        ENGLISH: [plain(f"table {number} please", ENGLISH, "en", str(number)) for number in range(50)],
        OWN: [plain("네 명이요", OWN, "ko", "k")],
        COPYING: [],
    }
    rows = draw(pools, {ENGLISH: 0.6, OWN: 0.2, COPYING: 0.2}, 4000, Encoder(tokenizer).row, seed=1)
    ours = tokenizer.encode("네 명이요", add_special_tokens=False).ids
    share = sum(len(row.ids) for row in rows if row.ids[1:-1] == ours) / sum(len(row.ids) for row in rows)
    assert share == pytest.approx(0.25, abs=0.02)
