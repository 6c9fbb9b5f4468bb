"""What readers raise about a damaged workbook becomes one of our errors, with a clause for people."""

import struct
import zlib
from pathlib import Path
from zipfile import BadZipFile

import pytest

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.damage import DAMAGE, damage_as_sheet_errors
from desktop.sheets.formats import DAMAGED, ENTITIES, PASSWORD
from desktop.sheets.xml_stream import EncodingUnknown, EntitiesFound, XmlDamaged
from desktop.words import say_text

LIST = Path("list.xlsx")


@pytest.mark.parametrize(
    "raised",
    [
        BadZipFile("no end"),
        zlib.error("bad block"),
        struct.error("too short"),
        XmlDamaged("no end"),
        KeyError("xl/workbook.xml"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"),
        AssertionError(),
        EOFError(),
        RecursionError(),
        NotImplementedError("a method of packing"),  # is a RuntimeError too, but asks for no password
    ],
)
def test_damage_is_unreadable_and_its_cause_is_kept_for_the_log(raised: Exception) -> None:
    with pytest.raises(SheetUnreadable) as caught, damage_as_sheet_errors(LIST):
        raise raised
    assert (caught.value.detail, caught.value.__cause__) == (DAMAGED, raised)


@pytest.mark.parametrize(
    ("raised", "detail"),
    [
        (RuntimeError("File 'a' is encrypted, password required"), say_text(PASSWORD)),
        (EncodingUnknown("x-nobody"), "encoding that Delink does not read"),
    ],
)
def test_what_the_user_can_mend_is_no_damage(raised: Exception, detail: str) -> None:
    with pytest.raises(SheetUnreadable) as caught, damage_as_sheet_errors(LIST):
        raise raised
    assert detail in say_text(caught.value.detail)


def test_entities_are_unsafe() -> None:
    with pytest.raises(SheetUnsafe) as caught, damage_as_sheet_errors(LIST):
        raise EntitiesFound
    assert caught.value.detail == ENTITIES


def test_memory_that_runs_out_and_errors_of_ours_go_through() -> None:
    assert not issubclass(MemoryError, DAMAGE)
    for raised in (MemoryError(), SheetUnsafe("list.xlsx", "it has a cell very far away from all others")):
        with pytest.raises(type(raised)) as caught, damage_as_sheet_errors(LIST):
            raise raised
        assert caught.value is raised
