"""The roles that we ship, on a real node: each may do its work, and nothing else."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from elastic_transport import TransportError
from elasticsearch import AuthorizationException, Elasticsearch

from pipeline.index import answers, inventory, roles, templates
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.index.expire import expire
from pipeline.index.next_indices import behind, drop, left_over
from pipeline.index.reindex import Reindex
from pipeline.index.sink import Stopped
from pipeline.settings import Settings
from pipeline.stream.reach import why_not
from schemas import ServiceUnavailable
from tests.contracts.sink_contract import SinkContract, doc, family
from tests.live.secured import PASSWORDS, ROLES, client, kafka_security
from tests.live.servers import Server

LONGEST_WAIT_SECS = 60.0
INDICES = [*templates.INDICES.values()]
FORBIDDEN: dict[str, list[Callable[[Elasticsearch], Any]]] = {
    "newsmill_admin": [
        lambda es: es.indices.create(index="other"),
        lambda es: es.search(index="other"),
        lambda es: es.security.put_role(name="other", cluster=["all"]),
        lambda es: es.cluster.put_settings(persistent={"action.auto_create_index": "true"}),
    ],
    "newsmill_pipeline": [
        lambda es: es.index(index="other", document={"a": 1}),
        lambda es: es.search(index="other"),
        lambda es: es.indices.create(index="articles-v9"),
        lambda es: es.indices.delete(index=INDICES[0]),
        lambda es: es.indices.put_settings(index=INDICES[0], settings={"blocks.write": True}),
        lambda es: es.indices.put_alias(index=INDICES[0], name="articles-again"),
        lambda es: es.cluster.put_component_template(name="other", template={}),
        lambda es: es.security.put_role(name="other", cluster=["all"]),
    ],
    "newsmill_analyst": [
        lambda es: es.index(index="articles", document={"a": 1}),
        lambda es: es.bulk(operations=[{"delete": {"_index": "articles", "_id": "id1"}}]),
        lambda es: es.search(index="other"),
        lambda es: es.indices.delete(index=INDICES[0]),
        lambda es: es.cluster.health(),
    ],
}


@pytest.fixture(scope="module")
def admin(secured_elasticsearch: Server) -> Iterator[Elasticsearch]:
    """Who sets up, on a node where that was done."""
    with client(secured_elasticsearch, "newsmill_admin") as made:
        templates.apply(made)
        yield made


@pytest.fixture
def sink(secured_elasticsearch: Server, admin: Elasticsearch) -> Iterator[ElasticsearchSink]:
    """The sink of a worker that signs in as the pipeline."""
    admin.indices.delete(index=INDICES)
    templates.apply(admin)
    made = ElasticsearchSink(client(secured_elasticsearch, "newsmill_pipeline"), pause_secs=0.05)
    made.open()
    yield made
    made.close()


class TestPipeline(SinkContract):
    """A worker in the role of the pipeline keeps the contract of every sink."""

    def quotes(self, sink: ElasticsearchSink, article: str) -> list[str]:
        """Return the texts that a search for the article's id finds."""
        sink.client.indices.refresh(index="quotes")
        asked = {"term": {"article_id": article}}
        answer = sink.client.search(index="quotes", query=asked, sort=[{"id": "asc"}])
        return [hit["_source"]["text"] for hit in answer["hits"]["hits"]]


@pytest.mark.parametrize(
    ("user", "number"), [(user, n) for user, all_ in FORBIDDEN.items() for n in range(len(all_))]
)
def test_a_role_ends_at_its_work(
    secured_elasticsearch: Server, admin: Elasticsearch, user: str, number: int
) -> None:
    """Other indices, other people's rights and, for who only reads, any write are refused."""
    with (
        client(secured_elasticsearch, user) as signed_in,
        pytest.raises(AuthorizationException) as refused,
    ):
        FORBIDDEN[user][number](signed_in)
    assert refused.value.error == "security_exception"


