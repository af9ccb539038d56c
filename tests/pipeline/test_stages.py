import subprocess
import sys

import pytest

from pipeline.stage import check_order
from pipeline.stages import STAGES, Options, build


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
