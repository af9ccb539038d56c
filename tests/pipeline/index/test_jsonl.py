import json

import pytest

from pipeline.index.jsonl import JsonLines
from tests.contracts.sink_contract import SinkContract, doc


@pytest.fixture
def sink(tmp_path):
    made = JsonLines(tmp_path / "new folder" / "out.jsonl")
    made.open()
    yield made
    made.close()


class TestJsonLines(SinkContract):
    """JSON Lines keep the contract, but only append."""

    overwrites = False

    def quotes(self, sink, article):
        """Return the texts of those that have the version of the last line of their article."""
        last = {line["_id"]: line["_version"] for line in lines(sink.path)}
        return list({
            line["_id"]: line["text"]
            for line in lines(sink.path_of("quotes"))
            if line["article_id"] == article and line["_version"] == last[article]
        }.values())  # fmt: skip


def lines(path):
    """Return the objects in a file, none where there is no file."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_writes_one_object_a_line_with_its_version(sink):
    """Another program can read each line by itself."""
    sink.write([doc(1, 7), doc(2, 8)])
    assert [(line["_id"], line["_version"]) for line in lines(sink.path)] == [
        ("id1", 7),
        ("id2", 8),
    ]
