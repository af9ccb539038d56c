"""The language models of this installation: what newsmill ships, and spaCy pipelines beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.assets import asset
from pipeline.settings import Settings

SPACY_PACKAGES = "spacy_models"
"""The group of entry points in which spaCy's pipelines say that they are there."""
CARD = re.compile(r"^\|\s*Licence\s*\|\s*(.+?)\s*\|\s*$", re.MULTILINE)
FINDS = {
    "ner": "entities", "tagger": "tags", "parser": "parse", "lemmatizer": "lemmas",
    "trainable_lemmatizer": "lemmas", "senter": "sentences",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Installed:
    """A language model as it lies on disk."""

    name: str
    version: str
    language: str
    finds: tuple[str, ...]
    licence: str
    bytes: int
    path: str
    shipped: bool = False
    in_use: str = ""
    """For what the settings in force use it; empty: for nothing."""


def models(settings: Settings) -> list[Installed]:
    """Return every language model that is here, the shipped ones first."""
    ours = list(shipped(settings))
    theirs = sorted(packages(), key=lambda one: (one.language, one.name))
    chosen = settings.model
    if chosen and chosen not in {one.name for one in theirs} and meta_of(Path(chosen)):
        theirs.append(described(Path(chosen), meta_of(Path(chosen)), chosen))
    english = any(one.name == chosen and one.language == "en" for one in theirs)
    used = {chosen, *unasked(theirs, chosen)}
    return [
        *(one if not english else changed(one, "") for one in ours),
        *(changed(one, " ".join(one.finds)) if one.name in used else one for one in theirs),
    ]


def unasked(theirs: list[Installed], chosen: str) -> set[str]:
    """Return the packages that read their language though nobody has named them."""
    from pipeline.enrich.spacy_pipelines import best_for

    taken = {"en", *(one.language for one in theirs if one.name == chosen)}
    names = [one.name for one in theirs]
    return {best_for(one.language, names) for one in theirs if one.language not in taken}


def shipped(settings: Settings) -> Iterator[Installed]:
    """Yield what newsmill ships, with what the settings use it for where no other is chosen."""
    from pipeline.enrich.spacy_pipelines import SHIPPED

    for folder in sorted(asset("models").iterdir()):
        if "pipeline" in (meta := meta_of(folder)):
            one = described(folder, meta, meta["name"], shipped=True)
            of_fast = folder.name == Path(SHIPPED).name
            used = of_fast == (settings.language == "fast")
            yield changed(one, " ".join(one.finds)) if used else one


def packages() -> Iterator[Installed]:
    """Yield the spaCy pipelines that are installed as packages."""
    for name in {one.name for one in entry_points(group=SPACY_PACKAGES)}:
        found = find_spec(name)
        folder = Path(found.origin).parent if found and found.origin else None
        if folder and (meta := meta_of(folder)):
            yield described(folder, meta, name)


def described(folder: Path, meta: dict[str, Any], name: str, *, shipped: bool = False) -> Installed:
    """Return the model in *folder* as its meta.json, and its card where that says more, tell."""
    card = folder / "README.md"
    licence = CARD.search(card.read_text("utf-8")) if card.is_file() else None
    finds = [FINDS[part] for part in meta.get("pipeline", ()) if part in FINDS]
    return Installed(
        name=name,
        version=str(meta.get("version", "")),
        language=str(meta.get("lang", "en")),
        finds=tuple(dict.fromkeys(finds)),
        licence=meta.get("license") or (licence[1] if licence else ""),
        bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        path=str(folder),
        shipped=shipped,
    )


def changed(one: Installed, in_use: str) -> Installed:
    """Return a model with another use."""
    fields = {name: getattr(one, name) for name in Installed.__slots__}
    return Installed(**fields | {"in_use": in_use})


def meta_of(folder: Path) -> dict[str, Any]:
    """Return what the meta.json of *folder* says; empty where it has none."""
    file = folder / "meta.json"
    return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}
