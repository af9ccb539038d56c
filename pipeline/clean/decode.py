"""From the bytes a server sent to the text they stand for.

The order of trust: byte order mark, UTF-8 that proves itself, the charset the server or the page
names, detection.  UTF-8 comes before what is declared because text in another charset practically
never is valid UTF-8, while pages that call UTF-8 "iso-8859-1" are common.  A page that was put
together from two charsets is read line by line.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.clean.language import language_of
from schemas import RawArticle, RecordError

MAX_BODY_BYTES = 5_000_000
"""A page above this takes a parser minutes and gigabytes, and no article is that long."""

MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip file",
    b"PK\x03\x04": "a zip file",
    b"\x28\xb5\x2f\xfd": "a zstandard file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ\x00": "an xz file",
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
CHARSETS = re.compile(
    r"(?:utf-?(?:8|16|32)|iso-?8859|iso-?2022|windows|cp\d|koi8|gb|big5|euc|shift|sjis|mac|tis|"
    r"latin|us-ascii|ascii)",
    re.IGNORECASE,
)
"""What a page may name: Python's ``unicode_escape`` or ``utf-7`` would read text that is not."""
AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
SCRUBBED = bytes(32 if n < 9 or 10 < n < 32 or n == 127 else n for n in range(256))
SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Code points that no index takes; each becomes one other, so that offsets stay right."""
DETECTED_BYTES = 100_000
DETECTED = (
    "cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256",
    "cp1257", "cp874", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
"""What newspapers have written in; among all charsets there is a rarer one that fits as well."""
LATIN = {
    "cp1250 iso8859_2": "cs sk pl hu sl hr bs ro sq",
    "cp1254": "tr az",
    "cp1257": "lt lv et",
}
"""Latin charsets other than windows-1252 by the languages that are written in them."""
LATIN_NAMES = frozenset({"cp1252", *(name for names in LATIN for name in names.split())})
MOST_HIGH = 0.25
"""Share of bytes above 127 in a text of Latin letters."""
STRAY = re.compile("[\udc80-\udcff]+")
STRAY_LETTERS = 3
"""So many lone bytes within words are letters of windows-1252; fewer may be cut characters."""


def text_of(raw: RawArticle) -> str:
    """Return the text of the body, free of control characters and lone surrogates.

    The text of a ``body`` given as a string keeps its length, so offsets point into that string.

    Raises:
        RecordError: ``too_big``, or ``undecodable`` with what the bytes are.

    """
    if raw.body is not None:
        data = raw.body.encode(errors="surrogatepass")
        refuse(data)
        return scrubbed(raw.body)
    data = raw.body_base64 or b""
    refuse(data)
    return scrubbed(decoded(data, raw.content_type))


def scrubbed(text: str) -> str:
    r"""Return *text* without the code points that no index takes; its length stays.

    >>> scrubbed("a\x00b\tc\ud800")
    'a b\tc\ufffd'
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()
    return data.translate(SCRUBBED).decode()


def refuse(data: bytes) -> None:
    """Raise RecordError for a body that is too big or no text at all."""
    if len(data) > MAX_BODY_BYTES:
        raise RecordError("too_big", f"the body has {len(data)} bytes; {MAX_BODY_BYTES} are read")
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise RecordError("undecodable", f"the body is {what}, not text")


