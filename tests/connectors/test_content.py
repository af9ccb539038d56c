"""Bodies on their way into a record."""

from __future__ import annotations

import pytest

from connectors.content import body_fields
from schemas import RawArticle


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Zürich".encode("latin-1"), "text/html"),
        (b"plain", "text/html; charset=iso-8859-1"),
        ("Россия".encode("cp1251"), "text/html; charset=windows-1251"),
        (b"\x1b$B@$3&", "text/html; charset=iso-2022-jp"),
    ],
)
def test_bytes_stay_bytes(body: bytes, content_type: str) -> None:
    """What is not, or may not be, UTF-8 is kept as it was served, to the byte."""
    record = RawArticle.model_validate(
        {"id": "1", "source": "gazette", **body_fields(body, content_type)}
    )
    again = RawArticle.from_bytes(record.to_bytes())
    assert (again.body, again.body_base64, again.content_type) == (None, body, content_type)


def test_byte_order_mark_goes() -> None:
    """A mark in front of UTF-8 is no part of the text."""
    assert body_fields(b"\xef\xbb\xbfRain", "text/plain")["body"] == "Rain"
