"""Words for people: which are children, which are grown up, and which mean more than one.

Knows kinship and company words; does not count.
"""

from __future__ import annotations

from typing import Final

CHILDREN: Final = {
    "아이들": 2, "아이": 1, "애기들": 2, "애기": 1, "아기들": 2, "아기": 1, "애들": 2, "애": 1, "어린이": 1,
    "아동": 1, "유아": 1, "소인": 1, "소아": 1, "초등학생": 1, "초딩": 1, "유치원생": 1, "자녀": 1, "아들": 1, "딸": 1,
    "꼬마": 1, "미취학": 1, "영유아": 1, "베이비": 1, "키즈": 1, "손주": 1, "손자": 1, "손녀": 1, "조카": 1,
    "쌍둥이": 2, "젖먹이": 1, "딸내미": 1, "아들내미": 1, "꼬맹이": 1,
    **dict.fromkeys(("큰애", "작은애", "큰아이", "작은아이", "막내", "막둥이"), 1),
}  # fmt: skip
"""Children's words and how many the bare word means at least."""

ONE_OF_SEVERAL: Final = frozenset({"큰애", "작은애", "큰아이", "작은아이", "막내", "막둥이"})
"""Of these the words for one child of several."""

GROWN: Final = {
    "어른": 1,
    "성인": 1,
    "대인": 1,
    "어르신": 1,
    "학생": 1,
    "중학생": 1,
    "고등학생": 1,
    "대학생": 1,
    "남자": 1,
    "여자": 1,
    "선생님": 1,
}
"""Words for a class of guests; they say nothing of the speaker."""

ADULTS: Final = frozenset({"어른", "성인", "대인", "어르신"})
"""Of these the words that set grown-up guests apart from children; a `학생` or a `여자` may be either."""

SELF: Final = {
    "저": 1, "나": 1, "본인": 1,
}  # fmt: skip
"""Words that contain the speaker."""

COUPLES: Final = {"부부": 2, "커플": 2}
"""Two people at once; the speaker is one of them where it is `저희 부부`."""

COMPANY: Final = {
    "남편": 1, "아내": 1, "와이프": 1, "신랑": 1, "신부": 1, "부인": 1, "집사람": 1, "부모님": 2,
    "시부모님": 2, "장인장모님": 2, "엄마": 1, "아빠": 1, "어머니": 1, "아버지": 1, "어머님": 1,
    "아버님": 1, "시어머니": 1, "시아버지": 1, "시어머님": 1, "시아버님": 1, "장모님": 1, "장인어른": 1,
    "할머니": 1, "할아버지": 1, "여자친구": 1, "남자친구": 1, "여친": 1, "남친": 1, "친구": 1, "친구들": 2,
    "동생": 1, "여동생": 1, "남동생": 1, "언니": 1, "오빠": 1, "누나": 1, "형": 1, "이모": 1, "고모": 1,
    "삼촌": 1, "사촌": 1, "동료": 1, "직장동료": 1, "애인": 1, "지인": 1, "손님": 1, "후배": 1, "선배": 1,
    "마누라": 1, "안사람": 1, "영감": 1, "바깥양반": 1, "할멈": 1, "각시": 1, "서방": 1, "서방님": 1, "사위": 1,
    "며느리": 1, "처제": 1, "처남": 1, "형수": 1, "매형": 1, "올케": 1, "이모부": 1, "고모부": 1, "장인": 1, "장모": 1,
    "상사": 1, "팀장님": 1, "부장님": 1, "사장님": 1, "교수님": 1, "룸메이트": 1,
    "형부": 1, "제수씨": 1, "시누이": 1, "시동생": 1, "도련님": 1, "외삼촌": 1, "외숙모": 1, "숙모": 1, "숙부": 1,
    "큰아버지": 1, "작은아버지": 1, "큰어머니": 1, "작은어머니": 1, "큰엄마": 1, "작은엄마": 1, "할매": 1, "할배": 1,
    "사돈": 1, "대리님": 1, "과장님": 1, "차장님": 1, "실장님": 1, "이사님": 1, "대표님": 1, "회장님": 1,
    "동기": 1, "동창": 1, "팀원": 1, "회원": 1, "직원": 1, "친척": 1, "짝꿍": 1,
}  # fmt: skip
"""People who come with the speaker, and how many the bare word means."""
