"""``newsmill connect``: reads the sources and sends what is new to Kafka."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors import Connector, Tools
    from pipeline.settings import Settings
    from schemas import Fault

DRAIN_SECS = 20.0
"""After a signal, Kafka has so long to confirm what was sent."""
ONCE_PATIENCE_SECS = 60.0
FEED_SECS = 10.0
"""CPU time that one feed may take."""


def connect(
    sources: Annotated[
        list[Path] | None, typer.Option(help="Source files or folders; may be given again.")
    ] = None,
    once: Annotated[bool, typer.Option(help="Ask every source one time, then end.")] = False,
    dry_run: Annotated[
        bool, typer.Option(help="Print what is new as JSON Lines; send and remember nothing.")
    ] = False,
    state: Annotated[
        Path | None, typer.Option(help="File that remembers what was seen of each source.")
    ] = None,
) -> None:
    """Read the sources and send new and changed articles to Kafka."""
    from connectors.source_file import sound
    from pipeline.settings import load_settings
    from pipeline.stream.reach import check
    from pipeline.telemetry import configure

    settings = load_settings()
    found, faults = sound(sources or [settings.sources_dir])
    refuse(found, faults, settings)
    configure(settings.log_format)
    for fault in faults:
        print(f"left out: {fault}", file=sys.stderr)
    if not dry_run:
        check(settings)
    file = state or settings.state_dir / "cursors.db"
    with tools(settings, found) as reach:
        if dry_run:
            preview(found, reach, file)
        else:
            send(found, faults, reach, file, settings, once=once)


def refuse(found: Sequence[Connector], faults: Sequence[Fault], settings: Settings) -> None:
    """Start nothing without sources, nor read other people's sites without an address of ours.

    Raises:
        ConfigError: saying what to set.

    """
    from connectors import Rss
    from schemas import ConfigError, Fault

    if not found and faults:
        raise ConfigError(*faults)
    if not found:
        raise ConfigError(Fault("sources", "there is none: write one into a source file"))
    others = [connector.id for connector in found if isinstance(connector, Rss)]
    if others and not settings.contact:
        what = (
            f"NEWSMILL_CONTACT is not set, and {', '.join(others)} would be read without it. Set "
            "it to a mail or web address that these sites may write to"
        )
        raise ConfigError(Fault(".env or environment", what))


@contextmanager
def tools(settings: Settings, found: Sequence[Connector]) -> Iterator[Tools]:
    """Lend the means to reach the world, and end the feed reader's process afterwards."""
    from connectors import Rss, Tools
    from connectors.feed import FeedReader, prepare
    from connectors.http import Http
    from pipeline.pool import Workers

    http = Http(settings.contact, settings.allow_private_hosts)
    workers = Workers(prepare, count=1, cpu_secs=FEED_SECS)
    if any(isinstance(connector, Rss) for connector in found):
        workers.start()  # in this thread: a worker ends with the thread that started it
    try:
        yield Tools(http, FeedReader(workers.call))
    finally:
        workers.close()


def preview(found: Sequence[Connector], reach: Tools, state: Path) -> None:
    """Print what is new as JSON Lines; what cannot be read is told on stderr."""
    from connectors import ItemMalformed, SourceRefused, SourceUnavailable
    from connectors.cursors import Cursors
    from connectors.round import new_articles

    cursors = Cursors(state if state.exists() else ":memory:")
    for connector in found:
        try:
            for item in new_articles(connector, reach, cursors.of(connector.id)):
                if isinstance(item, ItemMalformed):
                    print(f"{connector.id}: {item}", file=sys.stderr)
                else:
                    print(item.to_bytes().decode(), flush=True)
        except (SourceUnavailable, SourceRefused) as error:
            print(f"{connector.id}: {error}", file=sys.stderr)


def send(
    found: Sequence[Connector],
    faults: Sequence[Fault],
    reach: Tools,
    state: Path,
    settings: Settings,
    *,
    once: bool,
) -> None:
    """Ask the sources and send to Kafka, until a signal, or one time.

    Raises:
        ServiceUnavailable: Kafka does not answer or does not confirm.

    """
    from connectors.cursors import Cursors
    from connectors.publisher import PATIENCE_SECS, Publisher
    from connectors.schedule import Schedule
    from pipeline.stream.connect_health import Confirming, Watch

    stopping = Stopping()
    cursors = Cursors(state)
    publisher = Publisher(
        settings.kafka_bootstrap_servers,
        patience_secs=ONCE_PATIENCE_SECS if once else PATIENCE_SECS,
        giving_up=stopping.is_over,
        **settings.kafka_security(),
    )
    kafka = Confirming(publisher.publish)
    watch = Watch(settings.state_dir, kafka, len(found), [str(fault) for fault in faults])
    schedule = Schedule(
        found, reach, cursors, kafka.publish, stop=stopping.event, on_tick=watch.tick
    )
    try:
        with stopping.at_signals():
            schedule.once() if once else schedule.run()
    finally:
        publisher.close()
        cursors.close()
        watch.close()


@dataclass
class Stopping:
    """Whether we were asked to end, and whether the time to do it well is over."""

    event: Event = field(default_factory=Event)
    _asked_at: float = 0.0

    @contextmanager
    def at_signals(self) -> Iterator[None]:
        """Listen to SIGTERM and SIGINT for the time being."""
        signals = (signal.SIGTERM, signal.SIGINT)
        before = [signal.signal(number, self.ask) for number in signals]
        try:
            yield
        finally:
            for number, handler in zip(signals, before, strict=True):
                signal.signal(number, handler)

    def ask(self, *_: object) -> None:
        """Ask to end."""
        self._asked_at = self._asked_at or time.monotonic()
        self.event.set()

    def is_over(self) -> bool:
        """Return whether there is no time left to wait for Kafka."""
        return self.event.is_set() and time.monotonic() - self._asked_at > DRAIN_SECS
