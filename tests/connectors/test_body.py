"""Bodies that a server packed, well or on purpose badly."""

from __future__ import annotations

import gzip
import zlib

import pytest

from connectors.body import unpack
from connectors.errors import SourceRefused, SourceUnavailable

STORY = b"The harbour was closed on Monday. " * 500


@pytest.mark.parametrize(
    ("packed", "coding"),
    [
        (gzip.compress(STORY), "gzip"),
        (gzip.compress(STORY[:100]) + gzip.compress(STORY[100:]), "gzip"),
        (gzip.compress(STORY) + b"\0" * 10, "gzip"),
        (zlib.compress(STORY), "deflate"),
        (zlib.compress(STORY)[2:-4], "deflate"),
    ],
    ids=["gzip", "two members", "padding", "zlib", "raw deflate"],
)
def test_unpacks(packed: bytes, coding: str) -> None:
    """Each form that servers use gives the story back."""
    assert unpack(packed, coding) == STORY


def test_bomb() -> None:
    """A small body that grows beyond reason is refused before it has grown."""
    with pytest.raises(SourceRefused, match="bomb"):
        unpack(gzip.compress(b"\0" * (64 << 20)), "gzip")


def test_many_small_bombs() -> None:
    """The limit counts all members of a body together."""
    with pytest.raises(SourceRefused, match="bomb"):
        unpack(gzip.compress(b"\0" * (900 << 10)) * 30, "gzip")


@pytest.mark.parametrize("cut", [20, -5])
def test_broken_off(cut: int) -> None:
    """Half a body is no body: it is asked for again."""
    with pytest.raises(SourceUnavailable, match="broke off"):
        unpack(gzip.compress(STORY)[:cut], "gzip")


def test_not_packed_at_all() -> None:
    """A body that is not what its header says is the server's fault."""
    with pytest.raises(SourceUnavailable, match="broken gzip"):
        unpack(STORY, "gzip")
