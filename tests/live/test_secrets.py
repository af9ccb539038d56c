"""Planted secrets: real commands and workers on secured servers, and nothing shows a secret."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import orjson
import pytest

from pipeline.cli.main import main
from pipeline.index import templates
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.health import read_all
from pipeline.stream.reading import messages
from schemas import TOPICS
from tests.live.secured import KAFKA_PASSWORD, PASSWORDS, client, kafka_security
from tests.live.servers import Server
from tests.live.stack import wait_for

pytestmark = pytest.mark.timeout(600)
ROOT = Path(__file__).parents[2]
FEED_TOKEN, LINK_TOKEN, KEY = "planted-feed-0b7f", "planted-link-62ce", "cGxhbnRlZC1rZXktNDRhYQ=="
WRONG = "planted-wrong-c3d8"
SECRETS = [*PASSWORDS.values(), KAFKA_PASSWORD, FEED_TOKEN, LINK_TOKEN, KEY, WRONG]
STORY = "The harbour council of Larn voted on Monday to build a second ferry pier. " * 12
COMMANDS = (
    ["config", "show"], ["config", "show", "--json"], ["doctor", "--json", "--debug"],
    ["health", "--json"], ["topics", "list", "--debug"], ["dead", "list", "--json", "--debug"],
    ["audit", "--json", "--debug"], ["search", "--elasticsearch", "harbour", "--debug"],
    ["roles", "apply", "--debug"], ["templates", "apply", "--debug"],
)  # fmt: skip
"""Some fail by what they ask for; each runs with right and with wrong secrets."""


class Paper(BaseHTTPRequestHandler):
    """A newspaper whose feed and links hold tokens; one story is good, one is none, one away."""

    def do_GET(self) -> None:
        """Serve the feed or a page."""
        place = f"http://127.0.0.1:{self.server.server_address[1]}"
        items = "".join(
            f"<item><title>Pier {name}</title><link>{place}/{name}?id=1&amp;access_token="
            f"{LINK_TOKEN}</link><guid>{place}/{name}</guid></item>"
            for name in ("good", "empty", "away")
        )
        pages = {
            "/feed": f"<rss version='2.0'><channel><title>G</title>{items}</channel></rss>",
            "/good": f"<html><body><article><h1>Pier</h1><p>{STORY}</p></article></body></html>",
            "/empty": "<html><body></body></html>",
        }
        body = pages.get(self.path.partition("?")[0], "").encode()
        self.send_response(200 if body else 404 if "robots" in self.path else 500)
        self.send_header("Content-Type", "text/html" if "/feed" not in self.path else "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def paper() -> Iterator[int]:
    """The port of a newspaper."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def environment(kafka: Server, elasticsearch: Server, folder: Path) -> dict[str, str]:
    """Return the variables of a process that signs in to both servers."""
    own = {
        **kafka_security(kafka),
        "elasticsearch_url": elasticsearch.address,
        "elasticsearch_ca_certs": str(elasticsearch.authority),
        "elasticsearch_username": "newsmill_pipeline",
        "elasticsearch_password": PASSWORDS["newsmill_pipeline"],
        "state_dir": str(folder / "state"),
        "contact": "desk@gazette.example",
        "allow_private_hosts": '["127.0.0.1"]',
        "workers": "1",
        "language": "fast",
    }
    plain = {name: value for name, value in os.environ.items() if "NEWSMILL" not in name}
    ours = {f"NEWSMILL_{name.upper()}": str(value) for name, value in own.items()}
    return plain | {"PYTHONPATH": str(ROOT)} | ours


@dataclass
class Prompt:
    """Runs commands in this process, and keeps in a file all that they print, tracebacks too."""

    folder: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def run(self, variables: dict[str, str], *command: str) -> None:
        """Run a command to its end."""
        for name, value in variables.items():
            self.patch.setenv(name, value)
        told = ""
        try:
            main(command)
        except Exception:  # noqa: BLE001  (what --debug shows is what is looked at)
            told = traceback.format_exc()
        said = self.capture.readouterr()
        with (self.folder / "commands.out").open("a") as out:
            print("$", *command, said.out, said.err, told, sep="\n", file=out)


