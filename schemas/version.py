"""The version of newsmill that runs."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("newsmill")
except PackageNotFoundError:  # run from a folder that was never installed
    VERSION = "0+uninstalled"
