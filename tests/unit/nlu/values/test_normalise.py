"""The normaliser's front door."""

from __future__ import annotations

from datetime import datetime

from nlu.types import Kind, Moment
from nlu.values import MOST, normalise, read_delta

NOW = Moment(datetime.fromisoformat("2026-06-10T14:00:00+09:00"), "Asia/Seoul")


def test_words_beyond_the_most_that_is_read_say_nothing() -> None:
    assert normalise("so ".ljust(MOST - 4) + "7 pm", Kind.TIME, NOW).values == ("19:00",)
    assert normalise("so ".ljust(MOST) + "7 pm", Kind.TIME, NOW).reason
    assert read_delta("so ".ljust(MOST) + "an hour later", Kind.TIME) is None


def test_full_width_digits_are_digits_in_both_languages() -> None:
    assert normalise("７pm", Kind.TIME, NOW).values == ("19:00",)
    assert normalise("오후 ７시", Kind.TIME, NOW).values == ("19:00",)
