"""A cut: why a line, or a part of one, is taken out of a story."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import Kind


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a line, or a part of it from ``start`` to ``end`` within the line, is taken out."""

    kind: Kind
    by: str
    start: int = 0
    end: int = 0
    score: float = 1.0
    """How sure it is; a rule is sure."""
    why: str = ""
    """What a person should know besides, such as "in 37 of 40 articles"."""
