"""Write an OpenDocument sheet cell by cell, with the literals of its numbers as given."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"

Cell = str | tuple[str] | None


def ods(path: Path, rows: Sequence[Sequence[Cell]], *, before: str = "") -> Path:
    """Write text given as str, numbers as a tuple of the literal, None as nothing; ``before`` stands above the root element."""
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return raw_ods(path, lines, before=before)


def raw_ods(path: Path, rows: str, *, before: str = "") -> Path:
    """Write a sheet with exactly these rows of XML."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_NAMES}manifest:1.0"/>')
        archive.writestr(
            "content.xml",
            f'{before}<office:document-content xmlns:office="{_NAMES}office:1.0" xmlns:table="{_NAMES}table:1.0" '
            f'xmlns:text="{_NAMES}text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
            f'<office:body><office:spreadsheet><table:table table:name="List">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, tuple):
        number = f'office:value-type="float" office:value={quoteattr(value[0])}'
        return f"<table:table-cell {number}><text:p>shown</text:p></table:table-cell>"
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
