"""Every fault that Maitre raises. A refusal ("no table at eight") is a value, never one of these.

MaitreError
├── BadRequest            the caller sent something that cannot be taken; names the field
│   └── BadDomain         a domain file cannot be taken; names file, line and key
├── NotFound              there is no such conversation, booking, user
├── Forbidden             it is somebody else's
├── Conflict              what the caller saw is no longer so
│   ├── StaleWrite        another writer was first
│   └── KeyReused         an id came again with other content
├── NotPossible           the call does not fit the state: nothing to undo, conversation ended
│   └── BadRelease        a release of models cannot be used; names release, file and what to do
├── Overloaded            too much at once; come back later
└── Unavailable           a part is missing or does not answer
    ├── PolicyUnavailable
    ├── LlamaUnavailable
    ├── StoreUnavailable
    └── OutcomeUnknown    a booking call was made and its answer did not come back
"""

from __future__ import annotations


class MaitreError(Exception):
    """Something went wrong. The message is written for the caller and holds nothing private."""

    reason = "ERROR"


class BadRequest(MaitreError):
    """The caller sent something that cannot be taken.

    Args:
        field: the field of the request, as in the contract.
        message: what is wrong with it and what to do.
    """

    reason = "BAD_REQUEST"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.description = message


class BadDomain(BadRequest):
    """A domain file cannot be taken. `field` is `file:line: key`."""

    reason = "BAD_DOMAIN"


class NotFound(MaitreError):
    """There is no such thing."""

    reason = "NOT_FOUND"


class Forbidden(MaitreError):
    """It is somebody else's."""

    reason = "FORBIDDEN"


class Conflict(MaitreError):
    """What the caller saw is no longer so."""

    reason = "CONFLICT"


class StaleWrite(Conflict):
    """Another writer was first."""

    reason = "STALE_VERSION"


class KeyReused(Conflict):
    """An id came again with other content."""

    reason = "KEY_REUSED"


class NotPossible(MaitreError):
    """The call does not fit the state."""

    reason = "NOT_POSSIBLE"


class BadRelease(NotPossible):
    """A release of models cannot be used: damaged, half written, or made for another domain or version of this code."""

    reason = "BAD_RELEASE"


class Overloaded(MaitreError):
    """Too much at once. `retry_after` is in seconds."""

    reason = "OVERLOADED"
    retry_after = 1.0


class Unavailable(MaitreError):
    """A part is missing or does not answer. `retry_after` is in seconds."""

    reason = "UNAVAILABLE"
    retry_after = 2.0


class PolicyUnavailable(Unavailable):
    """The dialogue policy does not answer."""

    reason = "POLICY_UNAVAILABLE"


class LlamaUnavailable(Unavailable):
    """The language model is down, late, or gave no answer that ends."""

    reason = "LLAMA_UNAVAILABLE"


class StoreUnavailable(Unavailable):
    """The database does not answer."""

    reason = "STORE_UNAVAILABLE"


class OutcomeUnknown(Unavailable):
    """A booking call was made and its answer did not come back; ask again with the same key."""

    reason = "OUTCOME_UNKNOWN"
