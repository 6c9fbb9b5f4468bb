"""The cells of an OpenDocument sheet as they are stored: long numbers, errors, merged areas."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from zipfile import ZipFile

from desktop.sheets.stored_cells import EXACT, ExactCells, Place, loses_fraction, shown_literal
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged, read_xml

_MOST_REPEATS = 1_048_576
_EXACT_CHARACTERS = 16  # 15 digits and a point
_ERROR = "#UNKNOWN!"  # until its name is met


def read_ods(path: Path, sheet_name: str) -> ExactCells:
    """Look through ``content.xml``. Raises ValueError, BadZipFile, zlib.error."""
    table = _Table(sheet_name)
    try:
        with ZipFile(path) as archive, archive.open("content.xml") as stream:
            read_xml(stream, table.see, on_text=table.see_text)
    except (EntitiesFound, XmlDamaged) as exc:
        raise ValueError("content.xml") from exc
    return table.cells


class _Table:
    """One table as its XML streams by. Rows and cells may stand for many; only those with content are remembered."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._inside = False
        self._row = self._next_row = self._column = 0
        self._error: list[Place] = []
        self.cells = ExactCells()

    def see(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take in one element (its local name)."""
        named = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if element == "table":
            self._inside = named.get("name") == self._name
        elif self._inside and element == "table-row":
            self._row, self._column = self._next_row, 0
            self._next_row += _times(named.get("number-rows-repeated"))
        elif self._inside and element in ("table-cell", "covered-table-cell"):
            self._see_cell(attributes, named)

    def _see_cell(self, attributes: Mapping[str, str], named: Mapping[str, str]) -> None:
        row, column = self._row, self._column
        self._column += (repeated := _times(named.get("number-columns-repeated")))
        if (below := _times(named.get("number-rows-spanned"))) > 1:
            self.cells.merged.append(((row, column), (row + below - 1, column + _times(named.get("number-columns-spanned")) - 1)))
        self._error = []
        if (text := _text_of(attributes, named)) is None:
            return
        if (self._next_row - row) * repeated > _MOST_REPEATS:
            raise ValueError("one value repeated without end")
        places = list(product(range(row, self._next_row), range(column, column + repeated)))
        self.cells.texts.update(dict.fromkeys(places, text))
        if text == _ERROR:
            self._error = places

    def see_text(self, text: str) -> None:
        """The name of an error stands in the cell's paragraph."""
        if self._error and text.strip().startswith("#"):
            self.cells.texts.update(dict.fromkeys(self._error, text.strip()))
            self._error = []


def _text_of(attributes: Mapping[str, str], named: Mapping[str, str]) -> str | None:
    """The text of a cell that matters, else None. LibreOffice tells errors by a type of its own."""
    if attributes.get("calcext:value-type") == "error":
        return _ERROR
    kind, literal = attributes.get("office:value-type"), named.get("value", "")
    if kind == "boolean":
        return named.get("boolean-value", "").upper()
    if kind not in ("float", "currency", "percentage"):
        return None
    if abs(float(literal)) >= EXACT:
        return shown_literal(literal)
    return literal if len(literal) > _EXACT_CHARACTERS and loses_fraction(literal) else None


def _times(text: str | None) -> int:
    number = int(text) if text is not None and text.isascii() and text.isdigit() else 1
    if number > _MOST_REPEATS:
        raise ValueError(text)
    return number
