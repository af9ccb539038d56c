"""What a connector is: options that a person writes in YAML, and a way to ask for articles."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from connectors.cursors import Cursor, Note
from connectors.errors import ItemMalformed
from connectors.feed import Feed
from connectors.http import Http
from connectors.line_rules import MAX_PATTERNS, CleaningTest, Pattern
from schemas import RawArticle

ID_PATTERN = "^[a-z0-9][a-z0-9_-]{0,62}$"

Found = RawArticle | ItemMalformed | Note
"""What a source offers: an article, an item that is none, or something to remember.

A note counts once everything before it has arrived.
"""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a connector may use to reach the world."""

    http: Http
    read_feed: Callable[[bytes, str], Feed]


class Connector(BaseModel):
    """The options that every kind of source has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(
        pattern=ID_PATTERN,
        description="Name of the source, for ever: it is part of the id of each of its articles.",
        examples=["gazette"],
    )
    type: str = Field(description="Kind of the source.", examples=["rss"])
    name: str | None = Field(
        None, description="Name of the newspaper, for readers.", examples=["The Gazette"]
    )
    country: str | None = Field(
        None,
        pattern="^[A-Z]{3}$",
        description="Country of the newspaper, ISO 3166-1 alpha-3.",
        examples=["NOR"],
    )
    language: str = Field(
        "",
        pattern="^([a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*)?$",
        description="Language of its articles, BCP 47; empty: it is detected.",
        examples=["en-GB"],
    )
    every_secs: int = Field(
        900,
        ge=1,
        le=7 * 86400,
        description="How often the source is asked, in seconds.",
        examples=[900],
    )

    keep: tuple[Pattern, ...] = Field(
        (),
        max_length=MAX_PATTERNS,
        description="Lines that always stay in the story; `*` stands for any words.",
        examples=[["Editor's note: *"]],
    )
    remove: tuple[Pattern, ...] = Field(
        (),
        max_length=MAX_PATTERNS,
        description="Lines that always go, unless `keep` has them; `*` stands for any words.",
        examples=[["Our newsroom is paid for by readers*"]],
    )
    tests: tuple[CleaningTest, ...] = Field(
        (),
        max_length=MAX_PATTERNS,
        description="Examples that `newsmill sources check` runs: `text`, lines that `stay`, `go`.",
        examples=[[{"text": "Ministers met.\nRead more: cod", "stay": ["Ministers *"]}]],
    )

    @abstractmethod
    def fetch(self, tools: Tools, since: Cursor) -> Iterator[Found]:
        """Yield what is new, or changed, *since* the last time.

        Raises:
            SourceUnavailable: ask again later.
            SourceRefused: somebody must look.

        """

    def described(self) -> dict[str, str | None]:
        """Return the fields of a raw article that tell where it comes from."""
        return {
            "source": self.id,
            "source_name": self.name,
            "source_country": self.country,
            "language": self.language,
            "connector": self.type,
        }
