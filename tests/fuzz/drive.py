"""Drive a target by atheris, which watches which code its inputs reach: `make fuzz`."""

from __future__ import annotations

import sys


def main() -> None:
    """Fuzz the target that is named first; the other arguments are libFuzzer's."""
    import atheris  # no dependency of ours: whoever fuzzes installs it

    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["connectors", "pipeline", "schemas", "feedparser"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
