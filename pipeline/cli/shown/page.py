"""An article as one page of HTML that needs nothing else: no script, no picture, no address.

The article is hostile input.  All of it is escaped, its characters of control are shown as such,
and the page forbids itself everything but its own style.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from pathlib import Path

from pipeline.clean import laid_out
from pipeline.cli.shown.outline import GROUP_OF, GROUPS, facts, number, summary, tallies
from schemas import CleanArticle, Kind, RemovedLine

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
GROUP_NUMBER = {group: place for place, group in enumerate(GROUPS)}


def page(article: CleanArticle) -> str:
    """Return the page of a cleaned article; what it hides and shows is done by its style alone."""
    hiding = [hides(row.kind) for row in tallies(article)]
    return document(article, "cleaned", "\n".join(hiding) + "\n", body(article))


def document(article: CleanArticle, what: str, added: str, parts: Iterable[str]) -> str:
    """Return a page with *parts* in it: its title says *what* was done, *added* is its own style.

    The policy names the hash of the style and allows nothing else.
    """
    style = "\n" + Path(__file__).with_name("page.css").read_text(encoding="utf-8") + added
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    return "\n".join((
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">',
        f"<title>{safe(article.headline) or 'An article'}, {what}</title>",
        f"<style>{style}</style></head><body>",
        *parts,
        "</body></html>\n",
    ))  # fmt: skip


def body(article: CleanArticle) -> Iterator[str]:
    """Yield what stands in the page."""
    language = lang(article)
    yield f'<header><h1 dir="auto"{language}>{safe(article.headline) or "(no headline)"}</h1>'
    yield from facts_table(article)
    yield from filters(article)
    yield f"</header><main{language}>"
    yield from story(article)
    yield "</main>"
    yield from footer(article)


def lang(article: CleanArticle) -> str:
    """Return the attribute that tells the language of an article's words."""
    return f' lang="{safe(article.language)}"' if article.language else ""


def hides(kind: Kind) -> str:
    """Return the rule by which the box of a kind hides its cuts."""
    return f"body:has(#k-{kind}:not(:checked)) .k-{kind} {{ display: none; }}"


def safe(text: str | None) -> str:
    r"""Return *text* as it may stand anywhere in a page.

    >>> safe('<script>"\x00\u202e')
    '&lt;script&gt;&quot;��'
    """
    return escape(CONTROL.sub("\ufffd", text or ""))


def facts_table(article: CleanArticle) -> Iterator[str]:
    """Yield the table of what is known of the article, with where it was read."""
    yield "<table><caption hidden>What is known of the article</caption>"
    for fact in facts(article):
        cells = f"<td>{safe(fact.value)}</td><td class=origin>{safe(fact.origin)}</td>"
        yield f"<tr><th scope=row>{fact.name.replace('_', ' ')}</th>{cells}</tr>"
    yield "</table>"


def filters(article: CleanArticle) -> Iterator[str]:
    """Yield the boxes that hide and show cuts, which tell how many there are of each kind."""
    yield "<fieldset><legend>What was cut</legend>"
    rows = tallies(article)
    if rows:
        yield "<label><input type=checkbox id=cuts checked><span>show the cuts</span></label>"
    for row in rows:
        told = f"{number(row.cuts, 'cut')}, {number(row.words, 'word')}"
        yield (
            f'<label class="{group(row.kind)}"><input type=checkbox id="k-{row.kind}" checked>'
            f"<span>{row.kind}</span><span>{told}</span>"
            f"<span>by {safe(row.by)}</span></label>"
        )
    yield f"<p>{summary(article)}.</p></fieldset>"


def group(kind: Kind) -> str:
    """Return the class of the colour of a kind."""
    return f"g{GROUP_NUMBER[GROUP_OF[kind]]}"


def story(article: CleanArticle) -> Iterator[str]:
    """Yield the lines of the raw text in their order, each cut in its place."""
    for pieces in laid_out(article):
        first = pieces[0]
        if isinstance(first, RemovedLine) and len(pieces) == 1:
            yield f'<p dir="auto" {marked(first)}>{cut(first)}</p>'
            continue
        yield '<p dir="auto">' + "".join(
            safe(piece) if isinstance(piece, str) else f"<span {marked(piece)}>{cut(piece)}</span>"
            for piece in pieces
        ) + "</p>"  # fmt: skip


def marked(line: RemovedLine) -> str:
    """Return the attributes of what holds a cut: it can be reached by key and by touch."""
    return f'class="cut {group(line.kind)} k-{line.kind}" tabindex=0'


def cut(line: RemovedLine) -> str:
    """Return a cut: its words, its kind, and the note that hover, focus or a tap opens."""
    said = [f"<b>{line.kind}</b>, by {safe(line.by)}", f"score {line.score:.2f}"]
    said += [safe(line.why)] if line.why else []
    said += [f"characters {line.start:,} to {line.end:,} of the raw text"]
    return (
        f"<del>{safe(line.text)}</del> <span class=kind>{line.kind}</span>"
        f"<span class=why role=note>{'; '.join(said)}</span>"
    )


def footer(article: CleanArticle) -> Iterator[str]:
    """Yield what made the record."""
    told = [f"{safe(role)}: {safe(version)}" for role, version in article.models.items()]
    told += [f"newsmill {safe(article.pipeline_version)}"] if article.pipeline_version else []
    yield f"<footer>{' · '.join(told)}<br>record {safe(article.id)}</footer>"
