"""What can be set from outside, read once at start from `ASSISTANT_*` variables. Nobody else reads the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.types import When

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "ASSISTANT_"
MODELS = (
    "domain",
    "releases",
    "tagger",
    "policy_url",
    "policy_token",
    "policy_python",
    "policy_model",
    "policy_timeout",
    "llama",
    "llama_base",
    "llama_adapter",
    "llama_url",
    "llama_model",
    "llama_token",
    "llama_structured",
    "llama_timeout",
    "llama_track",
    "llama_reply",
)
"""The settings that say what a server thinks with, rather than where it listens and what it keeps."""


class Settings(BaseSettings):
    """One frozen object. A bad value stops the start and names the variable."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    listen: str = "127.0.0.1:50051"
    """Address of the gRPC server, `host:port`; port 0 takes a free one."""
    domain: Path = ROOT / "domains" / "restaurant"
    """The domain folder."""
    database_url: str = f"sqlite+aiosqlite:///{ROOT / 'var' / 'maitre.db'}"
    """Where conversations and bookings are kept: `sqlite+aiosqlite:///file` or `postgresql+asyncpg://...`."""
    releases: Path = ROOT / "var" / "releases"
    """Where `make train` puts releases, a folder for each domain; the active one is served."""
    tagger: Path = ROOT / "models" / "tagger"
    """The tagger's folder: `model.onnx`, `tokenizer.json`, `labels.json`, `manifest.json`; named, it wins over a release."""
    policy_url: str = ""
    """A running policy, e.g. `http://127.0.0.1:5005`; empty: start and supervise our own."""
    policy_token: SecretStr = SecretStr("")
    """The token of the policy at `policy_url`; our own gets a random one."""
    policy_python: Path = ROOT / "policy" / ".venv" / "bin" / "python"
    """The Python of the policy's environment."""
    policy_model: Path = ROOT / "var" / "policy-model.tar.gz"
    """The trained policy; named, it wins over a release."""
    policy_timeout: float = Field(default=2.0, gt=0, le=30)
    """Seconds that one prediction may take before the turn goes on degraded."""
    booking_target: str = ""
    """Somebody else's BookingService, `host:port`; empty: our own, on our database."""
    booking_timeout: float = Field(default=5.0, gt=0, le=60)
    """Seconds that a call to `booking_target` may take before its outcome counts as unknown."""
    llama: Literal["off", "local", "openai"] = "off"
    """The language model's backend: none, in this process (needs the `llm` extra), or a server that speaks OpenAI's API."""
    llama_base: Path = ROOT / "models" / "llama" / "base"
    """The base model's folder, for `local`."""
    llama_adapter: Path = ROOT / "models" / "llama" / "track-reply"
    """The folder of the adapter on that base, for `local`; named, it wins over a release's."""
    llama_url: str = ""
    """The server's address for `openai`, with its version: `http://127.0.0.1:8000/v1`."""
    llama_model: str = ""
    """The model's, or the adapter's, name on that server."""
    llama_token: SecretStr = SecretStr("")
    """The bearer token of that server."""
    llama_structured: bool = False
    """Whether that server takes a grammar with a request, as vLLM does."""
    llama_timeout: float = Field(default=2.0, gt=0, le=8)
    """Seconds that the language model may take in one turn before the turn goes on without it, degraded."""
    llama_track: When = When.UNCERTAIN
    """Which messages the language model reads beside the tagger: `always`, `uncertain` (those it is unsure of), `never`."""
    llama_reply: bool = False
    """Whether the language model words the questions and small talk that the domain lists."""
    client_clocks: bool = False
    """Whether `now` in requests is honoured: development, tests and replay only."""
    reflection: bool = False
    """Whether grpcurl and its like may list the services: development only."""
    tokens: SecretStr = SecretStr("")
    """Comma-separated bearer tokens that clients must present; empty: anybody who reaches the port."""
    tls_certificate: Path | None = None
    """PEM certificate chain of the server; with `tls_key` it turns TLS on."""
    tls_key: Path | None = None
    """PEM private key of the server."""
    tls_client_ca: Path | None = None
    """PEM certificates that clients must be signed by (mTLS)."""
    most_concurrent: int = Field(default=64, ge=1, le=4096)
    """Calls worked on at once; more are shed with RESOURCE_EXHAUSTED."""
    idle_minutes: int = Field(default=60, ge=1)
    """After this long a draft is suspended and the next message asks whether to go on."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much is logged; never message texts or slot values."""


def child_environment(**settings: str) -> dict[str, str]:
    """The environment for a server of our own: these settings, this one's models, and no other `ASSISTANT_*` variable."""
    kept = {f"{PREFIX}{name}".upper() for name in MODELS}
    ours = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX) or name in kept}
    return {**ours, **{f"{PREFIX}{name}".upper(): value for name, value in settings.items()}}
