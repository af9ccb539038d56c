"""The stages by name, in the order the data flows, and the settings that an operator may choose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.assets import asset
from pipeline.stage import Stage

if TYPE_CHECKING:
    from pipeline.clean.source import Sources

STAGES = ("clean", "enrich", "index")
"""Every stage; the last one writes to a sink and is bound by its driver."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the stages do their work."""

    cleaning: Literal["balanced", "careful"] = "balanced"
    language: Literal["accurate", "fast"] = "accurate"
    model: str = ""
    """Name or path of a spaCy pipeline to take in place of the shipped one."""
    sources: str = ""
    """File or folder of source files, for the lines that they keep and remove."""
    memory: str = ""
    """File of the snapshot of what sources repeat."""
    classifier: Literal["on", "off"] = "on"
    """off: only rules cut lines, and trafilatura alone extracts pages."""


def build(names: tuple[str, ...], options: Options) -> tuple[Stage, ...]:
    """Return the stages *names*, their models loaded.

    Imports are local: a process that only cleans never pays for spaCy.
    """
    stages: list[Stage] = []
    for name in names:
        if name == "clean":
            stages.append(clean_stage_of(options))
        elif name == "enrich":
            from pipeline.enrich import enrich_stage

            stages.append(enrich_stage(options.language, options.model))
        else:
            raise ValueError(f"no stage {name!r} works on records; there are clean and enrich")
    return tuple(stages)


def clean_stage_of(options: Options) -> Stage:
    """Return the clean stage with what it is given: what is known of sources, and the weights."""
    from pipeline.clean import clean_stage
    from pipeline.clean.classifier.classifier import line_classifier

    on = options.classifier == "on"
    classifier = line_classifier(asset("models/lines")) if on else None
    return clean_stage(options.cleaning, known_sources(options), classifier)


def known_sources(options: Options) -> Sources:
    """Return what is known of the sources: what their files say of lines, and the memory.

    Raises:
        ConfigError: a file is not there, or something in it is wrong.

    """
    from connectors.source_file import load
    from pipeline.clean.memory import read_snapshot
    from pipeline.clean.source import Sources
    from pipeline.clean.source_rules import SourceRules

    found = load([Path(options.sources)]) if options.sources else ()
    rules = {one.id: SourceRules(one.keep, one.remove) for one in found if one.keep or one.remove}
    return Sources(rules, read_snapshot(Path(options.memory)) if options.memory else None)
