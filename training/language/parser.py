"""Training of tagger, parser and lemmatizer by spaCy, and the pipeline they make with the rest.

After 5,000 steps nothing is gained: 6,000 more with a falling rate gave the same scores.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from spacy.cli.init_config import fill_config
from spacy.cli.train import train as spacy_train

CONFIG = Path(__file__).with_name("parser.cfg")
TREEBANKS = {
    "train": ("ewt-train.spacy", "gum-train.spacy"),
    "dev": ("ewt-dev.spacy", "gum-dev.spacy"),
}
KEPT = ("name", "version", "description", "author", "license")


def train_parser(data: Path, shipped: Path, steps: int = 0) -> None:
    """Train on the treebanks in *data*, and put the outcome beside the entity finder in *shipped*.

    *steps* ends the training early, to try it.
    """
    with TemporaryDirectory() as folder:
        room = Path(folder)
        for name, files in TREEBANKS.items():
            (room / name).mkdir()
            for file in files:
                shutil.copy(data / file, room / name)
        given: dict[str, str | int] = {
            "paths.train": str(room / "train"), "paths.dev": str(room / "dev"),
        }  # fmt: skip
        if steps:
            given["training.max_steps"] = steps
        fill_config(room / "parser.cfg", CONFIG)
        spacy_train(room / "parser.cfg", room / "out", overrides=given)
        put_in(room / "out" / "model-best", shipped)


def put_in(parsed: Path, shipped: Path) -> None:
    """Replace all but the entity finder of the pipeline in *shipped* by those in *parsed*."""
    old, new = spacy.load(shipped), spacy.load(parsed)
    new.add_pipe("ner", source=old, first=True)  # before the parser, whose wrong ends cut names
    new.meta.update({key: old.meta[key] for key in KEPT})
    new.to_disk(shipped)
