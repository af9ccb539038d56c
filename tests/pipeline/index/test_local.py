import pytest

from pipeline.index.local import Local
from tests.contracts.sink_contract import SinkContract, doc


@pytest.fixture
def sink(tmp_path):
    made = Local(tmp_path / "new folder" / "index.db")
    made.open()
    yield made
    made.close()


class TestLocal(SinkContract):
    """The embedded index keeps the contract."""

    def quotes(self, sink, article):
        """Return the texts of the rows."""
        return [body["text"] for body in sink.quotes(article)]


def test_finds_every_word_and_marks_it(sink):
    """A search returns documents that hold all words, with the words marked."""
    sink.write([doc(1, text="Heavy rain fell on Lima."), doc(2, text="Heavy snow fell.")])
    assert [(hit.id, hit.excerpt) for hit in sink.search("rain heavy")] == [
        ("id1", "[Heavy] [rain] fell on Lima.")
    ]


def test_finds_a_phrase(sink):
    """Words in quotes stand next to each other."""
    sink.write([doc(1, text="rain in Spain"), doc(2, text="Spain in rain")])
    assert [hit.id for hit in sink.search('"rain in"')] == ["id1"]


@pytest.mark.parametrize("query", ['"', "a AND", "NEAR(", "*", "a:b", "(", "'", "", "-x", '""'])
def test_no_query_is_an_error(sink, query):
    """Whatever is typed is searched as words, never as a query language."""
    assert sink.search(query) == []


def test_an_article_is_found_by_the_beginning_of_its_id(sink):
    """The id itself comes first, whatever else begins so; no letter has a meaning of its own."""
    sink.write([doc(13), doc(12), doc(1), doc(2)])
    assert sink.beginning("id1")[0]["id"] == "id1"
    assert [body["id"] for body in sink.beginning("id2")] == ["id2"]
    assert len(sink.beginning("id")) == 2
    assert sink.beginning("%") == sink.beginning("no*") == []


def test_a_replaced_document_is_found_by_its_new_words_only(sink):
    """The words of the older version are forgotten."""
    sink.write([doc(1, 1, text="draft")])
    sink.write([doc(1, 2, text="final")])
    assert ([h.id for h in sink.search("draft")], [h.id for h in sink.search("final")]) == (
        [],
        ["id1"],
    )


def test_survives_being_opened_again(sink):
    """What was written is there after a restart."""
    sink.write([doc(1)])
    again = Local(sink.path)
    again.open()
    assert (again.count(), again.get("id1")["id"], again.get("id9")) == (1, "id1", None)
    again.close()
