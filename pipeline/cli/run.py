"""``newsmill run``: pipe mode, JSON Lines in and JSON Lines out.

newsmill run --from raw.jsonl --to clean.jsonl --rejects rejects.jsonl
cat raw.jsonl | newsmill run --from - --to - --until clean | jq .headline
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

if TYPE_CHECKING:
    from pipeline.pipe import Line
    from pipeline.stages import Options

Step = Literal["clean", "enrich"]


def run(
    source: Annotated[str, typer.Option("--from", help="File of JSON Lines; - for stdin.")] = "-",
    target: Annotated[str, typer.Option("--to", help="File to write; - for stdout.")] = "-",
    start: Annotated[
        Step, typer.Option(help="First step: what the lines of --from are.")
    ] = "clean",
    until: Annotated[Step, typer.Option(help="Last step.")] = "enrich",
    rejects: Annotated[str, typer.Option(help="File for drops and dead letters.")] = "",
    index: Annotated[str, typer.Option(help="Also index into this SQLite file, for search.")] = "",
    cleaning: Annotated[
        Literal["balanced", "careful"], typer.Option(help="careful cuts only what is certain.")
    ] = "balanced",
    language: Annotated[
        Literal["accurate", "fast"], typer.Option(help="fast annotates less.")
    ] = "accurate",
    classifier: Annotated[
        Literal["on", "off"], typer.Option(help="off: only rules cut lines.")
    ] = "on",
    model: Annotated[str, typer.Option(help="A spaCy pipeline in place of ours.")] = "",
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0: one for each core.")] = 0,
) -> int:
    """Clean and annotate JSON Lines: one record a line in, one a line out, in order."""
    from pipeline.stages import Options

    if (start, until) == ("enrich", "clean"):
        raise typer.BadParameter("--until clean ends before --start enrich begins")
    if index and until != "enrich":
        raise typer.BadParameter("--index needs --until enrich")
    if twice := named_twice(source, target, rejects):
        raise typer.BadParameter(f"{twice} is named twice, and writing would empty it first")
    options = Options(cleaning, language, model, classifier=classifier)
    counts = pipe(source, target, rejects, index, (start, until), options, workers)
    summary(counts, rejects)
    return 0


def named_twice(*names: str) -> str:
    """Return a file that is named more than once, "" where there is none; devices do no harm."""
    files = [Path(name).resolve() for name in names if name not in {"", "-"}]
    return next(
        (
            str(file)
            for file in files
            if files.count(file) > 1 and (file.is_file() or not file.exists())
        ),
        "",
    )


def pipe(
    source: str, target: str, rejects: str, index: str, steps: tuple[Step, Step], options: Options,
    workers: int,
) -> Counter[str]:  # fmt: skip
    """Run every line of *source* through the steps; return how many ended how.

    Raises:
        OSError: reading or writing broke off.

    """
    from pipeline.lines import answers
    from pipeline.pipe import prepare
    from pipeline.pool import Workers

    counts: Counter[str] = Counter()
    with ExitStack() as files:
        lines = opened(source, "rb", files)
        out = opened(target, "wb", files)
        bad = opened(rejects, "wb", files) if rejects else None
        keep = files.enter_context(indexing(index))
        pool = Workers(partial(prepare, *steps, options), workers or os.cpu_count() or 1)
        files.callback(pool.close)
        for line in progress(answers(lines, pool), counts):
            write(line, out, bad)
            if not line.rejected:
                keep(line.data)
            counts[line.reason or "written"] += 1
    return counts


def opened(name: str, mode: Literal["rb", "wb"], files: ExitStack) -> BinaryIO:
    """Return the file *name*, or standard input or output for ``-``."""
    if name == "-":
        return sys.stdin.buffer if mode == "rb" else sys.stdout.buffer
    return files.enter_context(Path(name).open(mode))


def write(line: Line, out: BinaryIO, bad: BinaryIO | None) -> None:
    """Write one line where it belongs, at once: a reader of a pipe waits for it."""
    file = bad if line.rejected else out
    if file is not None:
        file.write(line.data + b"\n")
        file.flush()


@contextmanager
def indexing(path: str) -> Iterator[Callable[[bytes], object]]:
    """Give a function that indexes a written line into the SQLite file *path*; "" for nowhere."""
    if not path:
        yield lambda _data: None
        return
    from datetime import UTC, datetime

    from pipeline.index.document import stories
    from pipeline.index.local import Local
    from schemas import EnrichedArticle

    sink = Local(Path(path))
    sink.open()
    try:
        yield lambda data: sink.write(
            stories([EnrichedArticle.model_validate_json(data)], datetime.now(UTC))
        )
    finally:
        sink.close()


def progress(lines: Iterator[Line], counts: Counter[str]) -> Iterator[Line]:
    """Yield *lines* and show on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield from lines
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting")
        for line in lines:
            yield line
            done = counts.total()
            bar.update(task, description=f"{done} records, {done - counts['written']} rejected")


def summary(counts: Counter[str], rejects: str) -> None:
    """Say on standard error how the lines ended."""
    bad = {reason: number for reason, number in sorted(counts.items()) if reason != "written"}
    told = f"{counts['written']} written, {sum(bad.values())} rejected"
    if bad:
        told += f" ({', '.join(f'{number} {reason}' for reason, number in bad.items())})"
        told += f": {rejects}" if rejects else "; --rejects PATH keeps them with their reasons"
    print(told, file=sys.stderr)
