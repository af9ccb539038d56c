"""The stages by name, in the order the data flows, and the settings that an operator may choose."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.assets import asset
from pipeline.stage import Stage

if TYPE_CHECKING:
    from pipeline.clean.classifier.classifier import LineClassifier
    from pipeline.clean.source import Sources
    from pipeline.settings import Settings

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
    sound_only: bool = False
    """Leave out a source with a fault in its file, rather than refuse all of them."""
    classifier: Literal["on", "off"] = "on"
    """off: only rules cut lines, and trafilatura alone extracts pages."""


def options_of(settings: Settings, *, of_sources: bool = True, sound_only: bool = False) -> Options:
    """Return how the stages do their work by *settings*.

    Args:
        settings: what the operator has set.
        of_sources: whether the stages are told what is known of the sources.
        sound_only: whether a source with a fault in its file is left out, not refused.

    Raises:
        ConfigError: there is no such snapshot of what sources repeat.

    """
    from pipeline.snapshots import find

    known = of_sources and settings.sources_dir.exists()
    memory = settings.memory if of_sources else ""
    return Options(
        settings.cleaning,
        settings.language,
        settings.model,
        sources=str(settings.sources_dir) if known else "",
        sound_only=sound_only,
        memory=str(find(memory, settings.memory_dir())) if memory else "",
        classifier=settings.classifier,
    )


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
    gc.freeze()  # models stay as long as the process: the collector need not look through them
    return tuple(stages)


def clean_stage_of(options: Options) -> Stage:
    """Return the clean stage with what it is given: what is known of sources, and the weights."""
    from pipeline.clean import clean_stage
    from pipeline.clean.language import load_identifier

    load_identifier()
    return clean_stage(options.cleaning, known_sources(options), classifier_of(options))


def classifier_of(options: Options) -> LineClassifier | None:
    """Return what judges the lines that no rule knows; None where *options* turn it off."""
    from pipeline.clean.classifier.classifier import line_classifier

    return line_classifier(asset("models/lines")) if options.classifier == "on" else None


def known_sources(options: Options) -> Sources:
    """Return what is known of the sources: what their files say of lines, and the memory.

    Raises:
        ConfigError: a file is not there, or something in it is wrong and not to be left out.

    """
    from connectors.source_file import load, sound
    from pipeline.clean.memory import read_snapshot
    from pipeline.clean.source import Sources
    from pipeline.clean.source_rules import SourceRules

    paths = [Path(options.sources)] if options.sources else []
    found = sound(paths)[0] if options.sound_only else load(paths)
    rules = {one.id: SourceRules(one.keep, one.remove) for one in found if one.keep or one.remove}
    return Sources(rules, read_snapshot(Path(options.memory)) if options.memory else None)
