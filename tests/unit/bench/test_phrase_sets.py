"""The phrase sets are brought to cases as their rows mean them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from bench.phrase_sets import Case, duckling, ko_recognizers, ours
from bench.values import run
from nlu.types import Kind, Moment

NOW = Moment(datetime.fromisoformat("2027-03-18T16:20:00+09:00"), "Asia/Seoul")
TSV = "text\texpected_duckling_expr\n"
ROW = (
    '{{"spec": "{spec}", "text": "{text}", "reference": "2016-11-07T00:00:00", "results": [{{"Text": "{text}", '
    '"Value": {{"FutureResolution": {{{value}}}, "PastResolution": {{{value}}}}}}}]}}\n'
)


def test_our_own_phrases_are_many_in_both_languages_and_none_stands_twice() -> None:
    cases = list(ours(Path()))
    texts = Counter(name for name, _ in {(case.set, case.text) for case in cases})
    assert set(texts) == {"fresh-en", "fresh-ko"}
    assert min(texts.values()) >= 150
    assert max(Counter((case.text, case.kind, case.change) for case in cases).values()) == 1


def _duckling(tmp_path: Path, *rows: str) -> list[Case]:
    (tmp_path / "duckling_en").mkdir()
    (tmp_path / "duckling_en/duckling_time_en.tsv").write_text(TSV + "\n".join(rows), encoding="utf-8")
    return list(duckling(tmp_path))


def test_a_past_day_and_a_time_of_another_zone_are_not_relevant(tmp_path: Path) -> None:
    cases = _duckling(
        tmp_path,
        "last sunday\tdatetime (2013, 2, 10, 0, 0, 0) Day",
        "next sunday\tdatetime (2013, 2, 17, 0, 0, 0) Day",
        "4pm CET\tdatetime (2013, 2, 12, 13, 0, 0) Hour",
        "4pm\tdatetime (2013, 2, 12, 16, 0, 0) Hour",
    )
    assert [case.relevant for case in cases] == [False, True, False, True]


def test_a_day_without_a_year_may_be_this_years(tmp_path: Path) -> None:
    case = _duckling(tmp_path, "jan 2\tdatetime (2014, 1, 2, 0, 0, 0) Day")[0]
    assert case.accepted == {"2014-01-02", "2013-01-02"}


def _recognizers(tmp_path: Path, spec: str, value: str) -> Case:
    (tmp_path / "ko_recognizers").mkdir()
    row = ROW.format(spec=spec, text="아무 말", value=value)
    (tmp_path / "ko_recognizers/verified_30pct.jsonl").write_text(row, encoding="utf-8")
    return next(ko_recognizers(tmp_path))


@pytest.mark.parametrize(
    ("first", "end", "relevant"), [("2016-11-14", "2016-11-21", True), ("2016-12-01", "2017-01-01", False)]
)
def test_a_week_is_relevant_and_a_month_is_not(tmp_path: Path, first: str, end: str, relevant: bool) -> None:
    case = _recognizers(tmp_path, "DatePeriodParser", f'"startDate": "{first}", "endDate": "{end}"')
    assert case.relevant is relevant
    assert f"{first}/{end}" in case.accepted
    assert len(case.accepted) == 2


def test_an_american_holiday_is_not_relevant(tmp_path: Path) -> None:
    assert not _recognizers(tmp_path, "HolidayParser", '"date": "2017-06-18"').relevant


def _case(text: str, kind: Kind, *accepted: str, change: bool = False) -> Case:
    return Case("x", text, kind, frozenset(accepted), NOW, change=change)


def test_exact_is_an_accepted_value_and_nothing_else() -> None:
    assert run(_case("7 pm", Kind.TIME, "19:00")).exact
    both = run(_case("7", Kind.TIME, "19:00"))
    assert (both.exact, both.found) == (False, True)
    assert not run(_case("8 pm", Kind.TIME, "19:00")).found


def test_where_nothing_may_come_out_only_nothing_is_exact() -> None:
    assert run(_case("table near the window", Kind.DATE)).exact
    assert not run(_case("friday", Kind.DATE)).found


def test_a_change_is_compared_as_a_change_and_the_next_day_as_the_day_after_the_reference() -> None:
    assert run(_case("an hour later", Kind.TIME, "+60 minutes", change=True)).exact
    assert not run(_case("an hour earlier", Kind.TIME, "+60 minutes", change=True)).exact
    tomorrow = date(2027, 3, 19).isoformat()
    assert run(_case("다음날", Kind.DATE, tomorrow)).exact


def test_a_party_and_a_range_are_compared_whole() -> None:
    assert run(_case("2 adults and a baby", Kind.COUNT, "2+1")).exact
    assert run(_case("6-8pm", Kind.TIME, "18:00/20:00")).exact
    assert not run(_case("6-9pm", Kind.TIME, "18:00/20:00")).found
