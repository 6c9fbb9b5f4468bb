"""Where a file can be dropped, with buttons that do the same."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Glyph
from desktop.qt.widgets.labels import PlainLabel, section_label
from desktop.words import say


class DropArea(QFrame):
    """Empty state of the first page. Its signals are its buttons; drops reach the window."""

    wants_file = Signal()
    wants_paste = Signal()
    wants_sample = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "drop")
        self.setObjectName("drop_area")
        self.setAccessibleName(say("Drop an Excel or CSV file here"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 36, 32, 36)
        layout.setSpacing(14)
        center = Qt.AlignmentFlag.AlignHCenter
        layout.addStretch(1)
        layout.addWidget(Glyph("drop", "accent", 48), 0, center)
        title = section_label(say("Drop an Excel or CSV file here"))
        title.setWordWrap(False)
        layout.addWidget(title, 0, center)
        hint = PlainLabel(say("It needs two columns of record IDs. Nothing is sent before you confirm it."), kind="secondary")
        hint.setAlignment(center)
        layout.addWidget(hint)
        row = QHBoxLayout()
        choose = Button(say("Choose a file…"), "button_choose_file", kind="primary", glyph="folder")
        paste = Button(say("Paste"), "button_paste", glyph="copy")
        sample = Button(say("Use the sample"), "button_use_sample", glyph="sheet")
        self.choose = choose
        choose.clicked.connect(self.wants_file)
        paste.clicked.connect(self.wants_paste)
        sample.clicked.connect(self.wants_sample)
        row.addStretch(1)
        row.setSpacing(12)
        for button in (choose, paste, sample):
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)

    def show_hot(self, hot: bool) -> None:
        """Mark the area while a file hovers over the window."""
        self.setProperty("hot", "true" if hot else "false")
        self.style().unpolish(self)
        self.style().polish(self)


def file_in(mime: QMimeData) -> tuple[Path | None, str]:
    """The one file that is dropped or pasted, or why it cannot be taken (an empty text: nothing that concerns us)."""
    urls = mime.urls()
    if not urls:
        return None, ""
    if len(urls) > 1:
        return None, say("Give one file at a time; nothing was opened.")
    path = Path(urls[0].toLocalFile())
    if not urls[0].isLocalFile() or path.is_dir():
        return None, say("That is not a file on this computer; give an Excel or CSV file.")
    return path, ""
