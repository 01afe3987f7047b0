"""Opens the language model that the settings name, for the turns that are helped by it. Loads torch only for `local`."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from assistant.errors import Unavailable
from assistant.ports import Llama
from assistant.settings import Settings
from assistant.understand import Assist

EXTRA = ("torch", "transformers", "peft", "llguidance")
"""What the `llm` extra installs and `local` needs."""


@asynccontextmanager
async def open_assist(settings: Settings, adapter: Path | None = None) -> AsyncIterator[Assist | None]:
    """The language model, loaded, until the end of the block; None where it is off.

    Args:
        settings: the backend, and what it is asked for.
        adapter: the active release's, used where the settings name none.

    Raises:
        Unavailable: it is missing, damaged, or not described; names the variable.
    """
    match settings.llama:
        case "off":
            yield None
        case "local":
            async with _local(settings, adapter) as llama:
                yield _assist(llama, settings)
        case "openai":
            async with _openai(settings) as llama:
                yield _assist(llama, settings)


def _assist(llama: Llama, settings: Settings) -> Assist:
    return Assist(llama, settings.llama_track, settings.llama_reply, settings.llama_timeout)


@asynccontextmanager
async def _local(settings: Settings, released: Path | None) -> AsyncIterator[Llama]:
    lacking = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if lacking:
        raise Unavailable(
            f"ASSISTANT_LLAMA: local needs {', '.join(lacking)}; install the extra: pip install 'maitre[llm]'"
        )
    adapter = released if released and "llama_adapter" not in settings.model_fields_set else settings.llama_adapter
    if not (settings.llama_base / "config.json").is_file():
        raise Unavailable(
            f"ASSISTANT_LLAMA_BASE: {settings.llama_base} holds no model (no config.json); fetch or train one"
        )
    if not (adapter / "manifest.json").is_file():
        raise Unavailable(f"ASSISTANT_LLAMA_ADAPTER: {adapter} holds no adapter (no manifest.json); fetch or train one")
    from assistant.adapters.llama_local import LocalModel  # loads torch, which only this backend needs

    try:
        model = await asyncio.to_thread(LocalModel.load, settings.llama_base, {adapter.name: adapter})
        llama = model.llama(adapter.name, deadline=settings.llama_timeout)
    except ValueError as error:  # a folder that is damaged, or an adapter of another base
        raise Unavailable(f"ASSISTANT_LLAMA_BASE, ASSISTANT_LLAMA_ADAPTER: {error}") from error
    try:
        yield llama
    finally:
        await asyncio.to_thread(model.close)


@asynccontextmanager
async def _openai(settings: Settings) -> AsyncIterator[Llama]:
    for name in ("llama_url", "llama_model"):
        if not getattr(settings, name):
            raise Unavailable(f"ASSISTANT_{name.upper()}: openai needs it; name the server and its model")
    from assistant.adapters.llama_openai import OpenAILlama

    llama = OpenAILlama(
        settings.llama_url,
        settings.llama_model,
        token=settings.llama_token.get_secret_value(),
        deadline=settings.llama_timeout,
        structured=settings.llama_structured,
    )
    try:
        yield llama
    finally:
        await llama.close()
