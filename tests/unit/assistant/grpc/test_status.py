from __future__ import annotations

import inspect

import grpc
import pytest

from assistant import errors
from assistant.grpc import status
from assistant.grpc.status import BookingDeclined, answer_to, code_of
from assistant.ports import Declined


def every_fault() -> list[type[errors.MaitreError]]:
    found = [errors.MaitreError]
    for cls in found:
        found.extend(cls.__subclasses__())
    return found[1:]


def make(cls: type[errors.MaitreError]) -> errors.MaitreError:
    if issubclass(cls, errors.BadRequest):
        return cls("slots.date", "is no date")
    return cls(Declined("full")) if cls is BookingDeclined else cls("told")


def test_the_list_of_faults_is_the_tree_of_errors():
    declared = {cls for _, cls in inspect.getmembers(errors, inspect.isclass)} - {errors.MaitreError}
    assert declared <= set(every_fault())


@pytest.mark.parametrize("cls", every_fault(), ids=lambda cls: cls.__name__)
def test_every_fault_has_a_status_code(cls):
    assert code_of(make(cls)) not in (None, grpc.StatusCode.OK, grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (errors.BadRequest("text", "is empty"), grpc.StatusCode.INVALID_ARGUMENT),
        (errors.BadDomain("slots.yml:3: kind", "unknown"), grpc.StatusCode.INVALID_ARGUMENT),
        (errors.NotFound("no"), grpc.StatusCode.NOT_FOUND),
        (errors.StaleWrite("no"), grpc.StatusCode.ABORTED),
        (errors.KeyReused("no"), grpc.StatusCode.ALREADY_EXISTS),
        (errors.NotPossible("no"), grpc.StatusCode.FAILED_PRECONDITION),
        (errors.Overloaded("no"), grpc.StatusCode.RESOURCE_EXHAUSTED),
        (errors.PolicyUnavailable("no"), grpc.StatusCode.UNAVAILABLE),
        (errors.OutcomeUnknown("no"), grpc.StatusCode.UNAVAILABLE),
        (status.Unauthenticated("no"), grpc.StatusCode.UNAUTHENTICATED),
    ],
)
def test_a_fault_becomes_the_code_that_the_contract_names(fault, code):
    assert answer_to(fault, "r")[0] is code


def test_a_fault_that_is_not_ours_says_nothing_but_the_request():
    code, message, metadata = answer_to(ValueError("Kim Minsu 010-1234-5678"), "r-1")
    assert (code, message) == (grpc.StatusCode.INTERNAL, "internal error (request r-1)")
    assert b"Kim" not in b"".join(value if isinstance(value, bytes) else value.encode() for _, value in metadata)
