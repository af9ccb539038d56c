"""``newsmill bench``: measure this machine; runs in a checkout, where bench/ lies."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
ROOT = Path(__file__).parents[2]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Count = Annotated[int, typer.Option(min=100, help="How many articles.")]
Words = Annotated[int, typer.Option(min=20, help="Words in each.")]


@app.callback()
def bench() -> None:
    """Measure this machine."""


@app.command()
def flow(count: Count = 2000, words: Words = 400, json: AsJson = False) -> None:
    """Measure the stream on real servers beside the plain run: rate, ratio, freshness."""
    module = benchmark("flow")
    tell(module, module.measure(count, words), json)


@app.command()
def audit(count: Count = 1_000_000, json: AsJson = False) -> None:
    """Measure the audit of many records on real servers: time, and peak of memory."""
    module = benchmark("audit")
    tell(module, module.measure(count), json)


@app.command()
def clean(
    data: Annotated[Path, typer.Argument(help="Folder of labelled pages.")],
    quick: Annotated[int, typer.Option(min=0, help="Only so many pages of each task; 0: all.")] = 0,
    task: Annotated[
        list[str] | None,
        typer.Option(help="html, col, traf_recall, readability, col_other; may be given again."),
    ] = None,
    tool: Annotated[
        list[str] | None, typer.Option(help="Only this tool; may be given again.")
    ] = None,
    news: Annotated[bool, typer.Option("--news", help="News pages only.")] = False,
    json: AsJson = False,
) -> None:
    """Measure newsmill and other cleaners side by side: found, lost, left in, CPU time."""
    if not (data / "index.jsonl").is_file() and not (data / "index.jsonl.gz").is_file():
        raise typer.BadParameter(
            f"{data} holds no index.jsonl; docs/how-to/measure.md tells what lies in the folder"
        )
    module = benchmark("clean")
    known(task, ("html", *module.VARIANTS), "task")
    known(tool, [one.name for one in module.TOOLS], "tool")
    tell(module, module.measure(data, quick, task or (), tool or (), news=news), json)


@app.command()
def language(
    data: Annotated[list[Path], typer.Argument(help="Folders of labelled texts.")],
    quick: Annotated[int, typer.Option(min=0, help="Only so many texts of each set; 0: all.")] = 0,
    task: Annotated[
        list[str] | None,
        typer.Option(help="entities, parser, quotes, dates, speed; may be given again."),
    ] = None,
    tool: Annotated[
        list[str] | None, typer.Option(help="Only this reader; may be given again.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Measure what newsmill and other models find in texts, how fast, and in what memory."""
    module = benchmark("language")
    if not module.Texts.at(data, quick=1):
        raise typer.BadParameter(
            f"no labelled texts in {', '.join(map(str, data))}; "
            "docs/how-to/measure.md tells what lies in the folders"
        )
    known(task, module.TASKS, "task")
    known(tool, [one.name for one in module.all_readers()], "tool")
    tell(module, module.measure(data, quick, task or (), tool or ()), json)


def known(names: Sequence[str] | None, there: Sequence[str], what: str) -> None:
    """Raise BadParameter for a name that is not *there*."""
    for name in names or ():
        if name not in there:
            raise typer.BadParameter(f"no {what} {name!r}; there are: {', '.join(there)}")


@app.command()
def memory(
    count: Count = 20_000,
    words: Words = 90,
    language: Annotated[
        Literal["accurate", "fast"], typer.Option(help="How to annotate.")
    ] = "fast",
    json: AsJson = False,
) -> None:
    """Measure the memory of a pool process over many articles."""
    module = benchmark("memory")
    tell(module, module.measure(count, words, language), json)


@app.command()
def soak(
    count: Count = 20_000,
    words: Words = 400,
    language: Annotated[
        Literal["accurate", "fast"], typer.Option(help="How to annotate.")
    ] = "accurate",
    json: AsJson = False,
) -> None:
    """Measure the memory of each service while many articles go through the stream."""
    module = benchmark("soak")
    tell(module, module.measure(count, words, language), json)


@app.command()
def hostile(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Folder of files built to harm.")
    ],
    language: Annotated[
        Literal["accurate", "fast"], typer.Option(help="How to annotate.")
    ] = "accurate",
    way: Annotated[
        list[str] | None, typer.Option(help="Only this way in; may be given again.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Send hostile files by every way in to a document or a dead letter; exit 1 on a violation."""
    module = benchmark("hostile")
    known(way, module.WAYS, "way")
    report = module.measure(folder, language, way or ())
    tell(module, report, json)
    if report.violations:
        raise typer.Exit(1)


def benchmark(name: str) -> Any:
    """Return the module of a benchmark; an installed wheel has none."""
    if not (ROOT / "bench" / f"{name}.py").exists():
        raise typer.BadParameter("the benchmarks lie in bench/ of a checkout; run it there")
    sys.path.insert(0, str(ROOT))
    return import_module(f"bench.{name}")


def tell(module: Any, found: Any, json: bool) -> None:
    """Print what was found."""
    from pipeline.cli.show import as_json

    if json:
        as_json(module.as_dict(found))
    else:
        print(module.told(found))
