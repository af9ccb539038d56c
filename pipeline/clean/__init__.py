"""Clean: from articles.raw to articles.clean.

decode (bytes to text), scan and page (HTML to the lines of its story: segments, found, standing,
story, marks), markup and metadata (what is known of it), language, lines, judge, rules and
classifier (what belongs to the story), article (all of it, in order).
"""

from pipeline.clean.article import clean, clean_stage
from pipeline.clean.judge import Cleaning
from pipeline.clean.lines import laid_out, restore

__all__ = ["Cleaning", "clean", "clean_stage", "laid_out", "restore"]
