"""The stage in both settings: slow to load, so once for all tests."""

from __future__ import annotations

import pytest

from pipeline.assets import asset
from pipeline.enrich import enrich_stage, gazetteer
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import LanguageModels, load
from pipeline.stage import Stage


@pytest.fixture(scope="session")
def fast() -> Stage:
    """Return the stage that only finds entities, and sentences by rule."""
    return enrich_stage("fast")


@pytest.fixture(scope="session")
def accurate() -> Stage:
    """Return the stage that runs the whole language model."""
    return enrich_stage("accurate")


@pytest.fixture(scope="session")
def models() -> LanguageModels:
    """Return the loaded language models."""
    return load("fast")


@pytest.fixture(scope="session")
def known() -> Gazetteer:
    """Return the gazetteer that ships."""
    return gazetteer.load(asset("seeds/gazetteer"))
