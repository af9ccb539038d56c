"""Batches of what is of like length, drawn at random."""

from __future__ import annotations

import random
from collections.abc import Sequence, Sized
from typing import TypeVar

BLOCK = 4000
"""What is of like length is batched within so many, which are drawn at random."""
TOLD_EVERY = 100
"""Steps between two words on how training goes."""

One = TypeVar("One", bound=Sized)


def batched(found: Sequence[One], most: int, rng: random.Random) -> list[list[One]]:
    """Return *found* in shuffled batches of at most *most* pieces, each one's two marks counted."""
    mixed = rng.sample(found, len(found))
    batches: list[list[One]] = []
    for start in range(0, len(mixed), BLOCK):
        batch: list[One] = []
        for one in sorted(mixed[start : start + BLOCK], key=len):
            if batch and (len(one) + 2) * (len(batch) + 1) > most:
                batches.append(batch)
                batch = []
            batch.append(one)
        batches.append(batch)
    rng.shuffle(batches)
    return batches
