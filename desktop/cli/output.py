"""What the command line prints: results to standard output, progress and errors to standard error."""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TextIO

from desktop.domain.causes import CauseCode
from desktop.domain.entries import Books
from desktop.domain.findings import Findings, Presence
from desktop.domain.outcomes import OUTCOME_LABELS, Tally
from desktop.domain.readings import OtherWorksheet, SheetLinks
from desktop.domain.rejections import REJECTIONS
from desktop.domain.runs import RunKind
from desktop.domain.undo_causes import cause_in

_REDRAW_S = 0.1
_LINE_EVERY_S = 1.0
_BAR = 28


def print_json(value: Mapping[str, Any]) -> None:
    """One object on one line."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def say(text: str, end: str = "\n") -> None:
    """A line for people who watch, on standard error. When nobody reads there any more, the work goes on without."""
    try:
        print(text, file=sys.stderr, end=end, flush=True)
    except OSError:
        lead_nowhere(sys.stderr)


def lead_nowhere(stream: TextIO) -> None:
    """Empty a stream whose reader is gone: what waits in it would fail again, at the latest when the program ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def every_second(words: Callable[[float], str]) -> Callable[[float], None]:
    """Says a number in these words, at most once a second."""
    said_at = float("-inf")

    def tell(number: float) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= _LINE_EVERY_S:
            said_at = time.monotonic()
            say(words(number))

    return tell


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 link``, ``1,240 links``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sheet_lines(sheet: SheetLinks) -> list[str]:
    """How the sheet was read and what is in it."""
    books = sheet.books
    lines = [
        f"{sheet.name}: {sheet.reading.sentence()}.",
        *notes_of(sheet),
        f"{count(books.rows, 'row')} ({_not_read(books)}), {count(books.entries, 'entry', 'entries')}: "
        f"{count(books.links, 'link')}, {count(books.duplicates, 'repeat')}, {sum(books.rejected.values()):,} rejected.",
    ]
    lines += [f"  {number:>6,}  {REJECTIONS[reason].title}" for reason, number in books.rejected.items()]
    if books.suspicious:
        held = "included" if sheet.links.included else "held back; --include-suspicious sends them"
        lines.append(f"{count(books.suspicious, 'suspicious link')}: {held}.")
    return lines


def notes_of(sheet: SheetLinks) -> list[str]:
    """What the user should know of how the sheet was read, and which other worksheets hold record IDs."""
    return [*sheet.reading.notes, *map(_other_line, sheet.others)]


def _other_line(other: OtherWorksheet) -> str:
    holds = "may hold record IDs too" if other.links is None else f"holds {count(other.links, 'link')} too"
    return f"The worksheet “{other.name}” {holds}; --sheet-name reads it."


def _not_read(books: Books) -> str:
    """The rows without entries: blank ones, and those that were left out by choice."""
    parts = {"blank": books.blank, "hidden": books.hidden, "left out by the filter": books.left_out}
    return ", ".join(f"{number:,} {words}" for words, number in parts.items() if number or words == "blank")


def findings_lines(findings: Findings | None) -> list[str]:
    """What a look into the CRM found, one kind a line, those that occurred."""
    if findings is None:
        return []
    kinds = {
        Presence.LINKED: "linked now",
        Presence.NOT_LINKED: "not linked: removed earlier, or never there",
        Presence.NOT_FOUND: "with a record that is not found",
        Presence.UNCLEAR: "could not be read",
    }
    lines = [f"In the CRM ({count(findings.reads, 'read')}, nothing changed):"]
    return lines + [f"  {findings.count(kind):>8,}  {words}" for kind, words in kinds.items() if findings.count(kind)]


def tally_of(tally: Tally, kind: RunKind) -> dict[str, int]:
    """The five counts of a run of this kind under their codes."""
    return {str(outcome): tally[outcome] for outcome in kind.outcomes}


def tally_lines(tally: Tally) -> list[str]:
    """The five outcomes, one a line, those that occurred."""
    return [f"  {tally[outcome]:>8,}  {label}" for outcome, label in OUTCOME_LABELS.items() if tally[outcome]]


def cause_lines(causes: Sequence[tuple[CauseCode, int]], kind: RunKind, most: int = 3) -> list[str]:
    """The commonest causes of what needs somebody, each with its number of links and what to do."""
    lines = []
    for code, number in causes[:most]:
        words = cause_in(kind, code)
        lines.append(f"{number:>10,}  {words.title}. {words.why} {words.what_to_do}".rstrip())
    return ["Why:", *lines] if lines else []


class Bar:
    """A bar that is redrawn on a terminal, else a plain line a second, on standard error. One thread at a time."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._shown_at = 0.0
        self._drawn = False

    def is_due(self) -> bool:
        """True when the last line was shown long enough ago."""
        return time.monotonic() - self._shown_at >= (_REDRAW_S if self._is_terminal else _LINE_EVERY_S)

    def show(self, done: int, total: int, line: str) -> None:
        """So much of ``total`` is done."""
        self._shown_at = time.monotonic()
        if not self._is_terminal:
            return say(line)
        filled = _BAR * done // max(1, total)
        say(f"\r\x1b[K{'█' * filled}{'░' * (_BAR - filled)} {line}", end="")
        self._drawn = True
        return None

    def end(self) -> None:
        """Leave the line of the bar."""
        if self._drawn:
            say("")
            self._drawn = False


class ReadsPrinter:
    """Watches a look at the links. Any thread, one at a time."""

    def __init__(self) -> None:
        self._bar = Bar()

    def tell(self, done: int, total: int) -> None:
        """So many reads of at most ``total`` came back."""
        if self._bar.is_due():
            self._bar.show(done, total, f"{done:,} of at most {count(total, 'read')}")

    def finish(self) -> None:
        """It is over."""
        self._bar.end()
