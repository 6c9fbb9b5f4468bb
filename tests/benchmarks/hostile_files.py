"""The hostile files of the benchmark: each a few kilobytes, or a few megabytes, that mean harm."""

import os
import random
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tests.sheets.eighty.containers import billion_laughs, external, quadratic, with_entities
from tests.sheets.making_compound import compound
from tests.sheets.making_ods import raw_ods
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, cell, contact, raw_workbook, row, workbook

_HEAD = row(1, cell("A1", HEADERS[0]), cell("B1", HEADERS[1])) + row(2, cell("A2", CAMPAIGN), cell("B2", contact(1)))
_PADDING = "<!--" + "x" * 3 * 1024 * 1024 + "-->"


def _quadratic_of_2_gb(folder: Path) -> Path:
    return with_entities(folder / "q2.xlsx", f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 20_000)


def _with_shared_strings(path: Path, pieces: int, cells: str) -> Path:
    """A worksheet whose shared text 0 has this many megabytes."""
    raw_workbook(path, _HEAD + cells)
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    relation = b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation + b'Target="sharedStrings.xml"/></Relationships>')
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = "[Content_Types].xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    parts[types] = parts[types].replace(b"</Types>", override)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>')
            for _ in range(pieces):
                part.write(b"x" * 1024 * 1024)
            part.write(b"</t></si></sst>")
    return path


def _long_string(folder: Path) -> Path:
    return _with_shared_strings(folder / "string.xlsx", 600, row(3, cell("A3", "0", "s")))


def _string_used_often(folder: Path) -> Path:
    used = "".join(row(n, cell(f"A{n}", "0", "s")) for n in range(3, 60_000))
    return _with_shared_strings(folder / "often.xlsx", 1, used)


def _millions_of_rows(folder: Path) -> Path:
    return raw_workbook(folder / "rows.xlsx", _HEAD + "<row/>" * 4_000_000)


def _far_cell(folder: Path) -> Path:
    return raw_workbook(folder / "far.xlsx", _HEAD + row(1_048_576, cell("XFD1048576", "x")))


def _far_cell_in_a_big_file(folder: Path) -> Path:
    return raw_workbook(folder / "far-big.xlsx", _HEAD + _PADDING + row(1_048_576, cell("XFD1048576", "x")))


def _moved(path: Path, old: str, new: str) -> Path:
    """The same workbook with a part of another name, which its relationship names."""
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    last, target = old.rpartition("/")[2].encode(), f'Target="/{new}"'.encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            named = re.sub(rb'Target="[^"]*' + last + b'"', lambda _: target, contents) if name.endswith(".rels") else contents
            archive.writestr(new if name == old else name, named)
    return path


def _far_cell_elsewhere(folder: Path) -> Path:
    return _moved(_far_cell(folder), "xl/worksheets/sheet1.xml", "data/Tabelle1")


def _far_cell_in_capitals(folder: Path) -> Path:
    return _moved(_far_cell_in_a_big_file(folder), "xl/worksheets/sheet1.xml", "XL/WORKSHEETS/SHEET1.XML")


def _string_of_another_case(folder: Path) -> Path:
    return _moved(_string_used_often(folder), "xl/sharedStrings.xml", "xl/SHAREDSTRINGS.XML")


def _text_of_120_kb_used_often(folder: Path) -> Path:
    used = "".join(row(n, cell(f"A{n}", "0", "s")) for n in range(3, 60_000))
    path = raw_workbook(folder / "often120.xlsx", _HEAD + used)
    texts = f"<sst><si><t>{'x' * 120_000}</t></si></sst>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    rels = "xl/_rels/workbook.xml.rels"
    relation = f'<Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'.encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents.replace(b"</Relationships>", relation) if name == rels else contents)
        archive.writestr("xl/sharedStrings.xml", texts)
    return path


def _spaces_without_end(folder: Path) -> Path:
    return raw_workbook(folder / "spaces.xlsx", _HEAD + '<row r="3"><c r="A3"><f>1</f>' + " " * 4_000_000 + "</c></row>")


