"""Dates: expressions of time in a story, and what they mean on the day it was published."""

from pipeline.enrich.dates.find import find
from pipeline.enrich.dates.of_event import date_of

__all__ = ["date_of", "find"]
