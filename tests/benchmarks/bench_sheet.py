"""A large sheet from file to finished plan, against the plainest use of the reader that the library offers."""

import csv
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tests.benchmarks.measuring import delink

ROWS = 100_000
HEADERS = ("Campaign Id", "Campaign", "Contact Id", "Contact", "Note")


def rows() -> Iterable[tuple[str, ...]]:
    """Five columns, 2,000 campaigns."""
    for n in range(ROWS):
        yield (
            f"36523970000003{n % 2000 + 27001:05d}",
            f"Campaign {n % 2000}",
            f"365239700009{n + 1010001:07d}",
            f"Contact {n}",
            "x",
        )


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        book, text = Path(folder) / "big.xlsx", Path(folder) / "big.csv"
        workbook = Workbook(str(book), {"constant_memory": True})
        page = workbook.add_worksheet()
        for number, row in enumerate([HEADERS, *rows()]):
            page.write_row(number, 0, row)
        workbook.close()
        with text.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADERS, *rows()])
        for path, plain in ((book, _read_with_calamine), (text, _read_with_csv)):
            _measure(path, plain, Path(folder) / "home")


def _measure(path: Path, plain: Callable[[Path], int], home: Path) -> None:
    started = time.perf_counter()
    assert plain(path) == ROWS + 1
    plain_s = time.perf_counter() - started
    start_s = delink("runs", home=home).seconds
    ours = delink("check", str(path), home=home)
    assert ours.told["links"] == ROWS
    print(f"{path.name}: {ROWS:,} rows × 5, {ours.told['calls']:,} calls planned")
    print(f"  reader alone  {plain_s:6.2f} s")
    print(
        f"  delink check  {ours.seconds:6.2f} s   {(ours.seconds - start_s) / plain_s:5.2f} × without its start ({start_s:.2f} s)"
    )
    print(f"  peak memory   {ours.peak_mb:6.0f} MB  {ours.peak_mb * 1e6 / ROWS / 5:,.0f} bytes a cell")


def _read_with_calamine(path: Path) -> int:
    return len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())


def _read_with_csv(path: Path) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        return len(list(csv.reader(file)))


if __name__ == "__main__":
    main()
