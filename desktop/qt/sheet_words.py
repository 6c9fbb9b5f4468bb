"""What the window says about the columns of a sheet and about which of its rows are meant."""

from collections.abc import Mapping, Sequence
from functools import reduce

from desktop.domain.column_titles import letter_of, told_apart
from desktop.domain.readings import SheetLinks
from desktop.domain.row_choices import Condition, HiddenRows, LeftOut, filter_in_words
from desktop.domain.sheet_habits import RowsBefore
from desktop.words import say, say_count, say_text
from desktop.words.joining import enumerated

_MOST_NAMED = 3
_LONGEST_VALUE = 40


class SheetWords:
    """The words about one sheet; made when they are needed."""

    def __init__(self, sheet: SheetLinks) -> None:
        self._sheet = sheet

    def titles(self, in_words: Mapping[int, str] | None = None) -> list[str]:
        """A title for each column, no two alike, hidden ones named as hidden; ``in_words`` are titles of our own."""
        named = in_words or {}
        own = [
            named.get(column) or header.strip() or say("Column {letter}", letter=letter_of(column))
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
        told = [sentence for _, sentence in self.filters(where)]
        return reduce(lambda one, other: say("{one} and {other}", one=one, other=other), told) if told else ""

    def rows_meant(self) -> str:
        """Which rows are meant, as far as what the workbook hides decides it."""
        sheet, choice = self._sheet, self._sheet.choice.hidden_rows
        hidden, rows = sheet.hidden.rows, sheet.books.rows
        if sheet.must_choose_rows:
            are_known = sheet.hidden.are_known
            return say("Choose above: visible or all.") if are_known else say("Say above whether all are meant.")
        if not hidden:
            return say_count("All {n} row.", "All {n} rows.", rows) if not self.filters() else ""
        if choice is HiddenRows.READ:
            return say("All {rows} rows; {hidden} of them are hidden in the workbook.", rows=rows, hidden=hidden)
        visible = say_count("{n} visible row", "{n} visible rows", rows - hidden)
        if choice is HiddenRows.SKIP:
            return say_count(
                "{visible}; {n} hidden one is left out.", "{visible}; {n} hidden ones are left out.", hidden, visible=visible
            )
        return say_count(
            "{visible}; {n} hidden one holds no link and is not read.",
            "{visible}; {n} hidden ones hold no link and are not read.",
            hidden,
            visible=visible,
        )

    def rows_left(self) -> str:
        """How many rows the filter leaves: ``412 of 1,180 rows``."""
        books = self._sheet.books
        rows = books.rows - books.hidden
        return say_count("{left} of {n} row", "{left} of {n} rows", rows, left=rows - books.left_out)

    def before(self, before: RowsBefore) -> str:
        """Say which rows were meant last time."""
        choices = []
        if before.hidden_rows is HiddenRows.SKIP:
            choices.append(say("only the visible rows"))
        elif before.hidden_rows is HiddenRows.READ:
            choices.append(say("all rows, hidden ones too"))
        if before.where:
            choices.append(say("only rows where {conditions}", conditions=self.filter(before.where)))
        return say("Last time: {choices}.", choices=enumerated(choices))

    def left_out(self) -> list[str]:
        """The rows that will not be sent because they were left out, each kind with its reason."""
        sheet, lines = self._sheet, list[str]()
        if hidden := sheet.left_out.count(LeftOut.HIDDEN):
            if sheet.choice.hidden_rows is HiddenRows.SKIP:
                lines.append(
                    say_count("{n} hidden row is left out, as you chose.", "{n} hidden rows are left out, as you chose.", hidden)
                )
            else:
                lines.append(
                    say_count(
                        "{n} hidden row holds no link and is left out.",
                        "{n} hidden rows hold no link and are left out.",
                        hidden,
                    )
                )
        if filtered := sheet.left_out.count(LeftOut.FILTERED):
            lines.append(
                say_count(
                    "{n} row is left out by your filter: only rows where {conditions}.",
                    "{n} rows are left out by your filter: only rows where {conditions}.",
                    filtered,
                    conditions=self.filter(),
                )
            )
        return lines

    def read_too(self) -> list[str]:
        """That hidden rows are read like all others, where the user has chosen it."""
        hidden = self._sheet.hidden.rows
        if self._sheet.choice.hidden_rows is not HiddenRows.READ or not hidden:
            return []
        return [
            say_count(
                "{n} hidden row is read like all others, as you chose.",
                "{n} hidden rows are read like all others, as you chose.",
                hidden,
            )
        ]

    def _sentence(self, title: str, conditions: Sequence[Condition]) -> str:
        rest = len(conditions) - _MOST_NAMED
        shown = conditions if rest <= 1 else conditions[:_MOST_NAMED]
        words = say_text(filter_in_words(shown, lambda _: title))
        if rest <= 1:
            return words
        if conditions[0].excluded:
            return say("{condition} and none of {rest} others", condition=words, rest=rest)
        return say("{condition} or one of {rest} others", condition=words, rest=rest)


def _shortened(condition: Condition) -> Condition:
    """With a value that fits into a sentence."""
    value = " ".join(condition.value.split())
    if len(value) > _LONGEST_VALUE:
        value = value[: _LONGEST_VALUE - 1] + "…"
    return Condition(condition.column, value, condition.excluded)
