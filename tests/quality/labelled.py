"""Our own articles with a label on each line, and how well a cleaner does on them.

A file of `articles/` is a flattened page: ``= `` before a line of the story, ``- KIND `` before
a line that is none.  The places, people and newspapers in them do not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.clean.lines import Cleaned

FOLDER = Path(__file__).parent / "articles"
MOVED_OR_NOT = {"headline"}
"""Not counted: where the first line goes is no question of noise."""


@dataclass(frozen=True, slots=True)
class Article:
    """The lines of a page, and for each its kind; None: it belongs to the story."""

    name: str
    lines: tuple[str, ...]
    kinds: tuple[str | None, ...]

    @property
    def language(self) -> str:
        """Return the language, which the name begins with."""
        return self.name[:2]


@dataclass(frozen=True, slots=True)
class Score:
    """How many lines were cut rightly, wrongly and not, and what it cost."""

    right: int
    wrong: int
    missed: int
    kinds_right: int
    words_lost: float

    @property
    def precision(self) -> float:
        """Return the share of the cuts that are noise."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of the noise that was cut."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def named(self) -> float:
        """Return the share of the right cuts that have the right kind."""
        return self.kinds_right / max(1, self.right)


def articles(*languages: str) -> list[Article]:
    """Return the labelled articles of *languages*, all without one."""
    found = [read(path) for path in sorted(FOLDER.glob("*.txt"))]
    return [one for one in found if not languages or one.language in languages]


def read(path: Path) -> Article:
    """Return the article in the file *path*."""
    lines, kinds = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        kind, text = (None, rest) if mark == "=" else rest.partition(" ")[::2]
        if mark not in {"=", "-"} or not text.strip():
            raise ValueError(f"{path.name}: {line!r} is not '= text' or '- kind text'")
        lines.append(text)
        kinds.append(kind)
    return Article(path.stem, tuple(lines), tuple(kinds))


def score(cleaner: Callable[[str], Cleaned], of: Iterable[Article]) -> Score:
    """Return how well *cleaner* does on articles."""
    right = wrong = missed = named = lost = words = 0
    for article in of:
        cut = cuts(cleaner("\n".join(article.lines)))
        for number, (line, kind) in enumerate(zip(article.lines, article.kinds, strict=True)):
            if kind in MOVED_OR_NOT:
                continue
            if kind is None:
                words += len(line.split())
                lost += len(line.split()) if number in cut else 0
                wrong += number in cut
            else:
                right += number in cut
                missed += number not in cut
                named += cut.get(number) == kind
    return Score(right, wrong, missed, named, lost / max(1, words))


def cuts(cleaned: Cleaned) -> dict[int, str]:
    """Return the kind of each whole line that was cut, by its number."""
    return {cut.line: cut.kind for cut in cleaned.removed if cut.line is not None}


def told(article: Article, cleaned: Cleaned) -> Sequence[str]:
    """Return the lines that were judged wrongly, for a person to read."""
    cut = cuts(cleaned)
    rows = enumerate(zip(article.lines, article.kinds, strict=True))
    return [
        f"{article.name}:{number + 1}: {cut.get(number, 'kept')}, not {kind or 'kept'}: {line}"
        for number, (line, kind) in rows
        if (number in cut) != (kind is not None) and kind not in MOVED_OR_NOT
    ]
