from datetime import UTC, datetime

import pytest

from pipeline.index.document import document, stories
from pipeline.index.templates import mapped_fields
from pipeline.stage import Drop
from schemas import EnrichedArticle, Entity, Place, RemovedLine

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
FULL = EnrichedArticle(
    id="1", url="https://www.news.co.uk/a", source="news", source_name="The News",
    source_country="GBR", connector="rss", headline="Rain", text="Rain fell in Lima.",
    summary="s", authors=("Ann Lee",), dateline="LIMA", captions=("A cloud",),
    published_at=NOON, published_precision="minute", published_from="meta", modified_at=NOON,
    fetched_at=NOON, language="en", sections=("World",), keywords=("rain",), credit="AP",
    canonical_url="https://www.news.co.uk/b", image_url="https://www.news.co.uk/i.jpg",
    paywalled=False, article_kind="live-blog", origins={"headline": "json-ld"},
    models={"rules": "1"}, pipeline_version="1", generation=1,
    removed=(RemovedLine(text="Advert", kind="advert", by="advert", start=0, end=6, at=0, line=0),),
    entities=(Entity(text="Lima", label="GPE", start=13, end=17, name="Lima", country="PER"),),
    sentences=((0, 18),), people=("Ann",), organisations=("UN",), places=("Lima",),
    countries=("PER",), notes=("n",),
    locations=(Place(name="Lima", country="PER", lat=-12, lon=-77),),
)  # fmt: skip


def leaves(body, prefix=""):
    """Return the dotted names of every field of *body* that the mapping must know."""
    for name, value in body.items():
        yield prefix + name
        if isinstance(value, dict) and name not in {"annotations", "models", "origins", "location"}:
            yield from leaves(value, f"{prefix}{name}.")


def test_every_field_is_mapped():
    """No field of a full document is unknown to the index template."""
    assert set(leaves(document(FULL, NOON).body)) - mapped_fields() == set()


def test_every_mapped_field_is_filled():
    """No field of the template is empty in a document that knows everything, but the alias."""
    assert mapped_fields() - set(leaves(document(FULL, NOON).body)) == {"title"}


def test_what_is_not_known_is_missing():
    """Missing is not empty: a bare article has no empty fields."""
    body = document(EnrichedArticle(id="1", text="Rain."), NOON).body
    assert [name for name, value in body.items() if value in (None, "", [], {}, ())] == []
    assert "published_at" not in body


def test_address_in_the_fields_of_the_common_schema():
    """url.* says which page was asked for and which site it is of."""
    assert document(FULL, NOON).body["url"] == {
        "full": "https://www.news.co.uk/b",
        "original": "https://www.news.co.uk/a",
        "domain": "www.news.co.uk",
        "registered_domain": "news.co.uk",
    }


def test_the_time_of_a_document_without_a_date_is_its_fetch():
    """@timestamp falls back to the fetch, so that every record is on the time line."""
    bare = EnrichedArticle(id="1", text="Rain.", fetched_at=NOON)
    assert document(bare, NOON).body["@timestamp"] == NOON.isoformat()


@pytest.mark.parametrize("kind", ["paywall-stub", "consent-wall", "error-page", "empty"])
def test_what_is_no_story_is_no_document(kind):
    """A wall or an error page is left out on purpose; live blogs and lists are not."""
    wall = EnrichedArticle(id="1", text="Rain.", article_kind=kind)
    live = EnrichedArticle(id="2", text="Rain.", article_kind="live-blog")
    with pytest.raises(Drop) as caught:
        document(wall, NOON)

    assert caught.value.reason == "not_a_story"
    assert [item.id for item in stories([wall, live], NOON)] == ["2"]
