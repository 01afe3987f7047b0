"""The Llama port over a server that speaks OpenAI's completions: vLLM and its like, adapters by their served names.

It turns every fault of that server into `LlamaUnavailable` and stops asking for a moment when it fails again and again.
The prompt goes as text; user's words in it are escaped already. Knows HTTP; does not know operations or tensors.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Final

import httpx

from assistant.adapters.llama_answer import whole
from assistant.adapters.policy import Breaker
from assistant.errors import LlamaUnavailable
from assistant.prompts import Prompt, as_text

MOST_BYTES: Final = 1_000_000
"""Of one answer, all in all; 128 tokens in a stream of events take about 40,000."""
REFUSALS: Final = frozenset({400, 413, 422})
"""The server is well and does not want this request: too long, say, or a grammar that it cannot take."""
STOPPED: Final = "stop"


@dataclass(frozen=True, slots=True)
class _Event:
    """A piece of text, and why the answer ends where it does."""

    text: str
    finish: str = ""


class OpenAILlama:
    """The model behind a URL.

    Args:
        url: the API's root, e.g. `http://127.0.0.1:8000/v1`.
        model: the name under which the server offers the model or the adapter.
        token: what it wants to see as a bearer token; empty where it wants none.
        deadline: seconds for one answer, all in all.
        structured: whether the server takes a grammar, as vLLM's `structured_outputs`.
        breaker: when to stop asking.
        transport: how requests travel; tests put their own here.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        token: str = "",
        deadline: float = 2.0,
        structured: bool = False,
        breaker: Breaker | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._model = model
        self._deadline = deadline
        self._structured = structured
        self._breaker = breaker or Breaker()
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=deadline,
            transport=transport,
            trust_env=False,  # user's words go to the server that is named, through no proxy
        )

    @property
    def version(self) -> str:
        """`name@served`: which weights the server has loaded under the name is its own affair."""
        return f"{self._model}@served"

    async def complete(self, prompt: Prompt, *, grammar: str = "", most: int = 128) -> str:
        """The answer's text; see `assistant.ports.Llama`.

        Raises:
            LlamaUnavailable: the server is down, late, or its answer is empty, garbled or not ended within `most` tokens.
        """
        return await whole(self._pieces(prompt, grammar, most))

    def stream(self, prompt: Prompt, *, most: int = 128) -> AsyncIterator[str]:
        """The answer's text piece by piece; raises as `complete` does."""
        return self._pieces(prompt, "", most)

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def _pieces(self, prompt: Prompt, grammar: str, most: int) -> AsyncIterator[str]:
        if not self._breaker.allows():
            raise LlamaUnavailable("the language model's server failed several times; it is left alone for a moment")
        late = asyncio.get_running_loop().time() + self._deadline
        finish = ""
        try:
            async with aclosing(self._events(prompt, grammar, most)) as events:
                while True:
                    async with asyncio.timeout_at(late):
                        event = await anext(events, None)
                    if event is None:
                        break
                    finish = event.finish or finish
                    if event.text:
                        yield event.text
        except LlamaUnavailable:
            self._breaker.record(success=False)
            raise
        except (TimeoutError, httpx.HTTPError) as fault:
            self._breaker.record(success=False)
            raise LlamaUnavailable(f"the language model's server does not answer: {type(fault).__name__}") from fault
        except BaseException:  # the caller went: nothing was learned, but a probe must not stay open
            self._breaker.release()
            raise
        self._breaker.record(success=True)
        if finish != STOPPED:
            raise LlamaUnavailable(f"the language model's answer did not end: {finish or 'no reason given'}")

    async def _events(self, prompt: Prompt, grammar: str, most: int) -> AsyncGenerator[_Event]:
        body: dict[str, Any] = {
            "model": self._model,
            "prompt": as_text(prompt),
            "max_tokens": most,
            "temperature": 0,
            "stream": True,
        }
        if grammar and self._structured:
            body["structured_outputs"] = {"grammar": grammar}
        async with self._client.stream("POST", "completions", json=body) as response:
            if response.status_code in REFUSALS:
                yield _Event("", f"refused with status {response.status_code}")
                return
            if response.status_code != httpx.codes.OK:
                raise LlamaUnavailable(f"the language model's server answers with status {response.status_code}")
            async for line in _lines(response):
                name, _, data = line.partition(b":")
                if name != b"data" or data.strip() == b"[DONE]":
                    continue
                yield _event(data)


async def _lines(response: httpx.Response) -> AsyncIterator[bytes]:
    """The lines of an answer of a bounded length; httpx's own reader would take in a line without end."""
    rest, count = b"", 0
    async for chunk in response.aiter_bytes():
        count += len(chunk)
        if count > MOST_BYTES:
            raise LlamaUnavailable("the language model's server does not come to an end")
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line
    yield rest


def _event(data: bytes) -> _Event:
    """Reads one event: `{"choices": [{"text": str, "finish_reason": str | null}]}`."""
    try:
        choice = json.loads(data)["choices"][0]
        text, finish = choice["text"], choice.get("finish_reason")
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as fault:
        raise LlamaUnavailable("the language model's server answers in another form than OpenAI's") from fault
    if not isinstance(text, str) or not isinstance(finish, str | None):
        raise LlamaUnavailable("the language model's server answers in another form than OpenAI's")
    return _Event(text, finish or "")
