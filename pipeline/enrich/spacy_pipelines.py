"""Which spaCy pipeline reads which language, and how it is set up.

English is read by the pipeline that newsmill ships, or by one that the operator names.  In the
setting ``accurate`` an encoder finds its entities, in ``fast`` the pipeline's own network, and
nothing is parsed.  Another language is read by a spaCy pipeline for it, where one is installed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any, Literal

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.util import compile_infix_regex, get_installed_models

from pipeline.assets import asset
from pipeline.enrich import common_words
from pipeline.enrich.entity_encoder import ENCODER, WORDS, EntityEncoder
from pipeline.enrich.fed_parser import PARSER, FedParser
from schemas import ConfigError, Fault

Setting = Literal["accurate", "fast"]

SHIPPED = "models/news_open_sm"
"""The pipeline for `fast`; `accurate` has the encoder and the parser that is fed by it."""

BESIDE_ENTITIES = (
    "tagger", "morphologizer", "parser", "lemmatizer", "trainable_lemmatizer", "senter",
    "attribute_ruler",
)  # fmt: skip
"""What ``fast`` leaves out: a rule finds the ends of sentences, and nobody else waits for these."""

SIZES = ("lg", "md", "sm")
"""How spaCy calls its pipelines for the CPU, the best first."""
SPACY_CODES = {"no": "nb", "iw": "he", "in": "id"}
"""Codes that spaCy knows by another name."""
CODE = re.compile(r"[a-z]{2,3}")
UNKNOWN = "xx"
STOPS = "[\u3002\uff01\uff1f]"
"""Full stops that no space follows."""


def installed_for(code: str) -> str:
    """Return the name of the installed spaCy pipeline that reads *code*, or nothing."""
    return best_for(code, get_installed_models())


def best_for(code: str, names: Iterable[str]) -> str:
    """Return the best of *names* on a CPU that is one of spaCy's own for *code*, or nothing.

    >>> best_for("de", ["de_core_news_sm", "de_core_news_md", "de_dep_news_trf", "de_mine_lg"])
    'de_core_news_md'
    """
    found = [name for name in names if name.startswith(f"{code}_core_")]
    known = [name for name in found if name.rpartition("_")[2] in SIZES]
    return min(known, key=lambda name: (SIZES.index(name.rpartition("_")[2]), name), default="")


def shipped(setting: Setting) -> Language:
    """Load what newsmill ships for English."""
    if setting == "fast":
        return spacy.load(asset(SHIPPED))
    nlp = spacy.blank("en")
    nlp.add_pipe(ENCODER)
    nlp.add_pipe(PARSER, name="parser")
    nlp.meta.update(zip(("name", "version"), model_name(nlp, FedParser).split(" "), strict=True))
    return nlp


def configured(model: str) -> Language:
    """Load the pipeline that the operator named."""
    try:
        nlp = spacy.load(model)
    except (OSError, ImportError, ValueError) as error:
        raise ConfigError(Fault("model", unusable(model, error))) from error
    if "ner" not in nlp.pipe_names:
        told = f"{model!r} finds no entities (it has no 'ner'); choose a pipeline that does"
        raise ConfigError(Fault("model", told))
    return nlp


def unusable(model: str, error: Exception) -> str:
    """Return what is wrong with the *model* that was named, and what to do."""
    if "[E050]" not in str(error):
        return f"the spaCy pipeline {model!r} cannot be loaded: {error}"
    near = difflib.get_close_matches(model, get_installed_models(), n=1)
    hint = f"did you mean {near[0]!r}? Else install" if near else "install"
    return (
        f"no spaCy pipeline {model!r} here; {hint} it (python -m spacy download {model}), "
        "give the path of its folder, or leave this empty for the shipped one"
    )


def prepared(nlp: Language, setting: Setting) -> Language:
    """Make *nlp* ready: without what *setting* has no use for, with sentences and common words."""
    if setting == "fast":
        for name in BESIDE_ENTITIES:
            if name in nlp.component_names:
                nlp.remove_pipe(name)
        drop_idle_layer(nlp)
    if not {"parser", "senter"} & set(nlp.pipe_names):
        nlp.add_pipe("sentencizer")
    if nlp.lang == "en":
        common_words.show(nlp, asset(WORDS) / "vocabulary.txt")
    return nlp


def drop_idle_layer(nlp: Language) -> None:
    """Take out the shared layer unless the entity finder listens to it."""
    if "tok2vec" in nlp.pipe_names:
        layer = nlp.get_pipe("tok2vec")
        if "ner" not in getattr(layer, "listening_components", ()):
            nlp.remove_pipe("tok2vec")


def blank(code: str) -> Language:
    """Return a pipeline of rules for *code*, or for any language where spaCy has no words for it.

    >>> blank("de").lang, blank("qaa").lang
    ('de', 'xx')
    """
    try:
        nlp = spacy.blank(code)
    except ImportError:  # no such language, or it needs a word splitter that is not installed
        nlp = spacy.blank(UNKNOWN)
        infixes = compile_infix_regex([*(nlp.Defaults.infixes or ()), STOPS])
        tokenizer: Any = nlp.tokenizer  # spaCy gives it no type
        tokenizer.infix_finditer = infixes.finditer
    nlp.add_pipe("sentencizer")
    return nlp


def spacy_code(language: str | None) -> str:
    """Return the code of a BCP 47 tag as spaCy knows it.

    >>> [spacy_code(tag) for tag in ("en-GB", "pt_BR", "no", None, "../x")]
    ['en', 'pt', 'nb', 'xx', 'xx']
    """
    code = re.split(r"[-_]", (language or UNKNOWN).lower())[0]
    return SPACY_CODES.get(code, code) if CODE.fullmatch(code) else UNKNOWN


def model_name(nlp: Language, kind: type[EntityEncoder | FedParser]) -> str:
    """Return name and version of a model of ours in a pipeline; empty without one."""
    return next((part.model for _, part in nlp.pipeline if isinstance(part, kind)), "")


def name_of(nlp: Language) -> str:
    """Return name and version, as in ``news_open_sm 0.1.0``."""
    if not nlp.meta.get("name") or nlp.meta["name"] == "pipeline":
        return f"spacy.{nlp.lang} {spacy_version}"
    name, version = nlp.meta["name"], nlp.meta["version"]
    # spaCy puts the language before a package's name, and its own models leave it out of meta
    return f"{name if name.startswith('news_') else f'{nlp.lang}_{name}'} {version}"
