from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from assistant.errors import BadRequest
from assistant.grpc.server import ASSISTANT, BOOKING, build
from assistant.pb import assistant_pb2 as pb
from assistant.pb.assistant_pb2_grpc import AssistantServiceStub
from assistant.settings import Settings

HELLO = {"conversation_id": "c", "message_id": "m", "text": "hello"}
SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


async def health(channel: grpc.aio.Channel, service: str = "") -> int:
    stub = health_pb2_grpc.HealthStub(channel)
    return (await stub.Check(health_pb2.HealthCheckRequest(service=service))).status


async def test_a_server_that_is_loading_says_so_and_takes_no_calls(failing):
    server = build(Settings(listen="127.0.0.1:0"))
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        assert [await health(channel, name) for name in ("", ASSISTANT, BOOKING)] == [NOT_SERVING] * 3
        failure = await failing(AssistantServiceStub(channel).Converse(pb.ConverseRequest(**HELLO)))
        assert (failure.code, failure.reason, failure.retry_after) == (
            grpc.StatusCode.UNAVAILABLE,
            "UNAVAILABLE",
            2.0,
        )
    await server.close(0)


async def test_a_server_that_has_loaded_is_healthy(running):
    assert [await health(running.channel, name) for name in ("", ASSISTANT, BOOKING)] == [SERVING] * 3


async def test_a_deadline_stops_the_waiting_and_not_the_turn(running, failing):
    running.turns.release.clear()
    failure = await failing(running.assistant.Converse(pb.ConverseRequest(**HELLO), timeout=0.05))
    assert failure.code is grpc.StatusCode.DEADLINE_EXCEEDED
    running.turns.release.set()
    answer = await running.assistant.Converse(pb.ConverseRequest(**HELLO))
    assert running.turns.ran == ["m"]
    assert (answer.conversation.version, answer.replies[0].text) == (1, "heard hello")


async def test_the_same_message_sent_twice_at_once_is_one_turn_with_one_answer(running):
    first, second = await asyncio.gather(
        running.assistant.Converse(pb.ConverseRequest(**HELLO)), running.assistant.Converse(pb.ConverseRequest(**HELLO))
    )
    assert first == second
    assert running.turns.ran == ["m"]


async def test_a_stopping_server_lets_calls_end_and_takes_no_more(run, failing):
    async with run() as running:
        running.turns.release.clear()
        under_way = asyncio.ensure_future(running.assistant.Converse(pb.ConverseRequest(**HELLO)))
        await running.turns.started.get()
        closing = asyncio.create_task(running.server.close(5))
        await asyncio.sleep(0.05)
        async with grpc.aio.insecure_channel(running.address) as channel:
            late = AssistantServiceStub(channel).Converse(pb.ConverseRequest(**{**HELLO, "message_id": "late"}))
            assert (await failing(late)).code is grpc.StatusCode.UNAVAILABLE
        running.turns.release.set()
        assert (await under_way).conversation.version == 1
        await closing


async def test_a_stopping_server_waits_for_turns_whose_clients_have_left(run, failing):
    async with run() as running:
        running.turns.release.clear()
        await failing(running.assistant.Converse(pb.ConverseRequest(**HELLO), timeout=0.05))
        closing = asyncio.create_task(running.server.close(5))
        await asyncio.sleep(0.05)
        assert not closing.done()
        running.turns.release.set()
        await closing
        assert running.turns.ran == ["m"]


async def test_a_port_that_is_taken_is_a_mistake_in_the_settings(running):
    with pytest.raises(BadRequest, match="ASSISTANT_LISTEN"):
        build(Settings(listen=running.address))


@pytest.mark.parametrize("listen", ["nowhere", "127.0.0.1:99999", "127.0.0.1:", ":x", "127.0.0.1:-1"])
async def test_an_address_that_is_none_is_a_mistake_in_the_settings(listen):
    with pytest.raises(BadRequest, match="ASSISTANT_LISTEN"):
        build(Settings(listen=listen))


async def test_bookings_kept_elsewhere_are_not_served_here(run, failing):
    async with run(booking_target="127.0.0.1:1") as running:
        from assistant.pb import booking_pb2

        failure = await failing(running.booking.GetBooking(booking_pb2.GetBookingRequest(booking_id="b")))
        assert failure.code is grpc.StatusCode.UNIMPLEMENTED


# --- TLS ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for localhost that is its own authority, and the same for a stranger."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificates")
    folder = tmp_path_factory.mktemp("tls")
    for name in ("own", "strange"):
        subprocess.run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
            f"-addext subjectAltName=DNS:localhost -keyout {name}.key -out {name}.pem",
            shell=True,
            cwd=folder,
            check=True,
            capture_output=True,
        )
    return folder


def tls(folder: Path, **more: Path) -> dict[str, Path]:
    return {"tls_certificate": folder / "own.pem", "tls_key": folder / "own.key", **more}


def secure(address: str, folder: Path, identity: str = "") -> grpc.aio.Channel:
    key = (folder / f"{identity}.key").read_bytes() if identity else None
    certificate = (folder / f"{identity}.pem").read_bytes() if identity else None
    credentials = grpc.ssl_channel_credentials((folder / "own.pem").read_bytes(), key, certificate)
    return grpc.aio.secure_channel(address.replace("127.0.0.1", "localhost"), credentials)


async def test_a_server_with_a_certificate_speaks_tls(run, certificates):
    async with run(**tls(certificates)) as running, secure(running.address, certificates) as channel:
        assert await health(channel) == SERVING


@pytest.mark.parametrize(("identity", "let_in"), [("own", True), ("strange", False), ("", False)])
async def test_a_server_with_a_client_authority_wants_certificates_of_clients(run, certificates, identity, let_in):
    settings = tls(certificates, tls_client_ca=certificates / "own.pem")
    async with run(**settings) as running, secure(running.address, certificates, identity) as channel:
        if let_in:
            assert await health(channel) == SERVING
        else:
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await health(channel)
            assert caught.value.code() is grpc.StatusCode.UNAVAILABLE


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"tls_certificate": "own.pem"}, "ASSISTANT_TLS_KEY"),
        ({"tls_key": "own.key"}, "ASSISTANT_TLS_CERTIFICATE"),
        ({"tls_certificate": "none.pem", "tls_key": "own.key"}, "ASSISTANT_TLS_CERTIFICATE"),
        ({"tls_certificate": "own.key", "tls_key": "own.pem"}, "ASSISTANT_TLS_CERTIFICATE"),
        ({"tls_certificate": "own.pem", "tls_key": "strange.key"}, "ASSISTANT_TLS_CERTIFICATE"),
        (
            {"tls_certificate": "own.pem", "tls_key": "own.key", "tls_client_ca": "own.key"},
            "ASSISTANT_TLS_CLIENT_CA",
        ),
    ],
)
async def test_half_of_tls_is_a_mistake_in_the_settings(certificates, settings, name):
    given = {key: certificates / value for key, value in settings.items()}
    with pytest.raises(BadRequest, match=name):
        build(Settings(listen="127.0.0.1:0", **given))
