import pytest

from pipeline import assets
from pipeline.assets import asset


@pytest.mark.parametrize(
    "name", ["models/news_open_sm", "seeds/articles", "seeds/gazetteer", "seeds/sources"]
)
def test_what_ships_is_there(name):
    """A checkout holds every asset under the name that the wheel uses."""
    assert asset(name).is_dir()


def test_the_wheels_own_come_first(monkeypatch, tmp_path):
    """An installed package reads what was installed with it, not what lies next to it."""
    package = tmp_path / "pipeline"
    for folder in (package / "_assets" / "seeds", tmp_path / "seeds", tmp_path / "models"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(assets, "PACKAGE", package)
    assert asset("seeds") == package / "_assets" / "seeds"
    assert asset("models") == tmp_path / "models"


def test_what_is_missing_is_said():
    """The message says what to do about a broken installation."""
    with pytest.raises(FileNotFoundError, match="models/other is not part of this installation"):
        asset("models/other")
