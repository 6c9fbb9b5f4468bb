"""The command line: arguments in, the same use cases as the window, one sentence or one JSON object out. Never imports Qt."""

from desktop.cli.main import main

__all__ = ["main"]
