"""cues: verbs of speech and thought in all their forms."""

from __future__ import annotations

import pytest

from pipeline.enrich.quotes.cues import IRREGULAR, NEVER_RETOLD, SPEECH, speech, verbs


@pytest.mark.parametrize(
    ("form", "verb"),
    [("said", "say"), ("wrote", "write"), ("quipped", "quip"), ("replies", "reply"),
     ("stresses", "stress"), ("argued", "argue"), ("conveyed", None)],
)  # fmt: skip
def test_a_form_leads_to_its_verb(form: str, verb: str | None) -> None:
    """Regular or not, a form is known by its lemma."""
    assert speech().get(form) == verb


def test_some_verbs_bring_words_in_marks_only() -> None:
    """What has other work without marks brings nothing retold."""
    assert NEVER_RETOLD <= SPEECH
    assert NEVER_RETOLD.isdisjoint(verbs().values())


def test_every_irregular_verb_is_a_cue() -> None:
    """The table has no forms of verbs that nobody asks for."""
    assert set(IRREGULAR) <= set(speech().values()) | set(verbs().values())
