"""Draw the program's icon in the formats of each system, from resources/icons/delink.svg; with --check only compare."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QLinearGradient, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"
# The sizes that Windows shows, from the task bar to the large view.
WINDOWS_SIZES = (16, 24, 32, 48, 64, 256)
# Apple's types for PNG pictures, and their sizes in pixels.
APPLE_TYPES = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512}
LINUX_SIZES = (48, 128, 256)


def main() -> int:
    """Write the files; with --check say which of them are out of date."""
    icons = app_icons()
    folder = ICONS / "app"
    if "--check" in sys.argv[1:]:
        stale = [name for name, data in icons.items() if not (folder / name).is_file() or (folder / name).read_bytes() != data]
        lines = [f"{name} is not up to date: run installer/setup/make_app_icons.py" for name in stale]
        print("\n".join(lines) or "icons: up to date")
        return 1 if stale else 0
    folder.mkdir(exist_ok=True)
    for name, data in icons.items():
        (folder / name).write_bytes(data)
    return 0


def app_icons() -> dict[str, bytes]:
    """Draw every file; returns the contents by file name."""
    _ = QGuiApplication.instance() or QGuiApplication(["icons", "-platform", "offscreen"])
    renderer = QSvgRenderer(str(ICONS / "delink.svg"))
    sizes = {*WINDOWS_SIZES, *APPLE_TYPES.values(), *LINUX_SIZES}
    pictures = {size: _png(renderer, size) for size in sizes}
    linux = {f"delink-{size}.png": pictures[size] for size in LINUX_SIZES}
    setup = {"setup.bmp": _beside_the_setup(renderer)}
    return {"delink.ico": _ico(pictures), "delink.icns": _icns(pictures), **linux, **setup}


def _png(renderer: QSvgRenderer, size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return _saved(image, "PNG")


def _beside_the_setup(renderer: QSvgRenderer) -> bytes:
    """Draw the picture beside the first and last page of the Windows installer, in the size that NSIS requires."""
    width, height, size = 164, 314, 92
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    below = QLinearGradient(0, 0, 0, height)
    below.setColorAt(0, QColor("#0B5CAD"))
    below.setColorAt(1, QColor("#08213B"))
    painter.fillRect(image.rect(), below)
    renderer.render(painter, QRectF((width - size) / 2, 56, size, size))
    painter.end()
    return _saved(image.convertToFormat(QImage.Format.Format_Indexed8), "BMP")


def _saved(image: QImage, kind: str) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    buffer.close()
    return bytes(data.data())


def _ico(pictures: dict[int, bytes]) -> bytes:
    """Make an .ico: a directory of 16 bytes per picture, then the pictures; a size of 256 is written as 0."""
    head, body = struct.pack("<HHH", 0, 1, len(WINDOWS_SIZES)), b""
    offset = len(head) + 16 * len(WINDOWS_SIZES)
    for size in WINDOWS_SIZES:
        data = pictures[size]
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return head + body


def _icns(pictures: dict[int, bytes]) -> bytes:
    """Make an .icns: the total length, then for each picture its type, its length and its bytes."""
    body = b"".join(kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for kind, size in APPLE_TYPES.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


if __name__ == "__main__":
    sys.exit(main())
