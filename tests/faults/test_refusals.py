"""Servers that do not trust us, or that we do not trust; sources that nobody can read."""

from __future__ import annotations

import pytest

from tests.live.conftest import own

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def secured():
    """An Elasticsearch with a password, and a certificate of its own authority."""
    yield from own("elasticsearch", ES_PASSWORD="planted", ES_TLS="1")  # noqa: S106 (a test's)


@pytest.mark.faults(4)
@pytest.mark.parametrize(
    ("trusts", "password", "says"),
    [(False, "planted", "certificate"), (True, "mistyped", "wrong password or key")],
)
def test_a_certificate_or_a_password_is_wrong(trial, secured, trusts, password, says):
    """The worker waits and says why; with the right settings it goes on, nothing given up."""
    authority = secured.run("status").strip().rpartition("authority ")[2] if trusts else ""
    stack = trial.lab.stack
    stack.stop("index")
    stack.start(
        "index",
        NEWSMILL_ELASTICSEARCH_URL=f"https://127.0.0.1:{secured.port}",
        NEWSMILL_ELASTICSEARCH_USERNAME="elastic",
        NEWSMILL_ELASTICSEARCH_PASSWORD=password,
        NEWSMILL_ELASTICSEARCH_CA_CERTS=authority,
    )
    trial.says("index", says, secs=120)
    trial.send(20)
    trial.says("index", says)
    assert password not in trial.lab.why("index")
    stack.stop("index")
    stack.start("index")
    assert trial.ends_well().dead == {}


@pytest.mark.faults(22)
@pytest.mark.live
def test_a_bad_source_stops_that_source_only(trial, tmp_path):
    """The others are read; what is left out is named with file:line:column."""
    folder, name = tmp_path / "in", trial.generator.source
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(trial.generator.make().body)
    (tmp_path / "good.yaml").write_text(f"sources:\n  - {{id: {name}, type: files, path: in}}\n")
    (tmp_path / "bad.yaml").write_text("sources:\n  - {id: bad, type: rs, url: x}\n")
    done = trial.lab.command("connect", "--once", "--sources", str(tmp_path),
                             "--state", str(tmp_path / "cursors.db"))  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "bad.yaml:2:15: unknown type `rs`" in done.stderr
    trial.lab.settle()
    assert trial.indexed() == 3
