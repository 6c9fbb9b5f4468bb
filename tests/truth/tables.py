"""The tables that the bench prints when it is asked to (``pytest -s`` or DELINK_TABLES=folder)."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop.domain.causes import CauseCode
from desktop.domain.runs import Ending


def note(group: str, name: str, position: str, ending: Ending, words: Iterable[CauseCode]) -> None:
    """One line of the fault table; collected in a file when DELINK_TABLES names a folder."""
    said = "+".join(sorted(str(word) for word in words))
    line = f"{group:20} {name:44} {position:7} {said:36} {ending.calls:2} calls {ending.reads:2} reads"
    print(line)
    if folder := os.environ.get("DELINK_TABLES"):
        with (Path(folder) / "faults.txt").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def note_kill(name: str, nth: int, what: str, unknown: int, told: Mapping[str, object]) -> None:
    """One line of the kill table."""
    counts = " ".join(f"{key} {told[key]}" for key in ("delinked", "not_linked", "unknown", "calls", "reads") if key in told)
    line = f"{name:40} {nth:4} {what:22} unconfirmed after the kill {unknown:2}  {counts}"
    print(line)
    if folder := os.environ.get("DELINK_TABLES"):
        with (Path(folder) / "kills.txt").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
