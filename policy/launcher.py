"""Serves a trained Rasa policy over one route, with the request and the answer of Rasa's own server.

    MAITRE_POLICY_TOKEN=... policy/.venv/bin/python policy/launcher.py var/policy-model.tar.gz --port 5005

`POST /model/predict` takes a JSON list of tracker events and gives the score of every action; `GET /health` makes a
prediction and says whether it worked. When it listens it prints `{"url": ...}` on one line. It keeps no state, holds no
conversation, and knows none of Rasa's other routes: this is what 100 lines buy over the stock server, and a tenth of
its time, most of which went into validating a list that we made ourselves.
"""

from __future__ import annotations

import argparse
import hmac
import json
import logging
import os
import socket
import sys
import tempfile
import threading
import warnings
from pathlib import Path

os.environ.update(RASA_TELEMETRY_ENABLED="false", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

MOST_BYTES = 256 * 1024  # 60 events take about 12 kB
MOST_EVENTS = 500
CANNED = [
    {"event": "action", "name": "action_listen"},
    {"event": "user", "text": "", "parse_data": {"intent": {"name": "chitchat", "confidence": 1.0}, "entities": []}},
]


def quieten() -> None:
    """Keeps logs on standard error, from warnings up; Rasa would print every tracker, and so the users' conversations."""
    import structlog

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


def serve(model: Path, port: int, token: str) -> None:
    """Loads the model and answers until told to stop.

    Args:
        model: the archive that `train.py` wrote.
        port: the port on 127.0.0.1; 0 takes a free one.
        token: what every request must carry, as `Authorization: Bearer` or `?token=`.

    Raises:
        rasa.exceptions.ModelNotFound: there is no model at that path.
    """
    from rasa.core.agent import Agent
    from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
    from sanic import Sanic
    from sanic.exceptions import SanicException
    from sanic.request import Request
    from sanic.response import HTTPResponse
    from sanic.response import json as answer

    agent = Agent.load(str(model))

    def predict(events: list, verbosity: EventVerbosity) -> dict:
        tracker = DialogueStateTracker.from_dict("default", events, agent.domain.slots)
        return agent.predict_next_with_tracker(tracker, verbosity)

    app = Sanic("policy", configure_logging=False)
    app.config.update(REQUEST_MAX_SIZE=MOST_BYTES, KEEP_ALIVE_TIMEOUT=75, ACCESS_LOG=False)

    @app.on_request
    async def check_token(request: Request) -> HTTPResponse | None:
        given = request.token or request.args.get("token") or ""
        if not hmac.compare_digest(given.encode(), token.encode()):
            return answer({"status": "failure", "reason": "NotAuthenticated", "message": "wrong token"}, status=401)
        return None

    @app.post("/model/predict")
    async def model_predict(request: Request) -> HTTPResponse:
        try:
            verbosity = EventVerbosity[request.args.get("include_events", "AFTER_RESTART").upper()]
            events = json.loads(request.body)
            if not isinstance(events, list) or not 0 < len(events) <= MOST_EVENTS:
                raise ValueError(f"send a list of 1 to {MOST_EVENTS} tracker events")
            result = predict(events, verbosity)
        except Exception as error:  # whatever Rasa makes of a malformed event is the sender's mistake
            message = f"no prediction from these events: {type(error).__name__}"
            return answer({"status": "failure", "reason": "BadRequest", "message": message}, status=400)
        return answer(result)

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return answer({"policy": predict(CANNED, EventVerbosity.NONE)["policy"], "model": agent.model_id})

    @app.exception(Exception)
    async def explain(request: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        return answer({"status": "failure", "reason": type(error).__name__, "message": "see the status"}, status=status)

    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))

        @app.after_server_start
        async def announce(app: Sanic, loop: object) -> None:
            print(json.dumps({"url": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)

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
    quieten()
    model = arguments.model.resolve()
    with tempfile.TemporaryDirectory(prefix="policy-") as empty:
        os.chdir(empty)
        serve(model, arguments.port, token)


if __name__ == "__main__":
    main()
