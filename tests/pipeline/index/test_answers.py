import pytest

from pipeline.index.answers import settle, verdict
from pipeline.index.sink import STALE, STORED


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (200, None, "stored"),
        (201, None, "stored"),
        (409, "version_conflict_engine_exception", "stale"),
        (429, "es_rejected_execution_exception", "wait"),
        (429, "cluster_block_exception", "wait"),
        (403, "cluster_block_exception", "wait"),
        (403, "security_exception", "wait"),
        (401, "security_exception", "wait"),
        (400, "index_closed_exception", "wait"),
        (404, "index_not_found_exception", "wait"),
        (408, None, "wait"),
        (500, None, "wait"),
        (502, None, "wait"),
        (503, "unavailable_shards_exception", "wait"),
        (504, None, "wait"),
        (400, "document_parsing_exception", "refused"),
        (400, "mapper_parsing_exception", "refused"),
        (400, "strict_dynamic_mapping_exception", "refused"),
        (400, "illegal_argument_exception", "refused"),
        (413, None, "refused"),
    ],
)
def test_every_answer_means_one_thing(status, error, expected):
    """Each row of the table of answers, as seen on real servers."""
    assert verdict(status, error) == expected


def test_a_bulk_answer_is_read_item_by_item():
    """One item that must wait leaves the others as they ended."""
    items = [
        {"index": {"status": 201}},
        {"index": {"status": 409, "error": {"type": "version_conflict_engine_exception"}}},
        {"index": {"status": 429, "error": {"type": "x", "reason": "busy"}}},
        {"index": {"status": 400, "error": {"type": "y", "reason": "bad date"}}},
    ]
    outcomes = [None] * 4
    reason = settle([0, 1, 2, 3], items, outcomes)
    assert (reason, outcomes[:3]) == ("429 x: busy", [STORED, STALE, None])
    assert outcomes[3].reason == "400 y: bad date"


def test_what_is_gone_needs_no_deleting():
    """To delete what is not there is no error."""
    outcomes = [None]
    items = [{"delete": {"status": 404, "result": "not_found"}}]
    assert (settle([0], items, outcomes), outcomes) == ("", [STORED])
