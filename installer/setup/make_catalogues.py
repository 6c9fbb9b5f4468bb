"""Collects every sentence of the program into the catalogues of resources/translations, and compiles them.

    make_catalogues.py            bring delink.pot and each <language>.po up to date, and compile the .mo beside it
    make_catalogues.py --check    say what is missing, doubtful or malformed, and whether the files are as they would be made
    make_catalogues.py --add fr   begin a catalogue of another language

A sentence that left the program leaves the catalogues too. One whose English was changed begins anew, without a guess:
a guess that nobody reads is how a wrong word reaches a user.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from catalogue_faults import faults_of

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from collect_sentences import collected  # noqa: E402 (it imports the program, whose folder has to be known first)

FOLDER = ROOT / "resources" / "translations"
TEMPLATE = "delink.pot"


def main(arguments: list[str]) -> int:
    """Do what was asked; 0 when all is well."""
    match arguments:
        case []:
            make(FOLDER)
            return 0
        case ["--check"]:
            faults = check(FOLDER)
            print("\n".join(faults) or "catalogues: every sentence is there, in every language")
            return 1 if faults else 0
        case ["--add", code]:
            (FOLDER / f"{code}.po").write_bytes(po_of(collected(ROOT, code)))
            make(FOLDER)
            return 0
    print(__doc__)
    return 2


def make(folder: Path) -> None:
    """Write the template, every catalogue as it should be, and what the program reads of it."""
    for path, contents in made(folder).items():
        path.write_bytes(contents)


def check(folder: Path) -> list[str]:
    """What is wrong, a line each: a sentence without a translation, one that cannot be said, a file that is out of date."""
    faults = [
        f"{path.name}: run installer/setup/make_catalogues.py"
        for path, contents in made(folder).items()
        if not path.exists() or path.read_bytes() != contents
    ]
    return faults + [fault for path in sorted(folder.glob("*.po")) for fault in faults_of(path.name, read(path))]


def made(folder: Path) -> dict[Path, bytes]:
    """The contents of every file as they would be made now."""
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
    """A catalogue as it stands on disk. Raises OSError, and babel's own error for what is no catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def po_of(catalogue: Catalog) -> bytes:
    """The catalogue as text. Line numbers would change with every edit of the program, so files alone are named."""
    into = BytesIO()
    write_po(into, catalogue, width=110, sort_by_file=True, include_lineno=False)
    return into.getvalue()


def mo_of(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it. Sentences without a translation are left out, so English is said."""
    into = BytesIO()
    write_mo(into, catalogue)
    return into.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
