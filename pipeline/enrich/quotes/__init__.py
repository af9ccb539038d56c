"""Who said what: quotations in marks and retold ones, with speaker and cue."""

from pipeline.enrich.quotes.quotes import find

__all__ = ["find"]
