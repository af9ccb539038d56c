"""What every sink must do.  Inherit `SinkContract` and give it a ``sink`` fixture."""

from pipeline.index.sink import MAX_DOCUMENT_BYTES, STALE, STORED, Document


def doc(number, version=1, **body):
    """Return a small document."""
    return Document(f"id{number}", version, {"id": f"id{number}", "text": "rain", **body})


class SinkContract:
    """The tests of any sink; `overwrites` is False where documents are only appended."""

    overwrites = True

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
