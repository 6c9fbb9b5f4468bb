"""The tables of the bench: a line for each run, collected where DELINK_TABLES names a folder; printed by
``python -m tests.truth.tables FOLDER``."""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop.domain.causes import CauseCode
from desktop.domain.runs import Ending

FAULTS, KILLS = "faults.txt", "kills.txt"


def note(group: str, name: str, position: str, ending: Ending, words: Iterable[CauseCode]) -> None:
    """One fault that struck at one place, after its run was checked."""
    said = " + ".join(sorted(str(word) for word in words))
    _keep(FAULTS, group, name, position, said, ending.calls, ending.reads)


def note_kill(name: str, nth: int, what: str, unknown: int, told: Mapping[str, object]) -> None:
    """One kill, after its run was checked and brought to its end; ``unknown`` links were unconfirmed in between."""
    _keep(KILLS, name, nth, what, unknown, told.get("calls", ""), told.get("reads", ""))


def _keep(file_name: str, *cells: object) -> None:
    line = "\t".join(map(str, cells))
    print(line)
    if folder := os.environ.get("DELINK_TABLES"):
        with (Path(folder) / file_name).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def main(folder: Path) -> None:
    """Print both tables; a run that failed its check is in neither."""
    print(f"{'fault':46} runs  ended as (of the links that were there)")
    rows = [line.split("\t") for line in (folder / FAULTS).read_text("utf-8").splitlines()]
    groups: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for group, name, _, said, *_ in rows:
        groups[group][name].append(said)
    for group, faults in groups.items():
        print(f"{group.upper()}: {len(faults)} kinds, {sum(map(len, faults.values()))} runs")
        for name, words in faults.items():
            counts = ", ".join(f"{count} × {word}" for word, count in Counter(words).most_common())
            print(f"  {name:44} {len(words):4}  {counts}")
    print(f"in all {len(rows)} runs\n\n{'kill':46} kills  unconfirmed after it (links: kills)")
    kills = [line.split("\t") for line in (folder / KILLS).read_text("utf-8").splitlines()]
    points: dict[str, list[list[str]]] = defaultdict(list)
    for name, *rest in kills:
        points[name].append(rest)
    for name, lines in sorted(points.items(), key=lambda one: _number(one[0])):
        unknown = Counter(int(line[2]) for line in lines)
        counts = ", ".join(f"{links}: {count}" for links, count in sorted(unknown.items()))
        ends = ", ".join(f"{count} {what}" for what, count in Counter(line[1] for line in lines).most_common())
        print(f"  {name:44} {len(lines):5}  {counts}  ({ends})")
    print(f"in all {len(kills)} kills")


def _number(name: str) -> tuple[int, str]:
    first = name.split()[0].rstrip("a")
    return (int(first) if first.isdigit() else 99, name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
