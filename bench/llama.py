"""How fast a Llama in this process is, on one thread or a GPU: reading, writing, and whole answers as turns ask for them.

    python -m bench.llama models/llama/base --adapter models/llama/track-reply

An answer is one of the track task, held to a grammar, on a prompt of about 120 tokens; 8 at once are 8 conversations that
ask at the same time. `processor` is what one round costs: the latency on a machine with nothing else to do. Memory is the
process's own, before and with the model.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import torch

from assistant.adapters.llama_engine import Answer, Engine
from assistant.adapters.llama_local import LocalModel
from assistant.domain import load_domain
from assistant.prompts import Prompt, Segment, Task, track_prompt
from assistant.types import Conversation, Phase, Slot, Status

SAID = "금요일 일곱 시 반에 네 명이고요, can we sit outside?"
ANSWER = 'set time "일곱 시 반" not'
"""What every model is made to write, so that all answers are of one length."""
ENDLESS = "start: /[a-z ]{1000,2000}/"
HELD = {"restaurant": "hanok_table", "date": "2026-06-13", "time": "19:00", "party_size": "4"}
ROUNDS = 20


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", type=Path, help="folder of the base")
    parser.add_argument("--adapter", type=Path, help="folder of an adapter on it")
    parser.add_argument("--four-bit", action="store_true", help="quantise the base; needs CUDA and bitsandbytes")
    options = parser.parse_args()
    torch.set_num_threads(1)
    before = _memory()
    adapters = {options.adapter.name: options.adapter} if options.adapter else {}
    engine = Engine.load(options.model, adapters, four_bit=options.four_bit)
    name = next(iter(adapters), "")
    held = {slot: Slot(Status.FILLED, value=value) for slot, value in HELD.items()}
    conversation = Conversation("bench", phase=Phase.CONFIRMING, slots=held, asked="name", locale="ko")
    prompt = track_prompt(SAID, conversation, load_domain(Path("domains/restaurant")))
    asked, written = (len(engine.tokens(one)) for one in (prompt, Prompt(Task.TRACK, (Segment(ANSWER),))))
    print(f"{engine.label(name)}: prompt of {asked} tokens, answer of {written}, one thread")
    for together in (1, 8):
        _rates(engine, name, prompt, together)
    asyncio.run(_answers(LocalModel(engine), name, prompt))
    print(f"memory     {before:.0f} MB before, {_memory():.0f} MB with the model{_gpu()}")


def _rates(engine: Engine, name: str, prompt: Prompt, together: int) -> None:
    """Reading is what an answer of one token costs; writing is what each further one adds."""
    one = _median(lambda: _run(engine, name, prompt, together, 1))
    more = _median(lambda: _run(engine, name, prompt, together, 17))
    reading, writing = together * len(engine.tokens(prompt)) / one, 16 * together / (more - one)
    print(f"{together} together  reads {reading:6.0f} tokens/s   writes {writing:5.0f} tokens/s")


def _run(engine: Engine, name: str, prompt: Prompt, together: int, most: int) -> None:
    engine.answer(
        [Answer(prompt=prompt, grammar=ENDLESS, most=most, until=math.inf, tell=_ignore) for _ in range(together)], name
    )


def _ignore(_: str) -> None:
    """Nobody reads along."""


async def _answers(model: LocalModel, name: str, prompt: Prompt) -> None:
    llama = model.llama(name, deadline=600)
    for together in (1, 8):
        times: list[float] = []

        async def ask(times: list[float] = times) -> None:
            begun = time.perf_counter()
            await llama.complete(prompt, grammar=f"start: {json.dumps(ANSWER)}")
            times.append(1000 * (time.perf_counter() - begun))

        spent = time.process_time()
        for _ in range(ROUNDS):
            await asyncio.gather(*(ask() for _ in range(together)))
        spent = 1000 * (time.process_time() - spent) / ROUNDS
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{together} at once  p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   processor {spent:6.1f} ms")
    await asyncio.to_thread(model.close)


def _median(step: Callable[[], None]) -> float:
    """Seconds."""
    step()
    times = []
    for _ in range(ROUNDS // 2):
        begun = time.perf_counter()
        step()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _memory() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)


def _gpu() -> str:
    return f", {torch.cuda.max_memory_allocated() / 1e6:.0f} MB on the GPU" if torch.cuda.is_available() else ""


if __name__ == "__main__":
    main()
