"""What an answer of Elasticsearch means: stored, stale, refused, split the request, or wait.

`RULES` is the one table of it, and the first row that fits decides.  It was read off real servers
(docs/explanation/delivery.md).  What nobody has seen yet waits: whoever waits can be helped, and
what was given up by mistake is found late.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from elastic_transport import ObjectApiResponse, TransportError
from elasticsearch import ApiError, UnsupportedProductError

from pipeline.index.sink import STALE, STORED, Written
from pipeline.trust import certificate_trouble

Verdict = Literal["stored", "stale", "wait", "split", "refused"]
Level = Literal["item", "request"]
"""An answer is about one document of a bulk request, or about the whole of it."""
ANY_STATUS = range(600)
LONGEST_REASON = 500
REFUSED_US = (
    ". Are NEWSMILL_ELASTICSEARCH_USERNAME and NEWSMILL_ELASTICSEARCH_PASSWORD, or "
    "NEWSMILL_ELASTICSEARCH_API_KEY, right?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: what an answer means, and why.

    Attributes:
        error: the type of error that Elasticsearch names; ``*``: any, ``*_exception``: any it has.

    """

    level: Level | Literal["both"]
    statuses: range
    error: str
    verdict: Verdict
    why: str

    def fits(self, level: Level, status: int, error: str) -> bool:
        """Whether this row is about such an answer."""
        if self.level not in ("both", level) or status not in self.statuses:
            return False
        return error.endswith(self.error[1:]) if self.error[0] == "*" else error == self.error


def just(status: int) -> range:
    """Return the range that holds only *status*."""
    return range(status, status + 1)


RULES = (
    # What an operator mends, or what ends by itself.  Nothing is wrong with the document.
    Rule(
        "both", ANY_STATUS, "cluster_block_exception", "wait", "read-only: by hand or a full disk"
    ),
    Rule("both", ANY_STATUS, "security_exception", "wait", "wrong password or key, or no right"),
    Rule("both", ANY_STATUS, "index_closed_exception", "wait", "somebody closed the index"),
    Rule("both", ANY_STATUS, "index_not_found_exception", "wait", "no index behind the alias"),
    Rule("both", ANY_STATUS, "circuit_breaking_exception", "wait", "its memory is short"),
    Rule("both", ANY_STATUS, "es_rejected_execution_exception", "wait", "its queue is full"),
    Rule("both", ANY_STATUS, "unavailable_shards_exception", "wait", "no shard is there for it"),
    Rule("both", ANY_STATUS, "no_shard_available_action_exception", "wait", "as above"),
    Rule("request", ANY_STATUS, "media_type_header_exception", "wait", "server older than client"),
    Rule("both", just(401), "*", "wait", "wrong password, told by a proxy perhaps"),
    Rule("both", just(403), "*", "wait", "no right, or a proxy's refusal"),
    Rule("both", just(408), "*", "wait", "a time-out"),
    Rule("both", just(429), "*", "wait", "too many requests, or above a quota"),
    Rule("both", range(500, 600), "*", "wait", "the server's own trouble"),
    # What is over.
    Rule("item", range(200, 300), "*", "stored", "it is there"),
    Rule("item", just(409), "version_conflict_engine_exception", "stale", "same or newer is there"),
    # What is wrong with a document.  A request as a whole says so of its worst line.
    Rule("request", just(413), "*", "split", "too large as a whole"),
    Rule("request", just(400), "*_exception", "split", "one bad line refuses all of them"),
    Rule("item", just(413), "*", "refused", "too large by itself"),
    Rule("item", range(400, 409), "*", "refused", "mapping, syntax, a field's limit"),
    Rule("item", range(410, 500), "*", "refused", "as above"),
    # What nobody has seen: a redirect to a login page, a 404 of a proxy, a 200 that is none.
    Rule("both", ANY_STATUS, "*", "wait", "not an answer of Elasticsearch that we know"),
)


def verdict(level: Level, status: int, error: str = "") -> Verdict:
    """Return what an answer means.

    >>> verdict("item", 201), verdict("item", 409, "version_conflict_engine_exception")
    ('stored', 'stale')
    >>> verdict("item", 400, "document_parsing_exception"), verdict("item", 403, "a_exception")
    ('refused', 'wait')
    >>> verdict("request", 413), verdict("request", 404, "<html>")
    ('split', 'wait')
    """
    return rule_of(level, status, error).verdict


def rule_of(level: Level, status: int, error: str) -> Rule:
    """Return the row that an answer falls under; the last one takes any."""
    return next(rule for rule in RULES if rule.fits(level, status, error))


def of_request(error: ApiError) -> Verdict:
    """Return what a refusal of a whole request means.

    A page that says 200 and is not of Elasticsearch, a login perhaps, is a refusal too.
    """
    if isinstance(error, UnsupportedProductError):
        return "wait"
    return verdict("request", error.status_code, str(error.error))


def listed(answer: ObjectApiResponse[Any], key: str) -> list[Any]:
    """Return the list under *key* of an answer; a page of something else holds none."""
    found = answer.body.get(key) if isinstance(answer.body, dict) else None
    return found if isinstance(found, list) else []


def settle(chunk: list[int], items: list[Any], outcomes: list[Written | None]) -> str:
    """Fill *outcomes* from the items of a bulk answer; return why some must wait, or ""."""
    if len(items) != len(chunk):
        return f"the answer tells of {len(items)} documents, {len(chunk)} were sent"
    reason = ""
    for position, item in zip(chunk, items, strict=True):
        (result,) = item.values()
        error = result.get("error") or {}
        gone = result.get("result") == "not_found"  # deleted before: that is what was asked for
        why = f"{result['status']} {error.get('type')}: {error.get('reason')}"[:LONGEST_REASON]
        rule = rule_of("item", 200 if gone else result["status"], error.get("type") or "")
        match rule.verdict:
            case "stored":
                outcomes[position] = STORED
            case "stale":
                outcomes[position] = STALE
            case "refused":
                outcomes[position] = Written("refused", why)
            case _:
                reason = f"{why}: {rule.why}"
    return reason


def told(error: ApiError | TransportError) -> str:
    """Return an error of the client in one line, without the request's body."""
    if isinstance(error, UnsupportedProductError):
        return f"{error.status_code} by something that is not Elasticsearch"
    if isinstance(error, ApiError):
        rule = rule_of("request", error.status_code, str(error.error))
        why = f": {rule.why}" if rule.verdict == "wait" else ""
        said = f"{error.status_code} {error.error}{cause_told(error)}{why}"[:LONGEST_REASON]
        return said + (REFUSED_US if error.status_code == 401 else "")
    trouble = certificate_trouble(error.message, "NEWSMILL_ELASTICSEARCH_CA_CERTS")
    return f"{type(error).__name__}: {trouble or error.message}"[:LONGEST_REASON]


def cause_told(error: ApiError) -> str:
    """Return what Elasticsearch gives as the reason of a refusal, after a colon; "" without one."""
    cause = error.body.get("error") if isinstance(error.body, dict) else None
    return f": {cause['reason']}" if isinstance(cause, dict) and cause.get("reason") else ""
