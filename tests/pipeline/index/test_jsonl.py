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


def test_writes_one_object_a_line_with_its_version(sink):
    """Another program can read each line by itself."""
    sink.write([doc(1, 7), doc(2, 8)])
    lines = [json.loads(line) for line in sink.path.read_text().splitlines()]
    assert [(line["_id"], line["_version"]) for line in lines] == [("id1", 7), ("id2", 8)]
