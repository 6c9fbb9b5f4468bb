"""Make the files that the tests read: honest workbooks by a real writer, hostile ones XML by XML, and runs with outcomes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import Intent, RunFacts, RunState, Settled, StateChange
from desktop.storage.run_folder import RunFolder, StoredRun

CAMPAIGN = "3652397000000327001"
OTHER_CAMPAIGN = "3652397000000327018"
HEADERS = ("Campaign Id", "Contact Id")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def contact(number: int) -> str:
    """Return the ID of a contact."""
    return f"3652397000{910013 + 30 * number:09d}"


def links(count: int) -> list[tuple[str, ...]]:
    """Return a header and this many rows without trouble."""
    return [HEADERS, *((CAMPAIGN, contact(number)) for number in range(count))]


def big_links() -> list[tuple[str, ...]]:
    """More than the 2 MB up to which a workbook is read in this process, in far fewer rows than people need for that."""
    return [(*HEADERS, "Note"), *((CAMPAIGN, contact(number), f"{number:0900}") for number in range(2_500))]


def workbook(path: Path, rows: Iterable[Sequence[object]], *, sheet: str = "List", first_row: int = 0) -> Path:
    """Write a workbook by a real writer: text as text, float and int as numbers, None as nothing."""
    with Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows, start=first_row):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value)
                elif value is not None:
                    page.write(number, column, value)
    return path


def cell(reference: str, value: str, kind: str = "inlineStr") -> str:
    """Return one cell of worksheet XML: text, a number as its literal (``n``), an error (``e``) …"""
    if kind == "inlineStr":
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{reference}" t="{kind}"><v>{value}</v></c>'


def raw_workbook(path: Path, sheet_data: str, *, before: str = "", above: str = "", names: Sequence[str] = ("List",)) -> Path:
    """Write a workbook whose first worksheet has exactly this XML inside ``sheetData``; the other ones are empty."""
    pages = [f'{before}<worksheet xmlns="{_MAIN}">{above}<sheetData>{sheet_data}</sheetData></worksheet>']
    pages += [f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'] * (len(names) - 1)
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        for n in range(1, len(names) + 1)
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>{overrides}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{targets}</Relationships>'
        )
        for number, page in enumerate(pages, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", page)
    return path


def row(number: int, *cells: str) -> str:
    """Return one row of worksheet XML."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def balances(sheet: SheetLinks) -> bool:
    """True if every entry and every row is counted once."""
    books, read = sheet.books, len(set(sheet.entries.rows))
    left_out = books.hidden + books.left_out
    return books.balance and read == books.rows_with_entries and read + books.blank + left_out == books.rows == len(sheet.rows)


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a text file, with the line ends as given."""
    path.write_bytes(text.encode(encoding))
    return path


def connection(data_centre: str = "eu", environment: Environment = Environment.PRODUCTION) -> Connection:
    """Return a connection of a company with a name."""
    account = Account("ACME GmbH", "20099900001", "Ann Admin", "ann@acme.example")
    return Connection("c1", "acme", data_centre, environment, "https://www.zohoapis.eu", account=account)


@contextmanager
def run_of(
    sheet: SheetLinks, folder: Path, outcomes: Sequence[LinkOutcome], to: Connection | None = None, *, run: str = "run-1"
) -> Iterator[StoredRun]:
    """Make a finished run of this sheet on disk; link n ended as ``outcomes[n]``, links beyond these were not sent."""
    plan = make_plan(sheet.links, SideChoice.AS_SHEET)
    facts = RunFacts(
        run=run,
        operation=Operation.REMOVE,
        origin=Fresh(),
        started="2026-04-01T08:00:00Z",
        sheet_path=sheet.path,
        sheet_name=sheet.name,
        sheet_sha256=sheet.sha256,
        reading=sheet.reading.sentence(),
        relations=sheet.relations,
        connection=to or connection(),
        side="parent",
        calls_planned=plan.calls,
        app_version="0.1.0",
        os_user="ann",
        headers=sheet.headers,
        parent_column=sheet.columns.parent,
        related_column=sheet.columns.related,
    )
    folder.mkdir(exist_ok=True)
    with RunFolder(folder).create(facts, sheet, plan, []) as book:
        for batch in plan.batches:
            settled = tuple((link, outcomes[link]) for link in batch.link_numbers if link < len(outcomes))
            if settled:
                book.commit([Intent(batch, 1.0), Settled(batch.number, settled, 1_775_030_405.0)])
        book.commit([StateChange(RunState.FINISHED, None, 1_775_030_406.0)])
        yield book


def refused(message: str) -> LinkOutcome:
    """Return a refusal with the CRM's own words."""
    return LinkOutcome(Outcome.REFUSED, CauseCode.REFUSED_OTHER, "SOME_CODE", message)


NOT_LINKED = LinkOutcome(Outcome.NOT_LINKED, CauseCode.RELATION_NOT_FOUND, "INVALID_DATA")
UNKNOWN = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST)
