"""Make compound files, the container of .xls, .doc, .msg and of encrypted workbooks: a directory of names without contents."""

import struct
from collections.abc import Sequence
from pathlib import Path

_NONE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def compound(path: Path, names: Sequence[str], *, below: Sequence[str] = ()) -> Path:
    """Make a file with these names in its root; the names ``below`` stand in a folder named Inner."""
    in_root = [*names, *(["Inner"] if below else [])]
    entries = [_entry("Root Entry", 5, child=1 if in_root else _NONE)]
    for number, name in enumerate(in_root, start=1):
        right = number + 1 if number < len(in_root) else _NONE
        inner = len(in_root) + 1 if below and number == len(in_root) else _NONE
        entries.append(_entry(name, 1 if inner != _NONE else 2, right=right, child=inner))
    for number, name in enumerate(below, start=len(in_root) + 1):
        entries.append(_entry(name, 2, right=number + 1 if number < len(in_root) + len(below) else _NONE))
    directory = b"".join(entries)
    directory += bytes(-len(directory) % _SECTOR)
    sectors = len(directory) // _SECTOR
    table = [_TABLE, *(place + 2 for place in range(sectors - 1)), _END]
    table += [_NONE] * (_SECTOR // 4 - len(table))
    path.write_bytes(_header() + struct.pack(f"<{_SECTOR // 4}I", *table) + directory)
    return path


def _header() -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    start += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    start += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return start + struct.pack("<109I", 0, *[_NONE] * 108)


def _entry(name: str, kind: int, *, right: int = _NONE, child: int = _NONE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, _NONE, right, child) + bytes(36) + bytes(12)
