"""A `call` of a scenario file as a request of AssistantService. Knows the contract from its descriptor, no server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.json_format import ParseDict, ParseError
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from assistant.errors import BadRequest
from assistant.pb import assistant_pb2
from assistant.scenarios.values import Telling, read_value

_SERVICE: Final = assistant_pb2.DESCRIPTOR.services_by_name["AssistantService"]
_UNARY: Final = {name: method for name, method in _SERVICE.methods_by_name.items() if not method.server_streaming}


def request_of(call: Mapping[str, Any], *, told: Telling, versions: Mapping[str, int]) -> Message:
    """The request that a call asks for.

    Args:
        call: `rpc` and the fields of its request by name.
        told: chooses the script of slot values.
        versions: what `start` and `current` stand for as `expected_version`.

    Raises:
        BadRequest: `field` is the key of the call that cannot be taken.
    """
    method = _UNARY.get(str(call.get("rpc", "")))
    if method is None:
        raise BadRequest("rpc", f"write one of {', '.join(_UNARY)}, not {call.get('rpc')!r}")
    fields = {name: value for name, value in call.items() if name != "rpc"}
    for name in fields:
        if name not in method.input_type.fields_by_name:
            known = ", ".join(method.input_type.fields_by_name)
            raise BadRequest(name, f"{method.name} has no such field; it has {known}")
    version = fields.get("expected_version")
    if isinstance(version, str):
        if version not in versions:
            raise BadRequest("expected_version", f"write {' or '.join(versions)} or a number, not {version!r}")
        fields["expected_version"] = versions[version]
    if isinstance(slots := fields.get("slots"), dict):
        try:
            fields["slots"] = {name: told(read_value(value)) for name, value in slots.items()}
        except ValueError as wrong:
            raise BadRequest("slots", str(wrong)) from wrong
    try:
        return ParseDict(fields, GetMessageClass(method.input_type)())
    except ParseError as wrong:
        raise BadRequest("rpc", str(wrong)) from wrong
