import os
import signal
import threading
import time

import pytest

from pipeline.pool import Lost, WorkerNotReadyError, Workers

pytestmark = pytest.mark.timeout(120)


def prepare():
    """Return the work that these tests do."""
    return work


def prepare_badly():
    """Fail as a missing model fails."""
    raise FileNotFoundError("no model")


def work(item):
    """Do what *item* says."""
    if item == "hang":
        while True:
            pass
    if item == "sleep":
        time.sleep(3600)
    if item == "crash":
        os._exit(3)
    if item == "segv":
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == "eat":
        return len(bytearray(4 << 30))
    if item == "raise":
        raise KeyError("a bug")
    if item == "print":
        print("a library that talks")
    return item * 2


@pytest.fixture
def workers():
    pool = Workers(prepare, count=1, cpu_secs=0.5, memory_mb=256)
    yield pool
    pool.close()


def reasons(answers):
    """Return the reason of each lost item, and the other answers as they are."""
    return [one.reason if isinstance(one, Lost) else one for one in answers]


def test_answers_in_order(workers):
    """Each item has its answer at its place."""
    assert workers.call([1, 2, 3]) == [2, 4, 6]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("hang", "timeout"),
        ("sleep", "timeout"),
        ("crash", "crash"),
        ("segv", "crash"),
        ("eat", "oom"),
    ],
)
def test_blames_the_culprit_and_spares_its_neighbours(workers, bad, reason):
    """An item that hangs, dies or eats memory is lost alone, at the start, middle and end."""
    assert reasons(workers.call([bad, 1, bad, 2, bad])) == [reason, 2, reason, 4, reason]


def test_a_bug_of_the_work_is_raised(workers):
    """An exception that the work lets out is ours, and is told."""
    with pytest.raises(RuntimeError, match="KeyError"):
        workers.call(["raise"])


def test_works_on_after_a_bug(workers):
    """A bug does not cost the pool a worker."""
    with pytest.raises(RuntimeError):
        workers.call(["raise"])
    assert workers.call([1]) == [2]


def test_a_worker_that_cannot_be_prepared_says_why():
    """A missing model is a fault of the installation, told in its own words."""
    pool = Workers(prepare_badly, count=1)
    with pytest.raises(WorkerNotReadyError, match="no model"):
        pool.call([1])


def test_workers_die_with_their_parent():
    """A worker never outlives the process that started it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        pool = Workers(prepare, count=1)
        pool.start()
        os.write(writer, str(pool.pids()[0]).encode())
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    worker = int(os.read(reader, 20))
    for _ in range(100):
        if not os.path.exists(f"/proc/{worker}"):  # noqa: PTH110
            return
        time.sleep(0.1)
    pytest.fail(f"worker {worker} is still there")


def test_a_library_that_prints_never_touches_our_output(workers, capfd):
    """What a worker prints goes to standard error: standard output belongs to the records."""
    workers.call(["print"])
    assert capfd.readouterr().out == ""


def test_replaces_a_worker_after_its_share(workers):
    """A worker is recycled, so that a slow leak never grows old."""
    workers.recycle = 2
    workers.call([1])
    first = workers.pids()
    workers.call([1])
    workers.call([1])
    assert workers.pids() != first


def test_a_worker_that_ended_while_idle_costs_no_item(workers):
    """A worker ends with the thread that started it; the next item gets a new one and no blame."""
    thread = threading.Thread(target=workers.call, args=([1],))
    thread.start()
    thread.join()
    (pid,) = workers.pids()
    while os.path.exists(f"/proc/{pid}") and zombie_free(pid):  # noqa: PTH110
        time.sleep(0.05)
    assert workers.call([2]) == [4]


def zombie_free(pid):
    """Whether the process still runs, and is not merely waiting to be reaped."""
    with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
        return file.read().rpartition(")")[2].split()[0] != "Z"
