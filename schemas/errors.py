"""What can go wrong, named by what happens next.

    ConfigError          the command ends with 78; nothing was started
    RecordError          the record goes to articles.dead with stage and reason
    ServiceUnavailable   the command ends with 69; a stream waits instead, nothing is lost

The connectors add theirs (connectors/errors.py).  Leaving a record out on purpose is not an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DropReason = Literal[
    "duplicate", "only_boilerplate", "not_a_story", "forgotten", "resolved", "purged", "expired"
]
"""Why a record was left out on purpose; ``expired``: Kafka deleted it before it was read."""

ErrorType = Literal[
    "undecodable",
    "invalid_json",
    "invalid_record",
    "unknown_schema",
    "no_text",
    "too_big",
    "too_deep",
    "timeout",
    "oom",
    "crash",
    "stage_error",
    "refused",
    "too_large_to_send",
]
"""Why a record was given up: a closed list, so that it can be counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file that somebody wrote."""

    where: str
    """file:line:column"""
    what: str
    """What is wrong and what to do, one sentence."""

    def __str__(self) -> str:
        """Return the fault as editors jump to it."""
        return f"{self.where}: {self.what}"


class ConfigError(Exception):
    """The configuration is wrong; ``faults`` holds everything that is, not only the first."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class RecordError(Exception):
    """This record cannot go on, now or ever, with this code."""

    def __init__(self, reason: ErrorType, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ServiceUnavailable(Exception):  # noqa: N818  (named by its consequence, as the others)
    """A server does not answer, or not with what was asked for; it may later."""
