"""Training of the parser on treebanks, as the shipped entity encoder sees them.

The encoder does not change, so its states are taken beforehand, several times: each time the
treebanks are cut and put together in another way.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.enrich.entity_encoder import EntityEncoder
from training.language.batches import TOLD_EVERY, batched
from training.language.export import write_parser
from training.language.tree_net import LAYERS, Said, TreeNet
from training.language.trees import UNKNOWN, Tree, names, treebank, trees

TREEBANKS = ("ewt-train.spacy", "gum-train.spacy")
WEIGHTS = {"heads": 1.0, "labels": 1.0, "starts": 1.0, "tags": 0.5, "classes": 0.3, "rules": 0.3}
"""How much each thing that is asked counts."""
STEP = 16
"""Lengths of batches are multiples of it: PyTorch prepares anew for each length."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    passes: tuple[int, ...] = (7, 8)
    """Passes with all layers, then with one less, and so on."""
    copies: int = 4
    """Ways in which the treebanks are cut."""
    rate: float = 5e-4
    head_rate: float = 2e-3
    tokens: int = 1536
    """Tokens of a batch."""
    warm: int = 200
    """Steps in which the rate rises."""
    seed: int = 7
    threads: int = 2


def train_parser(data: Path, models: Path, version: str, plan: Plan | None = None) -> None:
    """Train on the treebanks in *data*, and write the parser beside the encoder in *models*."""
    plan = plan or Plan()
    torch.set_num_threads(plan.threads)
    docs = treebank(data / name for name in TREEBANKS)
    known = names(docs)
    encoder = EntityEncoder(models / "entities", models / "words")
    copies = [list(trees(docs, encoder, known, random.Random(seed))) for seed in range(plan.copies)]
    torch.manual_seed(plan.seed)
    net = TreeNet(known, LAYERS).train()
    for number, passes in enumerate(plan.passes):
        net.keep(LAYERS - number)
        fit(net, list(planned(copies, passes, plan)), plan)
    write_parser(net, known, models / "parser", "news_parser", version)


def planned(copies: Sequence[Sequence[Tree]], passes: int, plan: Plan) -> Iterator[list[Tree]]:
    """Yield the batches of some passes."""
    rng = random.Random(plan.seed)
    for number in range(passes):
        yield from batched(copies[number % len(copies)], plan.tokens, rng)


def fit(net: TreeNet, steps: Sequence[list[Tree]], plan: Plan) -> None:
    """Train *net*; the rate rises, then falls in a straight line."""
    groups = net.groups(plan.rate, plan.head_rate)
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
    rates = [group["lr"] for group in optimizer.param_groups]
    began, total = time.monotonic(), 0.0
    for step, batch in enumerate(steps):
        share = min((step + 1) / plan.warm, 1 - step / len(steps))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        total += learn(net, optimizer, batch)
        if step % TOLD_EVERY == TOLD_EVERY - 1:
            seconds = time.monotonic() - began
            print(f"{step + 1}/{len(steps)} loss {total / TOLD_EVERY:.4f} {seconds:.0f} s")
            total = 0.0


def learn(net: TreeNet, optimizer: torch.optim.Optimizer, batch: Sequence[Tree]) -> float:
    """Take one step and return its loss."""
    states, mask, wanted = collated(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        said = net(states, mask[:, None, None])
        heads = wanted["heads"].clamp(min=0)[..., None]
        above = said.above.gather(1, heads.expand(-1, -1, said.above.shape[-1]))
        labels = net.labels(said.below[:, 1:], above)
    loss = sum(
        (WEIGHTS[name] * one for name, one in losses(said, labels, mask, wanted)),
        start=torch.zeros(()),
    )
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def collated(batch: Sequence[Tree]) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """Return states, what keeps attention from what is not there, and what is right."""
    length = -(-(max(map(len, batch)) + 1) // STEP) * STEP - 1
    states = torch.zeros(len(batch), length, batch[0].states.shape[1])
    mask = torch.full((len(batch), length + 1), -1e4)
    wanted = {name: torch.full((len(batch), length), UNKNOWN) for name in WEIGHTS}
    for row, one in enumerate(batch):
        states[row, : len(one)] = torch.from_numpy(one.states.astype(np.float32))
        mask[row, : len(one) + 1] = 0
        for name, target in wanted.items():
            target[row, : len(one)] = torch.from_numpy(getattr(one, name))
    return states, mask, wanted


def losses(
    said: Said, labels: Tensor, mask: Tensor, wanted: dict[str, Tensor]
) -> Iterator[tuple[str, Tensor]]:
    """Yield the loss of each thing that is asked."""
    scores = {
        "heads": said.arcs[:, 1:].float() + mask[:, None], "labels": labels,
        "tags": said.tags[:, 1:], "classes": said.classes[:, 1:], "rules": said.rules[:, 1:],
    }  # fmt: skip
    for name, given in scores.items():
        yield (
            name,
            nn.functional.cross_entropy(
                given.float().flatten(0, 1), wanted[name].flatten(), ignore_index=UNKNOWN
            ),
        )
    there = wanted["starts"] >= 0
    yield (
        "starts",
        nn.functional.binary_cross_entropy_with_logits(
            said.starts[:, 1:, 0].float()[there], wanted["starts"][there].float()
        ),
    )
