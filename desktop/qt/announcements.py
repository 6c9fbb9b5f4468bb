"""What a screen reader says although the user did not go there: a pause, an end, a new kind of trouble, how far a run is."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


class Announcements(QObject):
    """``said`` (the words) for whatever was announced, whether or not anybody listens. Window's thread only."""

    said = Signal(str)

    def say(self, about: QWidget, words: str, *, at_once: bool = False) -> None:
        """Have words about a widget said: when the reader comes to rest, or ``at_once`` in the middle of what it says."""
        event = QAccessibleAnnouncementEvent(about, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
        QAccessible.updateAccessibility(event)
        self.said.emit(words)


announcements = Announcements()
