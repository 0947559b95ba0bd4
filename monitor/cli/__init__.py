"""The command `postwatch`: the one place that puts everything together."""

from monitor.cli.app import main

__all__ = ["main"]
