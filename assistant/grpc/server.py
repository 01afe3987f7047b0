"""The gRPC server: options, services, health, TLS, and a stop that lets turns end. Loads nothing itself."""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass
from typing import Final

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from assistant.errors import BadRequest
from assistant.grpc.assistant_servicer import AssistantServicer
from assistant.grpc.booking_servicer import BookingServicer
from assistant.grpc.interceptors import Gate
from assistant.grpc.service import Late, Service
from assistant.pb import assistant_pb2, assistant_pb2_grpc, booking_pb2, booking_pb2_grpc
from assistant.settings import Settings

log = logging.getLogger(__name__)

MOST_PORT: Final = 65_535
LARGEST_MESSAGE: Final = 64 * 1024
"""Bytes of a request. A text of 2,000 characters has at most 8,000."""
OPTIONS: Final = (
    ("grpc.max_receive_message_length", LARGEST_MESSAGE),
    ("grpc.max_metadata_size", 8 * 1024),
    ("grpc.absolute_max_metadata_size", 16 * 1024),
    ("grpc.so_reuseport", 0),  # a second server on the same port must fail, not share
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.min_ping_interval_without_data_ms", 30_000),
    ("grpc.max_connection_age_ms", 30 * 60_000),
    ("grpc.max_connection_age_grace_ms", 60_000),
)
ASSISTANT: Final = assistant_pb2.DESCRIPTOR.services_by_name["AssistantService"].full_name
BOOKING: Final = booking_pb2.DESCRIPTOR.services_by_name["BookingService"].full_name
GRACE: Final = 15.0
"""Seconds that calls get to end after a stop."""
TURNS: Final = 5.0
"""Seconds more that turns get whose clients have left."""

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is bound to `port` and answers health checks; calls are answered from `open` on."""

    grpc_server: grpc.aio.Server
    health: health.aio.HealthServicer
    late: Late
    port: int
    services: tuple[str, ...]

    async def start(self) -> None:
        """Starts listening. Everything but health is unavailable still."""
        for name in ("", *self.services):
            await self.health.set(name, _NOT_SERVING)
        await self.grpc_server.start()

    async def open(self, service: Service) -> None:
        """Starts answering."""
        self.late.service = service
        for name in ("", *self.services):
            await self.health.set(name, _SERVING)

    async def close(self, grace: float = GRACE) -> None:
        """Stops: health says so first, no new calls are taken, those under way end, then turns without a client do."""
        await self.health.enter_graceful_shutdown()
        await self.grpc_server.stop(grace)
        service, self.late.service = self.late.service, None
        if service is not None and not await service.conversations.drain(TURNS):
            log.warning("turns were still running at the end; nothing of them is stored")


def build(settings: Settings) -> Server:
    """Makes a server and binds its port; call it within the event loop that will run it.

    Raises:
        BadRequest: an address, a certificate or a key cannot be used; names the variable.
    """
    late = Late()
    tokens = [token.strip() for token in settings.tokens.get_secret_value().split(",") if token.strip()]
    server = grpc.aio.server(
        interceptors=[Gate(tokens, settings.most_concurrent)],
        options=OPTIONS,
    )
    services = [ASSISTANT]
    assistant_pb2_grpc.add_AssistantServiceServicer_to_server(AssistantServicer(late), server)
    if not settings.booking_target:  # where bookings are kept elsewhere, ours would be a second truth
        services.append(BOOKING)
        booking_pb2_grpc.add_BookingServiceServicer_to_server(BookingServicer(late), server)
    checks = health.aio.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(checks, server)
    if settings.reflection:
        reflection.enable_server_reflection(
            (*services, health_pb2.DESCRIPTOR.services_by_name["Health"].full_name, reflection.SERVICE_NAME), server
        )
    return Server(server, checks, late, _bind(server, settings), tuple(services))


def _bind(server: grpc.aio.Server, settings: Settings) -> int:
    credentials = _credentials(settings)
    host, _, port = settings.listen.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and int(port) <= MOST_PORT):  # gRPC would wrap it around
        raise BadRequest("ASSISTANT_LISTEN", f"{settings.listen!r} is no host:port; write e.g. 127.0.0.1:50051")
    try:
        if credentials is None:
            return server.add_insecure_port(settings.listen)
        return server.add_secure_port(settings.listen, credentials)
    except RuntimeError as error:
        raise BadRequest("ASSISTANT_LISTEN", f"cannot listen on {settings.listen}; is the port taken?") from error


def _credentials(settings: Settings) -> grpc.ServerCredentials | None:
    files = {
        "ASSISTANT_TLS_CERTIFICATE": settings.tls_certificate,
        "ASSISTANT_TLS_KEY": settings.tls_key,
        "ASSISTANT_TLS_CLIENT_CA": settings.tls_client_ca,
    }
    if not any(files.values()):
        return None
    for name in ("ASSISTANT_TLS_CERTIFICATE", "ASSISTANT_TLS_KEY"):
        if files[name] is None:
            raise BadRequest(name, "is missing; TLS needs a certificate and its key")
    content = {}
    for name, path in files.items():
        try:
            content[name] = path.read_bytes() if path else None
        except OSError as error:
            raise BadRequest(name, f"cannot read {path}: {error.strerror}") from error
    _check_certificates(settings)
    certificate, key, client_ca = content.values()
    assert certificate is not None
    assert key is not None
    return grpc.ssl_server_credentials([(key, certificate)], client_ca, require_client_auth=client_ca is not None)


def _check_certificates(settings: Settings) -> None:
    """Says what is wrong with a file; gRPC would only say that it cannot listen."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    assert settings.tls_certificate is not None
    try:
        context.load_cert_chain(settings.tls_certificate, settings.tls_key)
    except ssl.SSLError as error:
        raise BadRequest("ASSISTANT_TLS_CERTIFICATE", "is no PEM certificate that goes with the key") from error
    if settings.tls_client_ca:
        try:
            context.load_verify_locations(settings.tls_client_ca)
        except ssl.SSLError as error:
            raise BadRequest("ASSISTANT_TLS_CLIENT_CA", "holds no PEM certificate") from error