def _tags_without_end(folder: Path) -> Path:
    return raw_workbook(folder / "tags.xlsx", _HEAD + '<row r="3" ' * 400_000)


def _row_999999999(folder: Path) -> Path:
    return raw_workbook(folder / "row.xlsx", _HEAD + '<row r="999999999"/>' + _PADDING)


def _comment_of_48_mb(folder: Path) -> Path:
    return raw_workbook(folder / "comment.xlsx", _HEAD + row(3, cell("A3", "#N/A", "e")) + "<!--" + "x y z " * 8_000_000 + "-->")


def _bomb(folder: Path) -> Path:
    path = raw_workbook(folder / "bomb.xlsx", _HEAD)
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("xl/media/a.bin", "w", force_zip64=True) as part:
        for _ in range(1500):
            part.write(bytes(1024 * 1024))
    return path


def _many_parts(folder: Path) -> Path:
    path = raw_workbook(folder / "parts.xlsx", _HEAD)
    with ZipFile(path, "a") as archive:
        for number in range(6000):
            archive.writestr(f"xl/media/{number}", b"")
    return path


def _false_size(folder: Path) -> Path:
    path = raw_workbook(folder / "size.xlsx", _HEAD)
    contents = bytearray(path.read_bytes())
    entry = contents.index(b"PK\x01\x02")
    contents[entry + 24 : entry + 28] = (3 * 1024**3).to_bytes(4, "little")
    path.write_bytes(contents)
    return path


def _deep(folder: Path) -> Path:
    return raw_workbook(folder / "deep.xlsx", _HEAD + "<a>" * 200_000 + "</a>" * 200_000)


def _zip_in_zip(folder: Path) -> Path:
    path = folder / "zip.xlsx"
    inner = workbook(folder / "inner.xlsx", [HEADERS])
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.write(inner, "xl/inner.xlsx")
    return path


def _ods_repeated(folder: Path) -> Path:
    cells = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    )
    return raw_ods(folder / "repeated.ods", f'<table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row>')


def _ods_entities(folder: Path) -> Path:
    cells = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>&a;</text:p></table:table-cell></table:table-row>'
    )
    return raw_ods(folder / "laughs.ods", cells * 50, before=f'<!DOCTYPE x [<!ENTITY a "{"x" * 1000}">]>')


def _random_xls(folder: Path) -> Path:
    path = folder / "random.xls"
    noise = random.Random(1).randbytes(500_000)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise + "Workbook".encode("utf-16-le") + noise)
    return path


def _long_record(folder: Path) -> Path:
    from tests.sheets.making_xlsb import xlsb

    path = xlsb(folder / "record.xlsb", [[*HEADERS], [CAMPAIGN, contact(1)]])
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.bin"] = parts["xl/worksheets/sheet1.bin"][:40] + b"\xff" * 200_000
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
    return path


