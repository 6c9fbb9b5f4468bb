"""The vote on the delimiter, and lines that name it."""

import pytest

from desktop.sheets.text_vote import Vote, named_delimiter, vote
from tests.sheets.making_sheets import CAMPAIGN, contact

_A, _B = contact(1), contact(2)


def _voted(*rows: str) -> str:
    return vote([f"{row}\n" for row in rows]).delimiter


@pytest.mark.parametrize(
    ("rows", "delimiter"),
    [
        ((f"1,50;{CAMPAIGN};{_A}", f"2,75;{CAMPAIGN};{_B}"), ";"),
        (("Price, net;Campaign Id;Contact Id", f"1,50;{CAMPAIGN};{_A}"), ";"),
        ((f"Miller, Ann\t{CAMPAIGN}\t{_A}", f"Smith, Ben\t{CAMPAIGN}\t{_B}"), "\t"),
        ((f"Miller, Ann|{CAMPAIGN}|{_A}", f"Smith, Ben|{CAMPAIGN}|{_B}"), "|"),
        ((f'"a; b";{CAMPAIGN};{_A}', f'"c";{CAMPAIGN};{_B}'), ";"),
        (("# exported, by Ann, on Monday", "# all; of them", "a;b", "1;2", "3;4", "5;6"), ";"),
        (("Report", "", "a\tb,c", "1\t2,3", "4\t5"), "\t"),
        ((f"{CAMPAIGN},{_A};{_B}", f"{CAMPAIGN},{_B};{_A}"), ","),
        (("Campaign Id,Contact Id", f'"{_A}; {_B}",="{_A}"'), ","),
        (("Campaign Id,Contact Id", f'{CAMPAIGN}.0,"{_A};{_B}"'), ","),
        (("Campaign Id,Contact Id", f'https://crm.zoho.eu/crm/tab/Contacts/{_A},"{_A};{_B}"'), ","),
        (("a\tb", '1\t"Hello', '2\tbye"', '3\t"x'), "\t"),
        (('a, "b", c', '1, "x, y", 2', '3, "z", 4'), ","),
    ],
)
def test_difficult_texts_are_cut_where_their_columns_are(rows: tuple[str, ...], delimiter: str) -> None:
    assert _voted(*rows) == delimiter


def test_blanks_before_a_quoted_cell_belong_to_no_cell() -> None:
    assert vote(['a, "b", c\n', '1, "x, y", 2\n', '3, "u, v", 4\n']) == Vote(",", skips_blanks=True)
    assert not vote(["a, b\n", "1, 2\n"]).skips_blanks


def test_a_text_that_no_sign_cuts_is_one_column() -> None:
    assert vote(["Name\n", '5" pipe\n']).is_one_column
    assert not vote(["Name,Id\n", "x,1\n"]).is_one_column


def test_a_cell_of_megabytes_does_not_hide_the_delimiter() -> None:
    assert not vote(["a;b\n", "1;" + "x" * 1_200_000 + "\n"]).is_one_column


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("sep=;", ";"),
        ("SEP=|", "|"),
        ("Sep = ,", ","),
        ("sep=\t", "\t"),
        ("sep=\\t", "\t"),
        ("sep=tab", "\t"),
        ("sep=semicolon", ";"),
        ('"sep=;"', ";"),
        ('sep=";"', ";"),
        ("sep=,,,,", ","),
        ('"sep=,",,', ","),
        ("sep=;;;", ";"),
        ("sep=~", "~"),
        ("sep=^", "^"),
        ("sep=", ""),
        ("\ufeffsep=;", ";"),
        ("sep", None),
        ("sep=a", None),
        ("sep=;x", None),
        ("separator;other", None),
        ("Sep,Oct", None),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_a_line_that_names_the_delimiter_is_known_in_every_form(line: str, sign: str | None, end: str) -> None:
    assert named_delimiter(line + end) == sign
