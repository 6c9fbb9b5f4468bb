"""What a screen reader, or a program that drives the window, finds in a scroll area: always the same children.

Qt's own interface of a scroll area counts the scroll bars only while they are shown, and answers a question for a child
beyond that count by reading past the end of its list, which ends the program. A client counts the children first and asks
for each of them afterwards. When the page changes in between, its scroll bars are gone and the window with them.

The interface that stands here in its place is the one that Qt gives to any widget. It counts the widgets inside, hidden
ones too, and answers None for a child that there is not. Tables, trees, lists and texts have interfaces of their own in Qt,
which look at the count first. Their titles (QHeaderView) have none and would get that of a scroll area.
"""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget

_CLASSES = ("QAbstractScrollArea", "QScrollArea", "QHeaderView")


@cache
def make_areas_accessible() -> None:
    """From now on; what had an interface before keeps it. Qt remembers each factory, so there is one a process."""
    QAccessible.installFactory(_interface_of)


def _interface_of(class_name: str, described: QObject | None) -> QAccessibleInterface | None:
    """Qt asks for every class of an object, beginning with its own, until somebody answers."""
    if class_name in _CLASSES and isinstance(described, QAbstractScrollArea):
        return QAccessibleWidget(described, QAccessible.Role.Client)
    return None
