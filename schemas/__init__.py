"""The words everybody uses: records in the order they are made, topics, ids."""

from schemas.clean import NOT_STORIES, ArticleKind, CleanArticle, Kind, Origin, RemovedLine
from schemas.enriched import Dated, EnrichedArticle, Entity, Named, Place, Quote, Speaker
from schemas.errors import (
    ConfigError,
    DropReason,
    ErrorType,
    Fault,
    RecordError,
    ServiceUnavailable,
)
from schemas.identity import GENERATION, address_id, article_id, document_version, normal_form
from schemas.outcomes import DeadLetter, Dropped, Forgotten
from schemas.raw import RawArticle
from schemas.record import SCHEMA_VERSION, Record
from schemas.topics import TOPICS, Topic

__all__ = [
    "GENERATION",
    "NOT_STORIES",
    "SCHEMA_VERSION",
    "TOPICS",
    "ArticleKind",
    "CleanArticle",
    "ConfigError",
    "Dated",
    "DeadLetter",
    "DropReason",
    "Dropped",
    "EnrichedArticle",
    "Entity",
    "ErrorType",
    "Fault",
    "Forgotten",
    "Kind",
    "Named",
    "Origin",
    "Place",
    "Quote",
    "RawArticle",
    "Record",
    "RecordError",
    "RemovedLine",
    "ServiceUnavailable",
    "Speaker",
    "Topic",
    "address_id",
    "article_id",
    "document_version",
    "normal_form",
]
