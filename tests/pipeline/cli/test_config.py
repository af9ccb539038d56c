"""config show: every setting, no secret."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.settings import PREFIX, Settings

SECRETS = ("KAFKA_PASSWORD", "ELASTICSEARCH_PASSWORD", "ELASTICSEARCH_API_KEY")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_secret_is_never_printed(
    newsmill: Any, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """Each secret is stars, however it is asked for."""
    for name in SECRETS:
        monkeypatch.setenv(PREFIX + name, f"hunter2-{name}")
    done = newsmill("config", "show", *options)
    assert done.code == 0
    assert "hunter2" not in done.out + done.err
    assert done.out.count("********") == len(SECRETS)


def test_every_setting_is_there_with_its_value(
    newsmill: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names are the variables, the values those in force."""
    monkeypatch.setenv("NEWSMILL_CONTACT", "desk@gazette.test")
    shown = json.loads(newsmill("config", "show", "--json").out)
    assert set(shown) == {PREFIX + name.upper() for name in Settings.model_fields}
    assert shown["NEWSMILL_CONTACT"] == "desk@gazette.test"
    assert shown["NEWSMILL_KAFKA_PASSWORD"] == ""


def test_the_table_says_what_each_is_for(newsmill: Any) -> None:
    """A person reads what a variable does without another page."""
    assert "Folder of the source files." in newsmill("config", "show").out
