"""Tags of tokens, B- begins a mention and I- goes on with it, and the mentions they spell.

Decoding is Viterbi's (1967) under one constraint: I-X stands only behind B-X or I-X (the BIO scheme
of Ramshaw and Marcus, 1995).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

NEVER = np.float32(-1e4)


class Tags:
    """The tags of a model in the order of its outputs; the first is ``O``, outside."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names, such as ``("O", "B-ORG", "I-ORG")``."""
        self.names = tuple(names)
        kinds = np.array([name[2:] for name in names])
        inside = np.array([name.startswith("I-") for name in names])
        self._barred = inside[None, :] & (kinds[:, None] != kinds[None, :])
        self._moves = np.where(self._barred, NEVER, np.float32(0))
        self._begins = np.where(inside, NEVER, np.float32(0))
        self._inside = inside
        self.labels = tuple(dict.fromkeys(name[2:] for name in names if name[2:]))
        self._of_label = np.array([[kind == label for kind in kinds] for label in self.labels])

    def best(self, scores: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return the best allowed tag of each token.

        Args:
            scores: tokens by tags.

        """
        likely = scores.argmax(1)
        if not len(likely) or self._allowed(likely):
            return np.asarray(likely)  # nothing better is allowed: the constraint only takes away
        return self._viterbi(scores)

    def _allowed(self, tags: NDArray[np.intp]) -> bool:
        """Say whether the constraint holds for *tags*."""
        return not (self._inside[tags[0]] or self._barred[tags[:-1], tags[1:]].any())

    def _viterbi(self, scores: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return the best path through *scores*."""
        total = scores[0] + self._begins
        back = np.zeros(scores.shape, np.intp)
        for token in range(1, len(scores)):
            reached = total[:, None] + self._moves
            back[token] = reached.argmax(0)
            total = reached.max(0) + scores[token]
        path = np.zeros(len(scores), np.intp)
        path[-1] = total.argmax()
        for token in range(len(scores) - 1, 0, -1):
            path[token - 1] = back[token, path[token]]
        return path

    def likely(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log-probability of each of `labels` for a mention of those tokens.

        >>> (organisation,) = Tags(("O", "B-ORG", "I-ORG")).likely(np.zeros((2, 3), np.float32))
        >>> f"{organisation:.1f}"
        '-0.8'
        """
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        return np.asarray(np.log(shares @ self._of_label.T + 1e-4).sum(0), np.float32)

    def mentions(self, tags: NDArray[np.intp]) -> Iterator[tuple[int, int, str]]:
        """Yield first token, end and label of each mention.

        >>> list(Tags(("O", "B-ORG", "I-ORG")).mentions(np.array([1, 2, 0, 1, 1])))
        [(0, 2, 'ORG'), (3, 4, 'ORG'), (4, 5, 'ORG')]
        """
        start: int | None = None
        for place, tag in enumerate([*tags.tolist(), 0]):
            if start is not None and not self._inside[tag]:
                yield start, place, self.names[tags[start]][2:]
                start = None
            if tag and start is None:
                start = place
