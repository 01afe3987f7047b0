"""Korean words for an office or a duty: `총무 하정우`, `오세훈 본부장님`. They stand beside a name and are no part of it.

Knows words; does not know names.
"""

from __future__ import annotations

from typing import Final

TITLES: Final = frozenset({
    "사원", "주임", "대리", "과장", "차장", "부장", "팀장", "실장", "본부장", "지점장", "지사장", "지부장", "센터장",
    "파트장", "그룹장", "국장", "처장", "청장", "소장", "원장", "부원장", "관장", "점장", "부점장", "매니저", "이사", "상무",
    "전무", "부사장", "사장", "대표", "대표이사", "공동대표", "회장", "부회장", "총무", "간사", "반장", "조장", "이장",
    "통장", "동장", "위원", "위원장", "의원", "의장", "단장", "팀원", "책임", "선임", "수석", "프로", "담당", "담당자",
    "비서", "인턴", "교수", "부교수", "선생", "강사", "조교", "학장", "총장", "교장", "교감", "담임", "학생회장", "과대표",
    "과대", "반대표", "박사", "변호사", "판사", "검사", "회계사", "세무사", "변리사", "노무사", "기사", "감독", "코치",
    "작가", "기자", "피디", "아나운서", "집사", "권사", "장로", "전도사", "목사", "약사", "의사", "간호사", "수간호사",
    "여사", "셰프", "사무장", "사무국장", "행정실장", "동호회장", "모임장", "주장", "부주장", "총괄", "디렉터",
})  # fmt: skip
"""Offices and duties that go before a name, or behind it with a blank, often with `님`."""
TITLE_WORDS: Final = "|".join(sorted(TITLES, key=len, reverse=True))
"""The same as alternatives of a pattern, the longest first."""
