"""The language model that the settings name is opened, or the start stops with a sentence that says what to do."""

from pathlib import Path
from typing import Any

import pytest

from assistant.assisting import open_assist
from assistant.errors import Unavailable
from assistant.settings import Settings
from assistant.types import When


async def test_off_is_no_language_model():
    async with open_assist(Settings(llama="off")) as assist:
        assert assist is None


@pytest.mark.parametrize(
    ("settings", "variable"),
    [
        ({"llama": "local", "llama_base": Path("/nowhere")}, "ASSISTANT_LLAMA_BASE: /nowhere"),
        ({"llama": "openai"}, "ASSISTANT_LLAMA_URL"),
        ({"llama": "openai", "llama_url": "http://127.0.0.1:1/v1"}, "ASSISTANT_LLAMA_MODEL"),
    ],
)
async def test_what_is_missing_stops_the_start_by_the_variable_s_name(settings: dict[str, Any], variable: str):
    with pytest.raises(Unavailable, match=variable):
        async with open_assist(Settings(**settings)):
            pass


async def test_a_missing_adapter_is_named(tmp_path: Path):
    (tmp_path / "config.json").write_text("{}")
    settings = Settings(llama="local", llama_base=tmp_path, llama_adapter=tmp_path / "adapter")
    with pytest.raises(Unavailable, match="ASSISTANT_LLAMA_ADAPTER"):
        async with open_assist(settings):
            pass


async def test_a_damaged_model_stops_the_start(tmp_path: Path):
    for name in ("config.json", "manifest.json", "adapter_config.json"):
        (tmp_path / name).write_text("{")
    settings = Settings(llama="local", llama_base=tmp_path, llama_adapter=tmp_path)
    with pytest.raises(Unavailable, match="ASSISTANT_LLAMA_BASE"):
        async with open_assist(settings):
            pass


async def test_without_the_extra_the_sentence_says_which_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Unavailable, match=r"pip install 'maitre\[llm\]'"):
        async with open_assist(Settings(llama="local")):
            pass


async def test_a_server_is_opened_without_being_asked():
    settings = Settings(
        llama="openai",
        llama_url="http://127.0.0.1:1/v1",
        llama_model="track-reply",
        llama_track="always",
        llama_timeout=1,
    )
    async with open_assist(settings) as assist:
        assert assist is not None
        assert (assist.when, assist.reply, assist.patience) == (When.ALWAYS, False, 1.0)
        assert assist.llama.version.startswith("track-reply@")


@pytest.mark.parametrize(("field", "value"), [("llama_timeout", 9), ("llama_timeout", 0), ("llama_track", "often")])
def test_a_setting_out_of_range_is_refused(field: str, value: object):
    with pytest.raises(ValueError, match=field):
        Settings(**{field: value})
