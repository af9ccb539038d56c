"""The parser's net: layers over the states of tokens, and what each token and each pair says.

Pairs are scored as by Dozat and Manning (ICLR 2017); a label by one hidden layer, for the pair that
is chosen, so that no pair is labelled in vain.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

from training.language.net import base
from training.language.trees import Names

LAYERS = 3
"""Layers that training begins with; the last of them is taken off on the way."""
LONGEST = 128
"""Tokens of a run, and the root."""
ARC, LABEL = 256, 128
"""Widths of what a token says of itself as head and as dependent, for arcs and for labels."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the net says of runs: runs x tokens x ..., the root first."""

    arcs: Tensor
    """A score for each pair: dependent x head."""
    below: Tensor
    above: Tensor
    """What goes into a label from the dependent, and from the head."""
    tags: Tensor
    classes: Tensor
    rules: Tensor
    starts: Tensor


class TreeNet(nn.Module):
    """The last layers of the base model, and one layer from each token to all it says."""

    def __init__(self, names: Names, layers: int) -> None:
        """Begin from the last *layers* of the base model."""
        super().__init__()
        bert = BertModel.from_pretrained(str(base()), add_pooling_layer=False)
        width = bert.config.hidden_size
        self.places = nn.Parameter(torch.randn(LONGEST, width) * 0.02)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.layers = nn.ModuleList(bert.encoder.layer[-layers:])
        for layer in self.layers:
            layer.attention.self.dropout.p = 0.0  # dear on a CPU
        sizes = (ARC, ARC, LABEL, LABEL, len(names.tags), len(names.classes), len(names.rules), 1)
        self.sizes = sizes
        self.says = nn.Linear(width, sum(sizes))
        self.pairs = nn.Parameter(torch.eye(ARC) / ARC**0.5)
        self.label = nn.Linear(LABEL, len(names.labels))
        self.drop = nn.Dropout(0.1)

    def groups(self, rate: float, head_rate: float) -> list[dict[str, object]]:
        """Return the parameters to train, in groups of one learning rate and decay."""
        named = list(self.named_parameters())
        old = [p for name, p in named if name.startswith("layers")]
        new = [p for name, p in named if not name.startswith("layers")]
        return [
            {"params": [p for p in old if p.dim() > 1], "lr": rate, "weight_decay": 0.01},
            {"params": [p for p in old if p.dim() <= 1], "lr": rate, "weight_decay": 0.0},
            {"params": new, "lr": head_rate, "weight_decay": 0.0},
        ]

    def keep(self, layers: int) -> None:
        """Take off all but the first *layers*."""
        self.layers = self.layers[:layers]

    def eager(self) -> None:
        """Attend in plain steps, which an export can put together again."""
        for layer in self.layers:
            layer.attention.self.config._attn_implementation = "eager"  # noqa: SLF001

    def forward(self, states: Tensor, mask: Tensor | None) -> Said:
        """Return what the net says of *states*, runs x tokens x width; a low *mask* hides."""
        root = self.root.expand(states.shape[0], 1, -1)
        seen = torch.cat([root, states], 1) + self.places[: states.shape[1] + 1]
        for layer in self.layers:
            seen = layer(seen, mask)
        said = self.says(self.drop(seen)).split(self.sizes, -1)
        low, high = (self.drop(torch.relu(one)) for one in said[:2])
        arcs = low @ self.pairs @ high.transpose(1, 2)
        return Said(arcs, *said[2:])

    def labels(self, below: Tensor, above: Tensor) -> Tensor:
        """Return the scores of labels of pairs."""
        return self.label(self.drop(torch.relu(below + above)))
