"""How a run is painted in the rail: an icon, its sheet's name, how many links need somebody, and one small line below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.qt.icons import icon
from desktop.qt.models.rail_model import DETAIL_ROLE, GLYPH_ROLE, HEADING_ROLE, NEEDS_ROLE
from desktop.qt.theme import color
from desktop.words import language

_ICON, _GAP, _AROUND, _ROUND, _ABOVE = 16, 8, 8, 6, 6
_ABOVE_HEADING = 10
_SMALL = 0.9
_START = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)

Index = QModelIndex | QPersistentModelIndex


class RunRows(QStyledItemDelegate):
    """A heading is painted above the first run of a group; the run under it is what is chosen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(option.font).height()
        return QSize(100, 2 * line + 2 * _ABOVE + (_heading_height(option) if index.data(HEADING_ROLE) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        row = QRect(option.rect)
        if heading := str(index.data(HEADING_ROLE) or ""):
            height = _heading_height(option)
            painter.setFont(_small(option, strong=True))
            painter.setPen(color("secondary"))
            place = row.adjusted(_AROUND, 0, -_AROUND, 0)
            place.setHeight(height - 4)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), heading)
            row.setTop(row.top() + height)
        _paint_ground(painter, option, row)
        _paint_run(painter, option, index, row)
        painter.restore()


def _paint_run(painter: QPainter, option: QStyleOptionViewItem, index: Index, row: QRect) -> None:
    line = QFontMetrics(option.font).height()
    inner = row.adjusted(_AROUND, _ABOVE, -_AROUND, -_ABOVE)
    glyph, token = index.data(GLYPH_ROLE)

    def put(left: int, top: int, width: int, height: int) -> QRect:
        """Mirror a place where one reads from the right."""
        return QStyle.visualRect(option.direction, inner, QRect(inner.left() + left, inner.top() + top, width, height))

    icon(glyph, token).paint(painter, put(0, (line - _ICON) // 2, _ICON, _ICON))
    left = _ICON + _GAP
    room = name_room = inner.width() - left
    if needs := int(index.data(NEEDS_ROLE) or 0):
        words, small = language().number(needs), _small(option, strong=True)
        width = QFontMetrics(small).horizontalAdvance(words) + 2 * _GAP
        name_room -= width + _GAP
        pill = put(inner.width() - width, 0, width, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("asking"))
        painter.drawRoundedRect(pill, line / 2, line / 2)
        painter.setFont(small)
        painter.setPen(color("unknown"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), words)
    painter.setFont(option.font)
    painter.setPen(color("text"))
    name = QFontMetrics(option.font).elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, name_room)
    painter.drawText(put(left, 0, name_room, line), _START, name)
    small = _small(option)
    painter.setFont(small)
    painter.setPen(color("secondary"))
    detail = QFontMetrics(small).elidedText(str(index.data(DETAIL_ROLE)), Qt.TextElideMode.ElideRight, room)
    painter.drawText(put(left, line, room, line), _START, detail)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, row: QRect) -> None:
    state = option.state
    painter.setPen(Qt.PenStyle.NoPen)
    token = "tint" if state & QStyle.StateFlag.State_Selected else "hover" if state & QStyle.StateFlag.State_MouseOver else ""
    if token:
        painter.setBrush(color(token))
        painter.drawRoundedRect(row, _ROUND, _ROUND)
    if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(color("accent"))
        painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), _ROUND, _ROUND)


def _heading_height(option: QStyleOptionViewItem) -> int:
    return QFontMetrics(option.font).height() + _ABOVE_HEADING


def _small(option: QStyleOptionViewItem, *, strong: bool = False) -> QFont:
    font = QFont(option.font)
    font.setPointSizeF(font.pointSizeF() * _SMALL)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font
