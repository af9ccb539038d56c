"""Dead letters on real servers: given up by a real worker, replayed, resolved, thrown away."""

from __future__ import annotations

import json

import pytest

from pipeline.cli.main import main
from pipeline.stream.letters import letters, unresolved, with_records
from pipeline.stream.reading import messages
from schemas import Dropped, EnrichedArticle, RawArticle, document_version
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.topics import DEAD, DROPPED, ENRICHED, MAX_RECORD_BYTES, RAW
from tests.live.articles import NOON
from tests.live.stack import Stack, produce, wait_for
from tests.live.sweep import sweep

pytestmark = pytest.mark.timeout(300)
WHY = Reason("clean", "stage_error", "KeyError", "a bug")


@pytest.fixture(scope="module")
def stack(kafka, elasticsearch, tmp_path_factory):
    """Give a stack on swept servers; every test has letters of its own source."""
    sweep(kafka, elasticsearch)
    made = Stack(kafka, elasticsearch, tmp_path_factory.mktemp("letters"))
    yield made
    made.close()
    sweep(kafka, elasticsearch)


@pytest.fixture(autouse=True)
def _here(stack, tmp_path, monkeypatch):
    """Let the commands of this process reach the servers of the stack."""
    for name, value in stack.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)


def give_up(stack, raw, **changes):
    """Write a dead letter of *raw*; return its name."""
    known = {"topic": RAW.name, "partition": 0, "offset": 0, "key": raw.id.encode()}
    origin = Origin(**{**known, "value": raw.to_bytes(), "attempts": 0, **changes})
    value, headers = letter_of(origin, WHY, "0.0.1", NOON)
    produce(stack, [(origin.name(), value)], DEAD.name, headers.items())
    return origin.name()


def raw(id_, source, body="Rain.", at=NOON):
    """Return a raw article."""
    return RawArticle(id=id_, source=source, content_type="text/plain", body=body, fetched_at=at)


def shown(capsys, *args):
    """Run a command that prints JSON; return what it printed."""
    capsys.readouterr()
    main([*args, "--json"])
    return json.loads(capsys.readouterr().out)


def receipts(stack, source):
    """Return the notes about *source*."""
    found = (Dropped.from_bytes(one.value) for one in messages(stack.settings, DROPPED))
    return [one for one in found if one.source == source]


def test_two_versions_of_an_article_are_two_letters(stack, capsys):
    """Resolving the one leaves the other, each with its own record, and a receipt tells of it."""
    older = give_up(stack, raw("twice", "versions", "Rain."))
    newer = give_up(stack, raw("twice", "versions", "Sun.", NOON.replace(day=2)))
    rows = shown(capsys, "dead", "list", "--source", "versions")
    assert {row["name"] for row in rows} == {older, newer}
    assert main(["dead", "resolve", older, "--why", "replaced", "--yes"]) == 0
    (left,) = shown(capsys, "dead", "show", "twice")
    assert (left["name"], json.loads(left["record"])["body"]) == (newer, "Sun.")
    (receipt,) = receipts(stack, "versions")
    assert (receipt.id, receipt.reason, receipt.letter) == ("twice", "resolved", older)
    assert receipt.message == "replaced (given up by clean: stage_error)"
    assert receipt.version == document_version(NOON)


def test_purge_takes_what_is_chosen_and_leaves_the_rest(stack, capsys):
    """A receipt for each; letters of another source stay."""
    names = [give_up(stack, raw(f"many {number}", "many")) for number in range(8)]
    give_up(stack, raw("other", "few"))
    assert main(["dead", "purge", "--source", "many", "--until", "2026-12-01", "--yes"]) == 0
    assert shown(capsys, "dead", "list", "--source", "many") == []
    assert [row["id"] for row in shown(capsys, "dead", "list", "--source", "few")] == ["other"]
    found = receipts(stack, "many")
    assert sorted(one.letter for one in found) == sorted(names)
    assert {one.reason for one in found} == {"purged"}


def test_a_record_too_large_for_its_letter_is_replayed_from_its_place(stack, capsys):
    """The whole is read where it came from; what is there no more, or is another, is not sent."""
    value = raw("large", "large", "rain " * (MAX_RECORD_BYTES // 5 + 1)).to_bytes()
    assert len(value) > MAX_RECORD_BYTES
    produce(stack, [("large", value)])
    (place,) = [one for one in messages(stack.settings, RAW) if one.key == b"large"]
    at = {"partition": place.partition, "offset": place.offset, "value": value}
    name = give_up(stack, raw("large", "large"), **at)
    give_up(stack, raw("gone", "large"), **{**at, "offset": 10**9, "value": value + b" "})
    told = {row["id"]: row for row in shown(capsys, "dead", "replay", "--source", "large")}
    assert (told["large"]["sent_to"], told["gone"]["sent_to"]) == ("articles.raw.backfill", "")
    assert "any more" in told["gone"]["problem"]
    (letter,) = [one for one in letters(stack.settings) if one.name == name]
    assert letter.truncated
    assert [one.record for one in with_records(stack.settings, [letter])] == [value]


def test_what_real_workers_give_up(stack, capsys):
    """A replay that fails again keeps the first error; a refusal is told in the server's words."""
    bad = raw("again", "again", "")
    give_up(stack, bad)
    assert main(["dead", "replay", "again", "--lane", "live"]) == 0
    article = EnrichedArticle(
        id="refused", source="refused", text="Rain.", fetched_at=NOON, revision=2**40
    )
    produce(stack, [(article.id, article.to_bytes())], ENRICHED.name)
    stack.start("clean")
    stack.start("index")
    wait_for(lambda: tried(stack) == {"again": 2, "refused": 1}, 120, lambda: tried(stack))
    assert stack.stop() == {"clean": 0, "index": 0}

    (told,) = shown(capsys, "dead", "show", "again")
    assert (told["reason"], told["stage"], told["source"]) == ("no_text", "clean", "again")
    assert (told["first_reason"], told["first_message"]) == ("stage_error", "a bug")
    assert (told["first_code_version"], told["first_at"]) == ("0.0.1", "2026-11-01T12:00:00Z")
    assert json.loads(told["record"]) == json.loads(bad.to_bytes())

    (told,) = shown(capsys, "dead", "list", "--reason", "refused")
    assert (told["source"], told["stage"]) == ("refused", "index")
    assert "document_parsing_exception" in told["message"]
    assert "revision" in told["message"]


def tried(stack):
    """Return how often what the workers were given was tried, by id."""
    found = unresolved(stack.settings)
    return {name: found[name].attempts for name in ("again", "refused") if name in found}
