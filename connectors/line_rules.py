"""What a person may write into a source about its lines: `keep:`, `remove:`, and `tests:` of both.

Only the words are checked here; the clean stage judges lines by them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MAX_PATTERNS = 200
MAX_CHARS = 300
OWN_CHARS = 3
OWN_CHARS_BESIDE_STAR = 6
"""Letters and digits that a pattern has itself: `The *` would take half of every story."""


def usable(pattern: str) -> str:
    """Return *pattern* if it is one line that says enough.

    >>> usable("Read more: *")
    'Read more: *'
    >>> usable("The *")
    Traceback (most recent call last):
    ValueError: a pattern with * has at least 6 letters or digits of its own
    """
    if "\n" in pattern.strip():
        raise ValueError("a pattern is one line; write one for each line")
    if len(pattern) > MAX_CHARS:
        raise ValueError(f"a pattern has {MAX_CHARS} characters at most; * stands for any words")
    own = sum(map(str.isalnum, pattern))
    least = OWN_CHARS_BESIDE_STAR if "*" in pattern else OWN_CHARS
    if own < least:
        kind = "a pattern with *" if "*" in pattern else "a pattern"
        raise ValueError(f"{kind} has at least {least} letters or digits of its own")
    return pattern


Pattern = Annotated[str, AfterValidator(usable)]
"""A line as it stands, ``*`` for any words; case, spaces and kinds of quotes do not count."""


class CleaningTest(BaseModel):
    """An example of what the rules of a source do; `newsmill sources check` runs it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(
        max_length=200_000,
        description="Text of an article, a line for each paragraph, or the page as HTML.",
        examples=["Talks on cod open in Oslo\nMinisters met …\nRead more: Trawlers in port"],
    )
    headline: str = Field("", description="Its headline, where it is known.", examples=["Talks"])
    stay: tuple[str, ...] = Field(
        (), description="Lines, or patterns of lines, that must stay.", examples=["Ministers *"]
    )
    go: tuple[str, ...] = Field(
        (), description="Lines, or patterns of lines, that must go.", examples=["Read more: *"]
    )