def _repeated(path: Path, start: str, line: str, times: int, encoding: str = "utf-8") -> Path:
    """A text file, written in pieces: what this process holds would count as the memory of the one it starts."""
    with path.open("w", encoding=encoding) as file:
        file.write(start)
        for _ in range(times // 10_000):
            file.write(line * 10_000)
    return path


def _open_quote(folder: Path) -> Path:
    return _repeated(folder / "quote.csv", f'{HEADERS[0]},{HEADERS[1]}\n{CAMPAIGN},"{contact(1)}\n', f"{CAMPAIGN},x\n", 2_000_000)


def _text_of_4_000_000_rows(folder: Path) -> Path:
    return _repeated(folder / "rows.csv", ",".join(HEADERS) + "\n", f"{CAMPAIGN},{contact(1)}\n", 4_000_000)


def _wide_line_without_end(folder: Path) -> Path:
    return _repeated(folder / "wide.csv", ",".join(HEADERS) + "\n", CAMPAIGN, 20_000_000, "utf-16-le")


def _zeros(folder: Path) -> Path:
    path = folder / "zeros.csv"
    path.write_text(",".join(HEADERS) + "\n" + ",".join((CAMPAIGN, contact(1))) + "\n" * 5000)
    os.truncate(path, 900 * 1024 * 1024)
    return path


def _lone_marks(folder: Path) -> Path:
    return _repeated(folder / "marks.tsv", "\t".join(HEADERS) + "\n", f'{CAMPAIGN}\t"x\n', 500_000)


def _line_of_marks(folder: Path) -> Path:
    return _repeated(folder / "line.tsv", f'{HEADERS[0]}\t{HEADERS[1]}\n{CAMPAIGN}\t"', '"', 50_000_000)


def _rows_between_marks(folder: Path) -> Path:
    rows = f'{CAMPAIGN}\t"a\n{CAMPAIGN}\tb"\n'
    return _repeated(folder / "between.tsv", "\t".join(HEADERS) + "\n", rows, 500_000)


def _line_of_tabs(folder: Path) -> Path:
    return _repeated(folder / "tabs.tsv", "\t".join(HEADERS) + "\n", "\t", 4_000_000)


def _remarks(folder: Path) -> Path:
    return _repeated(folder / "remarks.xls", "", "<!---->", 10_000)


def _nested_json(folder: Path) -> Path:
    path = folder / "nested.csv"
    path.write_text("[" * 4000)
    return path


def _directory_in_circles(folder: Path) -> Path:
    path = compound(folder / "circles.xls", [f"stream {number}" for number in range(40)])
    contents = bytearray(path.read_bytes())
    contents[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    path.write_bytes(contents)
    return path


HOSTILE: dict[str, Callable[[Path], Path]] = {
    "billion laughs": billion_laughs,
    "quadratic entities, 2 GB": _quadratic_of_2_gb,
    "quadratic entities, 7.5 MB": quadratic,
    "external entity (/etc/passwd)": external,
    "text of 600 MB": _long_string,
    "text of 1 MB in 60,000 cells": _string_used_often,
    "4,000,000 rows": _millions_of_rows,
    "far cell XFD1048576": _far_cell,
    "far cell in a file of 3 MB": _far_cell_in_a_big_file,
    "far cell in a part that lies elsewhere": _far_cell_elsewhere,
    "far cell in a part in capitals, 3 MB": _far_cell_in_capitals,
    "text of 1 MB, its part in another case": _string_of_another_case,
    "text of 120 KB in 60,000 cells": _text_of_120_kb_used_often,
    "4,000,000 spaces behind a formula": _spaces_without_end,
    "400,000 tags without an end": _tags_without_end,
    "an empty row 999,999,999": _row_999999999,
    "a comment of 48 MB": _comment_of_48_mb,
    "zip bomb of 1.5 GB": _bomb,
    "6,000 parts": _many_parts,
    "a directory that says 3 GB": _false_size,
    "200,000 nested elements": _deep,
    "a zip in a zip": _zip_in_zip,
    ".ods, one cell repeated 17 billion times": _ods_repeated,
    ".ods with entities": _ods_entities,
    ".xls of random bytes": _random_xls,
    ".xlsb with endless records": _long_record,
    ".csv, a quotation mark never closed": _open_quote,
    ".csv of 4,000,000 rows": _text_of_4_000_000_rows,
    ".csv with 900 MB of zero bytes": _zeros,
    ".csv in UTF-16, a line of 380 MB": _wide_line_without_end,
    ".tsv with 500,000 marks never closed": _lone_marks,
    ".tsv, a line of 50,000,000 marks": _line_of_marks,
    ".tsv, 500,000 times rows between marks": _rows_between_marks,
    ".tsv, a line of 4,000,000 tabs": _line_of_tabs,
    "10,000 remarks of a web page": _remarks,
    "4,000 open brackets": _nested_json,
    ".xls whose directory runs in circles": _directory_in_circles,
}
