"""What a file is that is no sheet, and what to do: each completes "… could not be read: …"."""

from collections.abc import Mapping

from desktop.words.language import Plural

FOREIGN_FILES: Mapping[str, str | Plural] = {
    "cut-short-or-damaged": "it is cut short or damaged",
    "protected-with-a-password": "it is protected with a password; save it without one",
    "encrypted-by-a-label": (
        "it is encrypted and may carry a sensitivity label; there is no password: save a copy without the label"
    ),
    "labelled-file": "it is encrypted and may carry a sensitivity label; save a copy without the label",
    "unusual-workbook": "it is a workbook that is stored in an unusual way; open it in Excel and save it as .xlsx",
    # Documents of other programs.
    "word-document": "it is a Word document; copy its table into a spreadsheet and save that as .xlsx",
    "presentation": "it is a PowerPoint presentation; copy its table into a spreadsheet and save that as .xlsx",
    "open-document-text": "it is an OpenDocument text; copy its table into a spreadsheet and save that as .xlsx",
    "open-document-presentation": "it is an OpenDocument presentation; copy its table into a spreadsheet and save that as .xlsx",
    "open-document-of-another-kind": "it is a drawing or a database of OpenDocument; open the list itself",
    "wordperfect-document": "it is a WordPerfect document; copy its table into a spreadsheet and save that as .xlsx",
    "works-document": "it is a Works document; copy its table into a spreadsheet and save that as .xlsx",
    "publisher-document": "it is a Publisher document; copy its table into a spreadsheet and save that as .xlsx",
    "hangul-document": "it is a Hangul document; copy its table into a spreadsheet and save that as .xlsx",
    "document-of-an-older-program": (
        "it is a document of an older program, but not a workbook; open it there and save the list as .xlsx or .csv"
    ),
    "document-of-an-apple-program": ("it is a document of Apple Numbers, Pages or Keynote; open it there and export it as .xlsx"),
    "folder-of-an-apple-program": "it is a {program} document; open it in {program} and export it as .xlsx",
    "pdf-document": "it is a PDF document; save the list as .xlsx or .csv in the program it came from",
    "postscript-document": "it is a PostScript document; save the list as .xlsx or .csv in the program it came from",
    "mail-message": "it is an e-mail message; save the sheet that is attached to it and open that",
    "e-book": "it is an e-book; open the list itself",
    "image-file": "it is an image; IDs cannot be read from a picture; open the list itself",
    "drawing": "it is a drawing; open the list itself",
    "visio-drawing": "it is a Visio drawing; open the list itself",
    "film-or-sound": "it is a film or a sound; open the list itself",
    "map-file": "it is a map; open the list itself",
    "font-file": "it is a font; open the list itself",
    "program-file": "it is a program; open the list itself",
    "contact-card": "it is a contact card; export the contacts as .csv instead",
    "calendar-file": "it is a calendar; export the list as .csv instead",
    "encrypted-text": "it is an encrypted or signed text; decrypt it and open the list that is in it",
    # Sheets and data that other programs can open.
    "workbook-before-97": "it is a workbook of an Excel before 97; open it in Excel and save it as .xlsx",
    "xml-spreadsheet": "it is an XML spreadsheet of Excel 2003; open it in Excel and save it as .xlsx",
    "flat-open-document-sheet": "it is an OpenDocument sheet in one XML file; open it in LibreOffice and save it as .ods",
    "sylk-sheet": "it is a SYLK sheet; open it in Excel and save it as .xlsx",
    "dif-sheet": "it is a DIF sheet; open it in Excel and save it as .xlsx",
    "lotus-sheet": "it is a Lotus 1-2-3, Quattro Pro or Works sheet; open it in LibreOffice and save it as .xlsx",
    "works-sheet": "it is a Works sheet; open it in Works or LibreOffice and save it as .xlsx",
    "quattro-pro-sheet": "it is a Quattro Pro sheet; open it there and save it as .xlsx",
    "dbase-table": "it is a dBase table; open it in Excel or LibreOffice and save it as .xlsx",
    "web-page": "it is a web page or XML with the name of a sheet; open it in Excel and save it as .xlsx",
    "web-archive": "it is a web page in a single file; open it in Excel and save it as .xlsx",
    "database-file": "it is a database; export the table from it as .csv",
    "file-of-a-data-program": "it is a file of a data program; export it as .csv or .xlsx from there",
    "data-for-programs": "it is JSON, data for programs; export the list as .csv or .xlsx instead",
    "outlook-data": "it is an Outlook data file; open it in Outlook and export the list as .csv",
    # Files that stand for another one.
    "shortcut": "it is only a shortcut to a file; open the file that it leads to",
    "link-to-google-document": ("it is only a link to a Google document; open it in the browser and download it as .xlsx"),
    "link-to-google-sheet": "it is only a link to a Google sheet; open it in the browser and download it as .xlsx",
    "placeholder-of-git-lfs": "it is only a placeholder of Git LFS; fetch the file itself first",
    "placeholder-of-icloud": "it is only a placeholder of iCloud; download “{name}” first",
    "lock-file": "it is a lock file that {program} keeps while the sheet is open; open “{name}” instead",
    "side-file-of-macos": "it is a side file of macOS; open the file of the same name without “._”",
    "side-file-of-the-finder": "it is a side file of the macOS Finder; open the list itself",
    "side-file-of-windows": "it is a side file of Windows; open the list itself",
    "settings-of-macos": "it is a settings or placeholder file of macOS; download or open the list itself",
    # Packed files. The names may end with how many more there are.
    "packed-file": "it is a packed file ({kind}); unpack it and open the sheet that is in it",
    "packed-folder": Plural(
        "it is a packed folder (.zip) with {names}; unpack it and open that file",
        "it is a packed folder (.zip) with {names}; unpack it and open one of them",
        by="sheets",
    ),
    "locked-folder": Plural(
        "it is a packed folder with a password (.zip) with {names}; unpack it and open that file",
        "it is a packed folder with a password (.zip) with {names}; unpack it and open one of them",
        by="sheets",
    ),
    "packed-folder-without-a-sheet": "it is a packed folder without a sheet in it; open the list itself",
    "locked-folder-without-a-sheet": "it is a packed folder with a password without a sheet in it; open the list itself",
    # Bytes that say nothing.
    "only-zero-bytes": ("it holds nothing but zero bytes, as a file that was never saved or downloaded whole; fetch it again"),
    "unknown-data": (
        "it is not a sheet, but data of an unknown kind; save the list as .xlsx or .csv in the program it came from"
    ),
    "ebcdic": (
        "it is written in EBCDIC, the code of mainframes; have it exported as UTF-8, or name its encoding (such as cp037)"
    ),
}
