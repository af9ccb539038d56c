"""``newsmill explain``: one article with what was found in it marked in the text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from pipeline.cli.clean import ContentType

if TYPE_CHECKING:
    from pipeline.stage import Outcome
    from pipeline.stages import Options
    from schemas import EnrichedArticle

Given = Annotated[
    str,
    typer.Argument(
        help="Id of an article in the index, or how it begins; or a file, an address, a record "
        "(.json), or - for standard input."
    ),
]
Setting = Literal["accurate", "fast"]
Language = Annotated[
    Setting | None,
    typer.Option(help="Read it so; default: by the settings; what is annotated stays as it is."),
]
Model = Annotated[
    str, typer.Option(help="Name or path of a spaCy pipeline to read it with in place of ours.")
]


def explain(
    article: Given,
    db: Annotated[
        Path | None, typer.Option("--in", help="The embedded index; default: the demo's.")
    ] = None,
    elasticsearch: Annotated[bool, typer.Option(help="Ask Elasticsearch instead.")] = False,
    language: Language = None,
    model: Model = "",
    html: Annotated[Path | None, typer.Option(help="Write a page that shows the same.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    headline: Annotated[str, typer.Option(help="The headline, where it is known.")] = "",
    published: Annotated[
        str, typer.Option(help="When it was published, where it does not say: 2026-11-02.")
    ] = "",
    content_type: ContentType = "",
) -> int:
    """Show who and what an article names, who says what, and what its dates mean."""
    from pipeline.cli.clean import refused
    from pipeline.stage import Done

    if db or elasticsearch or not is_given(article):
        outcome = indexed(article, db, language, model, elasticsearch=elasticsearch)
    else:
        outcome = read(article, language, model, (headline, published, content_type))
    if not isinstance(outcome, Done):
        return refused(outcome, "explain", json=json)
    found = cast("EnrichedArticle", outcome.record)
    if html:
        write_page(found, html)
    if json:
        print(found.model_dump_json(indent=2, exclude_none=True))
    elif not html:
        show(found)
    return 0


def is_given(name: str) -> bool:
    """Say whether *name* is something to read, and no id.

    >>> [is_given(name) for name in ("-", "https://gazette.example/cod", "cod.txt", "3f2a91bc")]
    [True, True, True, False]
    """
    return name == "-" or "/" in name or bool(Path(name).suffix) or Path(name).exists()


def read(given: str, language: Setting | None, model: str, known: tuple[str, str, str]) -> Outcome:
    """Return how an article ends that is cleaned and read now, or shown as its record has it.

    What is *known* of it are its headline, when it was published, and its content type.
    """
    from pipeline.cli.typed.given import raw_article
    from pipeline.stage import given_up, outcome_of
    from pipeline.stages import build
    from schemas import RecordError

    headline, published, kind = known
    try:
        if annotated := annotated_record(given):
            return again(annotated, language, model)
        raw = raw_article(given, "cli", kind, headline)
        raw = raw.model_copy(update={"published_at": published}) if published else raw
    except RecordError as error:
        return given_up("read", error)
    return outcome_of(build(("clean", "enrich"), options(language, model)), raw)


def annotated_record(given: str) -> EnrichedArticle | None:
    """Return the record in a .json file if it is one that pipe mode wrote, annotated.

    Raises:
        RecordError: it is not what it seems.

    """
    from pipeline.pipe import fields_of, validated
    from schemas import EnrichedArticle

    path = Path(given)
    if path.suffix.lower() != ".json" or not path.is_file():
        return None
    fields = fields_of(path.read_bytes().strip())
    return validated(EnrichedArticle, fields) if "entities" in fields else None


def indexed(
    article_id: str, db: Path | None, language: Setting | None, model: str, *, elasticsearch: bool
) -> Outcome:
    """Return an article of the index."""
    from pipeline.index.stored import article_of

    body = looked_up(article_id, db, elasticsearch=elasticsearch)
    return again(article_of(body), language, model)


def again(article: EnrichedArticle, language: Setting | None, model: str) -> Outcome:
    """Return an annotated article: as it is, or read anew where it is asked how."""
    from pipeline.stage import Done, outcome_of
    from pipeline.stages import build

    if not language and not model:
        return Done(article)
    return outcome_of(build(("enrich",), options(language, model)), article)


def looked_up(article_id: str, db: Path | None, *, elasticsearch: bool) -> dict[str, Any]:
    """Return the one document whose id begins so.

    Raises:
        typer.BadParameter: there is none, or there are several.

    """
    from pipeline.cli.search import local, remote
    from pipeline.index.stored import only

    with remote() if elasticsearch else local(db) as index:
        bodies = index.beginning(article_id)
    try:
        found = only(bodies, article_id)
    except LookupError as error:
        raise typer.BadParameter(f"{error}: give more of it") from error
    if found is None:
        raise typer.BadParameter(
            f"there is no file {article_id}, and no article of that id in the index; "
            "`newsmill search WORDS` tells ids"
        )
    return found


def options(language: Setting | None, model: str) -> Options:
    """Return the options of the settings, with what was chosen in place."""
    from pipeline.settings import load_settings
    from pipeline.stages import options_of

    settings = load_settings()
    chosen = {"language": language or settings.language, "model": model or settings.model}
    return options_of(settings.model_copy(update=chosen), of_sources=False)


def show(article: EnrichedArticle) -> None:
    """Print the report."""
    from rich.console import Console
    from rich.text import Text

    from pipeline.cli.shown.findings_terminal import report

    console = Console(highlight=False)
    colour = console.is_terminal and not console.no_color
    for part in report(article, colour=colour):
        console.print(part, soft_wrap=isinstance(part, Text))


def write_page(article: EnrichedArticle, path: Path) -> None:
    """Write the page and say where it is.

    Raises:
        OSError: it cannot be written.

    """
    from pipeline.cli.shown.findings_page import findings_page

    path.write_text(findings_page(article), encoding="utf-8")
    print(f"written: {path}", file=sys.stderr)
