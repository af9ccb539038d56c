"""What newsmill ships beside its code: models, sample articles, starter sources.

In the wheel they lie in ``pipeline/_assets``; in a checkout, in the folders of the same name.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def asset(name: str) -> Path:
    """Return where *name* (``models/news_open_sm``, ``seeds/articles``) lies.

    Raises:
        FileNotFoundError: neither the wheel nor a checkout holds it.

    """
    for root in (PACKAGE / "_assets", PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"{name} is not part of this installation; install newsmill again")
