"""Training of the entity encoder: all corpora first, then those that people annotated.

One linear warm-up and decay of the learning rate over both.  What is shipped is the mean of the
weights of a long and a short run (a "model soup", Wortsman et al., ICML 2022), better on news than
either.
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

from pipeline.encoder.word_pieces import DIGIT, FIRST, LOWER, SEPARATOR, UPPER
from pipeline.encoder.word_table import WordTable
from training.language.batches import TOLD_EVERY, batched
from training.language.corpora import UNKNOWN, Example, examples
from training.language.net import EntityNet

ALL, GOLD = "ner-clean-train.spacy", "ner-gold-train.spacy"
LOWERED, RAISED = 0.03, 0.01
"""Shares of windows that lose their capitals, or have nothing else."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    stages: tuple[tuple[str, float], ...] = ((ALL, 2.0), (GOLD, 2.5))
    """Corpora in the order they are read, and how often."""
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    pieces: int = 2048
    """Pieces of a batch."""
    warm: float = 0.06
    """Share of the steps in which the rate rises."""
    seed: int = 7
    threads: int = 2


SHORT = Plan(stages=((ALL, 0.56), (GOLD, 0.95)))


def train_both(data: Path, words: WordTable) -> EntityNet:
    """Return the mean of the nets of the long and the short run."""
    net, other = train(data, words, Plan()), train(data, words, SHORT).state_dict()
    mean = {
        name: (weight + other[name]) / 2 if weight.is_floating_point() else weight
        for name, weight in net.state_dict().items()
    }
    net.load_state_dict(mean)
    return net


def train(data: Path, words: WordTable, plan: Plan) -> EntityNet:
    """Return the net trained on the corpora in the folder *data*."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    net = EntityNet().train()
    groups = net.groups(plan.rate, plan.head_rate)
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
    rates = [group["lr"] for group in optimizer.param_groups]
    steps = list(planned(data, words, plan, rng))
    began, total = time.monotonic(), 0.0
    for step, batch in enumerate(steps):
        share = step / len(steps)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min((share + 1e-3) / plan.warm, (1 - share) / (1 - plan.warm))
        total += learn(net, optimizer, collated(batch, words, rng))
        if step % TOLD_EVERY == TOLD_EVERY - 1:
            seconds = time.monotonic() - began
            print(f"{step + 1}/{len(steps)} loss {total / TOLD_EVERY:.4f} {seconds:.0f} s")
            total = 0.0
    return net.eval()


def planned(
    data: Path, words: WordTable, plan: Plan, rng: random.Random
) -> Iterator[list[Example]]:
    """Yield the batches of all stages."""
    for name, times in plan.stages:
        found = examples(data / name, words.pieces)
        left = times
        while left > 0:
            batches = batched(found, plan.pieces, rng)
            yield from batches[: int(len(batches) * min(1.0, left))]
            left -= 1


def collated(
    batch: Sequence[Example], words: WordTable, rng: random.Random
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return vectors, letter-case classes, mask and tags of a batch."""
    length = -(-(max(map(len, batch)) + 2) // 8) * 8
    ids, cases, mask = (np.zeros((len(batch), length), np.int64) for _ in range(3))
    tags = np.full((len(batch), length), UNKNOWN, np.int64)
    for row, one in enumerate(batch):
        size = len(one)
        ids[row, : size + 2] = [FIRST, *one.ids, SEPARATOR]
        mask[row, : size + 2] = 1
        tags[row, 1 : size + 1] = one.tags
        cases[row, 1 : size + 1] = recased(one, rng.random())
    return (torch.from_numpy(words.vectors(ids)), torch.from_numpy(cases),
            torch.from_numpy(mask), torch.from_numpy(tags))  # fmt: skip


def recased(one: Example, chance: float) -> np.ndarray:
    """Return the letter-case classes of a window, now and then as if all were small or large."""
    if chance < LOWERED:
        return np.where(one.cases == DIGIT, DIGIT, LOWER)
    if chance < LOWERED + RAISED:
        return np.where(one.cases == DIGIT, DIGIT, UPPER)
    return one.cases


def learn(
    net: EntityNet, optimizer: torch.optim.Optimizer, given: tuple[Tensor, Tensor, Tensor, Tensor]
) -> float:
    """Take one step and return its loss."""
    vectors, cases, mask, tags = given
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = net(vectors, cases, mask)
    loss = nn.functional.cross_entropy(
        scores.float().flatten(0, 1), tags.flatten(), ignore_index=UNKNOWN
    )
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return loss.item()
