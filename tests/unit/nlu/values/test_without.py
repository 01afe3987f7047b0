"""A party that loses all its children, without a word on how many they were."""

import pytest

from nlu.types import Delta, Kind
from nlu.values import read_delta


@pytest.mark.parametrize(
    "words",
    [
        *("no kids after all", "the kids aren't coming", "without the children", "our little ones can't make it"),
        *(
            "none of our kids will be coming",
            "애들은 이제 안 가요",
            "아이들은 아무도 못 온대요",
            "아이들은 한 명도 안 온대요",
        ),
        *("애들은 아무래도 못 가요", "아이들이 갑자기 못 오게 됐어요"),
        *("아이들은 안 와요", "애들 없이", "아이는 빼고", "아이들 다 못 가요"),
    ],
)
def test_all_children_staying_away_is_a_change_without_a_number(words: str) -> None:
    assert read_delta(words, Kind.COUNT) == Delta("people", 0, -1, without="children")


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("our coach is coming too, her husband isn't", 1),
        ("grandad's joining us, granny won't", 1),
        ("이모는 같이 오시고 이모부는 못 오세요", 1),
        ("three of the girls can't come, but my cousin will", -2),
        ("knock off two of us", -2),
        ("my nephew stays with his mum, so please leave him out", -1),
        ("our parents are in Busan then, so count them out", -2),
        ("she's coming after all", 1),
    ],
)
def test_who_comes_and_who_stays_away_in_one_breath_are_weighed(words: str, change: int) -> None:
    delta = read_delta(words, Kind.COUNT)
    assert delta is not None
    assert delta.sign * delta.amount == change


@pytest.mark.parametrize("words", ["one of the kids can't come", "아이 한 명은 못 와요", "아이 하나 빼고"])
def test_some_children_staying_away_are_counted(words: str) -> None:
    delta = read_delta(words, Kind.COUNT)
    assert delta is not None
    assert (delta.without, dict(delta.parts)) == ("", {"children": 1})


def test_another_place_is_nobody_more() -> None:
    assert read_delta("we waited an hour at another place", Kind.COUNT) is None


def test_a_party_without_children_is_a_party_not_a_change() -> None:
    assert read_delta("2 adults and no kids", Kind.COUNT) is None
