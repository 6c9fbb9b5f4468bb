"""Why an entry cannot be sent, or a row is left out, in the words of people: the same on the screen, in the results and on
the command line.
"""

from collections.abc import Mapping

from desktop.domain.causes import Cause
from desktop.domain.entries import Rejection
from desktop.domain.row_choices import LeftOut

_EXPORT_AGAIN = (
    "Export the records from Zoho again (their IDs then start with zcrm_) and open that file here, not by double-click in Excel."
)

REJECTIONS: Mapping[Rejection, Cause] = {
    Rejection.BLANK_PARENT: Cause(
        "No parent ID in this row",
        "The cell of the parent record is empty.",
        "Fill in the ID, or choose to fill empty cells from above.",
    ),
    Rejection.BLANK_RELATED: Cause(
        "No related ID in this row", "The cell of the related record is empty.", "Fill in the ID, or leave the row out."
    ),
    Rejection.NOT_AN_ID: Cause(
        "Not a record ID", "A record ID is 10 to 20 digits; this is something else.", "Replace it by the record's ID from Zoho."
    ),
    Rejection.DAMAGED: Cause(
        "Damaged by a spreadsheet",
        "Excel keeps 15 digits of a number, so the last digits of this ID are lost and may name another record.",
        _EXPORT_AGAIN,
    ),
    Rejection.ERROR_CELL: Cause(
        "The cell shows an error", "A formula in this cell failed.", "Mend the formula, save the sheet and open it again."
    ),
    Rejection.SAME_RECORD: Cause(
        "Both IDs are the same", "A record cannot be linked to itself.", "Check which of the two IDs is wrong."
    ),
    Rejection.WRONG_MODULE: Cause(
        "A record of another kind",
        "The row names a module that does not fit the chosen relation.",
        "Check the record or the relation.",
    ),
    Rejection.SECOND_TABLE: Cause(
        "In a second table",
        "Another header stands above this row, so its columns may mean something else.",
        "Choose that row as the header row (--header-row) to read the rows below it.",
    ),
}

ROWS_LEFT_OUT: Mapping[LeftOut, Cause] = {
    LeftOut.HIDDEN: Cause(
        "Left out: a hidden row",
        "The row is hidden or filtered out in the sheet, and you chose only the visible rows.",
        "Nothing; to send it, open the sheet again and choose all rows.",
    ),
    LeftOut.FILTERED: Cause(
        "Left out by your filter",
        "The row does not meet the conditions that you chose.",
        "Nothing; to send it, open the sheet again with another filter.",
    ),
}
