import pytest

from pipeline.samples import folders, sample, samples
from schemas import article_id

SAMPLES = samples()


def test_there_is_a_sample_for_each_folder():
    """They come in the order of their folders, and no two are the same article."""
    assert [sample(folder) for folder in folders()] == SAMPLES
    assert len({raw.id for raw in SAMPLES}) == len(SAMPLES) == len(folders())


@pytest.mark.parametrize("raw", SAMPLES, ids=[folder.name for folder in folders()])
def test_a_sample_is_a_whole_raw_article(raw):
    """It has a body and the id of its address, on a domain that nobody can own."""
    assert raw.body
    assert raw.id == article_id(raw.source, raw.url)
    assert raw.url.split("/")[2].endswith((".test", ".example"))


def test_they_cover_pages_and_texts_in_several_languages():
    """What the demo shows is more than one kind of thing."""
    kinds = {raw.content_type.split(";")[0] for raw in SAMPLES}
    assert kinds == {"text/html", "text/plain"}
