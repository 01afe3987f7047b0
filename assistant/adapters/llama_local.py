"""The Llama port over a model in this process: one worker thread, answers that ask at the same time made together.

Importing it imports torch, so only what serves such a model does. Knows queues, deadlines and the event loop; does not
know tensors or operations.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from assistant.adapters.llama_answer import whole
from assistant.adapters.llama_engine import Answer, Engine
from assistant.errors import LlamaUnavailable
from assistant.prompts import Prompt

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Request:
    """What one caller waits for. The worker calls `tell` with pieces of text and `end` with why there is no answer, or ""."""

    adapter: str
    answer: Answer
    end: Callable[[str], None]


class LocalModel:
    """A loaded model and the thread that runs it.

    Args:
        engine: the model; only the thread calls it.
        together: most answers made at once.
        waiting: most answers that wait for their turn; more are refused at once.
        gather: seconds that the first of them waits for others.
        threads: cores that a step may use.
    """

    def __init__(
        self, engine: Engine, *, together: int = 8, waiting: int = 32, gather: float = 0.004, threads: int = 1
    ) -> None:
        self._engine = engine
        self._together = together
        self._most_waiting = waiting
        self._gather = gather
        self._waiting: deque[_Request] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, args=(threads,), name="llama", daemon=True)
        self._thread.start()

    @classmethod
    def load(cls, base: Path, adapters: Mapping[str, Path], *, four_bit: bool = False, **limits: Any) -> LocalModel:
        """Loads a base and its adapters; takes a second for the model of the repository, minutes for a big one.

        Args:
            base: the base's folder.
            adapters: PEFT folders by name; a single LoRA is merged into the base.
            four_bit: quantise the base; needs CUDA and bitsandbytes.
            limits: see the class.

        Raises:
            ModelError: a folder is incomplete, altered or does not fit.
        """
        return cls(Engine.load(base, adapters, four_bit=four_bit), **limits)

    def llama(self, adapter: str = "", *, deadline: float = 2.0) -> LocalLlama:
        """The port for one adapter.

        Args:
            adapter: a name given to `load`; "" where none was.
            deadline: seconds for one answer, waiting included.

        Raises:
            ModelError: there is no adapter of that name.
        """
        return LocalLlama(self, adapter, self._engine.label(adapter), deadline)

    def ask(self, request: _Request) -> None:
        """Puts a request into the queue.

        Raises:
            LlamaUnavailable: too many wait already, or the model is closed.
        """
        with self._changed:
            if self._closed:
                raise LlamaUnavailable("the language model is shut down")
            if len(self._waiting) >= self._most_waiting:
                raise LlamaUnavailable("the language model has too much to do")
            self._waiting.append(request)
            self._changed.notify()

    def close(self) -> None:
        """Ends the thread after the answers under way; those that wait get none."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()
        for request in self._waiting:
            request.end("it is shut down")

    def _work(self, threads: int) -> None:
        torch.set_num_threads(threads)  # counts for the thread that calls it
        while batch := self._next():
            try:
                self._engine.answer([one.answer for one in batch], batch[0].adapter)
            except Exception as error:  # out of memory, say: these callers go without, the next ones are tried
                log.exception("generation failed")
                for request in batch:
                    request.answer.fault = f"generation failed: {type(error).__name__}"
            for request in batch:
                request.end(request.answer.fault)

    def _next(self) -> list[_Request]:
        """The requests to answer together, all for one adapter; none once the model is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting)
            self._changed.wait_for(lambda: self._closed or len(self._waiting) >= self._together, timeout=self._gather)
            if self._closed:
                return []
            adapter = self._waiting[0].adapter
            batch = [one for one in self._waiting if one.adapter == adapter][: self._together]
            self._waiting = deque(one for one in self._waiting if one not in batch)
            return batch


class LocalLlama:
    """The port: one adapter of a `LocalModel`. Use `LocalModel.llama`."""

    def __init__(self, model: LocalModel, adapter: str, version: str, deadline: float) -> None:
        self._model = model
        self._adapter = adapter
        self._version = version
        self._deadline = deadline

    @property
    def version(self) -> str:
        """`name@version` of the adapter."""
        return self._version

    async def complete(self, prompt: Prompt, *, grammar: str = "", most: int = 128) -> str:
        """The answer's text; see `assistant.ports.Llama`.

        Raises:
            LlamaUnavailable: late, busy, empty, or not ended within `most` tokens.
        """
        return await whole(self._pieces(prompt, grammar, most))

    def stream(self, prompt: Prompt, *, most: int = 128) -> AsyncIterator[str]:
        """The answer's text in pieces of whole characters; raises as `complete` does."""
        return self._pieces(prompt, "", most)

    async def _pieces(self, prompt: Prompt, grammar: str, most: int) -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        heard: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()
        given_up = threading.Event()

        def hear(piece: str, fault: str | None) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody listens
                loop.call_soon_threadsafe(heard.put_nowait, (piece, fault))

        answer = Answer(
            prompt=prompt,
            grammar=grammar,
            most=most,
            until=time.monotonic() + self._deadline,
            tell=lambda piece: hear(piece, None),
            wanted=lambda: not given_up.is_set(),
        )
        late = loop.time() + self._deadline
        try:
            self._model.ask(_Request(self._adapter, answer, lambda fault: hear("", fault)))
            while True:
                async with asyncio.timeout_at(late):
                    piece, fault = await heard.get()
                if fault is not None:
                    break
                yield piece
        except TimeoutError as error:
            raise LlamaUnavailable(f"the language model took longer than {self._deadline:g} s") from error
        finally:
            given_up.set()
        if fault:
            raise LlamaUnavailable(f"the language model gave no answer: {fault}")
