"""Files that are no sheet are called what they are, and lists that only begin like one are read."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.errors import SheetError, SheetUnreadable
from desktop.sheets.formats import FileKind, identify
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from desktop.words.errors import explain_error
from tests.sheets.making_sheets import CAMPAIGN, contact, links, text_file, workbook

_LIST = f"Campaign Id,Contact Id\n{CAMPAIGN},{contact(1)}\n"
_TABLE = f"<table><tr><td>Campaign Id</td><td>Contact Id</td></tr><tr><td>{CAMPAIGN}</td><td>{contact(1)}</td></tr></table>"
_WEB = "it is a web page or XML with the name of a sheet; open it in Excel and save it as .xlsx"
_IMAGE = "it is an image; IDs cannot be read from a picture; open the list itself"
_AGAIN = "save the list as .xlsx or .csv in the program it came from"
_OFFICE = "copy its table into a spreadsheet and save that as .xlsx"
_MESSAGE = "it is an e-mail message; save the sheet that is attached to it and open that"
_CLOUD_LINK = "it is only a link to a Google document; open it in the browser and download it as .xlsx"
_JSON = "it is JSON, data for programs; export the list as .csv or .xlsx instead"
_SHORTCUT = "it is only a shortcut to a file; open the file that it leads to"
_LOTUS = "it is a Lotus 1-2-3, Quattro Pro or Works sheet; open it in LibreOffice and save it as .xlsx"
_SYLK = "it is a SYLK sheet; open it in Excel and save it as .xlsx"
_MACOS = "it is a side file of macOS; open the file of the same name without “._”"


def _refused(path: Path) -> str:
    with pytest.raises(SheetUnreadable) as caught:
        identify(path)
    sentence = explain_error(caught.value).in_one_line()
    assert sentence.endswith("nothing was sent.")
    assert len(sentence.replace(str(path), "").split()) < 40
    return say_text(caught.value.detail)


def _bytes(folder: Path, contents: bytes, name: str = "list.xlsx") -> Path:
    (folder / name).write_bytes(contents)
    return folder / name


_DBASE = bytes([3, 126, 4, 1]) + (1).to_bytes(4, "little") + (65).to_bytes(2, "little") + (21).to_bytes(2, "little") + bytes(20)
_DBASE += b"CAMPAIGN".ljust(11, b"\0") + b"C" + bytes(20) + b"\r"
_HEIC = b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic"


@pytest.mark.parametrize(
    ("contents", "detail"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", f"it is a PDF document; {_AGAIN}"),
        (b"%PDF-1.4\r1 0 obj\r<< /Type /Catalog >>\rendobj\r", f"it is a PDF document; {_AGAIN}"),
        (b"\x00\x1bprinter\n%PDF-1.4\n1 0 obj\n", f"it is a PDF document; {_AGAIN}"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", _IMAGE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", _IMAGE),
        (b"GIF89a\x10\x00\x10\x00\xf7\x00\x00", _IMAGE),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00", _IMAGE),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", _IMAGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>", _IMAGE),
        (_HEIC, _IMAGE),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "it is a film or a sound; open the list itself"),
        (b"\x37\x7a\xbc\xaf\x27\x1c\x00\x04", "it is a packed file (7z); unpack it and open the sheet that is in it"),
        (b"Rar!\x1a\x07\x01\x00", "it is a packed file (rar); unpack it and open the sheet that is in it"),
        (gzip.compress(_LIST.encode(), mtime=0), "it is a packed file (gzip); unpack it and open the sheet that is in it"),
        (b"\x00\x01\x00\x00Standard Jet DB\x00", "it is a database; export the table from it as .csv"),
        (b"\x00\x01\x00\x00Standard ACE DB\x00", "it is a database; export the table from it as .csv"),
        (b"PAR1\x15\x04\x15\x00\x15\x02PAR1", "it is a file of a data program; export it as .csv or .xlsx from there"),
        (b"\x00\x00\x02\x00\x06\x04\x06\x00\x08\x00", _LOTUS),
        (b"\x00\x00\x1a\x00\x02\x10\x04\x00", _LOTUS),
        (b"\xff\x00\x02\x00\x04\x04\x05\x54", _LOTUS),
        (b"\x00\x00\x02\x00\x01\x10\xc9\x00", _LOTUS),
        (b"\x09\x00\x04\x00\x07\x00\x10\x00", "it is a workbook of an Excel before 97; open it in Excel and save it as .xlsx"),
        (b"\x09\x04\x06\x00\x00\x04\x10\x00", "it is a workbook of an Excel before 97; open it in Excel and save it as .xlsx"),
        (_DBASE, "it is a dBase table; open it in Excel or LibreOffice and save it as .xlsx"),
        (b"{\\rtf1\\ansi Campaign Id\\par }", f"it is a Word document; {_OFFICE}"),
        (b"\x4c\x00\x00\x00\x01\x14\x02\x00\x00\x00", _SHORTCUT),
        (b"[InternetShortcut]\r\nURL=https://crm.zoho.example/\r\n", _SHORTCUT),
        (b'<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>x</string></dict></plist>', _SHORTCUT),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n", "it is a contact card; export the contacts as .csv instead"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\n", "it is a calendar; export the list as .csv instead"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"Campaign Id\"\r\nE\r\n", _SYLK),
        (b"ID;PWXL;N;E\rC;Y1;X1;K1\rE\r", _SYLK),
        (b"MZ\x90\x00\x03\x00\x00\x00", "it is a program; open the list itself"),
        (b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X", _MACOS),
        (bytes(5000), "it holds nothing but zero bytes, as a file that was never saved or downloaded whole; fetch it again"),
        (b"\x93\x07\x00\x02\x00\x05\x1e\x02\x03", f"it is not a sheet, but data of an unknown kind; {_AGAIN}"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_called_what_it_is_whatever_its_name(tmp_path: Path, contents: bytes, detail: str) -> None:
    for name in ("list.xlsx", "list.csv", "list"):
        assert _refused(_bytes(tmp_path, contents, name)) == detail


def test_a_database_is_called_one(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "list.csv")) as base:
        base.execute("create table links (parent text, related text)")
        base.commit()
    assert _refused(tmp_path / "list.csv") == "it is a database; export the table from it as .csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
@pytest.mark.parametrize(
    "text",
    [
        f"<html><body>{_TABLE}</body></html>",
        f"\r\n\t<!DOCTYPE html>\n<html>{_TABLE}</html>",
        f"<!-- saved --><meta http-equiv='Content-Type'>{_TABLE}",
        "<!--" + "x" * 9000 + f"-->{_TABLE}",
        _TABLE,
        f'<div class="list">{_TABLE}</div>',
        f"<style>td {{ mso-number-format: '@' }}</style>{_TABLE}",
        "<?xml version='1.0'?><rows><row id='1'/></rows>",
        "<rows><row>1</row></rows>",
    ],
)
def test_a_web_page_is_known_in_every_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    assert _refused(text_file(tmp_path / "list.xls", text, encoding)) == _WEB


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_of_excel_and_of_libreoffice_is_distinguished_from_web_pages(tmp_path: Path, encoding: str) -> None:
    text = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="List"/></Workbook>'
    )
    detail = "it is an XML spreadsheet of Excel 2003; open it in Excel and save it as .xlsx"
    assert _refused(text_file(tmp_path / "list.xls", text, encoding)) == detail
    flat = '<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
    detail = "it is an OpenDocument sheet in one XML file; open it in LibreOffice and save it as .ods"
    assert _refused(text_file(tmp_path / "list.ods", flat, encoding)) == detail


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_page_in_a_single_file_and_a_message_are_distinguished(tmp_path: Path, end: str) -> None:
    page = f'MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related;\n\tboundary="b"\n\n--b\n{_TABLE}'
    detail = "it is a web page in a single file; open it in Excel and save it as .xlsx"
    assert _refused(text_file(tmp_path / "list.xls", page.replace("\n", end))) == detail
    mail = f"Received: from a.example\n by b.example\nFrom: Ann <ann@a.example>\nSubject: List\n\n{_LIST}"
    assert _refused(text_file(tmp_path / "list.eml", mail.replace("\n", end))) == _MESSAGE


def test_json_is_distinguished_from_a_link_to_a_document(tmp_path: Path) -> None:
    rows = [{"campaign": CAMPAIGN, "contact": contact(1)}]
    for value in (rows, {"data": rows}, [[CAMPAIGN, contact(1)]], [], {}, [1, 2]):
        assert _refused(text_file(tmp_path / "list.csv", json.dumps(value, indent=2))) == _JSON
    lines = "".join(json.dumps(row) + "\n" for row in rows * 200)
    assert _refused(text_file(tmp_path / "list.txt", lines)) == _JSON
    old = {"url": "https://docs.google.com/open?id=abc", "doc_id": "abc", "email": "ann@a.example"}
    new = {"": "WARNING! DO NOT EDIT THIS FILE!", "doc_id": "abc", "resource_key": "", "email": "ann@a.example"}
    for link in (old, new):
        assert _refused(text_file(tmp_path / "list", json.dumps(link))) == _CLOUD_LINK
        sheet = "it is only a link to a Google sheet; open it in the browser and download it as .xlsx"
        assert _refused(text_file(tmp_path / "list.gsheet", json.dumps(link))) == sheet


def test_a_lock_file_names_the_file_to_open(tmp_path: Path) -> None:
    office = bytes([3]) + b"Ann".ljust(54) + b"\x03\x00" + "Ann".encode("utf-16-le").ljust(108, b" ")
    detail = "it is a lock file that Office keeps while the sheet is open; open “list.xlsx” instead"
    assert _refused(_bytes(tmp_path, office, "~$list.xlsx")) == detail
    assert _refused(_bytes(tmp_path, b"", "~$list.xlsx")) == detail
    libre = b",ann,ann-pc,01.04.2026 09:00,file:///profile/libreoffice/4;"
    detail = "it is a lock file that LibreOffice keeps while the sheet is open; open “list.ods” instead"
    assert _refused(_bytes(tmp_path, libre, ".~lock.list.ods#")) == detail


def test_a_sheet_with_the_name_of_a_lock_file_is_read(tmp_path: Path) -> None:
    assert identify(workbook(tmp_path / "~$list.xlsx", links(1))) is FileKind.XLSX


def test_a_placeholder_of_the_cloud_says_to_download_it(tmp_path: Path) -> None:
    detail = "it is only a placeholder of iCloud; download “list.xlsx” first"
    assert _refused(_bytes(tmp_path, b"bplist00\xd1\x01\x02", ".list.xlsx.icloud")) == detail


@pytest.mark.parametrize("name", ["cp037", "cp500", "cp273"])
def test_the_code_of_mainframes_is_refused_in_words_and_read_when_it_is_named(tmp_path: Path, name: str) -> None:
    path = text_file(tmp_path / "list.csv", _LIST * 3, name)
    assert _refused(path).startswith("it is written in EBCDIC, the code of mainframes")
    assert identify(path, encoding_named=True) is FileKind.TEXT


@pytest.mark.parametrize(
    "header",
    [
        "PK",
        "PK\u0103",
        "%PDF",
        "%PDF-1.4",
        "BM",
        "GIF89a",
        "MZ",
        "ID3",
        "RIFF",
        "Rar!",
        "7z",
        "PAR1",
        "BZh9",
        "ID",
        "ID;P",
        "ID;Parent",
        "TABLE",
        "[Campaign Id]",
        "{Campaign Id}",
        "<Campaign Id>",
        "<table>",
        "<id>",
        '"<html>"',
        "From: Ann",
        "Subject: x",
        "Date: 1 May",
        "BEGIN:VCARD",
        "SQLite format 3",
        "II*",
        "8BPS",
        "ustar",
        "bplist00",
        "0",
        "1",
        "ÿØÿ",
        "(µ/ý",
        "Û¥",
    ],
)
def test_a_list_whose_first_header_is_a_signature_is_read(tmp_path: Path, header: str) -> None:
    text = f"{header},Campaign Id,Contact Id\nx,{CAMPAIGN},{contact(1)}\nC;x,{CAMPAIGN},{contact(2)}\n"
    for encoding in ("utf-8", "utf-16"):
        sheet = open_sheet(text_file(tmp_path / "list.csv", text, encoding))
        assert [sheet.links[0].related_id, sheet.links[1].related_id] == [contact(1), contact(2)]


@pytest.mark.parametrize(
    "top", ["Date: 1 May", "From: 1 May\nTo: 31 May\nDate: 1 June\n", "Subject: clean-up\nFrom: Ann\n", "%PDF-1.4", "# <html>"]
)
def test_lines_above_a_list_do_not_make_it_another_file(tmp_path: Path, top: str) -> None:
    assert len(open_sheet(text_file(tmp_path / "list.csv", f"{top}\n{_LIST}")).links) == 1


def test_a_page_of_a_thousand_remarks_is_judged_at_once(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", "<!---->" * 1000 + _LIST)
    with pytest.raises(SheetError):
        open_sheet(path)
