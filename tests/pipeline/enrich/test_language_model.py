"""language_model: the right pipeline reads each language, and a wrong setting is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from pipeline.assets import asset
from pipeline.enrich import spacy_pipelines
from pipeline.enrich.language_model import LanguageModels, load
from pipeline.enrich.spacy_pipelines import prepared
from schemas import ConfigError

PICKLES = {b"\x80" + bytes([protocol]) for protocol in range(2, 6)}
"""How a pickle of each protocol begins."""


def test_english_is_read_by_the_shipped_model(models: LanguageModels) -> None:
    """Any English, in whatever country it is written, is read by the model that ships."""
    for tag in ("en", "en-GB", "EN_us"):
        with models.read("", "Ada Moor won.", tag) as reading:
            assert (reading.by, reading.note) == ("news_open_sm 0.2.0", "")


@pytest.mark.parametrize("tag", ["de", "fr-CA", "zh", "ja", "qaa", "../en"])
def test_another_language_gets_sentences_and_a_note(models: LanguageModels, tag: str) -> None:
    """Where no model knows the language a rule finds sentences, and the reading says so."""
    with models.read("", "Eins\u3002 Zwei. Drei.", tag) as reading:
        assert reading.note == f"no model for {tag!r}: sentences only"
        assert len([found for part in reading.parts for found in part.doc.sents]) > 1


def test_unknown_language_is_told(models: LanguageModels) -> None:
    """A text whose language nobody knows is not taken for English."""
    with models.read("", "Ada Moor won.", None) as reading:
        assert reading.note == "language not known: sentences only"


def test_reading_leaves_nothing_behind(models: LanguageModels) -> None:
    """The words of an article are forgotten with it, so that memory stays flat."""
    vocab = models.full["en"].vocab
    with models.read("", "Zyxwv won.", "en"):
        assert "Zyxwv" in vocab.strings
        assert "Zyxwv" in vocab
    assert "Zyxwv" not in vocab.strings
    assert "Zyxwv" not in vocab


def test_a_missing_model_is_told_with_what_to_do() -> None:
    """A model that is not installed starts nothing, and the message says how to get it."""
    with pytest.raises(ConfigError) as caught:
        load(model="en_no_such_model")
    assert "python -m spacy download en_no_such_model" in str(caught.value)


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    """A path that holds no pipeline starts nothing."""
    with pytest.raises(ConfigError, match="cannot be loaded"):
        load(model=str(tmp_path))


def test_a_model_without_entities_is_told(tmp_path: Path) -> None:
    """A pipeline that finds no entities cannot take the place of one that does."""
    spacy.blank("en").to_disk(tmp_path / "bare")
    with pytest.raises(ConfigError, match="finds no entities"):
        load(model=str(tmp_path / "bare"))


def test_a_model_of_another_language_joins_the_shipped_one(tmp_path: Path) -> None:
    """A German model reads German, and English is still read by the one that ships."""
    german = spacy.blank("de")
    german.add_pipe("ner").add_label("PER")
    german.initialize()
    german.meta["name"], german.meta["version"] = "probe", "2.0"
    german.to_disk(tmp_path / "german")
    both = load("fast", str(tmp_path / "german"))
    assert sorted(both.full) == ["de", "en"]
    with both.read("", "Das ist gut.", "de-AT") as reading:
        assert (reading.by, reading.note) == ("de_probe 2.0", "")


def test_an_installed_pipeline_reads_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to name it; the largest is taken, and what is none of spaCy's own is not."""
    french = spacy.blank("fr")
    french.add_pipe("ner").add_label("PER")
    french.initialize()
    there = ["fr_core_news_sm", "fr_core_news_md", "fr_core_news_trf", "fr_mine_lg"]
    monkeypatch.setattr(spacy_pipelines, "get_installed_models", lambda: there)
    asked: list[str] = []
    monkeypatch.setattr(
        spacy_pipelines.spacy, "load", lambda name, **_: asked.append(name) or french
    )
    models = LanguageModels({}, "fast")
    for _ in range(2):
        with models.read("", "Il pleut.", "fr-CA") as reading:
            assert (reading.note, reading.by.split()[0]) == ("", "spacy.fr")
    with models.read("", "Es regnet.", "de") as reading:
        assert reading.note == "no model for 'de': sentences only"
    assert asked == ["fr_core_news_md"]


def test_fast_leaves_out_what_entities_do_not_need() -> None:
    """The fast setting keeps the entity finder and splits sentences by rule."""
    nlp = load("fast").full["en"]
    assert nlp.pipe_names == ["ner", "sentencizer"]


def test_the_shared_layer_stays_where_entities_listen_to_it() -> None:
    """A model whose entity finder uses the shared layer keeps it in the fast setting."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    listening = {
        "model": {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": "ner",
            "extra_state_tokens": False,
            "hidden_width": 64,
            "maxout_pieces": 2,
            "use_upper": True,
            "nO": None,
            "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96},
        }
    }
    nlp.add_pipe("ner", config=listening).add_label("ORG")
    nlp.initialize()
    assert prepared(nlp, "fast").pipe_names == ["tok2vec", "ner", "sentencizer"]


def test_the_shipped_model_holds_no_pickle() -> None:
    """The files of the model are numbers and tables: loading them runs no code."""
    heads = [path.read_bytes()[:2] for path in asset("models").rglob("*") if path.is_file()]
    assert len(heads) > 10
    assert PICKLES & set(heads) == set()
