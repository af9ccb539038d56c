"""From a clean article to an enriched one: sentences, who and what it names, where it happens."""

from pipeline.enrich.enrichers import ENRICHERS, Enricher, check_needs, enrich, enrich_stage

__all__ = ["ENRICHERS", "Enricher", "check_needs", "enrich", "enrich_stage"]
