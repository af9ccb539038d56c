"""``newsmill doctor``: is everything there, and what to do about what is not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

PACKAGES = ("schemas", "connectors", "pipeline")
OLDEST_EXPAT = (2, 8, 0)
"""Older ones can be made slow: by large tokens below 2.6.0, by names that collide below 2.8.0."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    well: bool
    told: str


def doctor(
    services: Annotated[bool, typer.Option(help="Look at Kafka and Elasticsearch too.")] = True,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Check the installation and the services; exit 1 if something is not as it should be."""
    from pipeline.cli.show import as_json

    checks: list[Callable[[], str]] = [python, owners, model, language_id, local_search]
    if services:
        checks += [kafka, elasticsearch]
    findings = []
    for finding in examined(checks):
        findings.append(finding)
        if not json:
            print(f"{'ok  ' if finding.well else 'NOT '} {finding.what}: {finding.told}")
    if json:
        as_json([asdict(finding) for finding in findings])
    return 0 if all(finding.well for finding in findings) else 1


def examined(checks: list[Callable[[], str]]) -> Iterator[Finding]:
    """Yield what each check found; what it raises is the finding."""
    for check in checks:
        what = check.__name__.replace("_", " ")
        try:
            yield Finding(what, True, check())
        except Exception as error:  # noqa: BLE001  (told to the operator, and counted by exit 1)
            yield Finding(what, False, str(error) or type(error).__name__)


def python() -> str:
    """Return the versions of Python and expat, with a warning where expat has known holes."""
    import pyexpat

    version = tuple(pyexpat.version_info)
    told = f"Python {sys.version.split()[0]}, expat {'.'.join(map(str, version))}"
    if version < OLDEST_EXPAT:
        told += (
            f" (below {'.'.join(map(str, OLDEST_EXPAT))}: a hostile feed can slow it until its "
            "time is up; a newer Python brings a newer one)"
        )
    return told


def owners() -> str:
    """Return that our import names are ours; raises where another distribution holds one too.

    An editable install lists no packages, so it is also asked where each of them is found.
    """
    from importlib.metadata import packages_distributions
    from importlib.util import find_spec

    owned = packages_distributions()
    here = Path(__file__).parents[2]
    for name in PACKAGES:
        others = sorted({*owned.get(name, ())} - {"newsmill"})
        found = find_spec(name)
        place = Path(found.origin).parents[1] if found and found.origin else None
        if others or place != here:
            raise RuntimeError(
                f"the package {name!r} belongs to {others or place}: install newsmill alone, in an "
                "environment of its own"
            )
    return f"{', '.join(PACKAGES)} belong to newsmill alone"


def model() -> str:
    """Return the language model in force, after it has annotated a sentence."""
    from pipeline.enrich import enrich_stage
    from pipeline.settings import load_settings
    from schemas import CleanArticle

    settings = load_settings()
    stage = enrich_stage(settings.language, settings.model)
    text = "Angela Merkel met Emmanuel Macron in Paris on Monday."
    done = stage.run(CleanArticle(id="doctor", text=text, language="en"))
    fields = done.model_dump()
    found = len(fields["entities"])
    return f"{fields['models']['language_model']}: {found} entities found in a test sentence"


def language_id() -> str:
    """Return that the language identifier knows its way."""
    from pipeline.clean.language import language_of

    found = language_of("Die Regierung hat am Montag neue Maßnahmen gegen die Krise beschlossen.")
    if found != "de":
        raise RuntimeError(f"it takes a German sentence for {found}")
    return "knows German from the rest"


def local_search() -> str:
    """Return that SQLite has full-text search."""
    import sqlite3

    sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    return f"SQLite {sqlite3.sqlite_version} with FTS5"


def kafka() -> str:
    """Return the state of the topics; raises where Kafka is away or a topic is wrong."""
    from pipeline.settings import load_settings
    from pipeline.stream.topics import states

    settings = load_settings()
    found = states(settings)
    if missing := [state.name for state in found if not state.present]:
        raise RuntimeError(f"topics are missing: {', '.join(missing)}: `newsmill topics apply`")
    if differing := [
        f"{state.name}: {'; '.join(state.differs)}" for state in found if state.differs
    ]:
        raise RuntimeError(". ".join(differing))
    return f"{len(found)} topics at {settings.kafka_bootstrap_servers} as they should be"


def elasticsearch() -> str:
    """Return the state of the index; raises where Elasticsearch is away or the index is missing."""
    from pipeline.index.elasticsearch import ElasticsearchSink
    from pipeline.settings import load_settings
    from pipeline.stream.servers import elasticsearch as client

    settings = load_settings()
    sink = ElasticsearchSink(client(settings))
    try:
        sink.open()
        number = sink.client.count(index=sink.alias)["count"]
    finally:
        sink.close()
    return f"{number} articles behind {sink.alias!r} at {settings.elasticsearch_url}"
