"""``python -m pipeline.cli``: the same as ``newsmill``."""

from pipeline.cli.main import entry

if __name__ == "__main__":
    entry()
