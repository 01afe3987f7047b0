"""What must hold for any Korean text: no faults, stable values. What it costs is measured by `bench/values_cost.py`."""

from __future__ import annotations

from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlu.types import Ambiguity, Delta, Kind, Moment, Reading
from nlu.values import korean, reasons
from nlu.values.text import clean

NOW = Moment(datetime.fromisoformat("2026-06-10T14:00:00+09:00"), "Asia/Seoul")
KINDS = (Kind.DATE, Kind.TIME, Kind.COUNT, Kind.NAME, Kind.PHONE)

_WORDS = """
내일 모레 글피 오늘 다음 주 다다음 이번 금요일 토욜 주말 6월 12일 십이일 열흘 뒤 보름 추석 설 말일 저녁 오전 밤 7시 일곱 시 반
30분 19:00 이후 전 까지 부터 사이 쯤 정도 약 한 두 세 네 명 분 인 사람 둘 셋 넷 이서 혼자 어른 아이 하나 저랑 남편 친구 부부 포함
총 몇 김민수 이은지 존 예요 이요 요 입니다 이라고 해요 으로 로 해주세요 이름은 씨 님 공일공 010-1234-5678 일이삼사 말고 아니고
에서 이나 아니면 시간 하루 일주일 뒤로 늦게 일찍 추가 더 빼 ~ - , . / ( ) 1 25 99 2026 가 힣 ㅋㅋ a pm
"""
PIECES = _WORDS.split()
korean_like = st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=12).map("".join)
any_text = st.one_of(
    korean_like, st.text(max_size=60), st.text(alphabet="가나다이일요시분명열십네 0123456789:~", max_size=40)
)


def _one_of_the_four_forms(reading: Reading) -> bool:
    return [bool(reading.values), reading.bounds is not None, bool(reading.reason)].count(True) == 1


@settings(max_examples=600, deadline=None)
@given(text=any_text, kind=st.sampled_from(KINDS))
def test_any_text_gives_exactly_one_form_of_reading(text: str, kind: Kind) -> None:
    reading = korean.read(clean(text), kind, NOW)
    assert _one_of_the_four_forms(reading)
    assert reading.reason == "" or reading.reason in reasons.ALL
    assert (len(reading.values) > 1) <= (reading.ambiguity is not Ambiguity.NONE)
    if reading.bounds:
        assert reading.bounds[0] <= reading.bounds[1]


@settings(max_examples=400, deadline=None)
@given(text=any_text, kind=st.sampled_from(KINDS))
def test_a_change_has_a_unit_a_direction_and_an_amount(text: str, kind: Kind) -> None:
    change = korean.read_delta(clean(text), kind)
    if change is not None:
        assert isinstance(change, Delta)
        assert change.unit == {Kind.TIME: "minutes", Kind.DATE: "days", Kind.COUNT: "people"}[kind]
        assert change.sign in (-1, 1)
        assert change.amount > 0 or change.clock_minute is not None
        assert sum(change.parts.values()) <= change.amount


@settings(max_examples=600, deadline=None)
@given(text=korean_like, kind=st.sampled_from(KINDS))
@example(text="내일으로ㅋㅋ으로", kind=Kind.NAME)
@example(text="내일로예요", kind=Kind.NAME)
@example(text="내일내일로예요", kind=Kind.NAME)
def test_an_exact_value_reads_as_itself_again(text: str, kind: Kind) -> None:
    value = korean.read(clean(text), kind, NOW).exact
    if value is None:
        return
    again = korean.read(value, kind, NOW)
    if kind is Kind.TIME and value[:2] in ("10", "11", "12"):
        assert value in again.values, "ten to twelve on a clock face are open until the user says which half"
    elif kind is Kind.NAME and value.endswith(("로", "야")):
        called = korean.read(f"{value}예요", kind, NOW)
        assert value in (again.exact, called.exact), "alone, the last syllable of 파울로 may be a particle"
    else:
        assert again.exact == value


@settings(max_examples=300, deadline=None)
@given(text=korean_like, kind=st.sampled_from(KINDS))
def test_reading_twice_gives_the_same(text: str, kind: Kind) -> None:
    assert korean.read(clean(text), kind, NOW) == korean.read(clean(text), kind, NOW)
