"""What the window says about the columns of a sheet and about which of its rows are meant."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from desktop.domain.column_titles import letter_of, told_apart
from desktop.domain.readings import SheetLinks
from desktop.domain.row_choices import Condition, HiddenRows, LeftOut, filter_in_words
from desktop.domain.sheet_habits import RowsBefore
from desktop.words import say, say_text

_MOST_NAMED = 3
_LONGEST_VALUE = 40


class SheetWords(QObject):
    """The words about one sheet. Made when they are needed, on the window's thread."""

    def __init__(self, sheet: SheetLinks) -> None:
        super().__init__()
        self._sheet = sheet

    def titles(self, in_words: Mapping[int, str] | None = None) -> list[str]:
        """A title for each column, no two alike, hidden ones named as hidden; ``in_words`` are titles of our own."""
        named = in_words or {}
        untitled = self.tr("Column %1")
        own = [
            named.get(column) or header.strip() or untitled.replace("%1", letter_of(column))
            for column, header in enumerate(self._sheet.headers)
        ]
        hidden = self._sheet.reading.hidden_columns
        told = told_apart(own)
        return [say("{title} (hidden)", title=title) if n in hidden else title for n, title in enumerate(told)]

    def filters(self, where: Sequence[str | Condition] | None = None) -> list[tuple[int, str]]:
        """The conditions of the filter as one sentence for each column: column, ``“Status” is “Unsubscribed”``."""
        conditions = [one for one in self._sheet.choice.where if isinstance(one, Condition)] if where is None else where
        titles, by_column = self.titles(), dict[int, list[Condition]]()
        for condition in conditions:
            if isinstance(condition, Condition):
                by_column.setdefault(condition.column, []).append(_shortened(condition))
        return [(column, self._sentence(titles[column], together)) for column, together in by_column.items()]

    def filter(self, where: Sequence[str | Condition] | None = None) -> str:
        """The whole filter in one sentence; empty where there is none."""
        return say(" and ").join(sentence for _, sentence in self.filters(where))

    def rows_meant(self) -> str:
        """Which rows are meant, as far as what the workbook hides decides it."""
        sheet, choice = self._sheet, self._sheet.choice.hidden_rows
        hidden, rows = sheet.hidden.rows, sheet.books.rows
        if sheet.must_choose_rows:
            are_known = sheet.hidden.are_known
            return say("Choose above: visible or all.") if are_known else say("Say above whether all are meant.")
        if not hidden:
            return filled(self.tr("All %1 row(s).", "", rows), rows) if not self.filters() else ""
        if choice is HiddenRows.READ:
            return filled(self.tr("All %1 rows; %2 of them are hidden in the workbook."), rows, hidden)
        visible = filled(self.tr("%1 visible row(s)", "", rows - hidden), rows - hidden)
        rest = self.tr("%1 hidden one(s) hold no link and are not read.", "", hidden)
        if choice is HiddenRows.SKIP:
            rest = self.tr("%1 hidden one(s) are left out.", "", hidden)
        return f"{visible}; {filled(rest, hidden)}"

    def rows_left(self) -> str:
        """How many rows the filter leaves: ``412 of 1,180 rows``."""
        books = self._sheet.books
        rows = books.rows - books.hidden
        return filled(self.tr("%1 of %2 row(s)", "", rows), rows - books.left_out, rows)

    def before(self, before: RowsBefore) -> str:
        """What was meant last time."""
        parts = []
        if before.hidden_rows is HiddenRows.SKIP:
            parts.append(say("only the visible rows"))
        elif before.hidden_rows is HiddenRows.READ:
            parts.append(say("all rows, hidden ones too"))
        if before.where:
            parts.append(say("only rows where {where}", where=self.filter(before.where)))
        return say("Last time: {parts}.", parts=", ".join(parts))

    def left_out(self) -> list[str]:
        """The rows that will not be sent because they were left out, each kind with its reason."""
        sheet, lines = self._sheet, list[str]()
        if hidden := sheet.left_out.count(LeftOut.HIDDEN):
            if sheet.choice.hidden_rows is HiddenRows.SKIP:
                lines.append(filled(self.tr("%1 hidden row(s) are left out, as you chose.", "", hidden), hidden))
            else:
                lines.append(filled(self.tr("%1 hidden row(s) hold no link and are left out.", "", hidden), hidden))
        if filtered := sheet.left_out.count(LeftOut.FILTERED):
            words = self.tr("%1 row(s) are left out by your filter: only rows where %2.", "", filtered)
            lines.append(filled(words, filtered).replace("%2", self.filter()))
        return lines

    def read_too(self) -> list[str]:
        """That hidden rows are read like all others, where the user has chosen it."""
        hidden = self._sheet.hidden.rows
        if self._sheet.choice.hidden_rows is not HiddenRows.READ or not hidden:
            return []
        return [filled(self.tr("%1 hidden row(s) are read like all others, as you chose.", "", hidden), hidden)]

    def _sentence(self, title: str, conditions: Sequence[Condition]) -> str:
        rest = len(conditions) - _MOST_NAMED
        shown = conditions if rest <= 1 else conditions[:_MOST_NAMED]
        words = say_text(filter_in_words(shown, lambda _: title))
        if rest <= 1:
            return words
        more = self.tr("%1 and none of %2 others") if conditions[0].excluded else self.tr("%1 or one of %2 others")
        return more.replace("%2", f"{rest:,}").replace("%1", words)


def filled(words: str, *numbers: int) -> str:
    """The words with %1, %2 … as numbers in groups of three digits, which Qt's own %n does not write."""
    for place, number in enumerate(numbers, start=1):
        words = words.replace(f"%{place}", f"{number:,}")
    return words


def _shortened(condition: Condition) -> Condition:
    """With a value that fits into a sentence."""
    value = " ".join(condition.value.split())
    if len(value) > _LONGEST_VALUE:
        value = value[: _LONGEST_VALUE - 1] + "…"
    return Condition(condition.column, value, condition.excluded)
