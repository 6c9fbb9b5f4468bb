"""Why a file cannot be read as a sheet of links, or a choice does not fit it.

Each completes "… could not be read: …", "… was not opened: …", "… has no links that could be removed: …", "… could not be
written: …", or stands behind the name of the file and a colon.
"""

from collections.abc import Mapping

from desktop.words.language import Plural

SHEETS: Mapping[str, str | Plural] = {
    # The file as a whole.
    "no-such-file": "there is no such file",
    "is-a-folder": "it is a folder",
    "is-no-file": "it is not a file",
    "may-not-be-read": "you may not read it",
    "empty-file": "it is empty; a file that lies in OneDrive, iCloud or Google Drive has to be downloaded first",
    "in-the-cloud": "it lies in the cloud and could not be fetched; download it and open it again",
    "changed-while-read": "it was changed while it was being read",
    "damaged": "it is damaged",
    "last-letter-cut": "it is cut short: its last letter is not whole",
    "part-in-unknown-encoding": (
        "a part of it is written in an encoding that Delink does not read; open it in Excel and save it as .xlsx"
    ),
    "parts-of-one-name": (
        "several parts of it have the same name, and programs differ in which one they read; save it again in Excel"
    ),
    "parts-for-one-worksheet": (
        "it has several parts for one worksheet, and programs differ in which one they read; save it again in Excel"
    ),
    "reading-stopped": "the program that was to read it stopped; restart Delink and try again",
    # Limits that no honest sheet reaches.
    "reading-takes-too-much": "reading it takes more memory than any sheet needs",
    "larger-than-a-gigabyte": "it is larger than 1 GB",
    "larger-than-250-megabytes": "it is larger than 250 MB",
    "unpacks-to-too-much": "it unpacks to more than 2 GB",
    "packed-too-tightly": "it is packed far tighter than any sheet is",
    "xml-entities": "it declares XML entities, which no sheet needs",
    "too-many-parts": "it has more than {most} parts",
    "too-many-rows": "it has more than {most} rows",
    "too-many-columns": "it has more than {most} columns",
    "too-many-columns-in-row": "row {row} has more than {most} columns",
    "too-many-merged-areas": "it has more merged areas than any sheet does",
    "cell-far-away": "it has a cell very far away from all others",
    "cell-nowhere": "it has a cell at a place that does not exist",
    "cells-without-end": "it has far more empty cells than any sheet needs",
    "long-texts-repeated": "it repeats long texts more often than any sheet does",
    "text-too-long": "it has a text longer than a cell can hold",
    "line-too-long": "it has a line of more than 64 MB",
    # Cells of a workbook.
    "cells-out-of-order": (
        "its rows or cells are numbered twice or out of order; save it again in Excel and choose the new file"
    ),
    "several-values-in-one-cell": (
        "it has several values in one cell, or several tables in one worksheet; save it again in Excel and choose the new file"
    ),
    "hidden-rows-not-told": "what it hides cannot be found out",
    # Worksheets.
    "only-charts": "it has no worksheet, only charts or modules; open the list itself",
    "no-worksheet-inside": "it has no worksheet in the file itself; open it in Excel and save it as .xlsx",
    "all-worksheets-hidden": "it has no worksheet that is not hidden",
    "no-such-worksheet": "there is no worksheet “{name}”, only {known}",
    "text-without-worksheet": "it is a text file, which has no worksheet “{name}”",
    "ids-on-other-worksheets": Plural(
        "{found}; record IDs stand on the worksheet {worksheets}",
        "{found}; record IDs stand on the worksheets {worksheets}",
        by="count",
    ),
    "worksheet-with-links": Plural("“{name}” ({links} link)", "“{name}” ({links} links)", by="links"),
    # Texts whose cells are parted by a sign.
    "binary-line": "line {line} holds binary data",
    "binary-row": "row {row} holds binary data",
    "row-in-another-encoding": "row {row} is not {encoding}",
    "cell-too-large": "a cell in row {row} is larger than 1 MB",
    "mark-behind-backslash": "a quotation mark in row {row} stands behind a backslash instead of being doubled",
    "mark-not-closed": "a quotation mark in row {row} is not closed or not doubled",
    "mark-closed-in-next-line": (
        "a quotation mark in row {row} is closed only in the next line, and what it encloses looks like rows; "
        "close or remove the mark"
    ),
    "mark-closed-far-below": Plural(
        "a quotation mark in row {row} is closed only {lines} line below, and what it encloses looks like rows; "
        "close or remove the mark",
        "a quotation mark in row {row} is closed only {lines} lines below, and what it encloses looks like rows; "
        "close or remove the mark",
        by="lines",
    ),
    "no-delimiter": "“{sign}” is not a delimiter",
    "no-encoding": "“{name}” is not an encoding of text",
    "row-overlong": (
        "row {row} has {cells} cells below {headers}, and IDs stand outside their columns; "
        "put a list of IDs between quotation marks"
    ),
    "rows-overlong": Plural(
        "row {row} (and {more} more such row) has {cells} cells below {headers}, and IDs stand outside their columns; "
        "put a list of IDs between quotation marks",
        "row {row} (and {more} more such rows) has {cells} cells below {headers}, and IDs stand outside their columns; "
        "put a list of IDs between quotation marks",
        by="more",
    ),
    "so-many-headers": Plural("{headers} header", "{headers} headers", by="headers"),
    # Header and columns.
    "no-such-row": "it has no row {row}",
    "no-filled-rows": "it has no filled rows",
    "no-rows-below-header": "it has no rows below its header",
    "no-column-of-number": "there is no column {number}",
    "no-column-of-name": "there is no column “{name}”",
    "columns-of-one-title": "columns {columns} are all headed “{title}”: name one of them by its letter",
    "columns-of-one-title-numbered": "columns {columns} are all headed “{title}”: name one of them by its number",
    "one-column-for-both": "the parent and the related column are the same",
    "one-column-of-ids": "only column {column} holds record IDs, and a second one is needed",
    "no-column-of-ids": "no column holds record IDs",
    "only-e-mail-addresses": "column {column} holds e-mail addresses, and no column holds record IDs",
    "ids-of-owners-besides": Plural(
        "{found} (the IDs in column {columns} are those of owners, authors or the like)",
        "{found} (the IDs in columns {columns} are those of owners, authors or the like)",
        by="count",
    ),
    "sign-beside-ids": "{found}; “{sign}” stands beside the IDs: choose it as the delimiter",
    "row-like-a-header": "{found}; row {row} looks like a header ({titles}): choose it as the header row",
    "rows-like-headers": "{found}; rows {rows} look like headers: choose one of them as the header row",
    "columns-hold-ids": "columns {columns} hold IDs, and nothing tells which two are meant: name both columns",
    "columns-can-each-hold": "columns {columns} can each hold the IDs of {records}: name the one that is meant",
    "letter-with-title": "{letter} (“{title}”)",
    "letter-and-title": "{letter} “{title}”",
    "nothing-to-fix": (
        "these are results of an earlier run with nothing left to fix; all of them are on the worksheet “{all_rows}”"
    ),
    # Which links are meant.
    "headers-fit-several-relations": "the headers fit several kinds of links",
    "headers-without-relation": "the headers do not tell which links are meant",
    "header-without-kind": "the header “{title}” does not tell what kind of records these are",
    # Which rows are meant.
    "no-filter": "“{text}” is no filter; write it as COLUMN=VALUE or COLUMN!=VALUE",
    "filter-without-column": "the filter “{text}” names no column of it; its columns are {known}",
    "filter-clashes": "the filter asks for values of “{title}” and against values of it at the same time",
    "filter-leaves-nothing": "the filter leaves no row of it",
    "all-rows-hidden": "all of its rows are hidden",
    "skipping-impossible": (
        "which of its rows are hidden cannot be found out; save it in Excel as .xlsx again, or have all of its rows read"
    ),
    # A file that cannot be written.
    "may-not-be-written": "the file or its folder may not be written, or another program has it open",
    "folder-of-that-name": "a folder has that name",
    "file-read-only": "the file there is read-only",
    "written-wrong": "what was written failed its check",
    "record-lacks-rows": "the record of the run lacks rows",
    "written-file-lacks-rows": "the written file lacks rows",
}
