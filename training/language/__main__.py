"""``python -m training.language DATA MODELS``: train the entity encoder, then the parser on it.

docs/how-to/train.md tells what DATA holds.  MODELS is the folder ``models``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from pipeline.encoder.word_table import word_table
from training.language.entities import train_both
from training.language.export import write_encoder
from training.language.net import write_words
from training.language.parser import train_parser

VERSION = "1"


def main(data: Path, models: Path) -> None:
    """Train, and write what comes out to *models*."""
    write_words(models / "words")
    net = train_both(data, word_table(models / "words"))
    torch.save(net.state_dict(), data / "entities.pt")  # to go on from, should the export break
    write_encoder(net, models / "entities", "entities", VERSION)
    train_parser(data, models, VERSION)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
