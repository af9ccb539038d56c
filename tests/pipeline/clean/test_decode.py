"""decode: the bytes a server sent become the text they stand for, or a dead letter says why not."""

from __future__ import annotations

from base64 import b64encode

import pytest

from pipeline.clean.decode import MAX_BODY_BYTES, declared_charset, decoded, text_of
from schemas import RawArticle, RecordError

RUSSIAN = "Президент заявил о переговорах с соседними странами. " * 8


def raw(body: bytes, content_type: str = "text/plain") -> RawArticle:
    """Return a record whose body was served as bytes."""
    fields = {"id": "1", "source": "s", "content_type": content_type}
    return RawArticle.model_validate(fields | {"body_base64": b64encode(body)})


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r"]
)
def test_declared_or_marked(charset: str) -> None:
    """Text in a charset that is declared or marks itself comes out as it was written."""
    assert decoded(RUSSIAN.encode(charset), f"text/plain; charset={charset}") == RUSSIAN


def test_utf16_without_mark_or_declaration() -> None:
    """Latin text in UTF-16 is known by its zero bytes."""
    text = "The port is shut, the minister said. " * 4

    assert decoded(text.encode("utf-16-le")) == text


def test_proven_utf8_beats_the_declaration() -> None:
    """A page that calls its UTF-8 something else is read as UTF-8."""
    assert decoded("naïve café".encode(), "text/html; charset=iso-8859-1") == "naïve café"


def test_latin1_is_what_browsers_take_it_for() -> None:
    """iso-8859-1 means windows-1252, which has the quotation marks."""
    assert decoded(b"\x93No\x94", "text/plain; charset=iso-8859-1") == "“No”"


def test_wrong_declaration_is_detected() -> None:
    """Cyrillic bytes that are declared UTF-8 come out as Cyrillic."""
    assert decoded(RUSSIAN.encode("cp1251"), "text/plain; charset=utf-8") == RUSSIAN


def test_one_broken_place_does_not_spoil_a_page() -> None:
    """UTF-8 with a cut character keeps the rest and marks the place."""
    text = decoded("é".encode() * 50 + b"\xe2\x82" + b" fin", "text/plain")

    assert text == "é" * 50 + "\N{REPLACEMENT CHARACTER} fin"


def test_letters_of_windows_1252_within_utf8_are_read() -> None:
    """Several lone bytes beside letters were pasted from an old text; they are letters."""
    text = decoded("é".encode() * 60 + b" caf\xe9 na\xefve r\xe9sum\xe9", "text/plain")

    assert text == "é" * 60 + " café naïve résumé"


def test_lines_in_another_charset() -> None:
    """A page whose lines are in two charsets is read line by line."""
    russian, greek = "Порт закрыт, сказал министр. " * 4, "naïve café — “no”. " * 4
    data = greek.encode() + b"\n" + russian.encode("cp1251") + b"\n" + greek.encode()

    assert decoded(data, "text/html; charset=utf-8") == f"{greek}\n{russian}\n{greek}"


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp1252", "El gobierno anunció el martes que la campaña seguirá hasta la próxima semana."),
        ("cp1252", "Regeringen sade på tisdagen att förhandlingarna fortsätter under våren."),
        ("iso8859_2", "Rząd ogłosił we wtorek, że rozmowy będą trwały aż do wiosny, mówią źródła."),
        ("cp1250", "Vláda v úterý oznámila, že jednání bude pokračovat až do příštího týdne."),
        ("cp1254", "Hükümet salı günü görüşmelerin ilkbahara kadar süreceğini açıkladı."),
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("cp932", "政府は火曜日、交渉は春まで続くと発表した。港は閉鎖されたままである。" * 3),
        ("gb18030", "政府星期二宣布，谈判将持续到春天。港口仍然关闭。" * 3),
    ],
)
def test_detected(charset: str, text: str) -> None:
    """Text that says nothing of its charset comes out in its own letters."""
    assert decoded(text.encode(charset), "text/plain") == text


def test_meta_charset() -> None:
    """Without a charset by the server the one in the page counts."""
    page = f'<meta charset="koi8-r"><p>{RUSSIAN}'

    assert decoded(page.encode("koi8-r"), "text/html") == page


@pytest.mark.parametrize("name", ["unicode_escape", "zip", "rot13", "utf-7", "idna", "nonsense"])
def test_codecs_that_are_no_charsets(name: str) -> None:
    """A page cannot choose one of Python's codecs that are no charsets."""
    assert declared_charset(f"text/html; charset={name}", b"") == ""


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a PNG"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04", "zip"),
    ],
)
def test_binary_bodies(head: bytes, what: str) -> None:
    """A file that is no text is a dead letter that says what it is."""
    with pytest.raises(RecordError, match=what) as caught:
        text_of(raw(head + b"\x00\x01" * 50))

    assert caught.value.reason == "undecodable"


def test_noise_is_undecodable() -> None:
    """Bytes that no charset makes readable are a dead letter."""
    with pytest.raises(RecordError) as caught:
        text_of(raw(bytes(range(1, 9)) * 40 + bytes(range(128, 256)) * 5))

    assert caught.value.reason == "undecodable"


def test_too_big() -> None:
    """A body above the limit is a dead letter, whichever way it came."""
    text = RawArticle(
        id="1", source="s", content_type="text/plain", body="a" * (MAX_BODY_BYTES + 1)
    )
    for record in (raw(b"a" * (MAX_BODY_BYTES + 1)), text):
        with pytest.raises(RecordError) as caught:
            text_of(record)
        assert caught.value.reason == "too_big"


def test_scrubbing_keeps_offsets() -> None:
    """Lone surrogates and control characters are replaced one for one."""
    body = "a\ud800b\x00c\td\r\n"
    record = RawArticle(id="1", source="s", content_type="text/plain", body=body)

    assert text_of(record) == "a\N{REPLACEMENT CHARACTER}b c\td \n"
