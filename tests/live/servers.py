"""Real servers for the live tests: a Kafka and an Elasticsearch of their own, on free ports.

They are started by the scripts of ops/servers and hold their data in a folder that is removed at
the end, however the run ends.  Downloads are kept, so only the first run ever fetches anything.
"""

from __future__ import annotations

import atexit
import os
import random
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SCRIPTS = Path(__file__).parents[2] / "ops" / "servers"
START_SECS = 600
"""Long enough for the first run, which downloads."""

Name = Literal["kafka", "elasticsearch"]
Verb = Literal["start", "wait", "stop", "kill", "pause", "resume", "status", "wipe", "check"]


@dataclass(frozen=True, slots=True)
class Server:
    """One server, or a cluster of three brokers, that belongs to this test run."""

    name: Name
    port: int
    folder: Path
    settings: tuple[tuple[str, str], ...] = ()
    """More environment for its script, such as ``KAFKA_NODES``."""

    @property
    def address(self) -> str:
        """How a client reaches it: host and port, or a URL."""
        place, tls = f"127.0.0.1:{self.port}", dict(self.settings).get("ES_TLS")
        return place if self.name == "kafka" else f"http{'s' if tls else ''}://{place}"

    @property
    def data(self) -> Path:
        """Where it keeps its data and configuration."""
        return self.folder / "data" / f"{self.name}-{self.port}"

    @property
    def authority(self) -> Path:
        """The certificate of the authority that signed its own, where it speaks TLS."""
        return self.data / ("certs" if self.name == "kafka" else "config/certs") / "ca.crt"

    def run(self, verb: Verb, *node: str) -> str:
        """Run a verb of its script, ``kill`` for one, and return what it printed.

        Raises:
            RuntimeError: the script failed; the message holds its own.

        """
        done = subprocess.run(
            [SCRIPTS / self.name, verb, *node],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=START_SECS,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{self.name} {verb}: {done.stderr.strip()}")
        return done.stdout

    def environment(self) -> dict[str, str]:
        """Return what its script is to know; it wipes itself should this process be killed."""
        prefix = "KAFKA" if self.name == "kafka" else "ES"
        own = {
            f"{prefix}_PORT": str(self.port),
            f"{prefix}_HEAP": "512m",
            "NEWSMILL_SERVERS_DIR": str(self.folder),
            "NEWSMILL_SERVERS_OWNER": str(os.getpid()),
        }
        if "NEWSMILL_SERVERS_CACHE" not in os.environ:
            own["NEWSMILL_SERVERS_CACHE"] = cache()
        return {**os.environ, **own, **dict(self.settings)}


def boot(name: Name, room: Path | None = None, **settings: str) -> Server:
    """Start a server on a free port and return it; it ends with this process at the latest.

    Its data lie in the folder *room*, by default where temporary things lie.

    Raises:
        RuntimeError: something is missing, or it did not come up; the message says what.

    """
    folder = Path(tempfile.mkdtemp(prefix=f"newsmill-{name}-", dir=room))
    folder.chmod(0o755)  # as root, the server runs as another account
    server = Server(name, free_port(), folder, tuple(settings.items()))
    atexit.register(end, server)
    server.run("start")
    return server


def end(server: Server) -> None:
    """Stop the server and remove its data; safe to repeat."""
    if server.folder.exists():
        server.run("wipe")
        shutil.rmtree(server.folder, ignore_errors=True)  # wipe removes it if it is empty


def missing(name: Name) -> str:
    """Return in one sentence what keeps the server from starting here, or nothing."""
    check = subprocess.run([SCRIPTS / name, "check"], capture_output=True, text=True, check=False)
    return check.stderr.strip() if check.returncode else ""


def cache() -> str:
    """Return the folder of the downloads, as the scripts would choose it by themselves."""
    script = f'. "{SCRIPTS}/lib.sh"; echo "$CACHE"'
    return subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True
    ).stdout.strip()


def free_port(neighbours: int = 40) -> int:
    """Return a port that is free, as are the next ones: a broker takes two, a cluster thirty.

    It lies below the range from which the system serves clients, so that none of them takes it.
    """
    while True:
        port = random.randrange(15_000, 30_000)
        if all(is_free(port + step) for step in range(neighbours)):
            return port


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
