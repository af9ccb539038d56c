"""Dead letters read back: which are unresolved, and, when they are wanted, their records.

The topic is compacted, so the last message of a key is what counts and a tombstone means resolved.
A list of letters holds no records, for there may be tens of thousands of them; a second reading
fetches those of the chosen ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kafka.errors import KafkaError

from pipeline.settings import Settings
from pipeline.stream.reading import Place, messages, messages_at
from schemas import DeadLetter, ServiceUnavailable
from schemas.dead_letters import digest, read
from schemas.topics import DEAD
from schemas.version import VERSION

UNINSTALLED = "+uninstalled"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which dead letters are meant; what is empty chooses all.

    ``since`` and ``until`` are about the time they were last given up.
    """

    ids: frozenset[str] = frozenset()
    reason: str = ""
    stage: str = ""
    source: str = ""
    since: datetime | None = None
    until: datetime | None = None
    older_code: bool = False

    def takes(self, letter: DeadLetter) -> bool:
        """Whether *letter* is meant: by its id or its name, and by everything else given."""
        return (
            (not self.ids or bool(self.ids & {letter.id, letter.name}))
            and self.reason in ("", letter.reason)
            and self.stage in ("", letter.stage)
            and self.source in ("", letter.source)
            and (self.since is None or letter.at >= self.since)
            and (self.until is None or letter.at < self.until)
            and (not self.older_code or is_older(letter.code_version))
        )


def is_older(version: str, than: str = VERSION) -> bool:
    """Whether *version* of newsmill came before *than*; what is no version did not.

    A folder that was never installed counts as newer than any release.

    >>> is_older("0.9.2", "0.10.0"), is_older("0.10.0", "0.10.0"), is_older("?", "0.10.0")
    (True, False, False)
    """
    unreleased = than.endswith(UNINSTALLED) and not version.endswith(UNINSTALLED)
    return bool(numbers(version)) and (unreleased or numbers(version) < numbers(than))


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version; () for what is none.

    >>> numbers("1.12.0+dirty"), numbers("unknown")
    ((1, 12, 0), ())
    """
    parts = version.partition("+")[0].split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def letters(settings: Settings, choice: Choice | None = None) -> list[DeadLetter]:
    """Return the chosen dead letters that nobody has resolved, without records, oldest place first.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    found: dict[bytes, DeadLetter] = {}
    with kafka_gives("the dead letters"):
        for message in messages(settings, DEAD):
            found.pop(message.key or b"", None)
            if message.value is not None:
                found[message.key or b""] = without_record(message)
    return [one for one in found.values() if choice is None or choice.takes(one)]


def unresolved(settings: Settings) -> dict[str, DeadLetter]:
    """Return the last unresolved dead letter of each article, by id, without its record.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    return {letter.id: letter for letter in letters(settings)}


def with_records(settings: Settings, chosen: Sequence[DeadLetter]) -> Iterator[DeadLetter]:
    """Yield *chosen* with their records; one that was resolved meanwhile may be left out.

    Of a record too large for its letter the whole is looked for where it was read.  If it is
    there no more, ``truncated`` stays true.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    by_place = {Place(DEAD.name, one.letter_partition, one.letter_offset): one for one in chosen}
    with kafka_gives("the records of dead letters"):
        for message in messages_at(settings, by_place):
            letter = by_place[Place(message.topic, message.partition, message.offset)]
            held = letter.model_copy(update={"record": message.value or b""})
            yield whole(settings, held) if letter.truncated else held


def whole(settings: Settings, letter: DeadLetter) -> DeadLetter:
    """Return *letter* with its whole record, if that lies where it was read and is the same."""
    place = Place(letter.topic, letter.partition, letter.offset)
    for message in messages_at(settings, [place]):
        if digest(message.value or b"") == letter.sha256:
            return letter.model_copy(update={"record": message.value, "truncated": False})
    return letter


def without_record(message: Any) -> DeadLetter:
    """Return a message of the topic as a letter that says where it lies."""
    told = read(message.key, b"", message.headers)
    place = {"letter_partition": message.partition, "letter_offset": message.offset}
    return told.model_copy(update=place)


def sources(found: Iterable[DeadLetter]) -> set[str]:
    """Return the sources of letters, where they are known."""
    return {letter.source for letter in found} - {""}


@contextmanager
def kafka_gives(what: str) -> Iterator[None]:
    """Say in words that Kafka does not give *what*.

    Raises:
        ServiceUnavailable: in place of what kafka-python raises.

    """
    try:
        yield
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not give {what}: {error}") from error
