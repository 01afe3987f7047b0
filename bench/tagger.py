"""How long the tagger takes per utterance, on one thread.

    python -m bench.tagger models/tagger

Prints the median and the 95th percentile in milliseconds for short, middling and overlong texts.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from nlu.context import render_context
from nlu.tagger import Tagger

TEXTS = {
    "24 pieces": "table for four at 8 pm",
    "24 pieces, Korean": "네 명이고 7시로요",
    "64 pieces": "hello there, I would like to book a table at Hanok Table for this coming Friday at half past seven in the "
    "evening for two adults and one child, under the name Kim Minsu, thank you so much",
    "2,000 characters": "make it 8 instead of 7 please, " * 64,
    "2,000 characters, Korean": "시간은 지워 주시고 인원은 네 명으로 바꿔 주세요. " * 72,
}


def main(folder: Path) -> None:
    """Measure."""
    tagger = Tagger.load(folder)
    context = render_context("time", "collecting", "create", ["restaurant", "date"])
    for name, text in TEXTS.items():
        times = []
        for _ in range(20 if len(text) > 1000 else 200):
            began = time.perf_counter()
            tagger.tag(text, context)
            times.append(1000 * (time.perf_counter() - began))
        times.sort()
        print(f"{name:26} p50 {statistics.median(times):6.2f} ms   p95 {times[int(0.95 * len(times))]:6.2f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
