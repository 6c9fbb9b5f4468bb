"""The guide in a window of its own, beside the work. It shows files that come with the program and follows no other address."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from desktop.qt.theme import MARGIN
from desktop.words import language, say

GUIDE = Path(__file__).resolve().parents[2] / "resources" / "guide"
_SIZE = QSize(760, 720)


def guide_in(code: str) -> Path:
    """The guide in a language; the English one where nobody has written it yet."""
    translated = GUIDE / f"guide.{code}.html"
    return translated if translated.is_file() else GUIDE / "guide.html"


class GuideWindow(QWidget):
    """Made when it is first asked for; owned by the window that it belongs to and closed with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window_guide")
        self.setWindowTitle(say("Delink: the guide"))
        self.resize(_SIZE)
        self._text = _GuideText(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)

    @Slot(str)
    def open_at(self, part: str) -> None:
        """Show the part of this name, the beginning without one."""
        self.show()
        self.raise_()
        self.activateWindow()
        self._text.setFocus()
        if part:
            self._text.scrollToAnchor(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the guide on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class _GuideText(QTextBrowser):
    """Links lead to parts of the text only; pictures come from the guide's own folder only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("text_guide")
        self.setAccessibleName(say("The guide"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.document().setDocumentMargin(MARGIN)
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.setHtml(guide_in(language().code).read_text("utf-8"))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A drawing, crisp at the scale of this screen; nothing for any other name."""
        drawing = GUIDE / Path(QUrl(name).path()).name
        return _drawn(drawing, self.devicePixelRatioF()) if drawing.suffix == ".svg" and drawing.is_file() else None

    @Slot(QUrl)
    def _on_anchor_clicked(self, link: QUrl) -> None:
        if not link.path() and link.fragment():
            self.scrollToAnchor(link.fragment())


def _drawn(file: Path, ratio: float) -> QImage:
    renderer = QSvgRenderer(QByteArray(file.read_bytes()))
    size = renderer.viewBox().size()
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image
