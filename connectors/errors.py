"""What can go wrong with a source, named by what happens next.

    SourceUnavailable   asked again, each time later, at most an hour apart
    SourceRefused       asked again at its usual pace, but somebody must look
    ItemMalformed       this item is skipped and counted, its neighbours go on

Each message says what happened, whose fault it is and what to do.
"""

from __future__ import annotations


class SourceUnavailable(Exception):  # noqa: N818  (named by its consequence, as the others)
    """A source does not answer now; it may later.

    ``retry_secs`` is what the source asked us to wait, 0.0 where it said nothing.
    """

    def __init__(self, message: str, *, retry_secs: float = 0.0) -> None:
        super().__init__(message)
        self.retry_secs = retry_secs


class SourceRefused(Exception):  # noqa: N818
    """A source, or our own rules, will not let us read this; time alone does not change that."""


class ItemMalformed(Exception):  # noqa: N818
    """One item of a source cannot become an article; ``where`` is its address or file:line."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what
