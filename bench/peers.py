"""The cleaners that are measured side by side: newsmill and those that people use today.

A tool turns a page into text.  Of lines that stand alone each is made a paragraph of a page, and
what does not come back was dropped: these tools have no other way to see them.
"""

from __future__ import annotations

import html as markup
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Any, Literal

from bench import regex_list
from bench.dataset import words_of

Extract = Callable[[str], str]
Drop = Callable[[Sequence[str]], set[int]]
LONG = 5
"""A line of more words came back if they stand anywhere in the text; a shorter one is a line."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A cleaner; ``load`` returns how it cleans pages and lines, and loads what that needs."""

    name: str
    load: Callable[[], tuple[Extract, Drop]]
    needs: str = ""
    """Name of the module that must be there."""
    package: str = ""
    """Where that comes from."""

    def missing(self) -> str:
        """Return what to do if the tool is not installed; empty if it is."""
        if not self.needs or find_spec(self.needs):
            return ""
        return f"not installed: pip install {self.package}"


def newsmill(cleaning: Literal["balanced", "careful"]) -> tuple[Extract, Drop]:
    """Return the clean stage itself, in one of its settings."""
    from pipeline.stage import Done, outcome_of
    from pipeline.stages import Options, build

    stages = build(("clean",), Options(cleaning))

    def record(body: str, content_type: str) -> Any:
        from schemas import RawArticle

        raw = RawArticle(id="bench", source="bench", content_type=content_type, body=body)
        outcome = outcome_of(stages, raw)
        return outcome.record if isinstance(outcome, Done) else None

    def extract(page: str) -> str:
        article = record(page, "text/html")
        return article.text if article else ""

    def drop(lines: Sequence[str]) -> set[int]:
        article = record("\n".join(map(one_line, lines)), "text/plain")
        if article is None:
            return set(range(len(lines)))
        return {cut.line for cut in article.removed if cut.line is not None}

    return extract, drop


def trafilatura(*, precise: bool) -> tuple[Extract, Drop]:
    """Return trafilatura, without readers' comments, as newsmill asks for none."""
    from trafilatura import extract as of_page

    def extract(page: str) -> str:
        return of_page(page, include_comments=False, favor_precision=precise) or ""

    return extract, by_page(extract)


def newspaper() -> tuple[Extract, Drop]:
    """Return newspaper4k."""
    from newspaper import Article

    def extract(page: str) -> str:
        article = Article("https://gazette.example/", fetch_images=False)
        article.download(input_html=page)
        article.parse()
        return str(article.text)

    return extract, by_page(extract)


def readability() -> tuple[Extract, Drop]:
    """Return readability-lxml; its page becomes text block by block."""
    from lxml import html
    from readability import Document

    def extract(page: str) -> str:
        tree = html.fromstring(Document(page).summary())
        return "\n".join(blocks(tree))

    return extract, by_page(extract)


def justext() -> tuple[Extract, Drop]:
    """Return jusText with its English stop words."""
    import justext as tool

    stop = tool.get_stoplist("English")

    def extract(page: str) -> str:
        found = tool.justext(page.encode(), stop, encoding="utf-8")
        return "\n".join(part.text for part in found if not part.is_boilerplate)

    return extract, by_page(extract)


def regexes() -> tuple[Extract, Drop]:
    """Return the list of patterns; of a page, over what trafilatura finds in it."""
    found, _ = trafilatura(precise=False)

    def extract(page: str) -> str:
        lines = found(page).split("\n")
        gone = regex_list.dropped(lines)
        return "\n".join(line for number, line in enumerate(lines) if number not in gone)

    return extract, regex_list.dropped


TOOLS = (
    Tool("newsmill balanced", partial(newsmill, "balanced")),
    Tool("newsmill careful", partial(newsmill, "careful")),
    Tool("trafilatura", partial(trafilatura, precise=False), "trafilatura", "trafilatura"),
    Tool("trafilatura precision", partial(trafilatura, precise=True), "trafilatura", "trafilatura"),
    Tool("newspaper4k", newspaper, "newspaper", "newspaper4k"),
    Tool("readability-lxml", readability, "readability", "readability-lxml"),
    Tool("justext", justext, "justext", "justext"),
    Tool("regex list", regexes, "trafilatura", "trafilatura"),
)


def blocks(tree: Any) -> list[str]:
    """Return the text of the innermost blocks of a tree, in order."""
    names = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "div"}
    found, line = [], [""]

    def walk(node: Any) -> None:
        if node.tag in names and line[-1].strip():
            line.append("")
        line[-1] += node.text or ""
        for child in node:
            if isinstance(child.tag, str):
                walk(child)
            line[-1] += child.tail or ""
        if node.tag in names or node.tag == "br":
            line.append("")

    walk(tree)
    found = [" ".join(one.split()) for one in line]
    return [one for one in found if one]


def by_page(extract: Extract) -> Drop:
    """Return how a tool that only reads pages drops lines: those that do not come back."""

    def drop(lines: Sequence[str]) -> set[int]:
        paragraphs = "".join(f"<p>{markup.escape(line)}</p>\n" for line in lines)
        page = (
            f"<html><head><title></title></head><body><article>{paragraphs}</article></body></html>"
        )
        text = extract(page)
        whole = {plain(line) for line in text.split("\n")}
        came_back = f" {words_of(text)} "
        return {
            number
            for number, line in enumerate(lines)
            if (said := plain(line)) not in whole
            and (said.count(" ") < LONG or f" {said} " not in came_back)
        }

    return drop


def plain(line: str) -> str:
    """Return the words of *line*, or its marks where it has no word."""
    return words_of(line) or line.strip()


def one_line(text: str) -> str:
    """Return *text* without line breaks, which would change the numbers of lines."""
    return text.replace("\n", " ")
