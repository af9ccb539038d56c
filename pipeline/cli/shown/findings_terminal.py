"""An annotated article in a terminal: findings in the colour of their kind, or between marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table as Drawn
from rich.text import Text

from pipeline.cli.show import printable
from pipeline.cli.shown.findings import GROUP_OF, Table, counts, speaker, tables
from pipeline.cli.shown.marks import Run, Stretch, headline_of, story_of
from pipeline.cli.shown.outline import facts
from schemas import EnrichedArticle

COLOURS = {
    "people": "cyan",
    "organisations": "green",
    "places": "yellow",
    "peoples": "magenta",
    "times": "bright_blue",
    "amounts": "bright_black",
    "things": "red",
}


def report(article: EnrichedArticle, *, colour: bool) -> Iterator[RenderableType]:
    """Yield the parts of the report: headline, facts, the text with its findings, the tables.

    Without *colour* a finding stands as ``[words LABEL: name]``, a quote as
    ``{1 words | speaker}``.
    """
    yield joined(headline_of(article), colour=colour, style="bold") or Text("(no headline)", "bold")
    for fact in facts(article):
        yield Text.assemble((f"  {fact.name:<14} ", "dim"), printable(fact.value))
    for note in article.notes:
        yield Text(f"  {printable(note)}", "bold")
    yield Text()
    for paragraph in story_of(article):
        yield Text("").join(stretch(one, article, colour=colour) for one in paragraph)
        yield Text()
    yield from map(drawn, tables(article))
    yield Text(counts(article), style="bold")
    models = ", ".join(f"{role}: {version}" for role, version in article.models.items())
    yield Text(printable(models), style="dim")


def stretch(one: Stretch, article: EnrichedArticle, *, colour: bool) -> Text:
    """Return a stretch of the text; a quote with its number, and its speaker where it ends."""
    if one.quote is None:
        return joined(one.runs, colour=colour)
    who = printable(speaker(article.quotes[one.quote])) if one.closes else ""
    place = one.quote + 1
    if not colour:
        end = f" | {who}}}" if who else " …}"
        return Text.assemble(f"{{{place} ", joined(one.runs, colour=False), end)
    words = joined(one.runs, colour=True, style="italic")
    return Text.assemble(words, (f" ‹{place} {who}›", "dim italic") if who else "")


def joined(runs: Iterable[Run], *, colour: bool, style: str = "") -> Text:
    """Return runs as one text."""
    return Text("", style).join(marked(run, colour=colour) for run in runs)


def marked(run: Run, *, colour: bool) -> Text:
    """Return a run as it is shown, with what it stands for where that is not what it says."""
    words, mark = printable(run.words), run.mark
    if mark is None:
        return Text(words)
    meant = printable(mark.meant) if mark.meant != run.words else ""
    if not colour:
        return Text(f"[{words} {mark.label}{': ' if meant else ''}{meant}]")
    hue = COLOURS[GROUP_OF[mark.label]]
    return Text.assemble((words, f"bold {hue}"), (f" ={meant}" if meant else "", f"dim {hue}"))


def drawn(table: Table) -> Drawn:
    """Return a table as the terminal draws it; its cells are only shown, never obeyed."""
    made = Drawn(title=table.title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in table.columns:
        made.add_column(column, overflow="fold")
    for row in table.rows:
        made.add_row(*(Text(" ".join(printable(cell).split())) for cell in row))
    return made
