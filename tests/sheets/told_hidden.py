"""Ask workbooks what they hide, and make the same package with another part in it."""

from pathlib import Path
from zipfile import ZipFile

from desktop.domain.texts import Text
from desktop.sheets.formats import identify
from desktop.sheets.hidden import Hidden
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.workbook_rows import Note, Opening, Part, stream_workbook, workbook_parts

NINE = [[f"row {number}", "x"] for number in range(1, 10)]
NOTHING: tuple[list[int], list[int]] = ([], [])
COMMENT = "<!-- a comment -->"


def hidden_in(path: Path, sheet: str | None = "List") -> tuple[list[int], list[int]]:
    """Return the hidden rows and columns, as they come with the rows."""
    return told_in(list(workbook_parts(path, identify(path), sheet, lambda: False)))


def told_in(parts: list[Part]) -> tuple[list[int], list[int]]:
    """Do the same for parts that were read already: what is hidden comes once, before the rows."""
    assert not [part for part in parts if isinstance(part, Note)]
    found = [part for part in parts if isinstance(part, Hidden)]
    if not found:
        return NOTHING
    places = [type(part) for part in parts]
    assert len(found) == 1 and places.index(Opening) < places.index(Hidden)
    assert PackedRows not in places[: places.index(Hidden)]
    return list(found[0].rows), list(found[0].columns)


def rewritten(path: Path, part: str, contents: bytes) -> Path:
    """Write the same package with another part under this name."""
    with ZipFile(path) as archive:
        kept = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with ZipFile(path, "w") as archive:
        for name, body in (kept | {part: contents}).items():
            archive.writestr(name, body)
    return path


def notes_on(path: Path) -> list[Text]:
    return [part.text for part in stream_workbook(path, identify(path), "List") if isinstance(part, Note)]


def hidden_here(path: Path) -> tuple[list[int], list[int]]:
    """Like hidden_in(), but read in this process whatever the size of the file."""
    return told_in(list(stream_workbook(path, identify(path), "List")))
