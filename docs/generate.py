# ruff: noqa: INP001  (a program beside the pages it writes, and no package)
"""Writes the reference pages and the JSON Schemas from the code, so that they cannot disagree.

    python docs/generate.py

tests/house/test_docs.py compares what is committed with what this makes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer
from pydantic import SecretStr

from connectors.reference import sources_page
from pipeline.clean.rules import INLINE, RULES
from pipeline.cli import main
from pipeline.cli.dead import WHAT_TO_DO
from pipeline.cli.schema import schemas, write_all
from pipeline.index.templates import part
from pipeline.settings import PREFIX, Settings
from schemas import TOPICS, CleanArticle, DropReason, EnrichedArticle, ErrorType
from schemas.enriched import Quote, Speaker
from schemas.topics import DAY_MS, MAX_MESSAGE_BYTES, MAX_RECORD_BYTES

ROOT = Path(__file__).parents[1]
MADE = "This page is made from the code by `make generate`; change the words there.\n"
WIDTH = 88

DERIVED = {
    "@timestamp": "`published_at`, else `fetched_at`: what time filters use.",
    "url": "The address, in the words of the Elastic Common Schema.",
    "url.full": "The canonical address, else the one that was asked for.",
    "url.original": "The address that was asked for.",
    "url.domain": "Host of it.",
    "url.registered_domain": "The part of the host that somebody registered.",
    "source": "Where the article is from.",
    "source.id": "Id of the source, as configured.",
    "source.name": "Name of the newspaper.",
    "source.country": "Country of it, ISO 3166-1 alpha-3.",
    "source.connector": "Kind of the connector that read it.",
    "title": "Another name of `headline`.",
    "word_count": "Words of `text`.",
    "indexed_at": "When it was written to the index.",
    "rights": "What may be done with it.",
    "rights.paywalled": "True where only a stub was served.",
    "location": "Latitude and longitude of the places that the gazetteer knows.",
    "annotations": "Entities, quotes, dates and sentences with their offsets; kept, not searched.",
    "quote_count": "How many quotations there are; each is a document behind `quotes`.",
    "removed": "What was taken out, and why; kept, not searched.",
    "removed_count": "How many cuts there are.",
    "removed_kinds": "Kinds of the cuts.",
}
"""Fields of the document that have another name, or none, in the record."""

OF_QUOTES = {
    "id": "The article's id and the number of the quotation in it, from 0.",
    "article_id": "Id of the article.",
    "text": "The words, with their quotation marks.",
    "speaker.label": "What the article takes the speaker for.",
    "speaker.country": "Country of the speaker, ISO 3166-1 alpha-3, of places and peoples.",
    "speaker.roles": "What the speaker is said to be.",
    "sentence_index": "Number of the sentence in the text, from 0.",
}
"""Fields of a quotation that have no, or another, description in the record."""

QUOTE_EXAMPLES = {
    "text": "text : harbour and speaker.country : NOR",
    "kind": "not kind : indirect",
    "speaker.name": 'speaker.name : "Petra Halvard"',
    "cue": "cue : (denied or rejected)",
}

EXAMPLES = {
    "id": 'id : "3f1c…"',
    "@timestamp": '@timestamp >= "2026-05-01"',
    "url.domain": 'url.domain : "gazette.example"',
    "url.registered_domain": 'url.registered_domain : "gazette.example"',
    "source.id": 'source.id : "gazette"',
    "source.country": "source.country : NOR",
    "headline": 'headline : "port strike"',
    "text": "text : (dockers and strike)",
    "word_count": "word_count > 300",
    "authors": 'authors : "Lena Orvik"',
    "dateline": "dateline : KYIV*",
    "published_at": 'published_at < "2026-06-01"',
    "published_precision": "not published_precision : day",
    "modified_at": "modified_at : *",
    "indexed_at": "indexed_at >= now-1h",
    "language": "language : de",
    "sections": 'sections : "World"',
    "credit": "credit : Reuters",
    "article_kind": "article_kind : live-blog",
    "origins": 'origins.published_at : "json-ld"',
    "rights.paywalled": "rights.paywalled : true",
    "people": 'people : "Petra Halvard"',
    "organisations": 'organisations : "University of Larn"',
    "places": "places : Oslo",
    "countries": "countries : (NOR or SWE)",
    "annotated": "annotated : false",
    "removed_count": "removed_count > 10",
    "removed_kinds": "removed_kinds : paywall",
    "generation": "generation < 2",
    "models": "models.language_model : news_parser*",
}
"""A search in Kibana's query language, where one makes sense."""

