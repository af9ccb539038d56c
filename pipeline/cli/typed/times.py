"""Instants as people type them: a day, a time, or how long ago."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import typer

AGO = re.compile(r"(\d{1,6})([mhd])")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def instant(text: str, now: datetime | None = None) -> datetime | None:
    """Return the instant that *text* names; None where it is empty.

    >>> instant("2026-11-01").isoformat(), instant("2026-11-01T12:30+02:00").isoformat()
    ('2026-11-01T00:00:00+00:00', '2026-11-01T12:30:00+02:00')
    >>> instant("36h", datetime(2026, 11, 3, tzinfo=UTC)).isoformat()
    '2026-11-01T12:00:00+00:00'

    Raises:
        typer.BadParameter: it names none.

    """
    if not text:
        return None
    if ago := AGO.fullmatch(text):
        return (now or datetime.now(UTC)) - timedelta(**{UNITS[ago[2]]: int(ago[1])})
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no time: give 2026-11-01, 2026-11-01T12:00 (UTC), or 36h, 7d for ago"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
