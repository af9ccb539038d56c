"""Dead letters as a person reads them: in groups, one by one, whole, and sent again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.cli.show import printable, table

if TYPE_CHECKING:
    from pipeline.stream.replay import Replayed
    from schemas import DeadLetter


def tell_groups(letters: Sequence[DeadLetter], remedies: Mapping[str, str]) -> None:
    """Print how many there are of each reason, stage and source, and what to do."""
    groups = [[*group] for _, group in groupby(sorted(letters, key=kind), kind)]
    rows = [
        (len(group), *map(printable, kind(group[0])), min(map(at, group)), max(map(at, group)))
        for group in sorted(groups, key=len, reverse=True)
    ]
    if rows:
        table("", ("letters", "reason", "stage", "source", "first", "last"), rows)
    for reason in sorted({letter.reason for letter in letters}):
        print(f"{reason}: {remedies[reason]}")


def kind(letter: DeadLetter) -> tuple[str, str, str]:
    """Return the group of a letter."""
    return letter.reason, letter.stage, letter.source or "?"


def at(letter: DeadLetter) -> str:
    """Return when a letter was written, as people read it."""
    return f"{letter.at:%Y-%m-%d %H:%M}"


def tell_each(letters: Sequence[DeadLetter]) -> None:
    """Print each letter in two lines."""
    for one in letters:
        tries = "1 try" if one.attempts == 1 else f"{one.attempts} tries"
        where = printable(one.source) or "unknown source"
        print(f"{printable(one.id)}  {where}  {one.stage}  {one.reason}  {tries}  {at(one)}")
        print(f"    {printable(one.message)}")


def tell(letter: DeadLetter, remedy: str) -> None:
    """Print one letter whole."""
    for name, value in without_record(letter).items():
        if value not in ("", None):
            print(f"{name:>18}: {printable(str(value))}")
    print(f"{'what to do':>18}: {remedy}")
    print(f"\n{printable(letter.record.decode(errors='replace'))}\n")


def tell_replayed(results: Sequence[Replayed], total: int, lane: str, *, dry_run: bool) -> None:
    """Print what became of each, or would, and what happens next."""
    verb = "would go to" if dry_run else "sent to"
    for result in results:
        print(f"{printable(result.id)} {result.problem or f'{verb} {result.sent_to}'}")
    sent = sum(not result.problem for result in results)
    if gone := total - len(results):
        print(f"{gone} were resolved by somebody else meanwhile")
    if dry_run:
        print(f"{sent} of {total} would be sent")
        return
    print(f"{sent} of {total} sent again; each is resolved when its record has ended")
    if lane == "backfill" and sent:
        print("workers of the lane backfill take them: newsmill stream clean --lane backfill")


def without_record(letter: DeadLetter) -> dict[str, Any]:
    """Return everything but the record."""
    return letter.model_dump(mode="json", exclude={"record", "schema_version"})