DROPS = {
    "duplicate": "the index holds the same or a newer version of this article",
    "expired": "Kafka deleted it by retention before the stage had read it: `newsmill audit`",
    "only_boilerplate": "every line of the body was cut: no line belonged to a story",
    "not_a_story": "a paywall, a consent wall or an error page was served: see `article_kind`",
    "forgotten": "the article was taken down by `newsmill forget`",
    "resolved": "somebody resolved its dead letter, and says who and why",
    "purged": "its dead letter was thrown away with others, by whom and why",
}

EXITS = (
    (main.OK, "it is done"),
    (main.FAULTS, "something was found that is not as it should be, or nothing was found"),
    (main.EXPIRED, "`newsmill audit`: nothing is wrong but what Kafka deleted before it was read"),
    (main.USAGE, "wrong option or command"),
    (main.UNAVAILABLE, "Kafka or Elasticsearch does not answer; a worker is not well"),
    (main.SOFTWARE, "a fault of newsmill: run it again with `--debug` and report it"),
    (75, "a worker acknowledged nothing for minutes and ended, to be started again"),
    (main.CONFIG, "a setting or a source file is wrong; nothing was started"),
    (main.INTERRUPTED, "stopped by Ctrl-C"),
)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    r"""Return a table in Markdown.

    >>> table(("a", "b"), [(1, "x | y")])
    '| a | b |\n|---|---|\n| 1 | x \\| y |\n'
    """
    lines = [columns, ["---"] * len(columns), *rows]
    cells = [[str(cell).replace("|", "\\|") for cell in line] for line in lines]
    told = ["| " + " | ".join(line) + " |" for line in cells]
    told[1] = "|" + "---|" * len(columns)
    return "\n".join(told) + "\n"


def page(title: str, *parts: str) -> str:
    """Return a page of *parts* with a blank line between them."""
    return "\n".join((f"# {title}\n", *parts, MADE))


def fields_page() -> str:
    """Return the page of the fields that analysts search."""
    intro = (
        "What an article holds in Elasticsearch, behind the alias `articles`.\n"
        "A field that is not known is left out.\n"
        "The examples are for the search bar of Kibana.\n"
    )
    quotes = (
        "## Quotations\n",
        "Each is a document behind the alias `quotes`, with what it has from its article.\n",
    )
    columns = ("field", "type", "meaning", "example")
    rows = [field_row(name, how, meaning(name), EXAMPLES) for name, how in mapped(fields("base"))]
    more = [
        field_row(name, how, of_quote(name), QUOTE_EXAMPLES)
        for name, how in mapped(fields("quotes"))
    ]
    return page("Fields", intro, table(columns, rows), *quotes, table(columns, more))


def fields(name: str) -> dict[str, Any]:
    """Return the fields of the mapping *name*."""
    properties: dict[str, Any] = part(name)["template"]["mappings"]["properties"]
    return properties


