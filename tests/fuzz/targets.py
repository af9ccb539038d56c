"""What strangers' bytes must not break, as functions of bytes: a fuzzer or hypothesis drives them.

    pip install atheris
    python -m tests.fuzz.drive feed -max_total_time=600

A target raises for a fault only; to refuse its input with a reason is well.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import astuple
from functools import cache
from pathlib import Path

from connectors.errors import SourceRefused
from connectors.feed import read_feed
from connectors.source_file import load
from pipeline.clean import clean_stage
from pipeline.clean.lines import clean_lines
from pipeline.stage import Done, GivenUp, Stage, outcome_of
from schemas import CleanArticle, ConfigError, RawArticle, RecordError

Target = Callable[[bytes], None]


def feed(data: bytes) -> None:
    """Read a feed: its entries, all of which can be written, or a refusal."""
    try:
        found = read_feed(data)
    except SourceRefused:
        return
    for entry in found.entries:
        repr(astuple(entry)).encode()


def record(data: bytes) -> None:
    """Decode a message: a record that decodes to itself again, or a reason."""
    try:
        read = RawArticle.from_bytes(data)
    except RecordError:
        return
    assert RawArticle.from_bytes(read.to_bytes()) == read


def lines(data: bytes) -> None:
    """Clean a text: each letter is kept, or in a cut."""
    text = data.decode(errors="replace")
    try:
        cleaned = clean_lines(text, own_headline=False)
    except RecordError:
        return
    told = cleaned.text + "".join(cut.text for cut in cleaned.removed)
    assert letters(told) == letters(text)


def letters(text: str) -> list[str]:
    """Return the letters and digits of *text*, sorted."""
    return sorted(filter(str.isalnum, text))


def page(data: bytes) -> None:
    """Clean a page: a record that decodes to itself again, or a reason that is no bug."""
    raw = RawArticle(id="1", source="alder", content_type="text/html", body_base64=packed(data))
    ended = outcome_of((cleaner(),), raw)
    if isinstance(ended, GivenUp):
        assert ended.reason != "stage_error", ended.message
    if isinstance(ended, Done):
        assert CleanArticle.from_bytes(ended.record.to_bytes()) == ended.record


def packed(data: bytes) -> bytes:
    """Return *data* in base64."""
    return base64.b64encode(data)


@cache
def cleaner() -> Stage:
    """Return the clean stage of rules alone, built once."""
    return clean_stage()


def source_file(data: bytes) -> None:
    """Load a source file: sources, or faults with their places."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.yaml"
        file.write_bytes(data)
        try:
            load([file])
        except ConfigError as error:
            faults = error.faults
        else:
            return
    assert faults
    assert all(fault.where.startswith(str(file)) for fault in faults)


TARGETS: Mapping[str, Target] = {
    "feed": feed, "record": record, "lines": lines, "page": page, "source_file": source_file,
}  # fmt: skip
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "feed": (
        b"<rss><channel><item><title>A</title><link>https://a.test/</link></item></channel></rss>",
        b"<feed><entry><id>1</id><author><name>Ann</name></author></entry></feed>",
        b'{"items":[{"id":"1","title":"A","authors":[{"name":"Ann"}]}]}',
    ),
    "record": (b'{"id":"1","source":"a","content_type":"text/plain","body":"Rain fell."}',),
    "lines": (b"Rain in Alder\nRain fell on Monday, he said.\nRead more: cod\nSHARE THIS",),
    "page": (
        (
            b"<html><head><title>T</title><script type='application/ld+json'>{}</script></head>"
            b"<body><article><p>Rain fell in Alder on Monday, the mayor said.</p></article></body>"
        ),
    ),
    "source_file": (
        b"sources:\n- id: alder\n  type: rss\n  url: https://alder.test/rss\n  keep: ['A *']\n",
    ),
}
"""Honest inputs, to begin from."""
FAILURES: Mapping[str, tuple[bytes, ...]] = {
    "feed": (b"<rss><item><title>&#xD800;</title></item></rss>", b'{"items":[7]}', b"{}"),
    "record": (b'{"id":"\\ud800"}', b'{"id":' + b"9" * 5000 + b"}"),
    "lines": ("\u2028Rain\x0bfell\u0085".encode(),),
    "page": (
        (
            b"<script type='application/ld+json'>"
            b'{"@type":"NewsArticle","headline":"a\\ud800b"}</script><p>Rain fell in Alder.</p>'
        ),
        b"<link rel=canonical href='http://[::1'><p>Rain fell in Alder on Monday.</p>",
    ),
    "source_file": (b"sources: " + b"9" * 5000, b"a: &a [*a]", b"sources:\n- id: [1]"),
}
"""What failed once, and must not again; a fuzzer's find is added here."""
