"""An article in a terminal: cuts struck through in the colour of their kind, or marked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from pipeline.clean import laid_out
from pipeline.cli.show import printable
from pipeline.cli.shown.outline import GROUP_OF, facts, origin_of, reason, summary, tallies
from schemas import CleanArticle, RemovedLine

COLOURS = {
    "leads elsewhere": "red",
    "asks for something": "magenta",
    "furniture": "yellow",
    "moved to a field": "cyan",
}


def report(article: CleanArticle, *, colour: bool) -> Iterator[Text]:
    """Yield the lines of the report: headline, facts, the text with its cuts, the counts.

    Without *colour* a cut stands between ``[-`` and ``-]``, as in the output of a word diff.
    """
    headline = (printable(article.headline) or "(no headline)", "bold")
    yield Text.assemble(headline, (bracketed(origin_of(article, "headline")), "dim"))
    for fact in facts(article):
        name, origin = (f"  {fact.name:<14} ", "dim"), (bracketed(fact.origin), "dim")
        yield Text.assemble(name, printable(fact.value), origin)
    yield Text()
    for pieces in laid_out(article):
        shown = [
            Text(printable(piece)) if isinstance(piece, str) else cut_text(piece, colour=colour)
            for piece in pieces
        ]
        yield Text("").join(shown)
        yield Text()
    yield from counts(article)


def bracketed(origin: str) -> str:
    """Return where a value was read as it stands behind the value."""
    return f"  ({origin})" if origin else ""


def cut_text(cut: RemovedLine, *, colour: bool) -> Text:
    """Return a cut as it is shown, with its kind and who took it."""
    words, label = printable(cut.text).strip(), f"{cut.kind}, by {reason(cut)}"
    gap = "" if cut.line is not None else " "
    if not colour:
        return Text(f"{gap}[- {words} -] {{{label}}}{gap}")
    hue = COLOURS[GROUP_OF[cut.kind]]
    return Text.assemble(gap, (words, f"{hue} strike"), (f" {label}", f"dim {hue}"), gap)


def counts(article: CleanArticle) -> Iterator[Text]:
    """Yield how much of each kind was cut and by what, the sum, and what did it."""
    for row in tallies(article):
        name = Text(f"  {row.kind:<12}", style=COLOURS[GROUP_OF[row.kind]])
        yield Text.assemble(name, f"{row.cuts:>4}  ", (f"by {row.by}", "dim"))
    yield Text(summary(article), style="bold")
    models = ", ".join(f"{role}: {version}" for role, version in article.models.items())
    yield Text(models, style="dim")
