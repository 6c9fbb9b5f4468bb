"""Secrets that are easy to find again, in every shape that they could be printed in, and where to look for them."""

import base64
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from desktop.practice import PracticeCrm

SCOPES = ["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.READ", "ZohoCRM.org.READ"]


def shapes(secret: str) -> set[bytes]:
    """A secret as it is, in base64 (at each of the three offsets), URL-encoded, in UTF-16, and its first twelve characters."""
    encoded = {base64.b64encode(b"\0" * pad + secret.encode())[4:40] for pad in range(3)}
    # The first five characters stand in every token; what follows is this secret's own.
    return {secret.encode(), quote(secret, safe="").encode(), secret.encode("utf-16-le"), secret[:12].encode(), *encoded}


def secrets_of(crm: PracticeCrm, *codes: str) -> set[str]:
    """Everything secret that was ever handed out."""
    with crm.state.transaction() as db:
        refresh = [row[0] for row in db.execute("SELECT token FROM refresh_tokens")]
        access = [row[0] for row in db.execute("SELECT token FROM access_tokens")]
    return {crm.client_secret, *codes, *refresh, *access}


def found_in(content: bytes | str, secrets: Iterable[str]) -> list[bytes]:
    """Shapes of secrets that stand in a text."""
    where = content.encode() if isinstance(content, str) else content
    return sorted(shape for secret in secrets for shape in shapes(secret) if shape in where)


def held(folder: Path, secrets: Iterable[str]) -> list[str]:
    """Files that hold a shape of a secret, by name or content; a zip's members each."""
    found = []
    for path in (one for one in folder.rglob("*") if one.is_file()):
        contents = [path.read_bytes(), path.name.encode()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as file:
                contents += [file.read(name) for name in file.namelist()]
        found += [f"{path.name}: {shape!r}" for content in contents for shape in found_in(content, secrets)]
    return found


def family_of(pid: int) -> list[int]:
    """A program and all that it started, as far as they live."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    family = [pid]
    for one in family:
        family += [child for child, parent in parents.items() if parent == one]
    return family


def open_to_all(pid: int) -> str:
    """What others could read of a program and its children just now: their arguments and environments."""
    seen = ""
    for one in family_of(pid) if sys.platform == "linux" else ():
        for what in ("cmdline", "environ"):
            try:
                seen += Path(f"/proc/{one}/{what}").read_text("utf-8", "replace")
            except OSError:
                continue
    return seen
