"""What the command line prints: results to standard output, progress and errors to standard error."""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self, TextIO

from desktop.domain.causes import CauseCode
from desktop.domain.entries import Books
from desktop.domain.findings import Findings, Presence
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.readings import OtherWorksheet, SheetLinks
from desktop.domain.system_reasons import reason_of
from desktop.domain.visible import visible, visible_in_json
from desktop.words import language, say, say_count, say_text
from desktop.words.causes import explain_cause
from desktop.words.labels import outcome_label
from desktop.words.rejections import explain_rejection

_REDRAW_S = 0.1
_LINE_EVERY_S = 1.0
_BAR = 28
_MANY_ROWS = 20_000


class OutputLost(Exception):
    """Standard output takes nothing any more: its reader is gone, or its disk is full."""

    def __init__(self, cause: OSError | ValueError) -> None:
        super().__init__()
        self._reason = reason_of(cause) if isinstance(cause, OSError) and cause.strerror else say("it is closed")
        self._has_reader = not isinstance(cause, BrokenPipeError)

    def tell(self) -> None:
        """Say so, unless the reader went on purpose as ``head`` does."""
        lead_nowhere(sys.stdout)
        if self._has_reader:
            report(say("Standard output cannot be written ({why}); what was done is kept.", why=self._reason))


def print_json(value: Mapping[str, Any]) -> None:
    """One object on one line of standard output. Raises OutputLost."""
    _write_results(visible_in_json(json.dumps(value, ensure_ascii=False)))


def tell(*lines: str) -> None:
    """Results, on standard output. Each argument is one line, whatever stands in it. Raises OutputLost."""
    _write_results("\n".join(map(visible, lines)))


def flush_output() -> None:
    """Write out what waits in standard output. Raises OutputLost."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError) as exc:
        raise OutputLost(exc) from exc


def _write_results(text: str) -> None:
    try:
        print(text)
    except (OSError, ValueError) as exc:
        raise OutputLost(exc) from exc
    flush_output()


def report(*lines: str) -> None:
    """Lines for people who watch, on standard error. When nobody reads there any more, the work goes on without."""
    _write_to_watchers("".join(f"{visible(line)}\n" for line in lines))


def redraw(line: str, bar: str = "") -> None:
    """Put this in place of the last line of a terminal, on standard error; ``bar`` stands before it."""
    _write_to_watchers(f"\r\x1b[K{bar}{visible(line)}")


def _write_to_watchers(text: str) -> None:
    try:
        print(text, file=sys.stderr, end="", flush=True)
    except (OSError, ValueError):
        lead_nowhere(sys.stderr)


def lead_nowhere(stream: TextIO) -> None:
    """Empty a stream whose reader is gone: what waits in it would fail again, at the latest when the program ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass  # a stream without a file, or one that was closed: nothing waits in it


def every_second(words: Callable[[float], str]) -> Callable[[float], None]:
    """Says a number in these words, once a second, and nothing of what is over within the first one."""
    said_at = time.monotonic()

    def tell(number: float) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= _LINE_EVERY_S:
            said_at = time.monotonic()
            report(words(number))

    return tell


def after_a_second(words: Callable[[int, int], str]) -> Callable[[int, int], None]:
    """Says two numbers in these words once a second, and nothing of what is over within the first one."""
    said_at = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= _LINE_EVERY_S:
            said_at = time.monotonic()
            report(words(done, total))

    return tell


def numbered(number: int, words: str, width: int = 8) -> str:
    """A line of a list: the number at the right end of a column of so many signs, and what it counts."""
    return f"  {language().number(number).rjust(width)}  {words}"


def sheet_lines(sheet: SheetLinks) -> list[str]:
    """How the sheet was read and what is in it."""
    books = sheet.books
    lines = [
        f"{sheet.name}: {say_text(sheet.reading.sentence())}.",
        *notes_of(sheet),
        say(
            "{rows} ({not_read}), {entries}: {links}, {repeats}, {rejected} rejected.",
            rows=say_count("{n} row", "{n} rows", books.rows),
            not_read=_not_read(books),
            entries=say_count("{n} entry", "{n} entries", books.entries),
            links=say_count("{n} link", "{n} links", books.links),
            repeats=say_count("{n} repeat", "{n} repeats", books.duplicates),
            rejected=sum(books.rejected.values()),
        ),
    ]
    lines += [numbered(number, explain_rejection(reason).title, width=6) for reason, number in books.rejected.items()]
    if books.suspicious:
        lines.append(_suspicious_line(books.suspicious, is_sent=sheet.links.included))
    return lines


