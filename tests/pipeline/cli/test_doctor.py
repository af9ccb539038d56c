"""doctor: what is not as it should be, and what to do about it."""

from __future__ import annotations

import importlib.machinery
import importlib.metadata
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from kafka.errors import KafkaError

from pipeline.cli import doctor
from pipeline.cli.doctor import Finding, examined, language_id, local_search, owners
from pipeline.stream import topics
from schemas import ServiceUnavailable


def owned(monkeypatch: pytest.MonkeyPatch, **names: list[str]) -> None:
    """Let the import names belong to these distributions."""
    monkeypatch.setattr(importlib.metadata, "packages_distributions", lambda: names)


def test_our_names_belong_to_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of another distribution with the same name would shadow ours."""
    ours = {"schemas": ["newsmill"], "connectors": ["newsmill", "newsmill"]}
    owned(monkeypatch, **ours, pipeline=["newsmill"])
    assert owners() == "schemas, connectors, pipeline belong to newsmill alone"
    owned(monkeypatch, **ours, pipeline=["newsmill", "pipeline"])
    with pytest.raises(RuntimeError, match=r"'pipeline' belongs to \['pipeline'\]: install"):
        owners()


def test_a_package_found_elsewhere_is_not_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An editable install lists no packages, so the place of each is looked at too."""
    owned(monkeypatch)
    spec = importlib.machinery.ModuleSpec("x", None, origin=str(tmp_path / "x" / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    with pytest.raises(RuntimeError, match=str(tmp_path)):
        owners()


def test_what_a_check_raises_is_its_finding() -> None:
    """The other checks are made all the same."""

    def kafka_is_up() -> str:
        raise ServiceUnavailable("Kafka is away")

    def silent() -> str:
        raise RuntimeError

    assert list(examined([kafka_is_up, silent, local_search])) == [
        Finding("kafka is up", well=False, told="Kafka is away"),
        Finding("silent", well=False, told="RuntimeError"),
        Finding("local search", well=True, told=local_search()),
    ]


def test_the_language_identifier_is_asked_a_question() -> None:
    """It must tell German, not only load."""
    assert language_id() == "knows German from the rest"


def test_each_finding_has_a_line(newsmill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is well is ok, what is not is NOT, and then the exit code is 1."""
    names = ("schemas", "connectors", "pipeline")
    owned(monkeypatch, **{name: ["newsmill"] for name in names})
    done = newsmill("doctor", "--no-services")
    assert done.code == 0
    assert [line[:4] for line in done.out.splitlines()] == ["ok  "] * 5

    owned(monkeypatch, schemas=["newsmill", "schemas"])
    done = newsmill("doctor", "--no-services", "--json")
    assert done.code == 1
    bad = [finding["what"] for finding in json.loads(done.out) if not finding["well"]]
    assert bad == ["owners"]


def test_services_that_are_away_are_told(newsmill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both servers are looked at, and each says which variable holds its address."""
    for name in ("python", "owners", "model", "language_id", "local_search"):
        check = lambda: "well"  # noqa: E731  (a name each)
        check.__name__ = name
        monkeypatch.setattr(doctor, name, check)

    def away(**_options: object) -> None:
        raise KafkaError("no brokers")

    monkeypatch.setattr(topics, "KafkaAdminClient", away)  # the real one looks for 30 seconds
    monkeypatch.setenv("NEWSMILL_ELASTICSEARCH_URL", "http://127.0.0.1:1")
    done = newsmill("doctor")
    assert done.code == 1
    assert [line.split(":")[0] for line in done.out.splitlines() if line.startswith("NOT")] == [
        "NOT  kafka", "NOT  elasticsearch",
    ]  # fmt: skip


@pytest.mark.parametrize(("version", "warned"), [((2, 7, 9), True), ((2, 8, 0), False)])
def test_an_expat_with_known_holes_is_told(monkeypatch, version, warned) -> None:
    """It is no reason to stop: feeds are read in a process whose time is limited."""
    monkeypatch.setattr("pyexpat.version_info", version)
    assert ("a hostile feed can slow it" in doctor.python()) is warned
