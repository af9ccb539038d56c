from __future__ import annotations

import spacy

from pipeline.enrich.spacy_pipelines import prepared

TEXT = "The well, it's US$4 a.m. said Mr. Moor, cannot and won't. Was its id. Im or Id, on Sat."


def test_what_was_shown_is_split_as_before() -> None:
    """Speed is all that it changes; also inside a memory zone."""
    plain, knowing = spacy.blank("en"), prepared(spacy.blank("en"), "fast")
    with knowing.memory_zone():
        assert [word.text for word in knowing(TEXT)] == [word.text for word in plain(TEXT)]
