"""An annotated article as one page of HTML that needs nothing else; hovering tells.

As hostile as any: `page.document` makes the frame and its policy, `page.safe` escapes all words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.cli.shown.findings import GROUP_OF, GROUPS, Table, counts, speaker, tables, tally
from pipeline.cli.shown.marks import Mark, Run, Stretch, headline_of, story_of
from pipeline.cli.shown.outline import number
from pipeline.cli.shown.page import document, facts_table, footer, lang, safe
from schemas import EnrichedArticle

NUMBER = {group: place for place, group in enumerate(GROUPS)}


def findings_page(article: EnrichedArticle) -> str:
    """Return the page as text."""
    return document(article, "read", style(article), body(article))


def style(article: EnrichedArticle) -> str:
    """Return what is added to the style: boxes that hide, and rows that point at mentions."""
    shared = Path(__file__).with_name("findings.css").read_text(encoding="utf-8")
    plain = "background: none; border-color: transparent"
    hide = [
        f"body:has(#g-{group}:not(:checked)) .m.m{NUMBER[group]} {{ {plain}; }}"
        for group in tally(article)
    ]
    point = [
        f"body:has(.r{place}:hover) .n{place} {{ outline: .15rem solid currentColor; }}"
        for place in range(len(article.named))
    ]
    return "\n".join([shared, *hide, *point]) + "\n"


def body(article: EnrichedArticle) -> Iterator[str]:
    """Yield what stands in the page."""
    headline = joined(headline_of(article)) or "(no headline)"
    yield f'<header><h1 dir="auto"{lang(article)}>{headline}</h1>'
    yield from facts_table(article)
    yield from boxes(article)
    yield f"</header><main{lang(article)}>"
    for paragraph in story_of(article):
        told = "".join(stretch(one, article) for one in paragraph)
        yield f'<p dir="auto">{told}</p>'
    yield "</main>"
    for table in tables(article):
        yield from drawn(table)
    yield from footer(article)


def boxes(article: EnrichedArticle) -> Iterator[str]:
    """Yield the boxes that hide and show marks, and the notes of the record."""
    yield "<fieldset><legend>What was found</legend>"
    for group, many in tally(article).items():
        yield (
            f'<label class="m{NUMBER[group]}"><input type=checkbox id="g-{group}" checked>'
            f"<span>{group}</span><span>{number(many, 'mention')}</span></label>"
        )
    yield f"<p>{counts(article)}.</p>"
    yield from (f"<p>{safe(note)}.</p>" for note in article.notes)
    yield "</fieldset>"


def stretch(one: Stretch, article: EnrichedArticle) -> str:
    """Return a stretch of the text; a quote with its number, and its speaker where it ends."""
    words = joined(one.runs)
    if one.quote is None:
        return words
    quote = article.quotes[one.quote]
    told = f"<span class=said>{words}</span>"
    if not one.closes:
        return told
    cue = f"; {safe(quote.cue)}" if quote.cue else ""
    why = f"<span class=why role=note>{quote.kind} quote{cue}</span>"
    return f"{told} <span class=who tabindex=0>{one.quote + 1} {safe(speaker(quote))}{why}</span>"


def joined(runs: Iterable[Run]) -> str:
    """Return runs as markup."""
    return "".join(marked(run) for run in runs)


def marked(run: Run) -> str:
    """Return a run: its words, and the note that hover, focus or a tap opens."""
    mark = run.mark
    if mark is None:
        return safe(run.words)
    named = "" if mark.named is None else f" n{mark.named}"
    return (
        f'<span class="m m{NUMBER[GROUP_OF[mark.label]]}{named}" tabindex=0>{safe(run.words)}'
        f"<span class=why role=note>{note(mark)}</span></span>"
    )


def note(mark: Mark) -> str:
    """Return what a mark tells.

    >>> note(Mark(0, 5, "PERSON", "Ada Moor", ("mayor", "NOR")))
    '<b>Ada Moor</b>; PERSON; mayor; NOR'
    """
    return "; ".join((f"<b>{safe(mark.meant)}</b>", mark.label, *map(safe, mark.notes)))


def drawn(table: Table) -> Iterator[str]:
    """Yield a table; a row of a name points at its mentions."""
    heads = "".join(f"<th scope=col>{column}</th>" for column in table.columns)
    yield f"<h2>{table.title}</h2><table class=found><tr>{heads}</tr>"
    for place, row in enumerate(table.rows):
        points = f' class="r{place}"' if table.title == "Named" else ""
        yield f"<tr{points}>" + "".join(f"<td>{safe(cell)}</td>" for cell in row) + "</tr>"
    yield "</table>"
