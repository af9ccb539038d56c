import os
import signal
import socket
import subprocess
import threading
import time

import pytest

from pipeline.pool import SEND_BYTES, Lost, WorkerNotReadyError, Workers

pytestmark = pytest.mark.timeout(120)


def prepare():
    """Return the work that these tests do."""
    return work


def prepare_badly():
    """Fail as a missing model fails."""
    raise FileNotFoundError("no model")


LEFT_BEHIND = []


def hang():
    """Work and never end."""
    while True:
        pass


def fill_and_abort():
    """Die as C++ code does that gets no memory, and be seen before."""
    full = bytearray(230 << 20)
    time.sleep(1)
    os.kill(os.getpid(), signal.SIGABRT if full else signal.SIGKILL)


def raise_a_bug():
    """Fail as code of ours does."""
    raise KeyError("a bug")


DEEDS = {
    "hang": hang,
    "sleep": lambda: time.sleep(3600),
    "crash": lambda: os._exit(3),
    "segv": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "eat": lambda: bytearray(4 << 30),
    "answer": lambda: bytes(200 << 20),  # fits, and is copied once more to be sent
    "fill and abort": fill_and_abort,
    "leak": lambda: LEFT_BEHIND.append(bytearray(60 << 20)),
    "pid": os.getpid,
    "raise": raise_a_bug,
    "print": lambda: print("a library that talks"),
}


def work(item):
    """Do what *item* says; a number is doubled, bytes are counted."""
    if isinstance(item, bytes):
        return len(item), os.getpid()
    if isinstance(item, tuple):
        what, told = item
        return DEEDS_WITH[what](told)
    return DEEDS[item]() if item in DEEDS else item * 2


def die_once(flag):
    """Be killed the first time, as if from outside."""
    if not os.path.exists(flag):  # noqa: PTH110
        os.close(os.open(flag, os.O_CREAT))
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def connect(port):
    """Open a connection."""
    with socket.socket() as line:
        line.connect(("127.0.0.1", port))


def threads(count):
    """Leave the work to threads and wait for them."""
    running = [threading.Thread(target=hang) for _ in range(count)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


DEEDS_WITH = {
    "die once": die_once,
    "connect": connect,
    "look up": lambda host: socket.getaddrinfo(host, 80),
    "run": lambda program: subprocess.run([program], check=False),
    "fork": lambda _: os.fork() or os._exit(0),
    "threads": threads,
}


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
    """An item that hangs, dies or eats memory is lost alone."""
    assert reasons(workers.call([1, bad, 2])) == [2, reason, 4]


def test_finds_every_culprit_of_a_batch(workers):
    """At the start, in the middle and at the end."""
    answers = workers.call(["crash", 1, "hang", 2, "eat"])
    assert reasons(answers) == ["crash", 2, "timeout", 4, "oom"]


def test_a_death_alone_is_no_proof(workers, tmp_path):
    """A record whose worker was killed from outside is tried once more, and comes through."""
    first = ("die once", str(tmp_path / "first"))
    second = ("die once", str(tmp_path / "second"))
    assert workers.call([1, first, 2, second, 3]) == [2, "alive", 4, "alive", 6]


def test_a_slow_leak_is_not_the_fault_of_who_comes_last(workers):
    """A worker that others left full is replaced before it runs out of memory."""
    before = workers.call(["pid"])
    assert workers.call(["leak"] * 6) == [None] * 6
    assert workers.call(["pid"]) != before


def test_an_answer_that_does_not_fit_into_memory_is_no_crash(workers):
    """Memory may end while the answer is written, or the record is read, as well as in between."""
    assert reasons(workers.call([1, "answer", 2])) == [2, "oom", 4]


def test_a_library_that_aborts_for_want_of_memory_is_told_from_a_crash(workers):
    """C++ code ends the process where it gets no memory: its size tells what it died of."""
    workers.cpu_secs = 5
    assert reasons(workers.call(["fill and abort", 1])) == ["oom", 2]


def test_large_records_travel_one_by_one(workers):
    """What waits in a worker counts towards its memory: a batch is no more than a megabyte."""
    answers = workers.call([b"x" * (60 << 20)] * 5 + [b"y" * SEND_BYTES] * 3)
    assert [size for size, _ in answers] == [60 << 20] * 5 + [SEND_BYTES] * 3
    assert len({pid for _, pid in answers}) == 1


def test_what_a_thread_uses_counts(workers):
    """A record is not freed of its limit by leaving the work to threads."""
    (lost,) = workers.call([("threads", 2)])
    assert (lost.reason, lost.message) == ("timeout", "took more than 0.5 CPU seconds")


def test_a_sleeper_is_found_by_its_sleep(workers):
    """What waits for ever is ended after as long as it may work, not after a busy host's time."""
    (lost,) = workers.call(["sleep"])
    assert lost.message == "slept for 0.5 seconds"


@pytest.mark.parametrize(
    "door", [("connect", 9), ("look up", "gazette.test"), ("run", "true"), ("fork", 0)]
)
def test_no_record_opens_a_connection_or_starts_a_program(workers, door):
    """Whatever a library is talked into, the worker's doors are shut."""
    with pytest.raises(RuntimeError, match="opens no connection and no program"):
        workers.call([door])


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
