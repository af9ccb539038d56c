"""Logs: a line a minute per service when all is well, more only when something is not."""

from __future__ import annotations

import logging
import sys
import time
from typing import Literal

import structlog

QUIET_SECS = 10.0
"""A broker that is away makes its client write 100 lines a second; one in so long is enough."""


class RateLimit(logging.Filter):
    """Lets one line of a logger through per `QUIET_SECS`, and says how many it held back."""

    def __init__(self) -> None:
        """Start with nothing held back."""
        super().__init__()
        self.held: dict[str, int] = {}
        self.last: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether *record* is let through."""
        now = time.monotonic()
        if now - self.last.get(record.name, -QUIET_SECS) < QUIET_SECS:
            self.held[record.name] = self.held.get(record.name, 0) + 1
            return False
        self.last[record.name] = now
        if held := self.held.pop(record.name, 0):
            record.msg = f"{record.getMessage()} (and {held} more lines like it)"
            record.args = ()
        return True


def configure(log_format: Literal["auto", "text", "json"] = "auto") -> None:
    """Send structlog and the libraries' loggers to standard error in one form."""
    plain = sys.stderr.isatty() if log_format == "auto" else log_format == "text"
    render = structlog.dev.ConsoleRenderer() if plain else structlog.processors.JSONRenderer()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, render],
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),  # as it is by then
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=render, foreign_pre_chain=shared)
    )
    limit = RateLimit()
    handler.addFilter(limit)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
