"""An article in a terminal: cuts struck through in the colour of their kind, or marked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from pipeline.clean import laid_out
from pipeline.cli.show import printable
from pipeline.cli.shown.outline import GROUP_OF, facts, reason, summary, tallies
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
    yield Text(printable(article.headline) or "(no headline)", style="bold")
    for fact in facts(article):
        origin = f"  ({fact.origin})" if fact.origin else ""
        yield Text.assemble((f"  {fact.name:<14} ", "dim"), printable(fact.value), (origin, "dim"))
    yield Text()
    for pieces in laid_out(article):
        shown = [
            Text(printable(piece)) if isinstance(piece, str) else cut_text(piece, colour=colour)
            for piece in pieces
        ]
        yield Text("").join(shown)
        yield Text()
    yield from counts(article)


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