def test_an_analyst_reads(secured_elasticsearch: Server, sink: ElasticsearchSink) -> None:
    """Articles and quotations are found, and audited, by the role that may do nothing else."""
    sink.write([family(1, 1, "Rain fell.")])
    sink.client.indices.refresh(index=["articles", "quotes"])
    with client(secured_elasticsearch, "newsmill_analyst") as analyst:
        assert [hit.id for hit in ElasticsearchSink(analyst).search("rain")] == ["id1"]
        assert analyst.count(index="quotes")["count"] == 1
        ((held,), (quoted,)) = inventory.articles(analyst), inventory.quotes(analyst)
        assert inventory.now(analyst, [held.id, "none"]) == [held]
        assert (quoted.id, quoted.number) == (held.id, held.number)


def written_after(
    sink: ElasticsearchSink, mend: Callable[[], None], documents: list[Any]
) -> tuple[str, list[str]]:
    """Write while something is wrong; mend it when that was told; return what was told, and all."""
    told: list[str] = []

    def on_wait(reason: str) -> None:
        if reason and not told:
            threading.Thread(target=mend).start()
        told.append(reason)

    sink.on_wait = on_wait
    late = threading.Timer(LONGEST_WAIT_SECS, sink.closing.set)
    late.start()
    states = [one.state for one in sink.write(documents)]
    late.cancel()
    assert told[-1] == ""
    return told[0], states


def test_a_refused_password_is_waited_for(secured_elasticsearch: Server, sink: Any) -> None:
    """Nothing is given up: the reason says what to set, and once it is right all is stored."""
    config, right = secured_elasticsearch.data / "config", PASSWORDS["newsmill_pipeline"]
    stranger = connect(
        secured_elasticsearch.address, username="latecomer", password=right,
        ca_certs=str(secured_elasticsearch.authority),
    )  # fmt: skip
    waiting = ElasticsearchSink(stranger, pause_secs=0.05, longest_pause_secs=0.5)
    kept = {name: (config / name).read_text() for name in ("users", "users_roles")}
    hashed = dict(line.split(":", 1) for line in kept["users"].splitlines())["newsmill_pipeline"]
    role = "newsmill_pipeline:newsmill_pipeline"

    def mend() -> None:
        (config / "users").write_text(f"{kept['users']}latecomer:{hashed}\n")
        more = kept["users_roles"].replace(role, f"{role},latecomer")  # a role has one line
        (config / "users_roles").write_text(more)

    try:
        told, states = written_after(waiting, mend, [doc(1)])
    finally:
        for name, text in kept.items():
            (config / name).write_text(text)
    assert "401 security_exception" in told
    assert "NEWSMILL_ELASTICSEARCH_PASSWORD" in told
    assert right not in told
    assert states == ["stored"]


def test_an_index_that_the_role_does_not_hold_is_waited_for(
    secured_elasticsearch: Server, sink: ElasticsearchSink
) -> None:
    """A 403 of single documents is an operator's affair too: no dead letter."""
    file = secured_elasticsearch.data / "config" / "roles.yml"
    file.write_text(ROLES.read_text().replace(', "quotes*"]', "]"))
    try:
        until(lambda: not may_write(sink.client, "quotes"))
        told, states = written_after(sink, lambda: restore(file), [family(1, 1, "a")])
    finally:
        restore(file)
    assert "security_exception" in told
    assert "newsmill_pipeline" in told
    assert states == ["stored"]


def restore(file: Path) -> None:
    """Give the node our roles again."""
    file.write_text(ROLES.read_text())


def may_write(es: Elasticsearch, index: str) -> bool:
    """Whether the node lets this user write there now."""
    asked = [{"names": [index], "privileges": ["index"]}]
    return bool(es.security.has_privileges(index=asked)["has_all_requested"])


def until(holds: Callable[[], bool]) -> None:
    """Wait until the node has read a file again."""
    late = time.monotonic() + LONGEST_WAIT_SECS
    while not holds():
        assert time.monotonic() < late, "the node did not read its file again"
        time.sleep(0.2)


