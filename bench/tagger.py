"""How long understanding takes per utterance, on one thread: the tagger alone, and the whole step up to the operations.

    python -m bench.tagger models/tagger

Prints the median and the 95th percentile in milliseconds for short, middling and overlong texts, and how many word pieces the
encoder is given: those of the context, such as what was asked, and those of the message. The whole step is what a turn does:
cut into pieces, tag, compose, read the values. Every round hears its message for the first time: what the code remembers of
words that it has read is forgotten before it.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from assistant.adapters.tagger import BertTagger
from assistant.context import context_of
from assistant.domain import load_domain
from assistant.types import Conversation, Message, Phase, Slot, Status
from nlu.folded import folded
from nlu.pieces import Pieces
from nlu.tagger import Tagger
from nlu.values.english_people import members
from nlu.values.english_words import canonical
from nlu.values.text import has_hangul

BOOKING = (
    "hello there, I would like to book a table at Hanok Table for this coming Friday at half past seven in the evening for "
    "two adults and one child, under the name Kim Minsu, and if it is possible somewhere "
)
KOREAN_BOOKING = (
    "안녕하세요 이번 주 금요일 저녁 일곱 시 반에 한옥테이블로 어른 둘 아이 하나 김민수 이름으로 조용한 창가 "
)
TEXTS = (
    "hi there, we would like a table for four at half past 8 please",
    "네 저희 네 명이고 7시로 부탁드려요",
    BOOKING.replace(" coming", "") + "right by the window, thank you so very much indeed",
    KOREAN_BOOKING + "자리 부탁드려요 감사합니다",
    BOOKING + "very quiet by the window, as my old father hears badly, thank you so very much indeed",
    KOREAN_BOOKING + "자리로 예약 부탁드려요, 그날 뵙겠습니다 감사해",
    "make it 8 instead of 7 please, " * 64,
    "시간은 지워 주시고 인원은 네 명으로 바꿔 주세요. " * 72,
)
"""Of 24 and of 64 pieces with the context before them, of 64 without it, and of 2,000 characters, in both languages."""
REMEMBERED = (folded, canonical, members)
"""What the code keeps of a message's words, so that it reads them once a turn."""
NOW = datetime.fromisoformat("2026-06-10T14:00:00+09:00")
ASKED = Conversation(
    "bench",
    phase=Phase.COLLECTING,
    slots={
        "restaurant": Slot(Status.FILLED, value="hanok_table"),
        "date": Slot(Status.FILLED, value="2026-06-12"),
    },
    asked="time",
    time_zone="Asia/Seoul",
)


def main(folder: Path) -> None:
    """Measure."""
    domain = load_domain(Path("domains/restaurant"))
    tagger, understanding, context = Tagger.load(folder), BertTagger(folder, domain), context_of(ASKED, domain)
    pieces = Pieces.load(folder / "tokenizer.json")
    for text in TEXTS:
        message = Message("bench", "1", text, "ko" if has_hangul(text) else "en", "Asia/Seoul", NOW)
        windows = pieces.windows(context, text)
        given, said = (sum(map(len, part)) for part in ([one.ids for one in windows], [one.offsets for one in windows]))
        rounds = 20 if len(text) > 1000 else 200
        alone = _times(lambda text=text: tagger.tag(text, context), rounds)  # type: ignore[misc]
        whole = _times(lambda message=message: understanding.understand(message, ASKED), rounds)  # type: ignore[misc]
        print(
            f"{message.locale} {given:5} pieces, {said:5} of the message   tagger {_shown(alone)}   whole step {_shown(whole)}"
        )


def _times(step: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round, in order."""
    step()  # what is computed once, such as the words of a domain, is not a turn's cost
    times = []
    for _ in range(rounds):
        for cache in REMEMBERED:
            cache.cache_clear()
        began = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)


def _shown(times: list[float]) -> str:
    return f"p50 {statistics.median(times):6.2f} ms p95 {times[int(0.95 * len(times))]:6.2f} ms"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
