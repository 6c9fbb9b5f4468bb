"""Read the shared texts of an .xlsx workbook as most programs write them: hundreds at once, past the parser."""

import re

from desktop.sheets.raw_runs import LeftToParser, check_characters, resolved

_T = r"<t(?: xml:space=\"preserve\")?+>([^<]*+)</t>"
_PLAIN = re.compile(f"<si>{_T}</si>")
_MARKS_OF_PLAIN = 4
_FORMAT = r"(?:<rPr>(?:<(?!/?rPr>)[^<>]*+>)*+</rPr>|<rPr/>)?+"
_RUN = rf"<r>{_FORMAT}<t(?: xml:space=\"preserve\")?+>[^<]*+</t></r>"
_ANY = re.compile(rf"<si>(?:{_T}|<t/>|((?:{_RUN})++))(?:<phoneticPr [^<>]*+(?<=/)>)?+</si>")
_TEXT_OF_RUN = re.compile(_T)


def texts_in(piece: str) -> list[str] | None:
    """Return the texts of consecutive ``si`` elements; None if one of them is written in another way."""
    texts: list[str] = _PLAIN.findall(piece)
    if piece.count("<") != _MARKS_OF_PLAIN * len(texts):
        parts: list[tuple[str, str]] = _ANY.findall(piece)
        if len(parts) != piece.count("<si") or len(parts) - 1 != len(re.findall(r"</si>\s*+<si>", piece)):
            return None
        texts = [plain or "".join(_TEXT_OF_RUN.findall(runs)) for plain, runs in parts]
    try:
        check_characters(piece)
        return list(map(resolved, texts)) if "&" in piece else texts
    except LeftToParser:
        return None
