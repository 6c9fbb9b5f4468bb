"""When several numbers in one cell are IDs of the same kind."""

from collections.abc import Sequence

import pytest

from desktop.domain.id_kinds import IdKind
from desktop.domain.records import RecordId

ONE, TWO, SHORTER = "3652397000000925128", "3652397000000925131", "365239700000092513"
PHONE, STAMP = "4915155501000", "20260105120000"


def kind(*ids: str) -> IdKind:
    found = IdKind.of([RecordId(one) for one in ids])
    assert found is not None
    return found


def makes_list(of: IdKind, *ids: str) -> bool:
    return of.makes_list([RecordId(one) for one in ids])


def test_no_ids_have_no_kind() -> None:
    assert IdKind.of([]) is None


@pytest.mark.parametrize("learned", [(ONE,), (ONE, TWO), (ONE, SHORTER), (SHORTER,), (ONE, PHONE, TWO)])
def test_ids_of_one_account_are_a_list_also_where_newer_ones_are_longer(learned: Sequence[str]) -> None:
    assert makes_list(kind(*learned), ONE, SHORTER, TWO)


@pytest.mark.parametrize("learned", [(ONE,), (ONE, PHONE), (ONE, SHORTER), (ONE, STAMP), (ONE, ONE[:10])])
@pytest.mark.parametrize("other", [PHONE, STAMP, ONE[:10], ONE[9:], "4876876000000111222", "3652397000001", "3652155501000"])
def test_an_id_and_something_else_are_no_list(learned: Sequence[str], other: str) -> None:
    assert not makes_list(kind(*learned), ONE, other)


def test_two_halves_of_an_id_are_no_list_even_where_all_are_broken() -> None:
    whole = [f"36523970000009{number:06d}" for number in range(251281, 251300)]
    halves = [half for one in whole for half in (one[:10], one[10:])]
    assert not makes_list(kind(*halves), *halves[:2])
    alike = kind("3652397000", "3652397001")
    assert not makes_list(alike, "3652397000", "3652397001"), "the halves may even begin alike"
    assert makes_list(kind("36523970001", "36523970002"), "36523970001", "36523970002")


def test_without_common_first_digits_only_long_numbers_are_a_list() -> None:
    strangers = ("1152397000000925128", "2252397000000925131", "3352397000000925134")
    assert makes_list(kind(*strangers), *strangers)
    phones = ("115239700001", "225239700002", "335239700003")
    assert not makes_list(kind(*phones), *phones)
