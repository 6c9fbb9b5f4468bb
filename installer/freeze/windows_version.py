"""The version resource of the Windows programs: what their Properties dialog shows.

This module can be imported on every system, but the resource can be made only on Windows.
"""

from typing import Any

PUBLISHER = "The Delink authors"


def version_resource(name: str, description: str, version: str) -> Any:
    """Return the resource for PyInstaller's EXE; ``version`` is three numbers with dots."""
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = (*(int(part) for part in version.split(".")), 0)
    texts = {
        "CompanyName": PUBLISHER,
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": f"{PUBLISHER}, MIT licence",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "Delink",
        "ProductVersion": version,
    }
    english_unicode = (0x0409, 1200)
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            StringFileInfo([StringTable("040904B0", [StringStruct(key, text) for key, text in texts.items()])]),
            VarFileInfo([VarStruct("Translation", list(english_unicode))]),
        ],
    )
