"""The notation of grammar files."""

import random

import pytest

from nlu.types import Role
from training.grammar import Drawn, GrammarError, expand, parse, references


def draw(phrase: str, seed: int = 0, **lists: list[str]) -> Drawn:
    parsed = {name: [parse(item) for item in items] for name, items in lists.items()}
    return expand(parse(phrase), parsed, random.Random(seed))


def test_a_span_covers_its_words_exactly() -> None:
    drawn = draw("make it [8 pm](time), not [7](number.old)")
    assert drawn.text == "make it 8 pm, not 7"
    assert [(span.label, span.role, drawn.text[span.start : span.end]) for span in drawn.spans] == [
        ("time", Role.VALUE, "8 pm"),
        ("number", Role.OLD, "7"),
    ]


def test_lists_refer_to_lists_inside_spans() -> None:
    drawn = draw("[<date>](date)요", date=["다음 주 <day>"], day=["금요일"])
    assert drawn.text == "다음 주 금요일요"
    assert drawn.spans[0].text == "다음 주 금요일"


def test_a_list_may_bring_its_own_spans() -> None:
    drawn = draw("drop <ref>", ref=["[the time](slot_ref.clear)"])
    assert (drawn.spans[0].role, drawn.spans[0].text) == (Role.CLEAR, "the time")


def test_a_choice_may_be_nothing() -> None:
    texts = {draw("yes(, please|)", seed).text for seed in range(20)}
    assert texts == {"yes", "yes, please"}


def test_an_escaped_sign_is_itself() -> None:
    assert draw(r"seven \(pm\)").text == "seven (pm)"


def test_one_seed_draws_one_sentence() -> None:
    lists = {"n": [str(number) for number in range(100)]}
    assert draw("<n> <n> <n>", 5, **lists).text == draw("<n> <n> <n>", 5, **lists).text


def test_the_lists_of_a_phrase_are_found_at_any_depth() -> None:
    assert references(parse("<a> (<b>|[<c>](date))")) == {"a", "b", "c"}


@pytest.mark.parametrize(
    "phrase", ["[open", "closed]", "(one)", "(a|b", "[x]", "[x](time.never)", "<open", "a)b", "[](date"]
)
def test_a_broken_phrase_is_quoted(phrase: str) -> None:
    with pytest.raises(GrammarError) as caught:
        parse(phrase)
    assert repr(phrase) in str(caught.value)


def test_a_circle_of_lists_is_found() -> None:
    with pytest.raises(GrammarError, match="circle"):
        draw("<a>", a=["<b>"], b=["<a>"])


def test_a_span_inside_a_span_is_refused() -> None:
    with pytest.raises(GrammarError, match="inside"):
        draw("[<a>](date)", a=["[x](time)"])
