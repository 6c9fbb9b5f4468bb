"""What a cell of a table has besides its text: the record ID that is copied, a safe tooltip, the sign of an outcome."""

from html import escape

from PySide6.QtCore import Qt

from desktop.domain.outcomes import Outcome

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1

# The colour of the theme and the icon by which each outcome is known in tables and bars.
OUTCOME_TOKENS = {
    Outcome.DELINKED: ("removed", "check"),
    Outcome.NOT_LINKED: ("not_linked", "dash"),
    Outcome.REFUSED: ("refused", "cross"),
    Outcome.UNKNOWN: ("unknown", "question"),
    Outcome.NOT_ATTEMPTED: ("not_sent", "waiting"),
    Outcome.RELINKED: ("removed", "check"),
    Outcome.ALREADY_LINKED: ("not_linked", "dash"),
}


def plain_tip(text: str) -> str:
    """A text of a sheet or server for a tooltip: Qt would take one that looks like HTML for HTML, and load its pictures."""
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>' if "<" in text else text
