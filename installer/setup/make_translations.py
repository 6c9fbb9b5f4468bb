"""Collects the window's texts and makes resources/translations/*.qm; run it after a change of texts.

English needs a translation too: it is where plurals come from ("1 link", "2 links").
"""

import subprocess
import sys
import xml.etree.ElementTree as Tree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = ROOT / "resources" / "translations" / "delink_en.ts"
TOOLS = Path(sys.executable).parent
ODD_PLURALS = {
    "%n entries": ("%n entry", "%n entries"),
    "%n were not linked": ("%n was not linked", "%n were not linked"),
    "%n are unconfirmed.": ("%n is unconfirmed.", "%n are unconfirmed."),
    "Check those %n and continue": ("Check that one and continue", "Check those %n and continue"),
}


def main() -> int:
    """Collect, fill in English plurals, compile."""
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    sources = sorted(str(path) for path in (ROOT / "desktop" / "qt").rglob("*.py"))
    update = [TOOLS / "pyside6-lupdate", "-locations", "none", "-no-obsolete", *sources, "-ts", ENGLISH]
    subprocess.run(update, check=True, stdout=subprocess.DEVNULL)
    tree = Tree.parse(ENGLISH)  # noqa: S314 (written by the line above)
    for message in tree.iter("message"):
        fill(message)
    tree.write(ENGLISH, encoding="utf-8", xml_declaration=True)
    return subprocess.run([TOOLS / "pyside6-lrelease", "-silent", ENGLISH], check=True).returncode


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
    sys.exit(main())
