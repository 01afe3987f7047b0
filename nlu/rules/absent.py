"""People called by their names who do not come: "Minjae caught a cold and can't come", `혜진이랑 파울루가 못 온대요`.

Counts those who are named. Does not know who is held, or how many come.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.values.english_words import MONTHS
from nlu.values.korean_people import CHILDREN, COMPANY, GROWN

_NOBODY: Final = "|".join(month.title() for month in MONTHS)
_NAME: Final = (
    rf"(?!(?:I|We|You|He|She|They|It|That|This|The|My|Our|His|Her|Everyone|Everybody|Nobody|Somebody|Someone|One|Two|Three|Four|Five|Six|Mon|Tue"
    rf"|Wed|Thu|Fri|Sat|Sun|\w+day|Sorry|Oh|So|And|But|Hi|Hey|Hello|Unfortunately|Sadly|Actually|{_NOBODY})\b)[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
)
_ENGLISH: Final = re.compile(
    r"(?:(?:[Oo]h|[Ss]o|[Ss]orry|[Hh]ey|[Hh]i|[Uu]nfortunately|[Ss]adly|[Aa]ctually|[Aa]nd|[Bb]ut|[Uu]gh)(?: no)?[\s,!.]+)*"
    rf"(?P<names>{_NAME}(?:(?:,? and | & |, ){_NAME})*)(?:['’]s| has| have| is| are| just| had| got| fell)*[^.!?;]{{0,40}}?"
    r"(?:\b(?:can'?t|cannot|can’t|cant|won'?t|won’t|couldn'?t|isn'?t|aren'?t|is not|are not|no longer)(?: be)?"
    r" (?:come|coming|make it|join|joining|there|able to (?:come|make it))|\b(?:dropped out|bailed(?: on us)?"
    r"|pulled out|backed out))"
    r"(?: (?:after all|any ?more|this time|on \w+day|that day|sadly|unfortunately|tonight|tomorrow))*[\s.!]*"
)
_AND: Final = re.compile(r",? and | & |, ")
_KIN: Final = "|".join(sorted({*COMPANY, *CHILDREN, *GROWN}, key=len, reverse=True))
_NO_NAME: Final = rf"(?:{_KIN}|저희|우리|제가|내가|다들|모두|누가|아무|한\s?명|두\s?명|거기|그날|날짜|시간|예약)"
_KOREAN_NAME: Final = rf"(?!{_NO_NAME}(?:들)?(?:이|가|은|는|도|랑|하고|\s))[가-힣]{{2,4}}?"
_SAID: Final = r"(?:온대|온다|오신대|오신다|간대|간다|가신대|가신다)"
_TOLD: Final = r"(?:와요|왔|옵니다|오네|오세|오셔|올\s|오게|가요|갑니다|가네|가세|가셔|갈\s|가게)"
"""Of whom it is heard, and of whom the guest says, that they come or go; who takes something along does neither."""
_KOREAN: Final = re.compile(
    r"(?:(?:아|앗|아이고|어|저|그게|저기|죄송한데|근데|참)[\s,]+)*"
    rf"(?P<names>{_KOREAN_NAME}(?:(?:이?랑|하고|와|과)\s?{_KOREAN_NAME})*)"
    rf"(?:(?:이가|이|가|은|는|도)\s[^.!?]{{0,24}}?(?:못|안)\s?{_SAID}|(?:이가|이|가)\s[^.!?]{{0,24}}?(?:못|안)\s?{_TOLD})"
    r"[가-힣\s]{0,5}[\s.!~ㅠㅜ]*"
)
_KOREAN_AND: Final = re.compile(r"(?:이?랑|하고|와|과)\s?(?=[가-힣]{2})")


def absent(text: str) -> tuple[str, ...]:
    """The names of those of whom a whole message says that they do not come, and nothing else; empty where it says more.

    Args:
        text: a message; kin (`동생이 못 와요`, "my sister can't come") are not called by a name.
    """
    if found := _ENGLISH.fullmatch(text.strip()):
        return tuple(_AND.split(found["names"]))
    if found := _KOREAN.fullmatch(text.strip()):
        return tuple(_KOREAN_AND.split(found["names"]))
    return ()