def _suspicious_line(links: int, *, is_sent: bool) -> str:
    if is_sent:
        return say_count("{n} suspicious link: included.", "{n} suspicious links: included.", links)
    return say_count(
        "{n} suspicious link: held back; --include-suspicious sends it.",
        "{n} suspicious links: held back; --include-suspicious sends them.",
        links,
    )


def notes_of(sheet: SheetLinks) -> list[str]:
    """What the user should know of how the sheet was read, and which other worksheets hold record IDs."""
    return [*map(say_text, sheet.reading.notes), *map(_other_line, sheet.others)]


def _other_line(other: OtherWorksheet) -> str:
    if other.links is None:
        return say("The worksheet “{name}” may hold record IDs too; --sheet-name reads it.", name=other.name)
    return say_count(
        "The worksheet “{name}” holds {n} link too; --sheet-name reads it.",
        "The worksheet “{name}” holds {n} links too; --sheet-name reads it.",
        other.links,
        name=other.name,
    )


def _not_read(books: Books) -> str:
    """The rows without entries: blank ones, and those that were left out by choice."""
    parts = [say("{rows} blank", rows=books.blank)]
    if books.hidden:
        parts.append(say("{rows} hidden", rows=books.hidden))
    if books.left_out:
        parts.append(say("{rows} left out by the filter", rows=books.left_out))
    return ", ".join(parts)


def findings_lines(findings: Findings | None) -> list[str]:
    """What a look into the CRM found, one kind a line, those that occurred."""
    if findings is None:
        return []
    kinds = {
        Presence.LINKED: say("linked now"),
        Presence.NOT_LINKED: say("not linked: removed earlier, or never there"),
        Presence.NOT_FOUND: say("with a record that is not found"),
        Presence.UNCLEAR: say("could not be read"),
    }
    lines = [say_count("In the CRM ({n} read, nothing changed):", "In the CRM ({n} reads, nothing changed):", findings.reads)]
    return lines + [numbered(findings.count(kind), words) for kind, words in kinds.items() if findings.count(kind)]


def tally_of(tally: Tally, operation: Operation) -> dict[str, int]:
    """The five counts of a run with this operation under their codes."""
    return {str(outcome): tally[outcome] for outcome in operation.outcomes}


def tally_lines(tally: Tally) -> list[str]:
    """The five outcomes, one a line, those that occurred."""
    return [numbered(tally[outcome], outcome_label(outcome)) for outcome in Outcome if tally[outcome]]


def cause_lines(causes: Sequence[tuple[CauseCode, int]], operation: Operation, most: int = 3) -> list[str]:
    """The commonest causes of what needs somebody, each with its number of links and what to do."""
    lines = []
    for code, number in causes[:most]:
        words = explain_cause(code, operation)
        lines.append(numbered(number, words.whole()))
    return [say("Why:"), *lines] if lines else []


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
        """Show that so much of ``total`` is done."""
        self._shown_at = time.monotonic()
        if not self._is_terminal:
            return report(line)
        filled = _BAR * done // max(1, total)
        redraw(line, f"{'█' * filled}{'░' * (_BAR - filled)} ")
        self._drawn = True
        return None

    def end(self) -> None:
        """Leave the line of the bar, so that others can write."""
        if self._drawn:
            report("")
            self._drawn = False


class RowsPrinter:
    """Watches results being written, which takes half a minute where they have hundreds of thousands of rows."""

    def __init__(self, entries: int) -> None:
        self._bar, self._entries = Bar(), entries
        self._has_begun = False

    def tell(self, done: int, total: int) -> None:
        """So many rows are written of so many; what needs a look is written twice, on a worksheet of its own too."""
        if not self._has_begun and self._entries >= _MANY_ROWS:
            report(say_count("Writing the results of {n} entry.", "Writing the results of {n} entries.", self._entries))
        self._has_begun = True
        if done == total:
            if self._entries >= _MANY_ROWS:
                self._bar.show(done, total, say("Packing and checking the results."))
        elif self._bar.is_due():
            self._bar.show(
                done,
                total,
                say_count("Writing the results: {done} of {n} row", "Writing the results: {done} of {n} rows", total, done=done),
            )

    def finish(self) -> None:
        """End the line on the terminal, because the results are written."""
        self._bar.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.finish()


class ReadsPrinter:
    """Watches a look at the links. Any thread, one at a time."""

    def __init__(self) -> None:
        self._bar = Bar()

    def tell(self, done: int, total: int) -> None:
        """So many reads of at most ``total`` came back."""
        if self._bar.is_due():
            self._bar.show(done, total, say_count("{done} of at most {n} read", "{done} of at most {n} reads", total, done=done))

    def finish(self) -> None:
        """Leave the line, because nothing more is read."""
        self._bar.end()
