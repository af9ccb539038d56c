"""Training of the encoder of lines on the passages that the forest would have it read."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.clean.classifier.encoder import shares
from pipeline.clean.classifier.reading import Passage, passages
from pipeline.encoder.word_pieces import CASES
from pipeline.encoder.word_table import WordTable
from training.cleaner.net import LineNet
from training.cleaner.pages import DROP, FOLDS, SKIP, Table

BANDS = ((0.01, 1.0), (0.02, 0.98), (0.05, 0.95), (0.08, 0.92))
"""Shares between which a line is doubtful in training: more of them than in use, so that the
encoder also sees the easy ones."""
SHOWN = {("col", True): 1.0, ("col", False): 0.5}
SHOWN_OTHERWISE = {True: 0.35, False: 0.12}
"""How often a page is read in an epoch, by set and whether it is news."""
NOISE = 0.5
"""The forest's log-odds are blurred, for in use they come from another forest."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train."""

    epochs: float = 3.0
    batch: int = 24
    rate: float = 1.5e-4
    head_rate: float = 2e-3
    seed: int = 7
    threads: int = 2


class Example(NamedTuple):
    """A passage, the label of each of its lines, and how much each counts."""

    passage: Passage
    label: NDArray[np.float32]
    weight: NDArray[np.float32]


def train(
    table: Table, odds: NDArray[np.float32], words: WordTable, out: int, plan: Plan
) -> LineNet:
    """Return an encoder trained on all pages but those of the fold *out* (-1: on all)."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    net = LineNet().train()
    groups = net.groups(plan.rate, plan.head_rate)
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
    batches = planned(table, odds, words, out, plan, rng)
    rates = [group["lr"] for group in optimizer.param_groups]
    began, total = time.monotonic(), 0.0
    for step, batch in enumerate(batches):
        share = step / len(batches)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min((share + 1e-3) / 0.06, (1 - share) / 0.94 + 1e-3)
        total += learn(net, optimizer, batch, words, rng)
        if step % 25 == 24:
            print(f"{step + 1}/{len(batches)} loss {total / 25:.4f} "
                  f"{time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
            total = 0.0
    return net.eval()


def planned(
    table: Table, odds: NDArray[np.float32], words: WordTable, out: int, plan: Plan,
    rng: random.Random,
) -> list[list[Example]]:  # fmt: skip
    """Return the batches of all epochs, passages of like length together."""
    batches: list[list[Example]] = []
    left = plan.epochs
    while left > 0:
        found = list(examples(table, odds, words, out, rng))
        rng.shuffle(found)
        epoch = [
            part[at : at + plan.batch]
            for part in (
                sorted(found[k : k + plan.batch * 30], key=lambda one: len(one.passage.ids))
                for k in range(0, len(found), plan.batch * 30)
            )
            for at in range(0, len(part), plan.batch)
        ]
        rng.shuffle(epoch)
        batches += epoch[: int(len(epoch) * min(1.0, left))]
        left -= 1
    return batches


def examples(
    table: Table, odds: NDArray[np.float32], words: WordTable, out: int, rng: random.Random
) -> Iterator[Example]:
    """Yield the passages of one epoch."""
    for first, last in table.spans():
        page = table.pages[table.page[first]]
        often = SHOWN.get((page.set, page.news), SHOWN_OTHERWISE[page.news])
        if table.fold[first] == out or page.set.endswith("_other") or rng.random() > often:
            continue
        blurred = odds[first:last] + np.float32(NOISE) * np.array(
            [rng.gauss(0, 1) for _ in range(last - first)], np.float32
        )
        low, high = rng.choice(BANDS)
        p = 1 / (1 + np.exp(-odds[first:last]))
        for passage in passages(page.lines, (p >= low) & (p <= high), blurred, words.pieces):
            label = page.labels[passage.first : passage.last]
            weight = np.where(passage.asked, 1.0, 0.3) * (label != SKIP)
            weight *= np.where(label == DROP, 1.3, 1.0) * (1.5 if page.news else 1.0)
            yield Example(passage, (label == DROP).astype(np.float32), weight.astype(np.float32))


def learn(
    net: LineNet, optimizer: torch.optim.Optimizer, batch: list[Example], words: WordTable,
    rng: random.Random,
) -> float:  # fmt: skip
    """Take one step and return its loss."""
    inputs = collated([one.passage for one in batch], words, rng)
    lines = inputs[2].shape[1]
    label, weight = (
        torch.tensor(np.stack([np.pad(row, (0, lines - len(row))) for row in field]))
        for field in ([one.label for one in batch], [one.weight for one in batch])
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = net(*inputs)
    each = nn.functional.binary_cross_entropy_with_logits(
        logits.float(), label * 0.96 + 0.02, reduction="none"
    )
    loss = (each * weight).sum() / weight.sum().clamp(min=1)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def collated(
    batch: Sequence[Passage], words: WordTable, rng: random.Random | None = None
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the inputs of the net for *batch*; with *rng*, some passages lose their capitals."""
    length = -(-max(len(one.ids) for one in batch) // 8) * 8
    lines = max(one.last - one.first for one in batch)
    ids, types, mask = (np.zeros((len(batch), length), np.int64) for _ in range(3))
    part = np.zeros((len(batch), lines, length), np.float32)
    for row, one in enumerate(batch):
        size, count = len(one.ids), one.last - one.first
        ids[row, :size], mask[row, :size] = one.ids, 1
        lower = rng is not None and rng.random() < 0.03
        types[row, :size] = one.types // CASES * CASES if lower else one.types
        part[row, :count, :size] = shares(one.owner, count)
    vectors = words.vectors(ids) * mask[..., None].astype(np.float32)
    return (torch.from_numpy(vectors), torch.from_numpy(types), torch.from_numpy(part),
            torch.from_numpy(mask))  # fmt: skip


def read(
    net: LineNet, table: Table, odds: NDArray[np.float32], words: WordTable, fold: int,
    band: tuple[float, float],
) -> NDArray[np.float32]:  # fmt: skip
    """Return the log-odds of the doubtful lines of a fold (-1: of all), not a number elsewhere."""
    total, times = np.zeros((2, len(odds)), np.float32)
    waiting: list[tuple[int, Passage]] = []
    for first, last in table.spans():
        if fold in {-1, table.fold[first]} and not table.set[first].endswith("_other"):
            p = 1 / (1 + np.exp(-odds[first:last]))
            lines = table.pages[table.page[first]].lines
            asked = (p >= band[0]) & (p <= band[1])
            waiting += [
                (first, one) for one in passages(lines, asked, odds[first:last], words.pieces)
            ]
    waiting.sort(key=lambda pair: len(pair[1].ids))
    for at in range(0, len(waiting), 32):
        batch = waiting[at : at + 32]
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            found = net(*collated([one for _, one in batch], words)).float().numpy()
        for row, (first, one) in enumerate(batch):
            places = first + np.arange(one.first, one.last)[one.asked]
            total[places] += found[row, : len(one.asked)][one.asked]
            times[places] += 1
    with np.errstate(invalid="ignore"):
        return total / times


def out_of_fold(
    table: Table, odds: NDArray[np.float32], words: WordTable, band: tuple[float, float], plan: Plan
) -> NDArray[np.float32]:
    """Return what encoders that have not seen the site say of the doubtful lines."""
    scores = np.full(len(odds), np.nan, np.float32)
    for fold in range(FOLDS):
        net = train(table, odds, words, fold, plan)
        held = table.fold == fold
        scores[held] = read(net, table, odds, words, fold, band)[held]
    return scores
