"""Where a line of a page stands, in numbers: what a forest reads to tell story from furniture.

Nothing here knows a newspaper or a language.  The numbers are of four sorts: the line itself (its
length, its links, how it ends), its tags and class names, its family (the lines that stand in
blocks of the same tag and class), and what the extractor took around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

from lxml.etree import _Element

from pipeline.clean.segments import Segment, ancestors

TOKEN = re.compile(r"[A-Za-z]{2,}")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
GROUPS = {
    "advert": "ad ads advert advertisement sponsor sponsored promo promoted commercial affiliate",
    "related": "related recommended recommend recirc trending popular teaser more read also "
    "latest most next promo card river feed list hub rail",
    "newsletter": "newsletter signup subscribe subscription inline email register",
    "share": "share social sharing follow tools toolbar actions buttons bookmark print",
    "caption": "caption credit figcaption image img photo picture media gallery figure slideshow",
    "byline": "author byline bio contributor writer profile avatar",
    "meta": "meta date time timestamp published updated info details dateline kicker label",
    "tags": "tag tags topic topics category categories keyword keywords breadcrumb breadcrumbs",
    "comments": "comment comments disqus discussion reply replies",
    "furniture": "nav menu footer header sidebar side widget banner modal popup overlay cookie "
    "consent gdpr paywall login account search skip",
    "video": "video player audio podcast playlist embed tweet twitter instagram",
    "story": "article body content story entry post text paragraph main copy prose richtext "
    "wysiwyg",
    "headline": "headline title heading hed",
    "summary": "summary standfirst dek description intro lead lede subtitle sub strapline",
    "box": "box aside pull pullquote factbox callout highlight key takeaways bullet points sidebar",
}
"""Words of class names and ids, by what they hint at."""
GROUP_OF = {
    word: number
    for number, words in reversed(list(enumerate(GROUPS.values())))
    for word in words.split()
}
"""Word to the number of its group, the first that has it."""
TAGS = ("p", "h1", "h2", "h3", "h4", "li", "div", "blockquote", "td", "figcaption", "span", "pre")
PLACES = ("list", "quote", "table", "figure", "caption", "aside", "header", "footer", "nav", "form",
          "hidden")  # fmt: skip
NEAR = 4
FAR = 60
COLUMNS = 76
"""How many numbers a line has."""
SHORTEST = 4
"""So many words has a line that the extractor may have overlooked."""


@dataclass(frozen=True, slots=True)
class Family:
    """How the lines in blocks of one tag and class fared with the extractor."""

    lines: int
    taken: int
    words: int
    taken_words: int

    def numbers(self) -> list[float]:
        """Return the size of the family and the share of it that was taken."""
        words = max(self.words, 1)
        return [min(self.lines, FAR), self.taken / self.lines, self.taken_words / words,
                self.words / self.lines]  # fmt: skip


class Standing:
    """Where the lines of one page stand; what does not hang on an extractor is found out once."""

    def __init__(self, segments: Sequence[Segment], told: Sequence[float]) -> None:
        """Take the visible lines of a page.

        Args:
            segments: the lines.
            told: of each, the share of it that stands in the text that the linked data gives; -1
                where it gives none.

        """
        self._segments, self._told = segments, told
        self._known = Known({}, {}, {})
        self._words = [segment.text.count(" ") + 1 for segment in segments]
        keys = [self._known.family_keys(segment.block) for segment in segments]
        self._keys = list(zip(*keys, strict=True))
        self._own: dict[int, list[float]] = {}

    def numbers(self, taken: Sequence[bool]) -> tuple[list[int], list[list[float]]]:
        """Return the places of the lines that may be story, and the numbers of each.

        A line that the extractor left out may be story if it is long enough and no link.

        Args:
            taken: of each line, whether the extractor took it.

        """
        kin = [(keys, families(keys, taken, self._words)) for keys in self._keys]
        around = Surroundings(taken, self._words)
        asked = [place for place, yes in enumerate(taken) if yes or self._may(place)]
        return asked, [
            [
                *self._alone(place),
                float(taken[place]),
                *(number for keys, found in kin for number in found[keys[place]].numbers()),
                *around.numbers(place),
            ]
            for place in asked
        ]

    def _may(self, place: int) -> bool:
        """Say whether a line that was left out may be story."""
        segment = self._segments[place]
        return self._words[place] >= SHORTEST and segment.linked < 0.5 * len(segment.text)

    def _alone(self, place: int) -> list[float]:
        """Return the numbers of a line that no extractor changes."""
        if place not in self._own:
            segment = self._segments[place]
            self._own[place] = [
                *shape(segment, self._words[place]),
                self._told[place],
                *self._known.tag_numbers(segment),
                *self._known.hint_numbers(segment.block),
            ]
        return self._own[place]


def shape(segment: Segment, words: int) -> list[float]:
    """Return the numbers of a line that its words alone give."""
    text = segment.text
    size = len(text)
    return [
        min(words, 80),
        size / max(words, 1),
        segment.linked / size,
        segment.strong / size,
        float(text[-1] in ".!?\"”’'»…"),
        float(text[-1] == ":"),
        float(text[0].islower()),
        sum(map(str.isdigit, text)) / size,
        sum(map(str.isupper, text)) / size,
        min(text.count(",") + text.count(". "), 12),
        float("|" in text or "©" in text),
        float(text[0] in '"“«‘„'),
    ]


@dataclass(slots=True)
class Known:
    """What was found out about the blocks of a page: many lines ask for the same."""

    words: dict[Any, tuple[int, ...]]
    hints: dict[Any, list[float]]
    names: dict[Any, tuple[str, str | None]]

    def tag_numbers(self, segment: Segment) -> list[float]:
        """Return which tag holds a line and what it stands in."""
        tag, places = segment.block.tag, segment.places
        return [
            *(float(tag == name) for name in TAGS),
            *(float(place in places) for place in PLACES),
            float(segment.depth),
        ]

    def hint_numbers(self, block: _Element) -> list[float]:
        """Return for each group of class words how near it stands: 1 own, less above, 0 nowhere."""
        if block not in self.hints:
            near = [0.0] * len(GROUPS)
            for level, element in enumerate(ancestors(block, NEAR)):
                for group in self.groups(element):
                    near[group] = near[group] or 1 - level / (NEAR + 1)
            self.hints[block] = near
        return self.hints[block]

    def groups(self, element: _Element) -> tuple[int, ...]:
        """Return the groups of the class words of *element*."""
        if element not in self.words:
            self.words[element] = groups_of(element.get("class"), element.get("id"))
        return self.words[element]

    def name(self, element: _Element) -> tuple[str, str | None]:
        """Return tag and class of *element*."""
        if element not in self.names:
            self.names[element] = (element.tag, element.get("class"))
        return self.names[element]

    def family_keys(self, block: _Element) -> tuple[object, object, object]:
        """Return the families of a line: by three blocks, by two blocks, by its parent."""
        names = [self.name(element) for element in ancestors(block, 2)]
        return tuple(names), tuple(names[:2]), block.getparent()


def families(
    keys: Sequence[object], taken: Sequence[bool], words: Sequence[int]
) -> dict[object, Family]:
    """Return the families of a page by their key."""
    sums: dict[object, list[int]] = {}
    for key, yes, size in zip(keys, taken, words, strict=True):
        total = sums.setdefault(key, [0, 0, 0, 0])
        total[0] += 1
        total[1] += yes
        total[2] += size
        total[3] += size if yes else 0
    return {key: Family(*total) for key, total in sums.items()}


@lru_cache(4096)
def groups_of(*names: str | None) -> tuple[int, ...]:
    """Return the groups of the words of class names and ids; a site says the same on each page."""
    return tuple(GROUP_OF[word] for word in class_words(*names) if word in GROUP_OF)


def class_words(*names: str | None) -> list[str]:
    """Return the words that class names and ids are made of, in lower case.

    >>> class_words("ArticleBody_relatedLinks--wide", None)
    ['article', 'body', 'related', 'links', 'wide']
    """
    told = " ".join(name for name in names if name)[:400]
    return [word.lower() for word in TOKEN.findall(CAMEL.sub(" ", told))]


class Surroundings:
    """What was taken before and after each line."""

    def __init__(self, taken: Sequence[bool], words: Sequence[int]) -> None:
        """Take of each line of a page whether it was taken and its words."""
        self._taken, self._words = taken, words
        self._before = distances(taken)
        self._after = distances(taken[::-1])[::-1]
        self._sums = [0, *accumulate(map(int, taken))]

    def numbers(self, place: int) -> list[float]:
        """Return how far the lines are that were taken, how many before, and the neighbours."""
        count, total = len(self._taken), self._sums[-1]
        near = (place - 2, place - 1, place + 1, place + 2)
        return [
            self._before[place],
            self._after[place],
            self._sums[place] / total if total else 0.0,
            *(float(self._taken[at]) if 0 <= at < count else -1.0 for at in near),
            *(float(min(self._words[at], 60)) if 0 <= at < count else -1.0 for at in near[1:3]),
            place / count,
            float(min(total, 200)),
        ]


def distances(taken: Sequence[bool]) -> list[float]:
    """Return of each line how many lines back the last one was taken."""
    found: list[float] = []
    since = FAR
    for yes in taken:
        found.append(float(min(since, FAR)))
        since = 1 if yes else since + 1
    return found
