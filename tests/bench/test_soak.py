from __future__ import annotations

import os
import subprocess
import sys
import threading

from bench.soak import family


def test_a_service_is_all_of_its_processes() -> None:
    """Also those that another thread than the first one started, as a pool does."""
    started: list[subprocess.Popen[bytes]] = []
    enough = threading.Event()

    def start() -> None:
        started.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
        enough.wait(30)

    thread = threading.Thread(target=start)
    thread.start()
    while not started:
        pass
    try:
        assert {os.getpid(), started[0].pid} <= set(family(os.getpid()))
    finally:
        enough.set()
        thread.join()
        started[0].communicate()
