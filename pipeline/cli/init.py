"""`newsmill init`: the settings file of a stack, with passwords that nobody had to think of."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

Draw = Callable[[], str]
"""Returns a new secret each time."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings file, and the comment above it."""

    name: str
    about: str
    value: str | None = None
    """What stands there; None for a secret, which is drawn."""


SETTINGS = (
    Setting("ELASTIC_PASSWORD", "Password of Elasticsearch's user elastic. Never share this file."),
    Setting("KIBANA_PASSWORD", "Password with which Kibana itself signs in to Elasticsearch."),
    Setting("KIBANA_KEY", "Key for what Kibana stores, at least 32 characters."),
    Setting(
        "NEWSMILL_CONTACT",
        "Mail or web address that the sites you read may write to; without it none is read.",
        "",
    ),
    Setting(
        "NEWSMILL_WORKERS", "Processes for CPU work; empty: 1 a container, else all cores.", ""
    ),
    Setting("NEWSMILL_REPLICAS", "Copies of each topic: 1 for one broker, 3 for a cluster.", "1"),
    Setting("NEWSMILL_LOG_FORMAT", "How to log: text, json or auto (text on a terminal).", "auto"),
    Setting("NEWSMILL_SOURCES_DIR", "Folder of the source files.", "./seeds/sources"),
    Setting(
        "NEWSMILL_SOURCES_FILE",
        "Which of them the stack reads, e.g. world.yaml; a dot: all. demo.yaml needs no network.",
        "demo.yaml",
    ),
    Setting(
        "NEWSMILL_MEMORY",
        "Snapshot of what sources repeat, e.g. /memory/000012.json; empty: none.",
        "",
    ),
    Setting("NEWSMILL_ARCHIVE_GB", "Gigabytes that the raw archive may hold, if you run it.", "20"),
    Setting(
        "NEWSMILL_INDEX_SUFFIX",
        "-next while a reprocess fills new indices: what index-backfill writes.",
        "",
    ),
    Setting("NEWSMILL_KAFKA_PORT", "Loopback port on which this machine reaches Kafka.", "9092"),
    Setting("NEWSMILL_ELASTICSEARCH_PORT", "Loopback port of Elasticsearch.", "9200"),
    Setting("NEWSMILL_KIBANA_PORT", "Loopback port of Kibana.", "5601"),
    Setting(
        "NEWSMILL_KAFKA_BOOTSTRAP_SERVERS",
        "Where commands that you run outside the containers find Kafka.",
        "127.0.0.1:${NEWSMILL_KAFKA_PORT}",
    ),
    Setting(
        "NEWSMILL_ELASTICSEARCH_URL",
        "Where they find Elasticsearch.",
        "http://127.0.0.1:${NEWSMILL_ELASTICSEARCH_PORT}",
    ),
    Setting("NEWSMILL_ELASTICSEARCH_USERNAME", "Who they sign in as.", "elastic"),
    Setting("NEWSMILL_ELASTICSEARCH_PASSWORD", "And with what.", "${ELASTIC_PASSWORD}"),
    Setting("NEWSMILL_ELASTICSEARCH_API_KEY", "An API key, in place of name and password.", ""),
    Setting("NEWSMILL_ELASTICSEARCH_CA_CERTS", "File of the authority behind an https URL.", ""),
    Setting("NEWSMILL_STATE_DIR", "Folder in which they keep what they must remember.", "state"),
)
"""Every setting of the stack, in the order of the file; .env.example is made from it."""


def environment(draw: Draw) -> str:
    """Return the text of a settings file whose secrets come from *draw*.

    >>> environment(lambda: "s3cret").splitlines()[3]
    'ELASTIC_PASSWORD=s3cret'
    """
    lines = ["# Settings of the stack, read by docker compose and by newsmill.", ""]
    for setting in SETTINGS:
        value = draw() if setting.value is None else setting.value
        lines += [f"# {setting.about}", f"{setting.name}={value}"]
    return "\n".join(lines) + "\n"


def write_environment(folder: Path, *, force: bool, draw: Draw) -> Path:
    """Write ``.env`` into *folder*, readable by its owner alone, and return its path.

    Raises:
        FileExistsError: there is one already and *force* is not given.

    """
    path, new = folder / ".env", folder / ".env.new"
    if path.exists() and not force:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    folder.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    new.touch(mode=0o600, exist_ok=False)
    new.write_text(environment(draw), encoding="utf-8")
    return new.replace(path)


def init(
    folder: Annotated[Path, typer.Argument(help="Where docker-compose.yml lies.")] = Path(),
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a .env that is there.")] = False,
) -> None:
    """Write a .env with random passwords for docker compose."""
    try:
        path = write_environment(folder, force=force, draw=lambda: secrets.token_hex(24))
    except FileExistsError as error:
        typer.echo(
            f"{error.filename} exists, and the servers may be using its passwords. "
            "Keep it, or write a new one with `newsmill init --force`.",
            err=True,
        )
        raise typer.Exit(1) from error
    typer.echo(f"{path} written: readable by you alone, not to be committed.")
    typer.echo(
        "Next: docker compose up --build --detach, then newsmill search --elasticsearch minister"
    )
