"""RawArticle: what a connector sends, as it was served."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime, Base64Bytes, Field, model_validator

from schemas.record import Record


class RawArticle(Record):
    """An article as its source served it, before anybody touched a word."""

    id: str = Field(description="32 hex digits: source and normal form of the address.")
    url: str = Field("", description="The address that was asked for.")
    source: str = Field(description="Id of the source, as configured.")
    content_type: str = Field(description="text/html or text/plain; a charset may follow.")
    body: str | None = Field(None, description="The body, where it was served as text.")
    body_base64: Base64Bytes | None = Field(None, description="The body as bytes, as served.")
    fetched_at: AwareDatetime | None = Field(None, description="When it was read.")
    headline: str = Field("", description="Headline by the feed; empty: not known.")
    summary: str = Field("", description="Lead by the feed; empty: not known.")
    authors: tuple[str, ...] = Field((), description="Writers by the feed.")
    published_at: str = Field("", description="Publication time by the feed, as written there.")
    language: str = Field("", description="Language by the feed or the source's settings.")
    source_name: str | None = Field(None, description="Name of the newspaper.")
    source_country: str | None = Field(None, description="Country of it, ISO 3166-1 alpha-3.")
    connector: str | None = Field(None, description="Kind of the connector that read it.")
    revision: int = Field(1, ge=1, description="1, 2, ... as the source changed it.")
    headers: dict[str, str] = Field({}, description="Response headers worth keeping.")

    @model_validator(mode="after")
    def one_body(self) -> RawArticle:
        """Refuse a record without exactly one of ``body`` and ``body_base64``."""
        if (self.body is None) == (self.body_base64 is None):
            raise ValueError("give exactly one of body and body_base64")
        return self

    def fetched(self, at: datetime) -> RawArticle:
        """Return a copy that says when it was read."""
        return self.model_copy(update={"fetched_at": at})
