"""Records between two versions of newsmill: yesterday's by today's code, today's by yesterday's.

``generation-1`` holds what the version before wrote: records of each topic, made by its own code,
and the JSON Schemas that it read by.  While workers are replaced one by one, both are in Kafka.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.cli.schema import schemas
from pipeline.index.document import document
from pipeline.samples import samples
from pipeline.stage import Done, run_through
from pipeline.stages import Options, build
from schemas import GENERATION, CleanArticle, Dropped, EnrichedArticle, RawArticle
from schemas.record import Record

HERE = Path(__file__).parent / "generation-1"
BEFORE = {path.name: json.loads(path.read_text("utf-8")) for path in HERE.glob("schemas/*.json")}
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
FAST = Options(language="fast")
RECORDS: dict[str, type[Record]] = {
    "raw": RawArticle, "clean": CleanArticle, "enriched": EnrichedArticle,
}  # fmt: skip
NEXT = {"raw": ("clean", "enrich"), "clean": ("enrich",)}


def held(name: str) -> list[bytes]:
    """Return the records that the version before wrote to a topic."""
    return (HERE / f"{name}.jsonl").read_bytes().splitlines()


def through(name: str) -> list[EnrichedArticle]:
    """Return what today's stages make of the records that the version before wrote."""
    records = [RECORDS[name].from_bytes(line) for line in held(name)]
    ended = run_through(build(NEXT[name], FAST), records)
    return [EnrichedArticle.model_validate(one.record) for one in ended if isinstance(one, Done)]


@pytest.mark.parametrize("name", RECORDS)
def test_todays_code_reads_every_record_of_the_version_before(name: str) -> None:
    """Nothing of what it wrote is lost on the way through today's record."""
    for line in held(name):
        record = RECORDS[name].from_bytes(line)
        again = json.loads(record.to_bytes())
        missing = [key for key, value in json.loads(line).items() if again.get(key) != value]
        assert missing == []


@pytest.mark.parametrize("name", NEXT)
def test_todays_stages_work_on_records_of_the_version_before(name: str) -> None:
    """What it left in a topic goes on, with the text that it had."""
    before = [EnrichedArticle.from_bytes(line) for line in held("enriched")]
    made = through(name)
    assert [one.id for one in made] == [one.id for one in before]
    assert all(one.text and one.sentences for one in made)


def test_a_document_of_the_new_generation_replaces_that_of_the_old() -> None:
    """The same fetch has a higher version, whoever of the two workers writes first."""
    old = [document(EnrichedArticle.from_bytes(line), NOON) for line in held("enriched")]
    new = [document(article, NOON) for article in through("raw")]
    assert [one.id for one in old] == [one.id for one in new]
    assert [b.version - a.version for a, b in zip(old, new, strict=True)] == [GENERATION - 1] * len(
        old
    )


def test_an_older_generation_keeps_its_number_on_the_way() -> None:
    """What the old clean made and the new enrich annotated is no document of the new generation."""
    assert {one.generation for one in through("clean")} == {1}


def todays() -> Iterator[Record]:
    """Yield records of each kind as today's code writes them."""
    yield from samples()
    for done in run_through(build(("clean",), FAST), samples()):
        if isinstance(done, Done):
            yield CleanArticle.model_validate(done.record)
    yield from through("raw")
    yield Dropped(id="1", stage="index", reason="duplicate", at=NOON, version=1)


def test_the_version_before_reads_what_todays_code_writes() -> None:
    """By its own schema; a field that it does not know is passed over."""
    seen = set()
    for record in todays():
        name = f"{type(record).__name__}.schema.json"
        Draft202012Validator(BEFORE[name]).validate(json.loads(record.to_bytes()))
        seen.add(name)
    assert seen == BEFORE.keys()


@pytest.mark.parametrize("name", sorted(BEFORE))
def test_records_evolve_by_the_four_rules(name: str) -> None:
    """No field is gone or of another type, and none that is new is demanded."""
    now = schemas()[name.partition(".")[0]]
    assert list(broken(BEFORE[name], now, BEFORE[name], now)) == []


def test_the_rules_are_seen_to_bite() -> None:
    """A field that goes, changes its type, narrows its values or is demanded is told."""
    before = {"properties": {"a": {"type": "string"}, "b": {"enum": ["x", "y"]}, "c": {}}}
    now = {
        "properties": {"a": {"type": "integer"}, "b": {"enum": ["x"]}, "d": {}},
        "required": ["d"],
    }
    assert set(broken(before, now, before, now)) == {
        "a: string became integer", "b: y is no value any more", "c: is gone",
        "d: is demanded and was not",
    }  # fmt: skip


def broken(
    old: dict[str, Any], new: dict[str, Any], olds: dict[str, Any], news: dict[str, Any],
    place: str = "",
) -> Iterator[str]:  # fmt: skip
    """Yield each rule of evolution that *new* breaks; *olds* and *news* hold the definitions."""
    old, new = resolved(old, olds), resolved(new, news)
    for kind in ("type", "format", "contentEncoding"):
        if old.get(kind) != new.get(kind):
            yield f"{place}: {old.get(kind)} became {new.get(kind)}"
    for value in set(old.get("enum", ())) - set(new.get("enum", ())):
        yield f"{place}: {value} is no value any more"
    for name in set(new.get("required", ())) - set(old.get("required", ())):
        yield f"{within(place, name)}: is demanded and was not"
    for name, field in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            yield f"{within(place, name)}: is gone"
        else:
            yield from broken(field, new["properties"][name], olds, news, within(place, name))
    if "items" in old:
        yield from broken(old["items"], new.get("items", {}), olds, news, f"{place}[]")
    for number, one in enumerate(old.get("anyOf", ())):
        others = new.get("anyOf", ())
        if number >= len(others):
            yield f"{place}: can be {one} no more"
        else:
            yield from broken(one, others[number], olds, news, place)


def resolved(part: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """Return *part*, or what it refers to."""
    name = part.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = whole["$defs"][name] if name else part
    return found


def within(place: str, name: str) -> str:
    """Return the dotted name of a field."""
    return f"{place}.{name}" if place else name
