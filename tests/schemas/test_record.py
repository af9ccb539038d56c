import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import CleanArticle, EnrichedArticle, RawArticle, RecordError
from schemas.record import READABLE, SCHEMA_VERSION

RAW = RawArticle(id="1", source="gazette", content_type="text/plain", body="Rain fell.")


def test_survives_the_way_to_bytes_and_back():
    """A record read from its own bytes equals itself."""
    assert RawArticle.from_bytes(RAW.to_bytes()) == RAW


def test_bytes_survive_as_they_were_served():
    """A body of bytes that are no UTF-8 comes back as it was."""
    raw = RawArticle.model_validate(
        {"id": "1", "source": "s", "content_type": "text/html", "body_base64": "/+79"}
    )
    assert RawArticle.from_bytes(raw.to_bytes()).body_base64 == b"\xff\xee\xfd"


def test_reads_a_record_of_an_older_version():
    """A record written before a field existed gets the field's default."""
    old = {"id": "1", "text": "Rain fell.", "schema_version": 1}
    read = CleanArticle.from_bytes(json.dumps(old).encode())
    assert (read.revision, read.removed, read.language) == (1, (), None)


def test_reads_a_record_of_a_newer_version():
    """A record of a newer revision is read, and what this code does not know is ignored."""
    new = {"id": "1", "text": "Rain fell.", "schema_version": SCHEMA_VERSION + 1, "mood": "grey"}
    read = EnrichedArticle.from_bytes(json.dumps(new).encode())
    assert (read.text, hasattr(read, "mood")) == ("Rain fell.", False)


def test_refuses_a_record_that_breaks_the_rules_it_knows():
    """A schema version from beyond the readable ones is a reasoned refusal."""
    future = json.dumps({"id": "1", "text": "x", "schema_version": READABLE.stop}).encode()
    with pytest.raises(RecordError, match="Update newsmill") as caught:
        CleanArticle.from_bytes(future)
    assert caught.value.reason == "unknown_schema"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe", "undecodable"),
        (b"{", "invalid_json"),
        (b"", "invalid_json"),
        (b"[1]", "invalid_record"),
        (b"null", "invalid_record"),
        (b'{"id": 1}', "invalid_record"),
        (b'{"id":"1","source":"s","content_type":"text/plain"}', "invalid_record"),
        (b"[" * 100_000, "invalid_json"),
    ],
)
def test_says_why_bytes_are_no_record(data, reason):
    """Whatever is wrong with the bytes has a reason from the closed list."""
    with pytest.raises(RecordError) as caught:
        RawArticle.from_bytes(data)
    assert caught.value.reason == reason


@given(st.binary(max_size=200))
def test_never_fails_in_any_other_way(data):
    """Any bytes are a record or a reasoned refusal."""
    try:
        RawArticle.from_bytes(data)
    except RecordError as error:
        assert error.reason  # noqa: PT017  (either way out is right)


def test_is_immutable():
    """A record cannot be changed, only copied."""
    with pytest.raises(ValueError, match="frozen"):
        RAW.id = "2"
