"""The column in which everything right of the rail stands: at most as wide as can be read, and in the middle.

Strip, pages, message line and footer all ask here, so that they share their left and right edge at every width.
"""

from PySide6.QtWidgets import QLayout, QWidget

from desktop.qt.theme import MARGIN, MOST_CONTENT, NARROW, NARROW_MARGIN


def keep_in_column(widget: QWidget, layout: QLayout) -> None:
    """Set the left and right margin of a layout for the width that its widget has now."""
    least = NARROW_MARGIN if widget.window().width() < NARROW else MARGIN
    side = max(least, (widget.width() - MOST_CONTENT) // 2)
    margins = layout.contentsMargins()
    if (margins.left(), margins.right()) != (side, side):
        layout.setContentsMargins(side, margins.top(), side, margins.bottom())
