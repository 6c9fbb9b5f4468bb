"""Why an entry cannot be sent, or a row is left out, in the words of people: the same on the screen, in the results and on
the command line.
"""

from collections.abc import Mapping

from desktop.domain.entries import Rejection
from desktop.domain.row_choices import LeftOut
from desktop.words.explanations import Explanation

_EXPORT_AGAIN = (
    "Export the records from Zoho again: their IDs then start with zcrm_. Open that file here, not by a double click in Excel."
)

REJECTIONS: Mapping[Rejection, Explanation] = {
    Rejection.BLANK_PARENT: Explanation(
        "No parent ID in this row",
        "The cell of the parent record is empty.",
        "Fill in the ID, or choose to fill empty cells from above.",
    ),
    Rejection.BLANK_RELATED: Explanation(
        "No related ID in this row", "The cell of the related record is empty.", "Fill in the ID, or leave the row out."
    ),
    Rejection.NOT_AN_ID: Explanation(
        "Not a record ID", "A record ID is 10 to 20 digits; this is something else.", "Replace it by the record's ID from Zoho."
    ),
    Rejection.DAMAGED: Explanation(
        "Damaged by a spreadsheet",
        "Excel keeps 15 digits of a number. So the last digits of this ID are lost, and it may name a wrong record.",
        _EXPORT_AGAIN,
    ),
    Rejection.ERROR_CELL: Explanation(
        "The cell shows an error", "A formula in this cell failed.", "Mend the formula, save the sheet and open it again."
    ),
    Rejection.SAME_RECORD: Explanation(
        "Both IDs are the same", "A record cannot be linked to itself.", "Check which of the two IDs is wrong."
    ),
    Rejection.WRONG_MODULE: Explanation(
        "A record of another kind",
        "The row names a module that does not fit the chosen relation.",
        "Check the record or the relation.",
    ),
    Rejection.SECOND_TABLE: Explanation(
        "In a second table",
        "Another header stands above this row, so its columns may mean something else.",
        "Choose that row as the header row (--header-row) to read the rows below it.",
    ),
}

ROWS_LEFT_OUT: Mapping[LeftOut, Explanation] = {
    LeftOut.HIDDEN: Explanation(
        "Left out: a hidden row",
        "The row is hidden or filtered out in the sheet, and you chose only the visible rows.",
        "Nothing; to send it, open the sheet again and choose all rows.",
    ),
    LeftOut.FILTERED: Explanation(
        "Left out by your filter",
        "The row does not meet the conditions that you chose.",
        "Nothing; to send it, open the sheet again with another filter.",
    ),
}


def explain_rejection(rejection: Rejection) -> Explanation:
    """Why an entry cannot be sent, in the language that is spoken."""
    return REJECTIONS[rejection].said()


def explain_left_out(reason: LeftOut) -> Explanation:
    """Why a row is left out, in the language that is spoken."""
    return ROWS_LEFT_OUT[reason].said()
