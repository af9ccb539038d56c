"""The body of an article as it goes into a record: text where that is certain, else the bytes."""

from __future__ import annotations

import base64

from connectors.feed_text import charset

UNICODE = {"", "utf-8", "utf8", "us-ascii", "ascii"}


def body_fields(body: bytes, content_type: str) -> dict[str, str | bytes]:
    r"""Return ``content_type`` and ``body``, or ``body_base64`` where the bytes must be kept.

    Bytes stay bytes where they say that they are not UTF-8, or turn out not to be.

    >>> body_fields("é".encode(), "text/html")
    {'content_type': 'text/html; charset=utf-8', 'body': 'é'}
    >>> body_fields(b"\xe9", "text/plain")
    {'content_type': 'text/plain', 'body_base64': b'6Q=='}
    """
    if charset(content_type) in UNICODE:
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass  # kept as they are: who cleans the page can look for its charset
        else:
            kind = content_type.partition(";")[0].strip()
            return {"content_type": f"{kind}; charset=utf-8", "body": text}
    return {"content_type": content_type, "body_base64": base64.b64encode(body)}
