"""Decide which sign separates the cells of a text file, by its first rows.

A sign is good if it cuts most rows into the same number of cells. That alone does not decide: every row may hold a decimal
comma or a name such as "Miller, Ann" beside the true delimiter. So a sign also loses if the cells that it leaves mix an ID with
something that is no ID. Of equally good signs the first one in a row wins: it cuts columns, and the other one then stands
inside a cell with several IDs.
"""

import csv
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from desktop.domain.readings import DELIMITERS

STRICTLY_QUOTED = ",;"
"""Writers that separate by these signs must quote, because texts are full of them; with other signs many never quote."""

_SAMPLE_ROWS = 200
_HOLDS_ID = re.compile(r"(?<![0-9])[0-9]{10,20}(?![0-9])", re.ASCII)
_IDS = re.compile(r"(?:zcrm_)?(?<![0-9])[0-9]{10,20}(?![0-9])", re.ASCII | re.IGNORECASE)
_MORE_THAN_A_LIST = re.compile(r"[^\W_]|\t")
_BLANK_BEFORE_QUOTE = re.compile(r'[,;|] +"')
_WORDS = {"\\t": "\t", **{word: sign for sign, word in DELIMITERS.items()}}
_NAMED_DELIMITER = re.compile(
    r'"?\s*sep\s*=[ ]*"?(?P<sign>\\t|tab|comma|semicolon|bar|[^\s\w"]|\t|)"?(?P<padding>[,;|\t]*)"?[ ]*', re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Vote:
    """The sign that separates. ``skips_blanks``: blanks behind it do not belong to the cell. ``is_one_column``: no sign
    separates.
    """

    delimiter: str
    skips_blanks: bool = False
    is_one_column: bool = False


def named_delimiter(line: str) -> str | None:
    """Return the sign that a first line such as ``sep=;`` names; empty if it names none; None if it is another line.

    Programs that pad all rows to one width, or quote all cells, write signs or quotation marks behind it.
    """
    match = _NAMED_DELIMITER.fullmatch(line.strip("\r\n\ufeff"))
    if match is None:
        return None
    sign = match["sign"].lower()
    return _WORDS.get(sign, sign) or match["padding"][:1]


def vote(lines: list[str]) -> Vote:
    """Choose the delimiter of a text that begins with these lines."""
    last = lines[-1] if lines else ""
    ways = [(sign, False) for sign in DELIMITERS]
    if any(map(_BLANK_BEFORE_QUOTE.search, lines)):
        ways += [(sign, True) for sign in DELIMITERS if sign != "\t"]
    scores = {way: _score(lines, *way) for way in ways}
    # Of equal ways the one without blanks wins, then the sign that comes first in the last line, to which the sign is added so
    # that it is found in any case.
    best = max(ways, key=lambda way: (scores[way], not way[1], -(last + way[0]).index(way[0])))
    return Vote(*best, is_one_column=not scores[best])


def _score(lines: list[str], sign: str, skips_blanks: bool) -> float:
    """Rate from 0 to 1 how well this sign cuts these lines into rows."""
    quoted = _agreement(lines, sign, csv.QUOTE_MINIMAL, skips_blanks)
    if sign in STRICTLY_QUOTED or skips_blanks:
        return quoted
    return max(quoted, _agreement(lines, sign, csv.QUOTE_NONE, skips_blanks))


def _agreement(lines: list[str], sign: str, quoting: Literal[0, 3], skips_blanks: bool) -> float:
    """Return the share of rows with the commonest number of cells (one cell counts as none), less if cells mix IDs with text."""
    reader = csv.reader(lines, delimiter=sign, quoting=quoting, skipinitialspace=skips_blanks)
    rows = list[list[str]]()
    with suppress(csv.Error):  # a cell of megabytes ends the reading; the rows before it still count
        rows.extend(row for row in islice(reader, _SAMPLE_ROWS) if row)
    widths = Counter(map(len, rows))
    total = widths.total()
    del widths[1]
    if not widths:
        return 0.0
    return max(widths.values()) / total * (3 + _clean_share(rows)) / 4


def _clean_share(rows: list[list[str]]) -> float:
    """Return the share of cells that hold nothing but IDs among those that hold an ID; 1 if no cell holds one."""
    with_ids = [cell for row in rows for cell in row if _HOLDS_ID.search(cell)]
    clean = sum(_MORE_THAN_A_LIST.search(_IDS.sub("", cell)) is None for cell in with_ids)
    return clean / len(with_ids) if with_ids else 1.0
