"""A sentence says where a foreign name begins and ends."""

import pytest

from nlu.rules.korean_name_frames import framed_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("예약자명을 마리아 로페스로 변경해 주세요", "마리아 로페스"),
        ("이름은 알렉산드로 비앙키, 6시요", "알렉산드로 비앙키"),
        ("예약자는 파트리샤입니다", "파트리샤"),
        ("이름은 프란츠고 홀이요", "프란츠"),
        ("세 명이요, 잉그리드 호프만 이름으로 부탁드려요", "잉그리드 호프만"),
        ("7시 네 명 소피아 이름으로요", "소피아"),
        ("와이프 이름으로 바꿔 주세요, 클라라예요", "클라라"),
        ("이름은 나디야", "나디야"),
        ("이름 위베르로 바꿔 줘요", "위베르"),
        ("이름은 벤이요", None),
        ("제 이름으로 해 주세요", None),
        ("아내 이름으로 해 주세요", None),
        ("이름은 나중에 말씀드릴게요", None),
        ("이름을 프란체스카 말고 다른 걸로 바꿔 주세요", None),
        ("이름은 프란체스카에서 베아트리체로 바꿔 주세요", None),
        ("이름이 마음에 안 들어요", None),
    ],
)
def test_a_longer_name_stands_between_the_words_that_frame_it(text: str, name: str | None) -> None:
    place = framed_name(text)
    assert (text[slice(*place)] if place else None) == name