def mapped(properties: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each mapped field with its dotted name, objects before what lies in them."""
    for name, how in properties.items():
        yield prefix + name, how
        yield from mapped(how.get("properties", {}), f"{prefix}{name}.")


def meaning(name: str) -> str:
    """Return what a field of an article is; raises KeyError for one that nobody describes."""
    described = CleanArticle.model_fields | EnrichedArticle.model_fields
    return DERIVED[name] if name in DERIVED else described[name].description or ""


def of_quote(name: str) -> str:
    """Return what a field of a quotation is."""
    if name in OF_QUOTES:
        return OF_QUOTES[name]
    spoken = {f"speaker.{field}": how for field, how in Speaker.model_fields.items()}
    described = Quote.model_fields | spoken
    return described[name].description or "" if name in described else meaning(name)


def field_row(
    name: str, how: dict[str, Any], about: str, examples: dict[str, str]
) -> tuple[str, str, str, str]:
    """Return the line of one field."""
    kind = how.get("type", "object") + (", not searched" if how.get("enabled") is False else "")
    return f"`{name}`", kind, about, f"`{examples[name]}`" if name in examples else ""


def rules_page() -> str:
    """Return the page of the cleaning rules, in the order they are asked."""
    intro = (
        "The rules that judge a line, in the order they are asked.\n"
        "The first that knows the line names its kind; a line that none knows stays.\n"
        "[Cleaning](../explanation/cleaning.md) tells what is done before and after.\n"
    )
    lines = [(f"`{one.id}`", one.kind, yes(one.careful), sense(one.matches)) for one in RULES]
    parts = [(f"`{one.id}`", one.kind, yes(one.careful), sense(one.span)) for one in INLINE]
    columns = ("rule", "kind", "also in `careful`", "it says")
    within = "## Within a line that stays\n", "Each takes a part out of the line.\n"
    return page("Rules", intro, table(columns, lines), *within, table(columns, parts))


def yes(told: bool) -> str:  # noqa: FBT001  (a word for a truth)
    """Return *told* as a word."""
    return "yes" if told else "no"


def sense(rule: Callable[..., object]) -> str:
    """Return the sentence of a rule without its verb."""
    told = (getdoc(rule) or "").partition("\n")[0]
    return told.removeprefix("Say whether ").removeprefix("Return ")


def settings_page() -> str:
    """Return the page of the settings."""
    intro = (
        "A setting is a variable of the environment, or a line of `.env` in the working folder.\n"
        "The environment wins. An empty value counts as not set.\n"
        "`newsmill config show` prints what is in force.\n"
    )
    rows = [
        (f"`{PREFIX}{name.upper()}`", kind_of(field.annotation), default_of(field.default),
         field.description)
        for name, field in Settings.model_fields.items()
    ]  # fmt: skip
    columns = ("variable", "value", "default", "what it is for")
    return page("Settings", intro, table(columns, rows))


def kind_of(annotation: Any) -> str:
    """Return what a variable may hold.

    >>> kind_of(Literal["a", "b"]), kind_of(int), kind_of(tuple[str, ...])
    ('`a`, `b`', 'whole number', 'JSON list')
    """
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(annotation))
    names = {str: "text", int: "whole number", float: "number", Path: "folder", SecretStr: "secret"}
    return names.get(annotation, "JSON list")


def default_of(value: object) -> str:
    """Return a default as it would be written; nothing where it is empty."""
    return f"`{value}`" if value not in (None, "", (), SecretStr("")) else ""


def commands_page() -> str:
    """Return the page of the commands: what ``--help`` prints."""
    parts = ["What each command prints with `--help`.\n", fenced(main.overview())]
    for name in main.COMMANDS:
        parts += [f"## newsmill {name}\n", *map(fenced, helps(name))]
    return page("Commands", *parts)


def helps(name: str) -> Iterator[str]:
    """Yield the help of a command, then that of each command under it."""
    module = import_module(f"pipeline.cli.{name}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False)
        app.command(name)(getattr(module, name))
    command: Any = typer.main.get_command(app)
    yield help_of(command, f"newsmill {name}")
    for below in getattr(command, "commands", {}).values():
        yield help_of(below, f"newsmill {name} {below.name}")


def help_of(command: Any, path: str) -> str:
    """Return the help of one command as plain text of a fixed width."""
    command.rich_markup_mode = None
    context = command.context_class(
        command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH
    )
    return str(command.get_help(context))


def fenced(text: str) -> str:
    """Return *text* as a block that nobody runs."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"```text\n{lines}\n```\n"


def topics_page() -> str:
    """Return the page of the topics."""
    intro = (
        "The key of each message is the article's id. The value is one JSON object.\n"
        "In `articles.dead` a hash of the record follows the id, and the value is the record.\n"
        "In `articles.forgotten` the key may be a hash of an address.\n"
        f"A record has {MAX_RECORD_BYTES:,} bytes at most; a topic takes {MAX_MESSAGE_BYTES:,}.\n"
        "`newsmill topics apply` makes what is missing. `newsmill topics list` compares.\n"
    )
    rows = [
        (f"`{one.name}`", f"`{one.record.__name__}`", one.partitions, kept(one.retention_ms),
         one.about)
        for one in TOPICS
    ]  # fmt: skip
    return page("Topics", intro, table(("topic", "record", "partitions", "kept", "holds"), rows))


def kept(retention_ms: int | None) -> str:
    """Return how long a topic keeps a message."""
    return "the last of each key" if retention_ms is None else f"{retention_ms // DAY_MS} days"


def errors_page() -> str:
    """Return the page of the reasons: dead letters, drops, exit codes."""
    dead = [(f"`{name}`", WHAT_TO_DO[name]) for name in get_args(ErrorType)]
    left_out = [(f"`{name}`", DROPS[name]) for name in get_args(DropReason)]
    return page(
        "Reasons and exit codes",
        "## Given up: dead letters\n",
        "A record that cannot go on lies in `articles.dead`, whole, until it is resolved.\n"
        'In pipe mode it stands in the file of `--rejects` with `"outcome": "dead"`.\n',
        table(("reason", "what to do"), dead),
        "## Left out on purpose: drops\n",
        'They are counted in `articles.dropped`; in pipe mode they have `"outcome": "dropped"`.\n',
        table(("reason", "meaning"), left_out),
        "## Exit codes\n",
        table(("code", "meaning"), EXITS),
    )


PAGES: dict[str, Callable[[], str]] = {
    "fields.md": fields_page,
    "settings.md": settings_page,
    "commands.md": commands_page,
    "topics.md": topics_page,
    "errors.md": errors_page,
    "rules.md": rules_page,
    "sources.md": sources_page,
}


def write(root: Path) -> None:
    """Write every generated file below *root*."""
    folder = root / "docs" / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8")
    write_all(root / "schemas" / "json", schemas())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
