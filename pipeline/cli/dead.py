"""``newsmill dead``: records that were given up: why, what to do, send again, resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.cli.typed.asking import confirmed, somebody
from pipeline.cli.typed.times import instant

if TYPE_CHECKING:
    from pipeline.stream.letters import Choice
    from pipeline.stream.replay import Replayed
    from schemas import DeadLetter, DropReason

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
Ids = Annotated[list[str] | None, typer.Argument(help="Ids of articles, or names of letters.")]
Reason = Annotated[str, typer.Option(help="Only those given up for this reason.")]
StageName = Annotated[str, typer.Option(help="Only those that this stage gave up.")]
Source = Annotated[str, typer.Option(help="Only those of this source, where it is known.")]
Since = Annotated[str, typer.Option(help="Only those given up since: a day, a time, 2h, 3d ago.")]
Until = Annotated[str, typer.Option(help="Only those given up before: a day, a time, 2h, 3d ago.")]
OlderCode = Annotated[
    bool, typer.Option("--older-code", help="Only those that an older newsmill gave up.")
]
Why = Annotated[str, typer.Option(help="Why, for the receipt.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

WHAT_TO_DO = {
    "undecodable": "the source serves bytes in no known encoding: look at the page",
    "invalid_json": "whoever wrote the record did not write JSON: mend that program",
    "invalid_record": "a required field is missing or wrong: mend the program that wrote it",
    "unknown_schema": "the record was written by a newer newsmill: update, then replay",
    "no_text": "the page holds no article text: look at the page; perhaps it needs a browser",
    "too_big": "the body is larger than an article is: exclude the page from its source",
    "too_deep": "the page is nested deeper than any article: exclude it, or report it",
    "timeout": "the page takes too long to parse: report it, it is a fault of newsmill",
    "oom": "the page needs too much memory: report it, it is a fault of newsmill",
    "crash": "a parser died of this page: report it, it is a fault of newsmill",
    "stage_error": "a fault of newsmill: report it with the record; replay after the update",
    "refused": "the index refuses the document: its reason stands in the message",
    "too_large_to_send": "the record grew above what a topic takes: report it",
}


@app.callback()
def dead() -> None:
    """Look at the records that were given up, send them again, or resolve them."""


@app.command("list")
def list_(
    reason: Reason = "",
    stage: StageName = "",
    source: Source = "",
    since: Since = "",
    until: Until = "",
    older_code: OlderCode = False,
    each: Annotated[bool, typer.Option("--each", help="A line for each letter.")] = False,
    json: AsJson = False,
) -> None:
    """Print how many dead letters are unresolved, by reason, stage and source, and what to do."""
    from pipeline.cli.show import as_json
    from pipeline.cli.shown.letters import tell_each, tell_groups, without_record

    letters = chosen(choice((), reason, stage, source, since, until, older_code))
    if json:
        as_json([without_record(letter) for letter in letters])
        return
    if each:
        tell_each(letters)
    tell_groups(letters, WHAT_TO_DO)
    print(f"{len(letters)} unresolved")


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="Id of the article, or name of the letter.")],
    json: AsJson = False,
) -> int:
    """Print the dead letters of an article: the error, what to do, and the record itself."""
    from pipeline.cli.show import as_json
    from pipeline.cli.shown.letters import tell, without_record
    from pipeline.settings import load_settings
    from pipeline.stream.letters import with_records

    letters = chosen(choice([id]))
    if not letters:
        return nothing([id])
    held = with_records(load_settings(), letters)
    if json:
        as_json([{**without_record(one), "what_to_do": WHAT_TO_DO[one.reason],
                  "record": one.record.decode(errors="replace")} for one in held])  # fmt: skip
        return 0
    for letter in held:
        tell(letter, WHAT_TO_DO[letter.reason])
    return 0


@app.command()
def replay(
    ids: Ids = None,
    reason: Reason = "",
    stage: StageName = "",
    source: Source = "",
    since: Since = "",
    until: Until = "",
    older_code: OlderCode = False,
    lane: Annotated[
        Literal["backfill", "live", "same"],
        typer.Option(help="Which topics; same: those that each came from."),
    ] = "backfill",
    rate: Annotated[float, typer.Option(min=0, help="Records a second; 0: no limit.")] = 0.0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be sent.")
    ] = False,
    json: AsJson = False,
) -> int:
    """Send dead letters again; exit 1 if one could not be sent, or if there is none."""
    letters = chosen(choice(ids or (), reason, stage, source, since, until, older_code))
    if not letters:
        return nothing(ids or ())
    into = "" if lane == "same" else lane
    results = would(letters, into) if dry_run else send(letters, into, rate)
    tell_results(results, len(letters), lane, dry_run=dry_run, json=json)
    return 0 if sum(not result.problem for result in results) == len(letters) else 1


@app.command()
def resolve(ids: Annotated[list[str], typer.Argument(help="Ids, or names of letters.")],
            why: Why = "", yes: Yes = False) -> int:  # fmt: skip
    """Take dead letters off the list for good, with a receipt; exit 1 if there is none."""
    return settled(chosen(choice(ids)), ids, "resolved", why, yes=yes)


@app.command()
def purge(
    reason: Reason = "",
    stage: StageName = "",
    source: Source = "",
    since: Since = "",
    until: Until = "",
    older_code: OlderCode = False,
    why: Why = "",
    yes: Yes = False,
) -> int:
    """Throw away all dead letters that are chosen, each with a receipt; exit 1 if there is none."""
    meant = choice((), reason, stage, source, since, until, older_code)
    return settled(chosen(meant), (), "purged", why, yes=yes)


def choice(
    ids: Sequence[str],
    reason: str = "",
    stage: str = "",
    source: str = "",
    since: str = "",
    until: str = "",
    older_code: bool = False,
) -> Choice:
    """Return which letters the options mean."""
    from pipeline.stream.letters import Choice

    span = instant(since), instant(until)
    return Choice(frozenset(ids), reason, stage, source, *span, older_code)


def chosen(meant: Choice) -> list[DeadLetter]:
    """Return the unresolved dead letters that are meant."""
    from pipeline.settings import load_settings
    from pipeline.stream.letters import letters

    return letters(load_settings(), meant)


def would(letters: Sequence[DeadLetter], into: str) -> list[Replayed]:
    """Return what would become of *letters*; whether a whole record is found shows only later."""
    from pipeline.stream.replay import Replayed, target_of

    whole = [one.model_copy(update={"truncated": False}) for one in letters]
    return [Replayed(one.id, *target_of(one, into)) for one in whole]


def send(letters: Sequence[DeadLetter], into: str, rate: float) -> list[Replayed]:
    """Send *letters* again; return what became of each."""
    from pipeline.settings import load_settings
    from pipeline.stream.replay import Pace
    from pipeline.stream.replay import replay as send_again

    results: list[Replayed] = []
    with progress(len(letters), results.append) as step:
        send_again(load_settings(), letters, step, into=into, pace=Pace(rate))
    return results


def tell_results(
    results: Sequence[Replayed], total: int, lane: str, *, dry_run: bool, json: bool
) -> None:
    """Print what became of each letter, for people or for programs."""
    from dataclasses import asdict

    from pipeline.cli.show import as_json
    from pipeline.cli.shown.letters import tell_replayed

    if json:
        as_json([asdict(result) for result in results])
    else:
        tell_replayed(results, total, lane, dry_run=dry_run)


def nothing(ids: Sequence[str]) -> int:
    """Say that there is no such letter; return the exit code."""
    from pipeline.cli.show import printable

    asked = " or ".join(repr(printable(one)) for one in ids)
    print(f"no unresolved dead letter has the id {asked}" if ids else "no unresolved dead letter")
    return 1


def settled(
    letters: list[DeadLetter], ids: Sequence[str], how: DropReason, why: str, *, yes: bool
) -> int:
    """Resolve *letters* after asking; return the exit code."""
    from pipeline.cli.shown.letters import tell_groups
    from pipeline.settings import load_settings
    from pipeline.stream.receipts import Decision, settle

    if not letters:
        return nothing(ids)
    if not yes:
        tell_groups(letters, WHAT_TO_DO)
    question = f"{len(letters)} records will be in no index and on no list. Go on?"
    if not confirmed(question, yes=yes):
        print("nothing was changed")
        return 1
    with progress(len(letters), lambda _letter: None) as step:
        number = settle(load_settings(), letters, Decision(how, why, somebody()), step)
    print(f"{number} {how}; a receipt of each is in articles.dropped for 30 days")
    return 0


@contextmanager
def progress(total: int, told: Callable[[Any], None]) -> Iterator[Callable[[Any], None]]:
    """Give a function that counts on a terminal how many of *total* are done."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn(),
                   console=console, transient=True, disable=not console.is_terminal)  # fmt: skip
    with bar:
        task = bar.add_task("sent", total=total)

        def step(result: Any) -> None:
            told(result)
            bar.advance(task)

        yield step