def test_an_unknown_api_key_is_refused_with_what_to_do(secured_elasticsearch: Server) -> None:
    """The key is sent, the node does not know it, and the worker would wait."""
    told: list[str] = []
    stranger = connect(
        secured_elasticsearch.address, api_key="cGxhbnRlZDprZXk=",
        ca_certs=str(secured_elasticsearch.authority),
    )  # fmt: skip
    sink = ElasticsearchSink(stranger, on_wait=told.append, pause_secs=0.05)
    threading.Timer(1.0, sink.closing.set).start()
    with pytest.raises(Stopped, match="401 security_exception") as refused:
        sink.write([doc(1)])
    assert "NEWSMILL_ELASTICSEARCH_API_KEY" in str(refused.value)


def test_a_server_that_keeps_roles_in_files_says_so(secured_elasticsearch: Server) -> None:
    """This node makes no role by its API, and the message says what to do in its place."""
    with (
        client(secured_elasticsearch, "elastic") as superuser,
        pytest.raises(ServiceUnavailable, match="newsmill roles show"),
    ):
        roles.apply(superuser)


@pytest.mark.parametrize("name", ["missing", "other"])
def test_a_certificate_that_is_not_trusted_is_told_in_words(
    secured_elasticsearch: Server, tmp_path: Path, name: str
) -> None:
    """Without the authority, or with another one, the setting that names it is told."""
    other = tmp_path / "ca.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=another",
         "-keyout", tmp_path / "ca.key", "-out", other],
        check=True, capture_output=True,
    )  # fmt: skip
    ca_certs = str(other) if name == "other" else ""
    sink = ElasticsearchSink(connect(secured_elasticsearch.address, ca_certs=ca_certs))
    with pytest.raises(ServiceUnavailable, match="NEWSMILL_ELASTICSEARCH_CA_CERTS"):
        sink.open()


def test_an_expired_certificate_is_told_in_words(secured_elasticsearch: Server) -> None:
    """The node reads its certificate again; who connects then says that it is past its time."""
    certs = secured_elasticsearch.authority.parent
    before = (certs / "node.crt").read_text()
    (certs / "node.crt").write_text((certs / "expired.crt").read_text())
    try:
        until(lambda: "has expired: renew it" in trouble(secured_elasticsearch))
        assert "has expired: renew it" in why_not(as_kafka(secured_elasticsearch))
    finally:
        (certs / "node.crt").write_text(before)
    until(lambda: not trouble(secured_elasticsearch))


def as_kafka(server: Server) -> Settings:
    """Return settings that take *server* for a broker: a real one does not start like this."""
    address = server.address.removeprefix("https://")
    return Settings(_env_file=None, **kafka_security(server, kafka_bootstrap_servers=address))


def trouble(server: Server) -> str:
    """Return why a newcomer is not let in; "" where it is."""
    with client(server, "newsmill_admin") as newcomer:
        try:
            newcomer.cluster.health()
        except TransportError as error:
            return answers.told(error)
    return ""


def test_the_admin_moves_to_new_indices_and_the_pipeline_lets_expire(
    secured_elasticsearch: Server, admin: Elasticsearch, sink: ElasticsearchSink
) -> None:
    """A reindex makes, blocks and switches indices; an expiry only reads and deletes."""
    fetched = {"fetched_at": "2020-01-01T00:00:00Z"}
    sink.write([family(1, 1, "Rain fell."), doc(2, **fetched)])
    assert Reindex(admin).run("v9").switched
    assert sink.write([doc(3)])[0].state == "stored"
    assert expire(sink.client, datetime(2021, 1, 1, tzinfo=UTC)).articles == 1
    assert admin.exists(index="articles", id="id1")
    assert not admin.exists(index="articles", id="id2")
    drop(admin, behind(admin).names())
    drop(admin, left_over(admin))
    templates.apply(admin)
