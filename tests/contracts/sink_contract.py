"""What every sink must do.  Inherit `SinkContract` and give it a ``sink`` fixture."""

from pipeline.index.families import child_id
from pipeline.index.sink import MAX_DOCUMENT_BYTES, QUOTES, STALE, STORED, Document


def doc(number, version=1, **body):
    """Return a small document."""
    return Document(f"id{number}", version, {"id": f"id{number}", "text": "rain", **body})


def family(number, version, *texts):
    """Return a document with a quotation of each of these texts."""
    parent = doc(number, version, quote_count=len(texts))
    children = tuple(
        Document(
            child_id(parent.id, place), version,
            {"id": child_id(parent.id, place), "article_id": parent.id, "text": text},
            index=QUOTES,
        )
        for place, text in enumerate(texts)
    )  # fmt: skip
    return Document(parent.id, version, parent.body, children)


class SinkContract:
    """The tests of any sink; `overwrites` is False where documents are only appended.

    Whoever inherits them tells by `quotes` the texts of an article's quotations, in order.
    """

    overwrites = True

    def quotes(self, sink, article):
        """Return the texts of the quotations of the article with that id."""
        raise NotImplementedError

    def test_every_document_has_an_outcome_in_order(self, sink):
        """As many outcomes come back as documents went in."""
        assert sink.write([doc(1), doc(2)]) == [STORED, STORED]

    def test_nothing_in_nothing_out(self, sink):
        """An empty batch is no error."""
        assert sink.write([]) == []

    def test_a_newer_version_replaces_an_older_one(self, sink):
        """A higher version is stored over a lower one."""
        sink.write([doc(1, 1)])
        assert sink.write([doc(1, 2)]) == [STORED]

    def test_the_same_or_an_older_version_is_stale(self, sink):
        """A replay never overwrites what is there."""
        sink.write([doc(1, 5)])
        expected = [STALE, STALE] if self.overwrites else [STORED, STORED]
        assert sink.write([doc(1, 5), doc(1, 4)]) == expected

    def test_one_bad_document_never_costs_its_neighbours(self, sink):
        """Ids too long, versions out of range, NaN, giants: each refused alone with a reason."""
        bad = [
            Document("x" * 600, 1, {"text": "x"}),
            Document("", 1, {"text": "x"}),
            doc(3, -1),
            doc(4, 2**63),
            doc(5, 1, text="x" * (MAX_DOCUMENT_BYTES + 1)),
            doc(6, 1, text="\ud800"),
            doc(7, 1, extra={1, 2}),
        ]
        batch = [doc(1), *bad, doc(2)]
        outcomes = sink.write(batch)
        assert [one.state for one in outcomes] == ["stored", *["refused"] * len(bad), "stored"]
        assert all(one.reason for one in outcomes if one.state == "refused")

    def test_closing_twice_is_no_error(self, sink):
        """A sink may be closed more than once."""
        sink.close()
        sink.close()

    def test_quotations_are_written_with_their_article(self, sink):
        """One outcome for all, and each article has its own."""
        assert sink.write([family(1, 1, "a", "b"), family(2, 1), family(3, 1, "c")]) == [STORED] * 3
        assert [self.quotes(sink, f"id{n}") for n in (1, 2, 3)] == [["a", "b"], [], ["c"]]

    def test_fewer_quotations_leave_none_of_the_older_ones(self, sink):
        """A newer version replaces all that an older one said, in one batch too."""
        sink.write([family(1, 1, "a", "b", "c"), family(1, 2, "d"), family(2, 1, "x", "y")])
        sink.write([family(2, 2)])
        assert (self.quotes(sink, "id1"), self.quotes(sink, "id2")) == (["d"], [])

    def test_quotations_come_once_however_often_they_are_delivered(self, sink):
        """A redelivery changes nothing, and a late replay brings nothing back."""
        sink.write([family(1, 2, "d")])
        sink.write([family(1, 2, "d")])
        if self.overwrites:
            assert sink.write([family(1, 1, "a", "b", "c")]) == [STALE]
        assert self.quotes(sink, "id1") == ["d"]

    def test_a_bad_quotation_costs_its_article_alone(self, sink):
        """The article is refused with the reason, its neighbours are stored."""
        outcomes = sink.write([family(1, 1, "a"), family(2, 1, "b", "\ud800"), family(3, 1, "c")])
        assert [one.state for one in outcomes] == ["stored", "refused", "stored"]
        assert outcomes[1].reason
        assert [self.quotes(sink, f"id{n}") for n in (1, 2, 3)] == [["a"], [], ["c"]]
