"""docker-compose.yml, Dockerfile and .env.example: what they promise, read from the files."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"].startswith("newsmill"))
STAGES = [f"{stage}{lane}" for stage in ("clean", "enrich", "index") for lane in ("", "-backfill")]
every_service = pytest.mark.parametrize("name", sorted(SERVICES))
each_of_ours = pytest.mark.parametrize("name", OURS)
each_stage = pytest.mark.parametrize("name", STAGES)
RUNNING = [*STAGES, "connect", "archive"]


def internal(network: str) -> bool:
    """Whether nothing on that network reaches the world."""
    return bool((COMPOSE["networks"][network] or {}).get("internal"))


def test_the_services_are_known() -> None:
    """A service that is added is one that these tests have seen."""
    servers = {"kafka", "elasticsearch", "kibana", "kibana-user"}
    assert set(SERVICES) == {*servers, "init", "connect", "learn", "archive", *STAGES}


@every_service
def test_an_image_has_one_version(name: str) -> None:
    """No image is `latest`, and none names a registry."""
    assert re.fullmatch(r"[a-z]+(/[a-z]+)?:[\w.-]+", SERVICES[name]["image"])
    assert not SERVICES[name]["image"].endswith(":latest")


def test_kibana_is_of_elasticsearchs_version() -> None:
    """Kibana refuses to work with an Elasticsearch of another version."""
    versions = {SERVICES[name]["image"].split(":")[1] for name in ("kibana", "elasticsearch")}
    assert len(versions) == 1


@every_service
def test_a_service_is_confined(name: str) -> None:
    """No capabilities, no new privileges, a memory limit, logs that rotate, time to drain."""
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "3"}
    assert service["stop_grace_period"] == "60s"


@each_of_ours
def test_our_containers_are_not_root_and_write_nothing(name: str) -> None:
    """They run as 10001 on a read-only disk, with a scratch folder in memory."""
    service = SERVICES[name]
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert any(folder.startswith("/tmp:") for folder in service["tmpfs"])


@every_service
def test_ports_are_open_on_loopback_only(name: str) -> None:
    """Nobody but this machine reaches a server."""
    ports = SERVICES[name].get("ports", [])
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


@each_stage
def test_a_stage_can_be_scaled(name: str) -> None:
    """`--scale clean=3` works: no name or port, and no volume to write, that two would share."""
    assert {"container_name", "ports"} & set(SERVICES[name]) == set()
    assert all(volume["read_only"] for volume in SERVICES[name].get("volumes", []))


def test_what_learn_writes_is_what_clean_reads() -> None:
    """The snapshots lie in one volume, which only `learn` may write."""
    assert SERVICES["learn"]["volumes"] == ["memory:/memory"]
    assert "/memory" in SERVICES["learn"]["command"]
    for name in ("clean", "clean-backfill"):
        (volume,) = [one for one in SERVICES[name]["volumes"] if one["source"] == "memory"]
        assert (volume["target"], volume["read_only"]) == ("/memory", True)


def test_what_archive_writes_is_its_own() -> None:
    """One service alone writes the raw archive, within a budget, and reaches Kafka alone."""
    assert SERVICES["archive"]["volumes"] == ["archive:/archive"]
    assert "--budget-gb" in SERVICES["archive"]["command"]
    assert SERVICES["archive"]["networks"] == ["bus"]
    others = [one for name, one in SERVICES.items() if name != "archive"]
    assert "/archive" not in str([one.get("volumes") for one in others])


@each_stage
def test_a_worker_cannot_reach_the_world(name: str) -> None:
    """What reads strangers' pages has nowhere to send what it was tricked into."""
    assert all(internal(network) for network in SERVICES[name]["networks"])


def test_connectors_cannot_reach_elasticsearch() -> None:
    """The one service that talks to the world does not see the index."""
    assert not set(SERVICES["connect"]["networks"]) & set(SERVICES["elasticsearch"]["networks"])


@each_stage
def test_a_worker_waits_for_its_servers(name: str) -> None:
    """It starts when Kafka is up and has its topics; who writes the index, when that is up."""
    wanted = {"kafka": "service_healthy", "init": "service_completed_successfully"}
    if name.startswith("index"):
        wanted["elasticsearch"] = "service_healthy"
    waits = {one: how["condition"] for one, how in SERVICES[name]["depends_on"].items()}
    assert waits == wanted


@each_stage
def test_a_worker_runs_its_stage(name: str) -> None:
    """The service's name is its stage, and its lane."""
    stage, _, lane = name.partition("-")
    lane_option = ["--lane", lane] if lane else []
    assert SERVICES[name]["command"] == ["stream", stage, *lane_option]


@pytest.mark.parametrize("name", RUNNING)
def test_who_keeps_running_is_asked_for_its_health(name: str) -> None:
    """The health check is the command that people use, for each service of ours that stays up."""
    assert SERVICES[name]["healthcheck"]["test"] == ["CMD", "newsmill", "health"]


def test_the_first_start_reads_no_strangers_site() -> None:
    """Until somebody chooses another file, `connect` reads the samples on this machine's disk."""
    *command, file = SERVICES["connect"]["command"]
    assert command == ["connect", "--sources"]
    assert file == "/sources/${NEWSMILL_SOURCES_FILE:-demo.yaml}"
    sources = yaml.safe_load((ROOT / "seeds/sources/demo.yaml").read_text("utf-8"))["sources"]
    assert {source["type"] for source in sources} == {"files"}


def test_only_who_needs_the_password_has_it() -> None:
    """Connectors and the first two stages never see Elasticsearch's password."""
    knowing = {name for name in OURS if "PASSWORD" in str(SERVICES[name]["environment"])}
    assert knowing == {"init", "index", "index-backfill"}


def test_secrets_have_no_default() -> None:
    """Without a .env nothing starts, and the message says what to run."""
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    secrets = set(re.findall(r"\$\{([A-Z_]*(?:PASSWORD|KEY))([^}]*)\}", text))
    assert {name for name, _ in secrets} == {"ELASTIC_PASSWORD", "KIBANA_PASSWORD", "KIBANA_KEY"}
    assert {rest for _, rest in secrets} == {":?run `newsmill init` first"}


def test_every_variable_stands_in_the_example() -> None:
    """What the stack reads from .env is in .env.example, with a comment above it."""
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    told = {line.split("=")[0]: above for above, line in pairwise(lines)}
    for name in set(re.findall(r"\$\{([A-Z_]+)", text)):
        assert told[name].startswith("# ")


def test_the_image_is_installed_from_hashes_and_is_not_root() -> None:
    """Nothing unpinned is installed, nothing is built in what ships, and nobody is root in it."""
    build, final = (ROOT / "Dockerfile").read_text("utf-8").split("AS build")
    stages = final.split("FROM ${PYTHON_IMAGE}")
    assert re.search(r"PYTHON_IMAGE=python:3\.11\.\d+-slim-\w+$", build, re.MULTILINE)
    assert "--require-hashes" in stages[0]
    assert "pip" not in stages[1]
    assert "USER 10001:10001" in stages[1]
