"""Where a file can be dropped, with buttons that do the same."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Glyph
from desktop.qt.widgets.labels import PlainLabel, section_label


class DropArea(QFrame):
    """Empty state of the first page. ``wants_file`` and ``wants_sample`` are the buttons; drops reach the window."""

    wants_file = Signal()
    wants_sample = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "drop")
        self.setObjectName("drop_area")
        self.setAccessibleName(self.tr("Drop an Excel or CSV file here"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 36, 32, 36)
        layout.setSpacing(14)
        center = Qt.AlignmentFlag.AlignHCenter
        layout.addStretch(1)
        layout.addWidget(Glyph("drop", "accent", 48), 0, center)
        title = section_label(self.tr("Drop an Excel or CSV file here"))
        title.setWordWrap(False)
        layout.addWidget(title, 0, center)
        hint = PlainLabel(self.tr("It needs two columns of record IDs. Nothing is sent before you confirm it."), kind="secondary")
        hint.setAlignment(center)
        layout.addWidget(hint)
        row = QHBoxLayout()
        choose = Button(self.tr("Choose a file…"), "button_choose_file", kind="primary", glyph="folder")
        sample = Button(self.tr("Use the sample"), "button_use_sample", glyph="sheet")
        self.choose = choose
        choose.clicked.connect(self.wants_file)
        sample.clicked.connect(self.wants_sample)
        row.addStretch(1)
        row.addWidget(choose)
        row.addWidget(sample)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)

    def show_hot(self, hot: bool) -> None:
        """A file hovers over the window."""
        self.setProperty("hot", "true" if hot else "false")
        self.style().unpolish(self)
        self.style().polish(self)


def dropped_file(event: QDragEnterEvent | QDropEvent) -> tuple[Path | None, str]:
    """The one file that is dropped, or why it cannot be taken (an empty text: nothing that concerns us)."""
    urls = event.mimeData().urls()
    if not urls:
        return None, ""
    if len(urls) > 1:
        return None, QCoreApplication.translate("DropArea", "Drop one file at a time; nothing was opened.")
    path = Path(urls[0].toLocalFile())
    if not urls[0].isLocalFile() or path.is_dir():
        return None, QCoreApplication.translate("DropArea", "That is not a file on this computer; drop an Excel or CSV file.")
    return path, ""
