"""``newsmill dead``: records that were given up, why, and how to send them again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from schemas import DeadLetter

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
Reason = Annotated[str, typer.Option(help="Only those given up for this reason.")]
StageName = Annotated[str, typer.Option(help="Only those that this stage gave up.")]
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
    """Look at the records that were given up."""


@app.command("list")
def list_(reason: Reason = "", stage: StageName = "", json: AsJson = False) -> None:
    """Print the unresolved dead letters, and how many there are for each reason."""
    from pipeline.cli.show import as_json, printable

    letters = chosen(reason, stage)
    if json:
        as_json([without_record(letter) for letter in letters])
        return
    for one in letters:
        tries = "1 try" if one.attempts == 1 else f"{one.attempts} tries"
        print(f"{printable(one.id)}  {one.stage}  {one.reason}  {tries}")
        print(f"    {printable(one.message)}")
    for (name, where), number in Counter((one.reason, one.stage) for one in letters).items():
        print(f"{number} x {name} in {where}: {WHAT_TO_DO[name]}")
    print(f"{len(letters)} unresolved")


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="Id of the dead letter.")],
    json: AsJson = False,
) -> int:
    """Print one dead letter: the error, what to do, and the record itself."""
    from pipeline.cli.show import as_json, printable
    from pipeline.settings import load_settings
    from pipeline.stream.replay import unresolved

    letter = unresolved(load_settings()).get(id)
    if letter is None:
        print(f"no unresolved dead letter has the id {id!r}")
        return 1
    text = letter.record.decode(errors="replace")
    if json:
        as_json({**without_record(letter), "record": text})
        return 0
    for name, value in without_record(letter).items():
        print(f"{name:>12}: {printable(str(value))}")
    print(f"{'what to do':>12}: {WHAT_TO_DO[letter.reason]}\n\n{printable(text)}")
    return 0


@app.command()
def replay(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids; default: all chosen.")] = None,
    reason: Reason = "",
    stage: StageName = "",
    dry_run: Annotated[bool, typer.Option(help="Only say what would be sent.")] = False,
) -> int:
    """Send dead letters again to the topic they came from; exit 1 if one could not be sent."""
    from pipeline.settings import load_settings
    from pipeline.stream.replay import Replayed
    from pipeline.stream.replay import replay as send

    letters = [one for one in chosen(reason, stage) if not ids or one.id in ids]
    if dry_run:
        for letter in letters:
            print(f"{letter.id} would go to {letter.topic}")
        return 0

    def told(result: Replayed) -> None:
        print(f"{result.id} {result.problem or f'sent to {result.sent_to}'}")

    sent = send(load_settings(), letters, told)
    print(f"{sent} of {len(letters)} sent again; each is resolved when its record has ended")
    return 0 if sent == len(letters) else 1


def chosen(reason: str, stage: str) -> list[DeadLetter]:
    """Return the unresolved dead letters of this reason and stage."""
    from pipeline.settings import load_settings
    from pipeline.stream.replay import unresolved

    letters = unresolved(load_settings()).values()
    return [one for one in letters if reason in ("", one.reason) and stage in ("", one.stage)]


def without_record(letter: DeadLetter) -> dict[str, Any]:
    """Return everything but the record."""
    return letter.model_dump(mode="json", exclude={"record", "schema_version"})
