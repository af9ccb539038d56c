import pytest

from pipeline.pool import Lost
from pipeline.stage import Drop, GivenUp, LeftOut, Stage
from pipeline.stages import Options
from pipeline.work import Reply, lost, prepare, reply
from schemas import CleanArticle, RawArticle, RecordError, document_version

RAW = RawArticle(id="1", source="gazette", content_type="text/plain", body="Rain fell in Lima.")


def stage(run):
    """Return a stage named clean that does *run*."""
    return Stage("clean", RawArticle, CleanArticle, run)


def raises(error):
    """Return a stage that raises *error*."""

    def run(_raw):
        raise error

    return stage(run)


def test_what_is_done_comes_back_as_bytes():
    """The value of the reply is the next record, and nothing stands in its way."""
    clean = CleanArticle(id="1", text="Rain fell.")
    assert Reply("1", "gazette", clean.to_bytes(), None) == reply(
        stage(lambda _raw: clean), RAW.to_bytes()
    )


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Drop("only_boilerplate", "noise"), LeftOut("clean", "only_boilerplate", "noise")),
        (RecordError("no_text", "empty"), GivenUp("clean", "no_text", "RecordError", "empty")),
        (KeyError("a bug"), GivenUp("clean", "stage_error", "KeyError", "'a bug'")),
        (
            RecursionError(),
            GivenUp("clean", "too_deep", "RecursionError", "nested deeper than the parser goes"),
        ),
    ],
)
def test_whatever_a_stage_raises_is_an_outcome(error, outcome):
    """A drop stays a drop, an error gets a reason; id and source are told, and no value."""
    expected = Reply("1", "gazette", b"", outcome, document_version(None))
    assert expected == reply(raises(error), RAW.to_bytes())


def test_too_little_memory_ends_the_process():
    """What is left of the process cannot be trusted, so nobody answers for it."""
    with pytest.raises(MemoryError):
        reply(raises(MemoryError()), RAW.to_bytes())


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\xff", "undecodable"), (b"{", "invalid_json"), (b"{}", "invalid_record")],
)
def test_bytes_that_are_no_record_are_an_outcome(data, reason):
    """Nothing is known of such a message but why it was given up."""
    answer = reply(raises(AssertionError("never run")), data)
    assert (answer.id, answer.source, answer.value) == ("", "", b"")
    assert (answer.outcome.stage, answer.outcome.reason) == ("clean", reason)


def test_a_record_that_no_json_can_hold_is_an_outcome():
    """Half a character in a field gives up that record, and does not end its worker."""
    answer = reply(stage(lambda _raw: CleanArticle(id="1", text="a\ud800b")), RAW.to_bytes())
    assert (answer.id, answer.value, answer.outcome.reason) == ("1", b"", "stage_error")


def test_a_lost_worker_is_an_outcome():
    """A record whose worker hung or died is given up by its stage, for the pool's reason."""
    outcome = GivenUp("clean", "oom", "WorkerLost", "too much")
    assert Reply("", "", b"", outcome) == lost("clean", Lost("oom", "too much"))


def test_prepares_a_stage_by_name():
    """What a worker process is given is a name and options; it gets the real stage."""
    answer = prepare("clean", Options())(RAW.to_bytes())
    assert CleanArticle.from_bytes(answer.value).text == "Rain fell in Lima."
