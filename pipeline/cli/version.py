"""``newsmill version``."""

from __future__ import annotations


def version() -> None:
    """Print the version of newsmill."""
    from schemas.version import VERSION

    print(f"newsmill {VERSION}")
