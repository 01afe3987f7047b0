"""Serves a trained Rasa policy over one route, with the request and the answer of Rasa's own server.

    MAITRE_POLICY_TOKEN=... policy/.venv/bin/python policy/launcher.py var/policy-model.tar.gz --port 5005

`POST /model/predict` takes a JSON list of tracker events and gives the score of every action; `GET /health` makes a
prediction and says whether it worked. When it listens it prints `{"url": ...}` on one line. It keeps no state, holds no
conversation, and knows none of Rasa's other routes: this is what 100 lines buy over the stock server, and a tenth of
its time, most of which went into validating a list that we made ourselves.
"""

from __future__ import annotations

import argparse
import functools
import hmac
import json
import logging
import os
import socket
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import structlog
from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

os.environ.update(RASA_TELEMETRY_ENABLED="false", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

MOST_BYTES = 256 * 1024  # 60 events take about 12 kB
MOST_EVENTS = 500
CANNED = [
    {"event": "action", "name": "action_listen"},
    {"event": "user", "text": "", "parse_data": {"intent": {"name": "chitchat", "confidence": 1.0}, "entities": []}},
]


def quieten() -> None:
    """Keeps logs on standard error, from warnings up; Rasa would print every tracker, and so the users' conversations."""
    warnings.showwarning = lambda *_, **__: None  # deprecations among libraries whose versions are fixed
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def leave_with_parent() -> None:
    """Ends this process when its standard input closes, which happens however the parent ends."""

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def load(model: Path) -> Callable[[list, str], dict]:
    """Loads the model.

    Args:
        model: the archive that `train.py` wrote.

    Returns:
        A function from tracker events, and from how many of them to repeat (`NONE`, `AFTER_RESTART`, ...), to the answer
        of Rasa's `/model/predict`. It raises whatever Rasa raises at events that make no sense.

    Raises:
        rasa.exceptions.ModelNotFound: there is no model at that path.
    """
    from rasa.core.agent import Agent
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

    # Rasa searches its class tree anew for every event, which takes half of a prediction's time.
    Event.resolve_by_type = staticmethod(functools.lru_cache(Event.resolve_by_type))
    agent = Agent.load(str(model))

    def predict(events: list, repeat: str) -> dict:
        tracker = DialogueStateTracker.from_dict("default", events, agent.domain.slots)
        return agent.predict_next_with_tracker(tracker, EventVerbosity[repeat.upper()])

    return predict


def application(predict: Callable[[list, str], dict], token: str) -> Sanic:
    """The two routes, behind a token; every answer is JSON, and none tells what went on inside.

    Args:
        predict: what `load` gives.
        token: what every request must carry, as `Authorization: Bearer` or, as with Rasa, `?token=`.
    """
    app = Sanic("policy", configure_logging=False)
    app.config.update(REQUEST_MAX_SIZE=MOST_BYTES, KEEP_ALIVE_TIMEOUT=75, ACCESS_LOG=False)

    def failure(status: int, reason: str, message: str) -> HTTPResponse:
        return response.json({"status": "failure", "code": status, "reason": reason, "message": message}, status=status)

    @app.on_request
    async def check_token(request: Request) -> HTTPResponse | None:
        given = request.token or request.args.get("token") or ""
        if hmac.compare_digest(given.encode(), token.encode()):
            return None
        return failure(401, "NotAuthenticated", "send the token as `Authorization: Bearer` or as `?token=`")

    @app.post("/model/predict")
    async def model_predict(request: Request) -> HTTPResponse:
        try:
            events = json.loads(request.body)
            if not isinstance(events, list) or not 0 < len(events) <= MOST_EVENTS:
                raise ValueError(f"send a list of 1 to {MOST_EVENTS} tracker events")
            return response.json(predict(events, request.args.get("include_events", "AFTER_RESTART")))
        except Exception as error:  # whatever Rasa makes of events that make no sense is the sender's mistake
            return failure(400, "BadRequest", f"no prediction from these events: {type(error).__name__}")

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return response.json({"policy": predict(CANNED, "NONE")["policy"]})

    @app.exception(Exception)
    async def explain(request: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        return failure(status, type(error).__name__, HTTPStatus(status).phrase)

    return app


def serve(app: Sanic, port: int, announcements: int) -> None:
    """Answers on 127.0.0.1 until told to stop.

    Args:
        app: the routes.
        port: 0 takes a free one.
        announcements: the file descriptor that gets the line with the address.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        address = json.dumps({"url": f"http://127.0.0.1:{listener.getsockname()[1]}"})

        @app.after_server_start
        async def announce(app: Sanic, loop: object) -> None:
            os.write(announcements, address.encode() + b"\n")

        app.run(sock=listener, motd=False, access_log=False)


def main() -> None:
    """Reads the command line and serves from an empty working directory."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("model", type=Path, help="model archive, e.g. var/policy-model.tar.gz")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    arguments = parser.parse_args()
    token = os.environ.get("MAITRE_POLICY_TOKEN", "")
    if not token:
        sys.exit("MAITRE_POLICY_TOKEN: not set; give the token that requests must carry")
    if not arguments.model.is_file():
        sys.exit(f"{arguments.model}: no such model; make it with policy/train.py")
    if arguments.with_parent:
        leave_with_parent()
    announcements = os.dup(1)
    os.dup2(2, 1)  # standard output is for the one line; whatever a library prints goes with the logs
    quieten()
    model = arguments.model.resolve()
    with tempfile.TemporaryDirectory(prefix="policy-") as empty:
        os.chdir(empty)
        serve(application(load(model), token), arguments.port, announcements)


if __name__ == "__main__":
    main()
