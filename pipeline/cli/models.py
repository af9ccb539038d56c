"""``newsmill models``: what articles can be read with here, and what they are read with."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
VARIABLE = "NEWSMILL_MODEL"
ENGLISH = "Angela Merkel met Emmanuel Macron in Paris on Monday."
TEXTS = {
    "en": ENGLISH,
    "de": "Angela Merkel traf Emmanuel Macron am Montag in Paris.",
    "fr": "Angela Merkel a rencontré Emmanuel Macron lundi à Paris.",
    "es": "Angela Merkel se reunió con Emmanuel Macron el lunes en París.",
}
"""What a model must find a person in, by language."""


@app.callback()
def models() -> None:
    """Look at the language models, and choose one."""


@app.command("list")
def list_(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Print the language models that are installed, and which the settings use."""
    from dataclasses import asdict

    from pipeline.cli.show import as_json, table
    from pipeline.cli.shown.installed import models
    from pipeline.settings import load_settings

    found = models(load_settings())
    if json:
        as_json([asdict(one) for one in found])
        return
    columns = ("model", "", "finds", "size", "licence", "in use for")
    rows = [
        (f"{Path(one.name).name} {one.version}", one.language, " ".join(one.finds),
         megabytes(one.bytes), one.licence, one.in_use)
        for one in found
    ]  # fmt: skip
    table("", columns, rows)
    print("Choose another: newsmill models use NAME")


@app.command()
def use(
    name: Annotated[
        str,
        typer.Argument(help="An installed spaCy pipeline, the path of one, or `shipped` for ours."),
    ],
) -> int:
    """Write the choice to .env, once the model has found a person in a sentence."""
    from pipeline.settings import load_settings

    model = "" if name == "shipped" else whole_path(name)
    if told := fault(model, load_settings().language):
        print(f"newsmill models: {told}; nothing was written", file=sys.stderr)
        return 1
    write(Path(".env"), model)
    print(f"written to .env: {VARIABLE}={model}")
    print("Restart what reads articles: `newsmill stream enrich`. What was indexed stays as it is.")
    if model:
        print(f"`newsmill run` reads no .env: give it --model {model}")
        print("A container reads with what its image holds: .env alone changes nothing there.")
    if VARIABLE in os.environ:
        print(f"{VARIABLE} is set in the environment, and that wins: unset it", file=sys.stderr)
    return 0


def whole_path(name: str) -> str:
    """Return *name*; of a folder the whole path, for workers start elsewhere."""
    return str(Path(name).resolve()) if Path(name).is_dir() else name


def fault(model: str, language: Literal["accurate", "fast"]) -> str:
    """Return what is wrong with *model* though it loads; empty where nothing is.

    Raises:
        ConfigError: it is not there, or cannot be loaded.

    """
    from pipeline.assets import asset
    from pipeline.enrich import enrich, gazetteer
    from pipeline.enrich.language_model import load
    from schemas import CleanArticle

    loaded = load(language, model)
    code = next(iter(loaded.full))  # the model that was named comes first
    text = TEXTS.get(code, ENGLISH)
    article = CleanArticle(id="models", text=text, language=code)
    found = enrich(article, loaded, gazetteer.load(asset("seeds/gazetteer")))
    if any(entity.label == "PERSON" for entity in found.entities):
        return ""
    return f"{model or 'the shipped model'} loads, but finds no person in {text!r}"


def write(path: Path, model: str) -> None:
    """Write the choice to the settings file *path*, readable as before, else by its owner alone."""
    text = path.read_text("utf-8") if path.exists() else ""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600, exist_ok=False)
    new.write_text(with_setting(text, VARIABLE, model), encoding="utf-8")
    new.chmod(mode)
    new.replace(path)


def with_setting(text: str, name: str, value: str) -> str:
    r"""Return the text of a settings file with *name* set, every other line as it was.

    >>> with_setting("A=1\n# B\nB=2\nC=3\n", "B", "x")
    'A=1\n# B\nB=x\nC=3\n'
    >>> with_setting("A=1", "B", "x")
    'A=1\nB=x\n'
    """
    line = re.compile(rf"^[^\S\n]*(?:export[^\S\n]+)?{re.escape(name)}[^\S\n]*=.*$", re.MULTILINE)
    if line.search(text):
        return line.sub(lambda _found: f"{name}={value}", text)
    gap = "\n" if text and not text.endswith("\n") else ""
    return f"{text}{gap}{name}={value}\n"


def megabytes(size: int) -> str:
    """Return a size for people.

    >>> megabytes(26_300_000)
    '26.3 MB'
    """
    return f"{size / 1e6:.1f} MB"
