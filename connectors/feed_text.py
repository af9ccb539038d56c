"""A feed as it was served, made safe and readable before any feed parser sees it.

Feeds are broken in a few ways that cost feedparser everything: one bad character reference, and the
whole feed is lost; one tag with ten thousand attributes, and a core is busy for a minute.  All of
that is mended or refused here in linear time, on text that we decoded ourselves.
"""

from __future__ import annotations

import codecs
import re
import sys
from email.message import Message

from connectors.errors import SourceRefused

MAX_CHARS = 10_000_000
MAX_ITEMS = 2000
MAX_ATTRIBUTES = 200
MAX_DEPTH = 500
MAX_RUN = 500

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0?\0", "utf-16-le"))
TEXT_CODECS = re.compile(
    r"utf-8|iso8859|latin|ascii|cp125\d|cp866|cp874|koi8|gb|big5|shift_jis|euc"
)
"""Codecs that texts are written in and in which markup is plain ASCII."""
DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)")
PROLOG = re.compile(r"\s*<\?xml[^>]*\?>")
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SRS_NAME = re.compile(r"\ssrsName\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')", re.IGNORECASE)
RUN = re.compile(rf"(?<![\w.+%@-])[\w.+%@-]{{{MAX_RUN},}}")
TOKEN = re.compile(
    r"<!\[CDATA\[|<!--|<(?P<close>/)?[A-Za-z_][^<>\"']*+"
    r"(?P<rest>(?:(?:\"[^\"<]*+\"|'[^'<]*+')[^<>\"']*+)*+)(?P<empty>(?<=/)>)?"
)
ATTRIBUTE = re.compile(r"=\s*[\"']")
ITEM = re.compile(r"<(item|entry)[\s>]")


def feed_text(body: bytes, content_type: str = "") -> str:
    """Return the feed in *body* as text without a declaration, safe to parse.

    Raises:
        SourceRefused: it is empty, too big, or built to hang a parser.

    """
    text = decode(body, content_type)
    if not text.strip():
        raise SourceRefused("the feed is empty; the fault is theirs")
    if len(text) > MAX_CHARS:
        raise SourceRefused(f"the feed is longer than {MAX_CHARS:,} characters")
    if declaration := PROLOG.match(text):
        text = text[declaration.end() :]
    text = without_doctype(text.lstrip())
    text = NOT_XML.sub("\ufffd", REFERENCE.sub(mended, text))
    text = RUN.sub(lambda run: run[0][:MAX_RUN], SRS_NAME.sub("", text))
    text = first_items(text)
    check_tags(text)
    return text


def decode(body: bytes, content_type: str = "") -> str:
    """Return *body* as text: by its byte order mark, its header, what it declares, else UTF-8.

    >>> decode("é".encode("latin-1"), "application/xml; charset=iso-8859-1")
    'é'
    >>> decode(b'<?xml version="1.0" encoding="utf-7"?>+ADw-b+AD4-')[-11:]
    '+ADw-b+AD4-'
    """
    for mark, codec in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    for start, codec in WIDE:
        if body.startswith(start):
            return body.decode(codec, "replace")
    declared = DECLARATION.match(body[:400])
    for name in (charset(content_type), declared[1].decode() if declared else ""):
        if is_text_codec(name):
            try:
                return body.decode(name)
            except UnicodeDecodeError:
                continue  # it lied: the next best witness is asked
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def charset(content_type: str) -> str:
    """Return the charset that a Content-Type header names, in lower case.

    >>> charset('text/xml; charset="UTF-8"')
    'utf-8'
    """
    header = Message()
    header["Content-Type"] = content_type
    return str(header.get_content_charset() or "")


def is_text_codec(name: str) -> bool:
    """Return whether *name* is a codec for texts: not zlib, not UTF-7, where markup can hide."""
    try:
        return bool(name and TEXT_CODECS.match(codecs.lookup(name).name.replace("_", "-")))
    except (LookupError, ValueError):
        return False


def without_doctype(text: str) -> str:
    """Return *text* without its document type and the entities that are defined in it.

    >>> without_doctype('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>')
    '<rss/>'
    """
    start = text.find("<!DOCTYPE", 0, 10_000)
    if start < 0:
        return text
    close, subset = text.find(">", start), text.find("[", start)
    end = text.find("]>", subset) + 1 if 0 <= subset < close else close
    if end <= start:
        raise SourceRefused("the feed's document type has no end; the fault is theirs")
    return text[:start] + text[end + 1 :]


def mended(reference: re.Match[str]) -> str:
    """Return a character reference as it stands, or U+FFFD if it names no character of XML."""
    digits = (reference[1] or reference[2])[:8]
    number = int(digits, 16 if reference[1] else 10)
    return "\ufffd" if number > sys.maxunicode or NOT_XML.match(chr(number)) else reference[0]


def first_items(text: str) -> str:
    """Return *text* with its first 2,000 items; a poll takes no more."""
    starts = [item.start() for item in ITEM.finditer(text)]
    if len(starts) <= MAX_ITEMS:
        return text
    name = ITEM.match(text, starts[0])[1]  # type: ignore[index]  # it was found right there
    end = text.rfind(f"</{name}>")
    return text[: starts[MAX_ITEMS]] + (text[end + len(name) + 3 :] if end > 0 else "")


def check_tags(text: str) -> None:
    """Raise SourceRefused where tags are built to hang a parser; text in CDATA is only text."""
    depth = at = 0
    unclosed: set[str] = set()
    while (token := TOKEN.search(text, at)) is not None:
        at = token.end()
        if token[0].startswith("<!"):
            at = after_text(text, at, "]]>" if token[0] == "<![CDATA[" else "-->", unclosed)
            continue
        if len(ATTRIBUTE.findall(token[0])) > MAX_ATTRIBUTES:
            raise SourceRefused(f"the feed has a tag with more than {MAX_ATTRIBUTES} attributes")
        if not token["empty"]:
            depth += -1 if token["close"] else 1
        if depth > MAX_DEPTH:
            raise SourceRefused(f"the feed's tags are nested deeper than {MAX_DEPTH}")


def after_text(text: str, at: int, mark: str, unclosed: set[str]) -> int:
    """Return where the CDATA or comment that began before *at* ends; *at* if it never does.

    *unclosed* remembers the marks that do not come again, so that nobody looks for them twice.
    """
    end = -1 if mark in unclosed else text.find(mark, at)
    if end < 0:
        unclosed.add(mark)
        return at
    return end
