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
