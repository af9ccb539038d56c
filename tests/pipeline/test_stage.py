import pytest

from pipeline.stage import Done, Drop, GivenUp, LeftOut, Stage, outcome_of, run_through
from schemas import CleanArticle, RawArticle, RecordError

RAW = RawArticle(id="1", source="s", content_type="text/plain", body="Rain fell.")
CLEAN = CleanArticle(id="1", text="Rain fell.")


def stage(run, takes=RawArticle, gives=CleanArticle):
    """Return a stage that does *run*."""
    return Stage("clean", takes, gives, run)


def raising(error):
    """Return a run that raises *error*."""

    def run(_record):
        raise error

    return run


def test_a_record_goes_on():
    """What a stage returns is the outcome."""
    assert list(run_through([stage(lambda _: CLEAN)], [RAW])) == [Done(CLEAN)]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Drop("only_boilerplate", "none"), LeftOut("clean", "only_boilerplate", "none")),
        (RecordError("no_text", "empty"), GivenUp("clean", "no_text", "RecordError", "empty")),
        (ValueError("odd"), GivenUp("clean", "stage_error", "ValueError", "odd")),
        (
            RecursionError(),
            GivenUp("clean", "too_deep", "RecursionError", "nested deeper than the parser goes"),
        ),
    ],
)  # fmt: skip
def test_whatever_is_raised_has_its_way_out(error, outcome):
    """A drop is left out, an error is given up with a reason from the closed list."""
    assert outcome_of([stage(raising(error))], RAW) == outcome


def test_a_process_without_memory_is_not_trusted():
    """MemoryError is no outcome of a record: the owner of the process must end it."""
    with pytest.raises(MemoryError):
        outcome_of([stage(raising(MemoryError()))], RAW)


def test_stages_in_the_wrong_order_are_refused_before_anything_runs():
    """A stage that does not take what the one before gives is found at once."""
    with pytest.raises(TypeError, match="takes"):
        list(run_through([stage(lambda _: CLEAN), stage(lambda _: CLEAN)], [RAW]))
