"""The normaliser's front door."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.types import Choice, Kind, Moment
from nlu.values import MOST, normalise, read_delta, reasons
from nlu.values.text import listed

NOW = Moment(datetime.fromisoformat("2026-06-10T14:00:00+09:00"), "Asia/Seoul")


def test_words_beyond_the_most_that_is_read_say_nothing() -> None:
    assert normalise("so ".ljust(MOST - 4) + "7 pm", Kind.TIME, NOW).values == ("19:00",)
    assert normalise("so ".ljust(MOST) + "7 pm", Kind.TIME, NOW).reason
    assert read_delta("so ".ljust(MOST) + "an hour later", Kind.TIME) is None


def test_full_width_digits_are_digits_in_both_languages() -> None:
    assert normalise("７pm", Kind.TIME, NOW).values == ("19:00",)
    assert normalise("오후 ７시", Kind.TIME, NOW).values == ("19:00",)


CHOICES = (Choice("hanok_table", ("Hanok Table", "한옥테이블")), Choice("morning_cup", ("Morning Cup", "모닝컵")))
PIECES = listed(
    "7 8:30 12 pm half past quarter to noon friday next week the 3rd of june in two days 6/12 2026-06-12 feb 29 people me and my "
    "kids one more an hour later not instead of between 010 1234 5678 +82 double oh christmas eve weekend 100% first last under "
    "내일 다음 주 금요일 7시 반 오후 저녁 전 뒤 부터 까지 말고 아니 두 명 어른 아이 하나 포함 빠져서 추가 추석 연휴 이달 말 "
    "십이일 공일공 제로 김민수 요 "
    "ㅋㅋ 😀 ٣ ½ ² １２ Ⅷ 十 \u200d X0X ' \" ( ) : / ~ - . ,"
)


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=15).map(" ".join),
        st.lists(st.sampled_from(PIECES), max_size=15).map("".join),
        st.text(st.characters(categories=None), max_size=80),
    ),
    st.sampled_from(Kind),
)
def test_any_mixture_of_languages_and_signs_gives_one_outcome_and_no_fault(text: str, kind: Kind) -> None:
    reading = normalise(text, kind, NOW, CHOICES)
    assert sum((bool(reading.values), reading.bounds is not None, bool(reading.reason))) == 1
    assert not reading.reason or reading.reason in reasons.ALL
    assert reading.bounds is None or reading.bounds[0] <= reading.bounds[1]
    change = read_delta(text, kind)
    assert change is None or (change.amount >= 0 and change.sign in (-1, 1))


def test_after_the_warm_up_the_first_reading_loads_nothing_more() -> None:
    program = (
        "import sys; from datetime import UTC, datetime; from nlu.types import Kind, Moment; from nlu.values import *; "
        "warm_up(); before = set(sys.modules); now = Moment(datetime.now(UTC), 'UTC'); "
        "[normalise(words, kind, now) for words in ('haf past six', 'Easter', '추석') for kind in Kind]; "
        "print('holidays' in before, 'spellchecker' in before, set(sys.modules) - before)"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert told == "True True set()\n"