@pytest.fixture
def workers(
    secured_kafka: Server, secured_elasticsearch: Server, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """Start workers with the right secrets, and two with wrong ones; give their variables."""
    variables = environment(secured_kafka, secured_elasticsearch, tmp_path)
    elsewhere = {"NEWSMILL_KAFKA_PASSWORD": WRONG, "NEWSMILL_STATE_DIR": str(tmp_path / "out")}
    crews = [("clean", {}), ("enrich", {}), ("index", {}), ("index", elsewhere)]
    topics.apply(Settings(_env_file=None, **kafka_security(secured_kafka)))
    with client(secured_elasticsearch, "newsmill_admin") as admin:
        templates.apply(admin)
    started = []
    for number, (stage, other) in enumerate(crews):
        command = [sys.executable, "-m", "pipeline.cli", "stream", stage, "--debug"]
        with (tmp_path / f"worker{number}.out").open("wb") as log:
            started.append(subprocess.Popen(
                command, env=variables | other, cwd=tmp_path, stdout=log, stderr=log
            ))  # fmt: skip
    yield variables
    for worker in started:
        worker.terminate()
    for worker in started:
        worker.wait(60)


def waits_for(folder: Path, words: str) -> bool:
    """Whether a worker of that folder says *words* of why it is not ready."""
    return any(words in str(report["not_ready"]) for report in read_all(folder))


def test_no_secret_is_shown_or_stored(
    secured_kafka: Server, secured_elasticsearch: Server, workers: dict[str, str],
    tmp_path: Path, paper: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Passwords, keys and tokens stand in no output, log, report, message or document.

    The servers are real, and some of the workers and commands have wrong secrets.
    """
    monkeypatch.chdir(tmp_path)
    Path("sources.yaml").write_text(
        f"sources: [{{id: planted, type: rss, url: 'http://127.0.0.1:{paper}/feed?"
        f"api_key={FEED_TOKEN}'}}]"
    )
    own = Settings(_env_file=None, **kafka_security(secured_kafka))
    prompt = Prompt(tmp_path, monkeypatch, capfd)
    read = ["connect", "--sources", "sources.yaml", "--debug"]
    prompt.run(workers, *read, "--once")
    prompt.run(workers, *read, "--dry-run", "--state", "new.db")
    for command in COMMANDS:
        prompt.run(workers, *command)
    wrong = {"NEWSMILL_ELASTICSEARCH_API_KEY": KEY, "NEWSMILL_KAFKA_PASSWORD": WRONG}
    for command in COMMANDS:
        prompt.run(wrong, *command)
    address = {"NEWSMILL_ELASTICSEARCH_URL": f"https://ann:{WRONG}@127.0.0.1:9200"}
    prompt.run(address, "config", "show", "--debug")
    with client(secured_elasticsearch, "newsmill_analyst") as analyst:
        wait_for(lambda: found(analyst), 120, lambda: read_all(tmp_path / "state"))
        documents = found(analyst)
    assert waits_for(tmp_path / "out", "NEWSMILL_KAFKA_PASSWORD")
    sent = [message for topic in TOPICS for message in messages(own, topic)]
    (tmp_path / "kafka.out").write_text("\n".join(map(repr, sent)))
    (tmp_path / "documents.out").write_bytes(orjson.dumps(documents))
    assert any(message.value and b"access_token=hidden" in message.value for message in sent)
    assert b"access_token=hidden" in orjson.dumps(documents)
    assert shown(tmp_path) == []


def found(analyst: object) -> list[object]:
    """Return the articles of the planted source."""
    asked = {"term": {"source.id": "planted"}}
    hits = analyst.search(index="articles", query=asked)["hits"]["hits"]  # type: ignore[attr-defined]
    return [hit["_source"] for hit in hits]


def shown(folder: Path) -> list[str]:
    """Return each secret with the file that holds it; the source file may."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix != ".yaml"]
    return [
        f"{secret} in {file.name}"
        for file in files
        for secret in SECRETS
        if secret.encode() in file.read_bytes()
    ]
