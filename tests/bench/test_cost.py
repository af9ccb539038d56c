"""What reading costs, in a process of its own."""

from __future__ import annotations

from bench.cost import REST, cost
from bench.labelled_texts import Text
from bench.readers import Reader
from pipeline.enrich import ENRICHERS

from .labelled import NAMES


def test_each_part_has_a_clock() -> None:
    """Tokenizer, components and enrichers are told in the order they run, then all together."""
    found = cost(Reader("newsmill fast", "fast"), [Text("1", f"{NAMES}\n\n" * 20, ())])
    parts = list(found.parts)
    assert found.words == 13 * 20
    assert parts[0] == "tokenizer"
    assert {"ner", "mentions"} <= set(parts) <= {
        "tokenizer", "ner", "tok2vec", "sentencizer", REST, *(one.name for one in ENRICHERS),
    }  # fmt: skip
    assert found.words_per_cpu_sec > 0
    assert found.peak_mib > 50
    assert found.load_secs > 0
