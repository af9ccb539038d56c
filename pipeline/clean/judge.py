"""Who decides whether a line belongs to the story, in which order, and how sure they must be.

1. ``keep:`` of the source's file keeps a line against all others.
2. The article's own headline goes to its field.
3. ``remove:`` of the source's file, then the memory of what the source repeats.
4. Sentences that report what somebody said stay, and so does whatever is longer than any noise.
5. The rules, each certain of one kind.
6. The classifier, for what is left: n-grams and forests of decision trees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pipeline.clean.classifier.function_words import is_english
from pipeline.clean.cut import Cut
from pipeline.clean.rules import INLINE, RULES, Inline, Line, Rule
from pipeline.clean.rules.line import WORD
from pipeline.clean.source import NOTHING, Source
from schemas import Kind

if TYPE_CHECKING:
    from pipeline.clean.classifier.classifier import LineClassifier
    from pipeline.clean.marks import Mark

Cleaning = Literal["balanced", "careful"]
"""``careful`` uses only the rules that practically never lose a line of a story."""

SURE: dict[Cleaning, float] = {"balanced": 0.40, "careful": 0.70}
"""From which share on the classifier's word is taken: best F1, and at most 0.3 % of a story's
words lost, on sites that it had not seen (models/lines/README.md)."""
SURE_ELSEWHERE: dict[Cleaning, float] = {"balanced": 0.70, "careful": 0.80}
"""The same for text that is not English, whose words the classifier does not know."""
SURE_OF_PAGES: dict[Cleaning, float] = {"balanced": 0.45, "careful": 0.70}
"""The same for lines of a page, where the forest for pages decides."""
LEAST_WORDS = 100
"""The classifier has seen few shorter stories, and is not asked about one."""
MAX_RULED = 2000
"""Nothing longer is noise, and patterns are not tried on it."""
SITE_SUFFIX = re.compile(r"\s+[|–—·-]\s+[^|–—·]{2,40}$")


@dataclass(frozen=True, slots=True)
class Judge:
    """The setting and the classifier; without one, the rules decide alone."""

    cleaning: Cleaning = "balanced"
    classifier: LineClassifier | None = None

    @property
    def rules(self) -> list[Rule]:
        """Return the rules of whole lines that the setting uses."""
        return [rule for rule in RULES if self.cleaning == "balanced" or rule.careful]

    @property
    def inline(self) -> list[Inline]:
        """Return the rules of parts of lines that the setting uses."""
        return [rule for rule in INLINE if self.cleaning == "balanced" or rule.careful]

    def cuts(
        self,
        lines: Sequence[Line],
        headline: str = "",
        source: Source = NOTHING,
        marks: Sequence[Mark | None] = (),
    ) -> list[Cut | None]:
        """Return for each of the *lines* of a text why it is cut, None where it stays.

        *marks* says what the page knows of each line; it is empty for flattened text.
        """
        rules = self.rules
        cuts: list[Cut | None] = []
        after: Kind | None = None
        for line, own in zip(lines, self._learned(lines, marks), strict=True):
            seen = replace(line, after=after) if after else line
            cut = verdict(seen, headline, rules, source, own)
            cuts.append(cut)
            after = cut.kind if cut else None
        return cuts

    def _learned(self, lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Cut | None]:
        """Return what the classifier says of each of *lines*."""
        if self.classifier is None or sum(line.words for line in lines) < LEAST_WORDS:
            return [None] * len(lines)
        texts = [line.text for line in lines]
        known = [marks[line.number] for line in lines] if marks else ()
        shares = self.classifier.shares(texts, known)
        least = thresholds(texts, of_page=any(known))[self.cleaning]
        sure = [
            place
            for place, share in enumerate(shares)
            if share >= least and has_words(texts[place])
        ]
        if len(sure) == len(lines):
            return [None] * len(lines)  # nothing like what it has learned from
        cuts: list[Cut | None] = [None] * len(lines)
        kinds = self.classifier.kinds([lines[place].text for place in sure])
        for place, kind in zip(sure, kinds, strict=True):
            cuts[place] = Cut(kind, self.classifier.name, score=round(float(shares[place]), 3))
        return cuts


def has_words(line: str) -> bool:
    """Say whether a line says anything: of a row of dashes only the rule for them can judge."""
    return any(map(str.isalnum, line))


def thresholds(lines: Sequence[str], *, of_page: bool) -> dict[Cleaning, float]:
    """Return how sure the classifier must be of *lines*."""
    if of_page:
        return SURE_OF_PAGES
    return SURE if is_english(lines) else SURE_ELSEWHERE


def verdict(
    line: Line, headline: str, rules: Sequence[Rule], source: Source, learned: Cut | None
) -> Cut | None:
    """Return why *line* is cut, in the order that this module tells."""
    known = source.verdict(line)
    if known == "keep":
        return None
    if line.place < 3 and line.left and headline and same_headline(line.text, headline):
        return Cut("headline", "own-headline")
    if known is not None:
        return known
    if len(line.text) > MAX_RULED:
        return None
    cut = next((Cut(rule.kind, rule.id) for rule in rules if rule.matches(line)), learned)
    return None if cut and line.reported else cut


def same_headline(one: str, other: str) -> bool:
    """Say whether two headlines are the same but for case, marks and the name of the site.

    >>> same_headline("Talks fail in Oslo - Harbour Post", "Talks Fail in Oslo")
    True
    """

    def folded(text: str) -> str:
        return " ".join(WORD.findall(SITE_SUFFIX.sub("", text).casefold()))

    return folded(one) == folded(other) != ""
