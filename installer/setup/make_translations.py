"""Collects the window's texts and makes resources/translations/*.qm; run it after a change of texts.

English needs a translation too: it is where plurals come from ("1 link", "2 links").
"""

import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as Tree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = ROOT / "resources" / "translations" / "delink_en.ts"
TOOLS = Path(sys.executable).parent
ODD_PLURALS = {
    "%n entries": ("%n entry", "%n entries"),
    "%n were not linked": ("%n was not linked", "%n were not linked"),
    "%n were linked again already": ("%n was linked again already", "%n were linked again already"),
    "%n could not be confirmed and are not touched.": (
        "%n could not be confirmed and is not touched.",
        "%n could not be confirmed and are not touched.",
    ),
    "%n link(s) between %1 and %2 are removed in %3.": (
        "%n link between %1 and %2 is removed in %3.",
        "%n links between %1 and %2 are removed in %3.",
    ),
    "%n link(s) between %1 and %2 are put back in %3, each with its own fields as they were.": (
        "%n link between %1 and %2 is put back in %3, with its own fields as they were.",
        "%n links between %1 and %2 are put back in %3, each with its own fields as they were.",
    ),
    "%n link(s) are gone": ("%n link is gone", "%n links are gone"),
    "%n are there.": ("%n is there.", "%n are there."),
    "%n are linked": ("%n is linked", "%n are linked"),
    "%n are not.": ("%n is not.", "%n are not."),
    "%n are unconfirmed.": ("%n is unconfirmed.", "%n are unconfirmed."),
    "%1 hidden one(s) are left out.": ("%1 hidden one is left out.", "%1 hidden ones are left out."),
    "%1 hidden one(s) hold no link and are not read.": (
        "%1 hidden one holds no link and is not read.",
        "%1 hidden ones hold no link and are not read.",
    ),
    "%1 hidden row(s) are left out, as you chose.": (
        "%1 hidden row is left out, as you chose.",
        "%1 hidden rows are left out, as you chose.",
    ),
    "%1 hidden row(s) are read like all others, as you chose.": (
        "%1 hidden row is read like all others, as you chose.",
        "%1 hidden rows are read like all others, as you chose.",
    ),
    "%1 hidden row(s) hold no link and are left out.": (
        "%1 hidden row holds no link and is left out.",
        "%1 hidden rows hold no link and are left out.",
    ),
    "%1 row(s) are left out by your filter: only rows where %2.": (
        "%1 row is left out by your filter: only rows where %2.",
        "%1 rows are left out by your filter: only rows where %2.",
    ),
    "%1 of %2 row(s) are hidden in the workbook. Which rows are meant?": (
        "%1 of %2 row is hidden in the workbook. Which rows are meant?",
        "%1 of %2 rows are hidden in the workbook. Which rows are meant?",
    ),
    "Continuing reads in %1 what became of those %n, then removes the rest there.": (
        "Continuing reads in %1 what became of that one, then removes the rest there.",
        "Continuing reads in %1 what became of those %n, then removes the rest there.",
    ),
    "Continuing reads in %1 what became of those %n, then puts the rest back there.": (
        "Continuing reads in %1 what became of that one, then puts the rest back there.",
        "Continuing reads in %1 what became of those %n, then puts the rest back there.",
    ),
    "Those %n were put back since.": ("That one was put back since.", "Those %n were put back since."),
    "All %n that it removed were put back since.": (
        "The one that it removed was put back since.",
        "All %n that it removed were put back since.",
    ),
    "Of %1 removed links %n were put back since.": (
        "Of %1 removed links one was put back since.",
        "Of %1 removed links %n were put back since.",
    ),
    "All %n links that it removed were put back; there is nothing to undo.": (
        "The link that it removed was put back; there is nothing to undo.",
        "All %n links that it removed were put back; there is nothing to undo.",
    ),
    "This run removed these %n links; all of them were put back since.": (
        "This run removed one link; it was put back since.",
        "This run removed these %n links; all of them were put back since.",
    ),
    "But %n of them were put back since.": ("But one of them was put back since.", "But %n of them were put back since."),
    "Check those %n and continue": ("Check that one and continue", "Check those %n and continue"),
}


def main(arguments: list[str]) -> int:
    """Make the files, or with ``--check`` say whether they are as they would be made now."""
    if arguments != ["--check"]:
        make(ENGLISH)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / ENGLISH.name
        shutil.copy(ENGLISH, fresh)
        make(fresh)
        same = all(fresh.with_suffix(kind).read_bytes() == ENGLISH.with_suffix(kind).read_bytes() for kind in (".ts", ".qm"))
    print("translations: as they should be" if same else "translations: run installer/setup/make_translations.py")
    return 0 if same else 1


def make(english: Path) -> None:
    """Collect the texts into ``english``, fill in English plurals, compile beside it."""
    english.parent.mkdir(parents=True, exist_ok=True)
    sources = sorted(str(path) for path in (ROOT / "desktop" / "qt").rglob("*.py"))
    update = [TOOLS / "pyside6-lupdate", "-locations", "none", "-no-obsolete", *sources, "-ts", english]
    subprocess.run(update, check=True, stdout=subprocess.DEVNULL)
    tree = Tree.parse(english)  # noqa: S314 (written by the line above)
    for message in tree.iter("message"):
        fill(message)
    tree.write(english, encoding="utf-8", xml_declaration=True)
    subprocess.run([TOOLS / "pyside6-lrelease", "-silent", english], check=True)


def fill(message: Tree.Element) -> None:
    """English is the source itself, but for plurals."""
    source, translation = message.findtext("source") or "", message.find("translation")
    if translation is None:
        return
    translation.attrib.pop("type", None)
    for child in list(translation):
        translation.remove(child)
    if message.get("numerus") != "yes":
        translation.text = source
        return
    translation.text = None
    one, many = ODD_PLURALS.get(source, (source.replace("(s)", ""), source.replace("(s)", "s")))
    for text in (one, many):
        Tree.SubElement(translation, "numerusform").text = text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
