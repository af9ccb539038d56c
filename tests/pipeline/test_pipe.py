"""Pipe mode, rule by rule, through the function that a worker process runs."""

import json
from typing import get_args

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.pipe import lost, prepare
from pipeline.pool import Lost
from pipeline.stages import Options
from schemas import article_id
from schemas.enriched import Label

STORY = (
    "Anna Keller met the mayor of Berlin on Monday to talk about the price of bread.\n\n"
    "The talks in Germany went on until the evening, a spokesman of the United Nations said.\n\n"
    "ADVERTISEMENT\n\n"
    "Both sides will meet again in Paris in March, and nobody expects a quick end."
)
RAW = {
    "url": "https://gazette.test/bread",
    "source": "gazette",
    "content_type": "text/plain",
    "body": STORY,
}
CLEAN_KEYS = {"id", "url", "source", "headline", "text", "removed"}
ENRICHED_KEYS = CLEAN_KEYS | {"entities", "events", "quotes", "dates"}
IDS = [7, 0, -1, 1.5, "x", " a b ", "\u2028", "😀/?#[]", '"\\', "0", "e\u0301", 2**63, 10**40]


@pytest.fixture(scope="module")
def cleaned():
    """The function from a raw line to a clean one."""
    return prepare("clean", "clean", Options())


@pytest.fixture(scope="module")
def both():
    """The function from a raw line to an enriched one."""
    return prepare("clean", "enrich", Options(language="fast"))


@pytest.fixture(scope="module")
def enriched():
    """The function from a clean line to an enriched one."""
    return prepare("enrich", "enrich", Options(language="fast"))


def line(fields=RAW, **changes):
    """Return a line of input; a change to None takes the field away."""
    given = {key: value for key, value in {**fields, **changes}.items() if value is not None}
    return json.dumps(given, ensure_ascii=False).encode()


def record(answer):
    """Return the record that came through."""
    assert (answer.rejected, answer.reason) == (False, "")
    return json.loads(answer.data)


def reject(answer):
    """Return the fields of a reject."""
    assert answer.rejected
    fields = json.loads(answer.data)
    assert fields["reason"] == answer.reason
    return fields


@pytest.mark.parametrize("id_", IDS)
def test_a_given_id_comes_back_unchanged(cleaned, enriched, id_):
    """Text, number, odd characters: what was given stands in the output and in the rejects."""
    assert record(cleaned(line(id=id_)))["id"] == id_
    assert record(enriched(line({"id": id_, "text": STORY})))["id"] == id_
    for bad in ({"body": ""}, {"schema_version": 999}, {"url": None}):
        assert reject(cleaned(line(id=id_, **bad)))["id"] == id_


@pytest.mark.parametrize("number", ["1.10", "1e3", "123456789012345678901234567890"])
def test_a_number_as_id_keeps_its_digits(cleaned, number):
    """No digit of an id is rounded or rewritten."""
    given = line(id="X").replace(b'"X"', number.encode())
    assert f'"id":{number},'.encode() in cleaned(given).data


@pytest.mark.parametrize("id_", ["", None])
def test_without_an_id_it_is_computed(cleaned, id_):
    """The id is that of the source and the address, also of a line that is rejected."""
    expected = article_id("gazette", "https://gazette.test/bread")
    assert record(cleaned(line(id=id_)))["id"] == expected
    assert reject(cleaned(line(id=id_, body="")))["id"] == expected
    lost_one = lost(line(id=id_), Lost("timeout", "took too long"))
    assert reject(lost_one) == {
        "id": expected, "outcome": "dead", "stage": "run", "reason": "timeout",
        "message": "took too long", "error": "WorkerLost",
    }  # fmt: skip


def test_articles_without_an_address_have_an_id_each(cleaned):
    """Without an address the body decides, and the same body always has the same id."""
    ids = [record(cleaned(line(url="", body=body)))["id"] for body in (STORY, STORY + "!", STORY)]
    assert ids[0] == ids[2] != ids[1]


def test_a_lost_line_keeps_the_id_it_had():
    """The id of a line whose worker died is the one that was given."""
    assert reject(lost(line(id=0), Lost("crash", "died")))["id"] == 0
    assert reject(lost(b"{", Lost("crash", "died")))["reason"] == "invalid_json"


def test_some_keys_are_always_there(cleaned, both, enriched):
    """They are empty where there is nothing, in each of the three ways to run."""
    assert set(record(cleaned(line()))) >= CLEAN_KEYS
    assert set(record(both(line()))) >= ENRICHED_KEYS
    least = record(enriched(b'{"id":"1","text":""}'))
    empty = {"id": "1", "url": "", "source": "", "headline": "", "text": ""}
    lists = {key: [] for key in ("removed", "entities", "events", "quotes", "dates")}
    assert {key: least[key] for key in ENRICHED_KEYS} == empty | lists


