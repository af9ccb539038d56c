from __future__ import annotations

import os
import subprocess
import threading

from bench.soak import family


def test_a_service_is_all_of_its_processes() -> None:
    """Also those that another thread than the first one started, as a pool does."""
    started: list[subprocess.Popen[bytes]] = []
    begun, enough = threading.Event(), threading.Event()

    def start() -> None:
        started.append(subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        begun.set()
        enough.wait(30)

    thread = threading.Thread(target=start)
    thread.start()
    try:
        begun.wait(30)
        assert {os.getpid(), started[0].pid} <= set(family(os.getpid()))
    finally:
        enough.set()
        thread.join()
        started[0].communicate()
