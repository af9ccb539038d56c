import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.stage import check_order
from pipeline.stages import STAGES, Options, build, options_of
from schemas import ConfigError


def test_the_stages_fit_together():
    """Each stage takes what the one before it gives, and is called as in the table."""
    stages = build(("clean", "enrich"), Options(language="fast"))
    check_order(stages)
    assert STAGES[:2] == tuple(stage.name for stage in stages)


@pytest.mark.parametrize("name", ["index", "", "cleen"])
def test_only_what_works_on_records_is_built(name):
    """A name that is no stage on records is refused, with those that are."""
    with pytest.raises(ValueError, match="there are clean and enrich"):
        build((name,), Options())


def test_options_reach_their_stage():
    """The careful setting stands in what the stage says of itself in each record."""
    from schemas import RawArticle

    raw = RawArticle(id="1", source="s", content_type="text/plain", body="Rain fell in Lima.")
    (stage,) = build(("clean",), Options(cleaning="careful"))
    assert "careful" in stage.run(raw).models["rules"]


def test_a_process_that_cleans_never_loads_a_language_model():
    """SpaCy costs seconds and memory, so only the stage that needs it imports it."""
    look = (
        "import sys; from pipeline.stages import Options, build; build(('clean',), Options()); "
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_what_is_known_of_sources_reaches_the_clean_stage(tmp_path):
    """Lines that a source's file removes, or that it repeats, are cut; the record names both."""
    from pipeline.clean.memory import Repeated, Snapshot, SourceMemory, hash_of
    from schemas import RawArticle

    story = "Rain fell in Lima on Monday, for the first time in more than a year."
    (tmp_path / "s.yaml").write_text(
        "sources:\n  - {id: s, type: files, path: x, remove: ['Gazette Plus*']}\n"
    )
    known = {hash_of("s", "Gazette Extra"): Repeated(articles=9)}
    snapshot = Snapshot(number=1, learned_at="2026-11-01T00:00:00Z",
                        sources={"s": SourceMemory(articles=10, lines=known)})  # fmt: skip
    (tmp_path / "memory.json").write_bytes(snapshot.numbered(7))
    options = Options(sources=str(tmp_path / "s.yaml"), memory=str(tmp_path / "memory.json"))
    (stage,) = build(("clean",), options)
    body = f"{story}\nGazette Plus: cod\nGazette Extra"
    made = stage.run(RawArticle(id="1", source="s", content_type="text/plain", body=body))

    assert made.text == story
    assert [cut.why for cut in made.removed] == ["remove: Gazette Plus*", "in 9 of 10 articles"]
    assert (made.models["memory"], len(made.models["source_rules"])) == ("000007", 12)


def settings(folder: Path, **changes: object) -> Settings:
    """Return settings whose files lie in *folder*."""
    return Settings(_env_file=None, state_dir=folder, sources_dir=folder / "sources", **changes)


def test_what_is_there_is_given(tmp_path: Path) -> None:
    """Source files where there are any, and the snapshot, by its file: it stays the same one."""
    assert options_of(settings(tmp_path)).sources == ""
    (tmp_path / "sources").mkdir()
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "000003.json").write_text("{}")
    options = options_of(settings(tmp_path, memory="latest"))
    assert options.sources == str(tmp_path / "sources")
    assert options.memory == str(tmp_path / "memory" / "000003.json")


def test_a_snapshot_that_is_named_must_be_there(tmp_path: Path) -> None:
    """A snapshot that is named and not there is a fault of the settings; not where none is used."""
    with pytest.raises(ConfigError, match="000012"):
        options_of(settings(tmp_path, memory="12"))
    assert options_of(settings(tmp_path, memory="12"), of_sources=False).memory == ""