@pytest.mark.parametrize("value", ["yesterday", "", 5, [], "2026-13-45", True, {}, 1e300])
def test_what_is_no_date_is_not_known(cleaned, enriched, value):
    """It is left out of the record, and the record comes through."""
    dates = {"published_at": value, "fetched_at": value}
    assert not set(record(cleaned(line(**dates)))) & {"published_at", "fetched_at"}
    known = {"id": "1", "text": STORY, "modified_at": value, **dates}
    assert not set(record(enriched(line(known)))) & {"published_at", "fetched_at", "modified_at"}


@pytest.mark.parametrize("value", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_date_at_the_end_of_time_harms_nothing(cleaned, enriched, value):
    """An instant that UTC cannot hold is no reason to reject."""
    dates = {"published_at": value, "fetched_at": value, "modified_at": value}
    record(cleaned(line(**dates)))
    record(enriched(line({"id": "1", "text": STORY, **dates})))


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": 5}, {"language": ""}, {"headline": 5}, {"revision": "x"}, {"revision": -4},
        {"authors": "one"}, {"headers": []}, {"summary": {}}, {"source_name": []},
        {"unheard_of": {"deep": [1]}}, {"published_at": False},
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_not_known(cleaned, enriched, wrong):
    """The record is what it would be without it."""
    assert record(cleaned(line(**wrong))) == record(cleaned(line()))
    known = {"id": "1", "text": STORY}
    assert record(enriched(line(known, **wrong))) == record(enriched(line(known)))


def test_an_empty_string_is_not_known(cleaned):
    """It is as if the field were not there."""
    empty = dict.fromkeys(("headline", "published_at", "fetched_at", "language", "summary"), "")
    assert record(cleaned(line(**empty))) == record(cleaned(line()))
    in_base64 = line(body="", body_base64="UmFpbiBmZWxsIG9uIHRoZSBjaXR5IG9mIExpbWEu")
    assert record(cleaned(in_base64))["text"] == "Rain fell on the city of Lima."


TEXTS = [
    f"  \t{STORY}\n\n ",
    "Cafe\u0301 owners in Sa\u0303o Paulo met Anna Keller.",
    "\ufeffA\u200bnna\u00ad Keller\u2028met \u2029her\x85 in Berlin\x0b.",
    "😀😀 Anna Keller met 👩‍👩‍👧 in Berlin and 𝔓aris.",
    "\r\nOne\rtwo\r\nAnna Keller\r\n",
    "x",
    "   ",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["en", None, "tlh", "x-odd"])
def test_enrich_takes_text_and_language_as_they_are(enriched, text, language):
    """No strip, no normal form; each offset counts code points of that very string."""
    found = record(enriched(line({"id": "1", "text": text}, language=language)))
    assert found["text"] == text
    if language:
        assert found["language"] == language
    for entity in found["entities"]:
        assert entity["text"] == text[entity["start"] : entity["end"]]
    assert all(0 <= start < end <= len(text) for start, end in found["sentences"])


def test_offsets_behind_astral_characters_count_code_points(enriched):
    """A face counts as one, not as two or four."""
    text = "😀" * 9 + " Angela Merkel met Emmanuel Macron in Paris on Monday."
    found = record(enriched(line({"id": "1", "text": text, "language": "en"})))["entities"]
    assert ("Angela Merkel", 10, 23) in [(one["text"], one["start"], one["end"]) for one in found]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_enrich_never_touches_any_text(enriched, text):
    """Whatever the text is, it comes back the same, and every mention stands where it says."""
    found = record(enriched(line({"id": "1", "text": text, "language": "en"})))
    assert found["text"] == text
    assert all(one["text"] == text[one["start"] : one["end"]] for one in found["entities"])


def test_labels_are_of_the_documented_set(both):
    """Every entity of a record has one of the names that the reference lists."""
    body = f"{STORY}\n\nIt cost $3 million, or 20 percent more than in 2019, the Nobel Prize said."
    found = record(both(line(body=body)))["entities"]
    assert found
    assert {one["label"] for one in found} <= set(get_args(Label))


BODIES = [
    STORY,
    STORY.replace("\n", "\r\n"),
    f"ADVERTISEMENT\n\n\n{STORY}\nREAD MORE: Bread is dear again\n",
    f"By Anna Writer\n{STORY}",
    "ADVERTISEMENT\x0b\n" + STORY.replace("bread", "bread\u2028and\x0bbutter\x85"),
    f"😀 face\n{STORY}",
]


@pytest.mark.parametrize("body", BODIES)
def test_cuts_are_offsets_into_the_body(cleaned, body):
    """The words at start and end are the words that were cut, in the body as it was given."""
    removed = record(cleaned(line(body=body)))["removed"]
    assert removed
    assert [body[cut["start"] : cut["end"]] for cut in removed] == [cut["text"] for cut in removed]


@pytest.mark.parametrize("body", BODIES)
def test_a_line_number_stands_on_whole_lines_only(cleaned, body):
    r"""Lines are split at \n alone and counted from 0, blank ones included."""
    lines = body.split("\n")
    for cut in record(cleaned(line(body=body)))["removed"]:
        whole = lines[body.count("\n", 0, cut["start"])].strip() == cut["text"].strip()
        assert ("line" in cut) == whole
        if "line" in cut:
            assert cut["line"] == body.count("\n", 0, cut["start"])


@pytest.mark.parametrize("mark", ["\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_nothing_but_a_newline_ends_a_line(cleaned, mark):
    """A line with another kind of break inside stays one line."""
    body = f"{STORY}\n\nAll was{mark}quiet in the town for the rest of the day.\n\nADVERTISEMENT"
    removed = record(cleaned(line(body=body)))["removed"]
    assert [cut["line"] for cut in removed] == [4, body.count("\n")]


def test_paragraphs_are_separated_by_a_blank_line(cleaned):
    """The text is its paragraphs, with two newlines between."""
    text = record(cleaned(line(body=STORY.replace("\n\n", "\n"))))["text"]
    assert text == STORY.replace("ADVERTISEMENT\n\n", "")


def test_a_body_of_bytes_is_read_in_its_charset(cleaned):
    """The charset of the content type is used where the bytes are no UTF-8."""
    body = "UmFpbiBmZWxsIG9uIGEgY2Fm6SBpbiB0aGUgY2l0eSBvZiBMaW1hLg=="
    given = line(body=None, body_base64=body, content_type="text/plain; charset=iso-8859-1")
    assert record(cleaned(given))["text"] == "Rain fell on a café in the city of Lima."


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (b"", "invalid_json"),
        (b"   ", "invalid_json"),
        (b"{", "invalid_json"),
        (b'{"id": NaN}', "invalid_json"),
        (b'{"id": "half a face: \\ud83d"}', "invalid_json"),
        (b"[" * 100_000, "invalid_json"),
        (b"[1]", "invalid_record"),
        (b"null", "invalid_record"),
        (b'"text"', "invalid_record"),
        (b"{}", "invalid_record"),
        (b'{"id":"\xff"}', "undecodable"),
        (line(schema_version=999), "unknown_schema"),
        (line(source=None), "invalid_record"),
        (line(content_type=5), "invalid_record"),
        (line(body=None), "invalid_record"),
        (line(body=5), "invalid_record"),
        (line(body_base64="UmFpbg=="), "invalid_record"),
        (line(body=None, body_base64="A"), "invalid_record"),
        (line(body=""), "no_text"),
        (line(body=" \n\t "), "no_text"),
        (line(body="ADVERTISEMENT"), "only_boilerplate"),
        (line(body="rain " * 2_100_000), "too_big"),
        (line(body="%PDF-1.7 x"), "undecodable"),
        (line(body="<div>" * 5_000 + "x", content_type="text/html"), "too_deep"),
    ],
)
def test_a_bad_line_is_a_reject_with_its_reason(cleaned, given, reason):
    """Whatever is wrong has a reason from the closed list and a sentence for people."""
    told = reject(cleaned(given))
    assert told["reason"] == reason
    assert told["message"]
    assert told["outcome"] == ("dropped" if reason == "only_boilerplate" else "dead")


@pytest.mark.parametrize("given", [b"{}", b'{"id":"1"}', b'{"text":"x"}', b'{"id":"1","text":5}'])
def test_enrich_needs_id_and_text_and_nothing_else(enriched, given):
    """Without one of them a line is rejected, saying so."""
    assert "id, text" in reject(enriched(given))["message"]
    record(enriched(b'{"id":"1","text":"Rain fell."}'))


def test_a_byte_order_mark_is_no_harm(cleaned):
    """Windows programs begin a file with one."""
    assert record(cleaned(b"\xef\xbb\xbf" + line())) == record(cleaned(line()))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    fields=st.dictionaries(
        st.sampled_from([*RAW, "id", "text", "headline", "published_at", "fetched_at", "language",
                         "authors", "schema_version", "body_base64", "removed", "models"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
            | st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=3,
        ),
    )
)  # fmt: skip
def test_any_object_has_an_answer_that_is_json(cleaned, enriched, fields):
    """No value of any field ends in anything but a line of strict JSON."""
    given = json.dumps(fields, ensure_ascii=False).encode()
    for function in (cleaned, enriched):
        answer = function(given)
        orjson.loads(answer.data)
        assert b"\n" not in answer.data


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_have_an_answer(cleaned, data):
    """Noise in place of a line is a reject with a reason."""
    assert reject(cleaned(data))["reason"]
