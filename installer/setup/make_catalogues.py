"""Collect every sentence of the program into the catalogues of resources/translations, and compile them.

    make_catalogues.py            bring delink.pot and each <language>.po up to date, and compile the .mo beside it
    make_catalogues.py --check    say what is missing, doubtful or malformed, and whether the files are as they would be made
    make_catalogues.py --add fr   begin a catalogue of another language

A sentence that left the program leaves the catalogues too. One whose English was changed starts without a translation, and
none is guessed from the old one: a guess that nobody reads is how a wrong word reaches a user.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.localedata import locale_identifiers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from catalogue_faults import faults_of

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from collect_sentences import collected  # noqa: E402 (it imports the program, whose folder must be on the path)

FOLDER = ROOT / "resources" / "translations"
TEMPLATE = "delink.pot"


def main(arguments: list[str]) -> int:
    """Run the command; returns 0 if all is well."""
    match arguments:
        case []:
            make(FOLDER)
            return 0
        case ["--check"]:
            faults = check(FOLDER)
            print("\n".join(faults) or "catalogues: every sentence is there, in every language")
            return 1 if faults else 0
        case ["--add", code]:
            if (fault := add(FOLDER, code)) is not None:
                print(fault)
                return 1
            print(f"{FOLDER / f'{code}.po'} is there now; TRANSLATING.md says how to go on")
            return 0
    print(__doc__)
    return 2


def add(folder: Path, code: str) -> str | None:
    """Begin a catalogue; return why not, where that cannot be done. One that somebody works on is never begun anew."""
    path = folder / f"{code}.po"
    if path.exists():
        return f"{path.name} is there already; run this script without --add to bring it up to date"
    if code not in locale_identifiers():
        return f"Babel knows no language “{code}”; its codes look like fr or pt_BR"
    path.write_bytes(po_of(collected(ROOT, code)))
    make(folder)
    return None


def make(folder: Path) -> None:
    """Write the template, every catalogue as it should be, and the compiled file that the program reads."""
    for path, contents in made(folder).items():
        path.write_bytes(contents)


def check(folder: Path) -> list[str]:
    """List what is wrong, one line each.

    A fault is a sentence without a translation, one that cannot be shown, or a file that is out of date.
    """
    faults = [
        f"{path.name}: run installer/setup/make_catalogues.py"
        for path, contents in made(folder).items()
        if not path.exists() or path.read_bytes() != contents
    ]
    return faults + [fault for path in sorted(folder.glob("*.po")) for fault in faults_of(path.name, read(path))]


def made(folder: Path) -> dict[Path, bytes]:
    """Return the contents that every file should have now."""
    files = {folder / TEMPLATE: po_of(collected(ROOT, None))}
    for path in sorted(folder.glob("*.po")):
        catalogue = collected(ROOT, path.stem)
        for old in read(path):
            if old.id and (new := catalogue.get(old.id, old.context)) is not None:
                new.string, new.user_comments = old.string, old.user_comments
                new.flags |= old.flags & {"fuzzy"}
        files[path] = po_of(catalogue)
        files[path.with_suffix(".mo")] = mo_of(catalogue)
    return files


def read(path: Path) -> Catalog:
    """Read a catalogue from disk. Raises OSError, and babel's own error if it is no catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def po_of(catalogue: Catalog) -> bytes:
    """Write the catalogue as text. It names files without line numbers, which would change with every edit of the program."""
    into = BytesIO()
    write_po(into, catalogue, width=110, sort_by_file=True, include_lineno=False)
    return into.getvalue()


def mo_of(catalogue: Catalog) -> bytes:
    """Write the catalogue as gettext reads it. Sentences without a translation are left out, so they appear in English."""
    into = BytesIO()
    write_mo(into, catalogue)
    return into.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
