"""How a sheet was read, and what the user should know of it.

Journals keep the names of the parts of a reading and of a filter, to say them later: such a name stays.
"""

from collections.abc import Mapping

from desktop.words.language import Plural

READINGS: Mapping[str, str | Plural] = {
    # Parts of "Excel workbook, sheet “List”, header in row 4, only the visible rows", one beside the other.
    "side-by-side": "{first}, {second}",
    "excel-workbook": "Excel workbook",
    "excel-97-workbook": "Excel 97 workbook",
    "excel-binary-workbook": "Excel binary workbook",
    "open-document-sheet": "OpenDocument sheet",
    "text-file": "Text file",
    "comma-separated-text": "Comma-separated text",
    "semicolon-separated-text": "Semicolon-separated text",
    "tab-separated-text": "Tab-separated text",
    "bar-separated-text": "Bar-separated text",
    "separated-by": "{sign}-separated text",
    "sheet-named": "sheet “{name}”",
    "header-in-row": "header in row {row}",
    "no-header-row": "no header row",
    "only-visible-rows": "only the visible rows",
    "only-rows-where": "only rows where {where}",
    # A filter: “Status” is “Left” or “Bounced” and “Keep” is not empty.
    "both-hold": "{first} and {second}",
    "column-is": "“{title}” is {values}",
    "column-is-not": "“{title}” is not {values}",
    "or-else": "{first} or {second}",
    "and-not": "{first} and not {second}",
    "empty-value": "empty",
    "in-quotes": "“{text}”",
    # Behind the names of some of many, which are listed as "A, B and 5 more".
    "so-many-more": Plural("{more} more", "{more} more", by="more"),
    # Rows and headers.
    "another-worksheet-read": "The worksheet “{passed_over}” holds no links ({detail}), so “{name}” is read.",
    "read-as-last-time": "The columns and the kind of links are those last used for these headers.",
    "another-header": (
        "Another header stands in row {row}; the rows below it are not read. Choose row {row} as the header row to read them."
    ),
    "more-headers": Plural(
        "Another header stands in row {row} (and {more} more); the rows below it are not read. "
        "Choose row {row} as the header row to read them.",
        "Another header stands in row {row} (and {more} more); the rows below it are not read. "
        "Choose row {row} as the header row to read them.",
        by="more",
    ),
    "header-repeated": Plural(
        "The header is repeated in row {rows}; it is skipped there.",
        "The header is repeated in rows {rows}; it is skipped there.",
        by="count",
    ),
    "row-overlong-unread": (
        "Row {row} has {cells} cells below {headers}, and IDs stand outside their columns; nothing of those is read."
    ),
    "rows-overlong-unread": Plural(
        "Row {row} (and {more} more such row) has {cells} cells below {headers}, and IDs stand outside their columns; "
        "nothing of those is read.",
        "Row {row} (and {more} more such rows) has {cells} cells below {headers}, and IDs stand outside their columns; "
        "nothing of those is read.",
        by="more",
    ),
    # Results of ours that are opened again.
    "results-to-fix": (
        "These are results of run {run}; only what was not settled is read. Choose the worksheet “{all_rows}” to read everything."
    ),
    "old-results-to-fix": (
        "These are results of an earlier run; only what was not settled is read. "
        "Choose the worksheet “{all_rows}” to read everything."
    ),
    "results-with-all-rows": "These are results of run {run}; all of its rows are read, also what was removed.",
    "old-results-with-all-rows": ("These are results of an earlier run; all of its rows are read, also what was removed."),
    # Columns.
    "taken-for-contacts": ("The IDs of “{title}” are taken for contacts, as no column tells of leads; choose leads if they are."),
    "another-list-beside": Plural(
        "Column {columns} holds another list beside this one; nothing of it is read.",
        "Columns {columns} hold another list beside this one; nothing of it is read.",
        by="count",
    ),
    "hidden-columns-read": Plural(
        "Column {columns} is hidden in the workbook; it is read.",
        "Columns {columns} are hidden in the workbook; they are read.",
        by="count",
    ),
    "hidden-columns-not-read": Plural(
        "Column {columns} is hidden in the workbook and holds record IDs too; nothing of that is read.",
        "Columns {columns} are hidden in the workbook and hold record IDs too; nothing of that is read.",
        by="count",
    ),
    # Cells and letters that could not be read as they were meant.
    "cells-not-seen-twice": (
        "The cells could not be read a second time; error cells count as empty, merged cells below the first too."
    ),
    "hiding-unknown": "Whether rows are hidden or filtered out cannot be found out in this workbook.",
    "formulas-without-values": (
        "Some formulas have no stored value and count as empty; open the file in Excel, save it, and open it here again."
    ),
    "not-utf-8": ("The file is not UTF-8; it was read as Windows-1252. Row {row} is the first that is not UTF-8."),
    "odd-letters": ("Not all of the file is {encoding}; the first odd letters, shown as \ufffd, are in row {row}."),
    "cell-of-many-lines": Plural(
        "Row {row} has a cell of {lines} line that looks like a row and is not read as such. "
        "If it is one, a quotation mark in that row is not closed.",
        "Row {row} has a cell of {lines} lines that look like rows and are not read as such. "
        "If they are rows, a quotation mark in that row is not closed.",
        by="lines",
    ),
    # IDs that are suspicious.
    "ids-rounded": Plural(
        "{ids} ID may have been rounded by a program, and a rounded ID may name a wrong record. To be sure, export the "
        "records from Zoho again: their IDs then start with zcrm_. Open that file here, not by a double click in Excel.",
        "{ids} IDs may have been rounded by a program, and a rounded ID may name a wrong record. To be sure, export the "
        "records from Zoho again: their IDs then start with zcrm_. Open that file here, not by a double click in Excel.",
        by="ids",
    ),
    "ids-of-another-thing": (
        "The related IDs are unlike the parent IDs ({related}, beside {parent}), as telephone numbers or dates would be, "
        "so all of them are suspicious. Check that the right column was chosen."
    ),
    "digits-from": "{digits} digits that begin with {start}",
    "digits-of-any-start": "{digits} digits that begin in many ways",
    "digits-of-any-length-from": "digits of several lengths that begin with {start}",
    "digits-of-any-length": "digits of several lengths that begin in many ways",
    "ids-of-other-length": (
        "The related IDs have {related} digits and the parent IDs {parent}. Check that the right columns were chosen."
    ),
    "ids-of-other-start": (
        "The related IDs begin with {related} and the parent IDs with {parent}. Check that both come from the same Zoho account."
    ),
}
