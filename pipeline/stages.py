"""The stages by name, in the order the data flows, and the settings that an operator may choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.stage import Stage

STAGES = ("clean", "enrich", "index")
"""Every stage; the last one writes to a sink and is bound by its driver."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the stages do their work."""

    cleaning: Literal["balanced", "careful"] = "balanced"
    language: Literal["accurate", "fast"] = "accurate"
    model: str = ""
    """Name or path of a spaCy pipeline to take in place of the shipped one."""


def build(names: tuple[str, ...], options: Options) -> tuple[Stage, ...]:
    """Return the stages *names*, their models loaded.

    Imports are local: a process that only cleans never pays for spaCy.
    """
    stages: list[Stage] = []
    for name in names:
        if name == "clean":
            from pipeline.clean import clean_stage

            stages.append(clean_stage(options.cleaning))
        elif name == "enrich":
            from pipeline.enrich import enrich_stage

            stages.append(enrich_stage(options.language, options.model))
        else:
            raise ValueError(f"no stage {name!r} works on records; there are clean and enrich")
    return tuple(stages)