def decoded(data: bytes, content_type: str = "") -> str:
    r"""Return *data* as text.

    >>> decoded(b"caf\xe9", "text/plain; charset=iso-8859-1")
    'café'
    >>> decoded("naïve".encode(), "text/plain; charset=iso-8859-1")
    'naïve'
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace").removeprefix("\ufeff")
    if (unmarked := wide_charset(data)) is not None:
        return data.decode(unmarked, errors="replace")
    declared = declared_charset(content_type, data)
    wide = declared.startswith(("utf-16", "utf-32"))  # their bytes can be valid UTF-8, and are not
    text = None if wide else as_utf8(data, declared)
    if text is None and declared:
        text = strictly(data, declared)
    if text is None:
        text = detected(data)
    return text


def as_utf8(data: bytes, declared: str) -> str | None:
    """Return *data* read as UTF-8 where it is that, if need be with a few broken places."""
    escapes = b"\x1b" in data
    text = strictly(data, "utf-8")
    if text is not None:
        return None if escapes and declared.startswith("iso2022") else text
    text = data.decode("utf-8", errors="surrogateescape")
    broken = len(STRAY.findall(text))
    whole = sum(map(len, re.findall(r"[\u0080-\ud7ff\ue000-\U0010ffff]+", text)))
    if broken * 10 <= whole or (declared == "utf-8" and broken == 1):
        return mended(text)
    return by_line(data, declared) if whole * 5 >= broken else None


def mended(text: str) -> str:
    r"""Return *text* with the bytes in it that are no UTF-8, as surrogates, read or marked.

    >>> mended("caf\udce9 na\udcefve r\udce9sum\udce9"), mended("cut \udce2\udc80")
    ('café naïve résumé', 'cut �')
    """
    within = [found for found in STRAY.finditer(text) if in_word(text, found)]
    letters = {found.start() for found in within} if len(within) >= STRAY_LETTERS else set()

    def read(found: re.Match[str]) -> str:
        if found.start() not in letters:
            return "\N{REPLACEMENT CHARACTER}"
        return found[0].encode(errors="surrogateescape").decode("cp1252", errors="replace")

    return STRAY.sub(read, text)


def in_word(text: str, found: re.Match[str]) -> bool:
    """Say whether a stray byte stands alone beside a letter of the Latin alphabet."""
    beside = text[max(found.start() - 1, 0) : found.start()] + text[found.end() : found.end() + 1]
    return len(found[0]) == 1 and any(one.isascii() and one.isalpha() for one in beside)


def by_line(data: bytes, declared: str) -> str:
    """Return *data* of which some lines are UTF-8 and others are in one other charset."""
    lines = data.split(b"\n")
    others = b"\n".join(line for line in lines if strictly(line, "utf-8") is None)
    text = strictly(others, declared) if declared not in {"", "utf-8"} else None
    read = iter((detected(others) if text is None else text).split("\n"))
    told = (strictly(line, "utf-8") for line in lines)
    return "\n".join(next(read, "") if line is None else line for line in told)


def wide_charset(data: bytes) -> str | None:
    """Return UTF-16 for bytes of which every other one is zero, which no other text is."""
    head = data[:2000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) > 8 and zeros.count(0) > 0.7 * len(zeros) and head.count(0) < 0.6 * len(head):
            return name
    return None


def declared_charset(content_type: str, data: bytes) -> str:
    """Return the charset that the server, else the page, names; empty where there is none we know.

    >>> declared_charset("text/html; charset=ISO-8859-1", b"")
    'cp1252'
    >>> declared_charset("text/html", b'<meta charset="unicode_escape">')
    ''
    """
    for source in (content_type, data[:4096].decode("ascii", errors="replace")):
        found = DECLARED.search(source)
        if not found or not CHARSETS.match(found[1]):
            continue
        try:
            name = codecs.lookup(found[1]).name
        except LookupError:
            continue
        return AS_BROWSERS.get(name, name)
    return ""


def strictly(data: bytes, charset: str) -> str | None:
    """Return *data* in *charset*, None where one byte does not fit."""
    try:
        return data.decode(charset)
    except (UnicodeError, LookupError):
        return None


def detected(data: bytes) -> str:
    """Return *data* in the charset that it looks like.

    Raises:
        RecordError: ``undecodable``: no charset gives readable text.

    """
    best = from_bytes(data[:DETECTED_BYTES], cp_isolation=list(DETECTED)).best()
    name = best.encoding if best else ""
    if (name or "cp1252") in LATIN_NAMES and high_bytes(data) <= MOST_HIGH:
        name = latin_charset(data[:DETECTED_BYTES])
    if name:
        text = data.decode(name, errors="replace")
        if sum(ord(c) < 32 and c not in "\n\r\t\f" for c in text[:5000]) <= len(text[:5000]) / 50:
            return text
    raise RecordError("undecodable", "no charset fits the body's bytes; is it a text at all?")


def high_bytes(data: bytes) -> float:
    """Return the share of bytes above 127."""
    return sum(byte > 127 for byte in data[:DETECTED_BYTES]) / max(len(data[:DETECTED_BYTES]), 1)


def latin_charset(data: bytes) -> str:
    """Return the Latin charset that the language of *data* is written in.

    Their bytes look alike to statistics, while a language is known even with its accents wrong.
    Of two charsets of one language the one that makes more letters is taken.
    """
    language = language_of(data.decode("cp1252", errors="ignore")) or ""
    names = next((names for names, of in LATIN.items() if language in of.split()), "cp1252")

    def letters(name: str) -> int:
        return sum(one > "\x7f" and one.isalpha() for one in data.decode(name, errors="ignore"))

    return max(names.split(), key=letters)
