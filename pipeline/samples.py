"""The sample articles that newsmill ships: raw records for the demo, the benches and the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.assets import asset
from schemas import RawArticle, article_id

BODIES = ("raw.html", "raw.txt")


def samples() -> list[RawArticle]:
    """Return every sample article, sorted by the name of its folder."""
    return [sample(folder) for folder in folders()]


def folders() -> list[Path]:
    """Return the folders of the sample articles, sorted by name."""
    return sorted(path for path in asset("seeds/articles").iterdir() if path.is_dir())


def sample(folder: Path) -> RawArticle:
    """Return the raw record that *folder* holds: ``raw.json`` and its body beside it."""
    fields: dict[str, Any] = json.loads((folder / "raw.json").read_text(encoding="utf-8"))
    body = next(folder / name for name in BODIES if (folder / name).exists())
    fields["id"] = article_id(fields["source"], fields["url"])
    fields["body"] = body.read_text(encoding="utf-8")
    return RawArticle.model_validate(fields)
