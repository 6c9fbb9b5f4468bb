"""Map what readers and libraries raise about a damaged workbook to our errors; this is the one place that lists it."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.formats import DAMAGED, ENTITIES, PASSWORD, as_sheet_errors
from desktop.sheets.xml_stream import EncodingUnknown, EntitiesFound, XmlDamaged

_ENCODING = Text("part-in-unknown-encoding")
DAMAGE = (
    ArithmeticError,
    AssertionError,  # xlrd believes many fields and asserts what it believes
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,  # and with it what cannot be decoded
    XmlDamaged,
    struct.error,
    zlib.error,
)
"""What reading a damaged workbook by its parts or records may raise. MemoryError is not among it: it is no damage."""


@contextmanager
def damage_as_sheet_errors(path: Path) -> Iterator[None]:
    """Raise errors of readers as ours: SheetUnreadable, or SheetUnsafe for XML entities."""
    try:
        with as_sheet_errors(path):
            yield
    except EntitiesFound as exc:
        raise SheetUnsafe(str(path), ENTITIES) from exc
    except EncodingUnknown as exc:
        raise SheetUnreadable(str(path), _ENCODING) from exc
    except DAMAGE as exc:
        raise SheetUnreadable(str(path), DAMAGED) from exc
    except RuntimeError as exc:  # ZipFile raises it where it needs a password
        raise SheetUnreadable(str(path), PASSWORD) from exc
