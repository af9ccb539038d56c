import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig, TlsError
from elastic_transport import ConnectionError as Unreachable
from elasticsearch import ApiError, UnsupportedProductError

from pipeline.index.answers import RULES, of_request, settle, told, verdict
from pipeline.index.sink import STALE, STORED

ANSWERS = [
    # A row: about what, status, type of error, what it means, and when it was seen.
    ("item", 200, "", "stored", "an update"),
    ("item", 201, "", "stored", "a new document"),
    ("item", 409, "version_conflict_engine_exception", "stale", "the same or a newer version"),
    ("item", 409, "another_exception", "wait", "a conflict nobody has seen"),
    ("item", 429, "es_rejected_execution_exception", "wait", "the write queue is full"),
    ("item", 429, "circuit_breaking_exception", "wait", "out of memory"),
    ("item", 429, "cluster_block_exception", "wait", "flood stage of a full disk"),
    ("item", 403, "cluster_block_exception", "wait", "an index set read-only by hand"),
    ("item", 403, "security_exception", "wait", "a role without a right to this index"),
    ("item", 400, "index_closed_exception", "wait", "a closed index"),
    ("item", 404, "index_not_found_exception", "wait", "no index behind the alias"),
    ("item", 503, "unavailable_shards_exception", "wait", "the shard failed"),
    ("item", 503, "no_shard_available_action_exception", "wait", "no copy of the shard"),
    ("item", 500, "io_exception", "wait", "its disk is full"),
    ("item", 400, "document_parsing_exception", "refused", "a date that is none"),
    ("item", 400, "mapper_parsing_exception", "refused", "an object where text belongs"),
    ("item", 400, "strict_dynamic_mapping_exception", "refused", "a field nobody declared"),
    ("item", 400, "illegal_argument_exception", "refused", "a keyword above 32,766 bytes"),
    ("item", 413, "", "refused", "too large by itself"),
    ("item", 422, "", "refused", "a reason of its own"),
    ("item", 304, "", "wait", "what a bulk answer never holds"),
    ("request", 401, "security_exception", "wait", "a wrong password or key"),
    ("request", 401, "<html>", "wait", "the same, told by a proxy"),
    ("request", 403, "security_exception", "wait", "no right at all"),
    ("request", 403, "<html>", "wait", "a firewall's page"),
    ("request", 408, "", "wait", "a time-out of a proxy"),
    ("request", 429, "circuit_breaking_exception", "wait", "out of memory"),
    ("request", 429, "", "wait", "above a quota"),
    ("request", 500, "", "wait", "its own trouble"),
    ("request", 502, "<html>", "wait", "a proxy that finds no server"),
    ("request", 503, "master_not_discovered_exception", "wait", "a cluster without a head"),
    ("request", 504, "", "wait", "a proxy that lost patience"),
    ("request", 400, "media_type_header_exception", "wait", "a server older than our client"),
    ("request", 400, "action_request_validation_exception", "split", "an id above 512 bytes"),
    ("request", 400, "illegal_argument_exception", "split", "a version below zero"),
    ("request", 400, "x_content_parse_exception", "split", "a line that is no JSON"),
    ("request", 413, "", "split", "above 100 MB, or a proxy's limit"),
    ("request", 400, "<html>", "wait", "http on a port that speaks https, behind a proxy"),
    ("request", 404, "<html>", "wait", "a proxy that leads elsewhere"),
    ("request", 404, "index_not_found_exception", "wait", "no index behind the alias"),
    ("request", 302, "<html>", "wait", "a login page"),
    ("request", 405, "", "wait", "not the server we think"),
]


@pytest.mark.parametrize(("level", "status", "error", "expected", "_seen"), ANSWERS)
def test_every_answer_means_one_thing(level, status, error, expected, _seen):
    """Each row of the table of answers, as seen on real servers."""
    assert verdict(level, status, error) == expected


def test_every_rule_has_an_answer_that_shows_it():
    """No rule stands in the table without a test, and none is hidden by one above it."""
    used = {
        next(rule for rule in RULES if rule.fits(level, status, error))
        for level, status, error, *_ in ANSWERS
    }
    assert [rule for rule in RULES if rule not in used] == []


def refusal(status, error, kind=ApiError):
    """Return what the client raises for a refused request."""
    node = NodeConfig("http", "search.test", 9200)
    return kind(error, ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, node), error)


def test_a_login_page_is_no_answer():
    """A page that says 200 and is not Elasticsearch's gives nothing up."""
    error = refusal(200, "we do not support this unknown product", UnsupportedProductError)
    assert (of_request(error), told(error)) == (
        "wait", "200 by something that is not Elasticsearch",
    )  # fmt: skip


def test_a_refusal_is_told_with_its_reason_and_what_to_do():
    """Status, type and reason in one line, and for a wrong password which settings to look at."""
    body = {"error": {"type": "security_exception", "reason": "unable to authenticate"}}
    node = NodeConfig("http", "search.test", 9200)
    meta = ApiResponseMeta(401, "1.1", HttpHeaders(), 0.1, node)
    said = told(ApiError("security_exception", meta, body))
    assert said.startswith("401 security_exception: unable to authenticate: wrong password or key")
    assert "NEWSMILL_ELASTICSEARCH_API_KEY" in said


@pytest.mark.parametrize(
    "error", [TlsError("certificate verify failed"), Unreachable("connection refused")]
)
def test_no_answer_is_told_by_its_name(error):
    """A wrong certificate reads as one; nothing of a request's body is shown."""
    assert told(error) == f"{type(error).__name__}: {error.message}"


def test_an_answer_that_leaves_documents_out_decides_nothing():
    """Fewer items than were sent: all wait, rather than the wrong ones being done."""
    outcomes = [None, None]
    reason = settle([0, 1], [{"index": {"status": 201}}], outcomes)
    assert (reason, outcomes) == ("the answer tells of 1 documents, 2 were sent", [None, None])


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
    assert (reason, outcomes[:3]) == (
        "429 x: busy: too many requests, or above a quota",
        [STORED, STALE, None],
    )
    assert outcomes[3].reason == "400 y: bad date"


def test_what_is_gone_needs_no_deleting():
    """To delete what is not there is no error."""
    outcomes = [None]
    items = [{"delete": {"status": 404, "result": "not_found"}}]
    assert (settle([0], items, outcomes), outcomes) == ("", [STORED])
