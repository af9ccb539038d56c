"""``newsmill clean``: one article, with what stayed, what went, and the rule that took it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from rich.text import Text

    from pipeline.clean import Cleaning
    from schemas import CleanArticle, RawArticle, RemovedLine

TYPES = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".txt": "text/plain"}
FACTS = (
    "authors", "dateline", "credit", "language", "modified_at", "sections", "keywords",
    "paywalled", "canonical_url", "image_url", "captions",
)  # fmt: skip


def clean(
    article: Annotated[str, typer.Argument(help="A file, an address, or - for standard input.")],
    cleaning: Annotated[
        Literal["balanced", "careful"],
        typer.Option(help="careful: only rules that practically never lose a line of a story."),
    ] = "balanced",
    json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    source: Annotated[str, typer.Option(help="Id of the source, as records name it.")] = "cli",
    content_type: Annotated[
        str, typer.Option(help="text/html or text/plain; default: by name, server or content.")
    ] = "",
) -> int:
    """Show an article cleaned: its metadata, its text with each cut in place, and the counts."""
    from rich.console import Console

    from pipeline.stage import Drop
    from schemas import RecordError

    raw = raw_article(article, source, content_type)
    try:
        cleaned = cleaned_article(raw, cleaning)
    except RecordError as error:
        print(f"newsmill clean: a dead letter, reason {error.reason}: {error}", file=sys.stderr)
        return 1
    except Drop as drop:
        print(f"newsmill clean: left out, reason {drop.reason}: {drop}", file=sys.stderr)
        return 1
    if json:
        print(cleaned.model_dump_json(indent=2, exclude_none=True))
        return 0
    console = Console(highlight=False, soft_wrap=True)
    colour = console.is_terminal and not console.no_color
    for line in report(cleaned, colour=colour):
        console.print(line)
    return 0


def cleaned_article(raw: RawArticle, cleaning: Cleaning) -> CleanArticle:
    """Return *raw* after the clean stage; the same outcomes as in the pipeline."""
    from pipeline.clean import clean as clean_record

    return clean_record(raw, cleaning)


def raw_article(article: str, source: str, content_type: str = "") -> RawArticle:
    """Return the raw record of a file, an address or standard input (``-``).

    Raises:
        OSError: the file cannot be read.

    """
    from base64 import b64encode
    from datetime import UTC, datetime
    from pathlib import Path

    from schemas import RawArticle, article_id

    url, fetched_at = "", None
    if article.startswith(("http://", "https://")):
        body, served_as = fetched(article)
        url, fetched_at, content_type = article, datetime.now(UTC), content_type or served_as
    elif article == "-":
        body = sys.stdin.buffer.read()
    else:
        body = Path(article).read_bytes()
        content_type = content_type or TYPES.get(Path(article).suffix.lower(), "")
    fields = {
        "id": article_id(source, url, article),
        "url": url,
        "source": source,
        "content_type": content_type,
        "body_base64": b64encode(body),
        "fetched_at": fetched_at,
    }
    return RawArticle.model_validate(fields)


def fetched(url: str) -> tuple[bytes, str]:
    """Return the body and the content type of what is at *url*.

    Raises:
        ServiceUnavailable: the site does not answer now.
        OSError: the site, or our own rules, will not let us read it.

    """
    from connectors.errors import SourceRefused, SourceUnavailable
    from connectors.http import Http
    from schemas import ServiceUnavailable

    try:
        answer = Http().get(url)
    except SourceUnavailable as error:
        raise ServiceUnavailable(str(error)) from error
    except SourceRefused as error:
        raise OSError(str(error)) from error
    return answer.body, answer.content_type


def report(article: CleanArticle, *, colour: bool) -> Iterator[Text]:
    """Yield the lines of the report: headline, facts, the text with its cuts, the counts."""
    from rich.text import Text

    from pipeline.clean import laid_out

    yield Text(article.headline or "(no headline)", style="bold")
    for name, value in facts(article):
        yield Text(f"  {name:<14} {value}", style="dim")
    yield Text()
    for pieces in laid_out(article):
        shown = [
            Text(piece) if isinstance(piece, str) else cut_text(piece, colour=colour)
            for piece in pieces
        ]
        yield Text("").join(shown)
        yield Text()
    counts = Counter(cut.kind for cut in article.removed)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    kept = article.text.count("\n\n") + 1
    noun = "paragraph" if kept == 1 else "paragraphs"
    yield Text(f"kept {kept} {noun}, cut {len(article.removed)}" + (f": {told}" if told else ""))


def facts(article: CleanArticle) -> Iterator[tuple[str, str]]:
    """Yield what is known of the article, with where its date was read."""
    if article.published_at:
        at = article.published_at
        day = article.published_precision == "day"
        shown = f"{at:%Y-%m-%d}" if day else f"{at:%Y-%m-%d %H:%M:%S} UTC"
        origin = f"from {article.published_from}, to the {article.published_precision}"
        yield "published_at", f"{shown} ({origin})"
    for name in FACTS:
        value = getattr(article, name)
        if value not in (None, ()):
            listed = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            yield name, listed


def cut_text(cut: RemovedLine, *, colour: bool) -> Text:
    """Return a cut as it is shown: struck through in colour, or marked where there is none."""
    from rich.text import Text

    if cut.line is None:
        return Text(cut.text, style="red strike") if colour else Text(f"[-{cut.text}-]")
    label = f"- [{cut.kind}  {cut.by}] "
    if not colour:
        return Text(label + cut.text)
    return Text.assemble((label, "dim red"), (cut.text, "red strike"))
