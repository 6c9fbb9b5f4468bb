"""The icon set, coloured from the theme at run time and crisp at every size."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.qt.theme import ICONS, color

# What points somewhere points the other way where one reads from the right.
_POINTING = frozenset({"arrow", "back"})


def icon(name: str, tint: str = "text") -> QIcon:
    """The icon ``name`` in the colour of the token ``tint``."""
    return _put_together(name, color(tint).name(), _ratio(), is_mirrored=_is_mirrored(name))


def pixmap(name: str, size: int, tint: QColor) -> QPixmap:
    """Return the icon at ``size`` logical pixels."""
    return _painted(name, size, tint.name(), _ratio(), is_mirrored=_is_mirrored(name))


def _ratio() -> float:
    return QGuiApplication.primaryScreen().devicePixelRatio()


def _is_mirrored(name: str) -> bool:
    return name in _POINTING and QGuiApplication.isRightToLeft()


def app_icon() -> QIcon:
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(_painted("delink", size, "#FFFFFF", 1.0))
    return result


@lru_cache(maxsize=256)
def _put_together(name: str, tint: str, ratio: float, *, is_mirrored: bool) -> QIcon:
    result = QIcon()
    for size in (16, 20, 24, 32, 48):
        result.addPixmap(_painted(name, size, tint, ratio, is_mirrored=is_mirrored))
    return result


@lru_cache(maxsize=512)
def _painted(name: str, size: int, tint: str, ratio: float, *, is_mirrored: bool = False) -> QPixmap:
    svg = (ICONS / f"{name}.svg").read_text("utf-8").replace("currentColor", tint)
    result = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    if is_mirrored:
        painter.translate(result.width(), 0)
        painter.scale(-1, 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, result.width(), result.height()))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result
