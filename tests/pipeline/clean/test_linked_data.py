"""linked_data: the objects of schema.org in all the shapes publishers give them."""

from __future__ import annotations

import pytest

from pipeline.clean.linked_data import Linked, linked


def test_objects_that_point_at_each_other() -> None:
    """In a graph, writer, publisher and picture are found where their ids lead."""
    graph = {
        "@graph": [
            {
                "@type": "NewsArticle",
                "author": {"@id": "#ana"},
                "publisher": {"@id": "#post"},
                "image": [{"@id": "#cod"}],
            },
            {"@type": "Person", "@id": "#ana", "name": "Ana Lind"},
            {"@type": "Organization", "@id": "#post", "name": "Harbour Post"},
            {"@type": "ImageObject", "@id": "#cod", "url": "/cod.jpg"},
        ]
    }
    told = linked([graph])

    assert told.writers == ("Ana Lind",)
    assert told.publishers == ("Harbour Post",)
    assert told.images == ("/cod.jpg",)
    assert told.types == ("NewsArticle", "Person", "Organization", "ImageObject")


def test_an_organisation_is_no_writer() -> None:
    """An organisation that is named as author supplied the story."""
    authors = [{"@type": "Organization", "name": "AFP"}, {"@type": "Person", "name": "Ana Lind"}]
    told = linked([{"@type": ["NewsArticle"], "author": authors}])

    assert (told.writers, told.suppliers) == (("Ana Lind",), ("AFP",))


def test_breadcrumbs() -> None:
    """The way to the page is told without the front page and the page itself."""
    steps = [
        {"position": 1, "name": "Home"},
        {"position": 2, "item": {"name": "World"}},
        {"position": 3, "name": "Europe"},
        {"position": 4, "name": "Talks fail"},
    ]

    assert linked([{"@type": "BreadcrumbList", "itemListElement": steps}]).breadcrumbs == (
        "World",
        "Europe",
    )


@pytest.mark.parametrize(
    "value", [None, 3, [], [[[]]], {"@graph": "x"}, {"@type": "NewsArticle", "author": [None, 3]}]
)
def test_odd_shapes(value: object) -> None:
    """Linked data of any shape tells nothing rather than failing."""
    told = linked([value])

    assert (told.writers, told.images) == ((), ())


def test_very_wide_data_is_read_to_a_limit() -> None:
    """Linked data with very many objects is read to a limit."""
    assert linked([[{"@type": "Thing"}] * 100_000]) == Linked(types=("Thing",))
