"""A workbook says by its properties what its columns and worksheets are called; one that says nothing useful is not refused."""

from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook

from desktop.domain.result_tables import ENGLISH_WORDS, OUTCOME_COLUMNS, ResultColumn, ResultSheet, ResultWords
from desktop.sheets.document_properties import custom_properties, properties_of, words_in, words_of

OURS = ResultWords(
    {column: f"<{column}> & more" for column in OUTCOME_COLUMNS},
    {ResultSheet.SUMMARY: "Zusammenfassung", ResultSheet.ALL_ROWS: "Alle Zeilen", ResultSheet.TO_FIX: "Offen"},
)


def a_book(path: Path, *properties: tuple[str, str]) -> Path:
    with Workbook(str(path)) as book:
        for name, value in properties:
            book.set_custom_property(name, value)
    return path


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = a_book(tmp_path / "a.xlsx", ("Delink run", "run-1"), *properties_of(OURS), ("Somebody's", "own"))
    assert words_in(path) == OURS
    with ZipFile(path) as archive:
        found = custom_properties(archive)
    assert (found["Delink run"], found["Delink worksheet to_fix"], found["Somebody's"]) == ("run-1", "Offen", "own")


def test_the_properties_of_an_ods_are_read_too(tmp_path: Path) -> None:
    one = '<meta:user-defined meta:name="{}">{}</meta:user-defined>'
    named = "".join(one.format(name, escape(value)) for name, value in properties_of(OURS))
    space = "urn:oasis:names:tc:opendocument:xmlns"
    head = f'<office:document-meta xmlns:office="{space}:office:1.0" xmlns:meta="{space}:meta:1.0">'
    with ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("meta.xml", f"{head}<office:meta>{named}</office:meta></office:document-meta>")
    assert words_in(tmp_path / "a.ods") == OURS


def test_names_of_properties_are_the_same_in_all_languages() -> None:
    assert [name for name, _ in properties_of(OURS)] == [name for name, _ in properties_of(_english_words())]


def _english_words() -> ResultWords:
    return ResultWords({one: ENGLISH_WORDS.columns[one] for one in OURS.columns}, dict.fromkeys(OURS.sheets, "x"))


@pytest.mark.parametrize("left_out", OUTCOME_COLUMNS)
def test_a_column_without_its_word_makes_no_results(left_out: ResultColumn) -> None:
    properties = dict(properties_of(OURS))
    assert words_of(properties) == OURS
    assert words_of({**properties, f"Delink column {left_out}": "  "}) is None
    properties.pop(f"Delink column {left_out}")
    assert words_of(properties) is words_of({}) is None


def test_a_word_that_excel_would_cut_is_cut_here() -> None:
    words = ResultWords({ResultColumn.CAUSE: "x" * 300}, {ResultSheet.TO_FIX: "a/b"})
    assert list(properties_of(words)) == [("Delink column cause", "x" * 255), ("Delink worksheet to_fix", "a-b")]


def test_a_file_whose_properties_cannot_be_read_brings_no_words(tmp_path: Path) -> None:
    broken, entities, huge = tmp_path / "broken.xlsx", tmp_path / "entities.xlsx", tmp_path / "huge.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing of a zip archive")
    for path, text in (
        (entities, '<!DOCTYPE a [<!ENTITY b "c">]><Properties>&b;</Properties>'),
        (huge, f"<Properties>{' ' * 1_100_000}</Properties>"),
    ):
        with ZipFile(path, "w") as archive:
            archive.writestr("docProps/custom.xml", text)
    for path in (broken, entities, huge, tmp_path / "missing.xlsx", a_book(tmp_path / "plain.xlsx")):
        assert words_in(path) is None
