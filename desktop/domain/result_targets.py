"""What the results of a run may take the place of.

Nothing that somebody made may be lost to results, so they replace only what Delink wrote itself and nobody changed since:

1. The run's own sheet is never replaced, however its path is spelled.
2. A file that a run recorded, with the digest that it recorded, is ours as we left it.
3. A file at a path that a run recorded, with another digest, was changed since: it is left, and the results get another name.
4. A workbook that carries our document property is ours too, such as one whose run was removed. That nobody changed it is
   believed when it says that it was saved only once. A .csv has no place for a property, so for it only the record counts.
5. Everything else is somebody else's, and is replaced only with leave: ``--overwrite``, or the question of a file dialog.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """A file of results as a run recorded it. The digest is empty in records of versions that kept none."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Target:
    """What stands where results are to go; ``sha256`` is empty where it cannot be read.

    ``run`` is the run that the file's own document property names; ``has_our_sheets``: its worksheets are called as ours.
    """

    exists: bool
    is_sheet: bool = False
    sha256: str = ""
    run: str = ""
    has_our_sheets: bool = False
    saved_once: bool = False


NOTHING_THERE = Target(exists=False)


class Fate(Enum):
    """What becomes of a target when results are to be written there."""

    FREE = auto()
    REPLACED = auto()
    CHANGED = auto()  # ours once; it is left
    FOREIGN = auto()
    SHEET = auto()


def fate_of(target: Target, recorded: Collection[ResultsFile], *, may_overwrite: bool) -> Fate:
    """``recorded`` are the records of all runs for the target's path."""
    if target.is_sheet:
        return Fate.SHEET
    if not target.exists:
        return Fate.FREE
    if may_overwrite or _is_as_recorded(target, recorded):
        return Fate.REPLACED
    if recorded:
        return Fate.CHANGED
    if not target.run:
        return Fate.FOREIGN
    return Fate.REPLACED if target.saved_once else Fate.CHANGED


def _is_as_recorded(target: Target, recorded: Collection[ResultsFile]) -> bool:
    digests = {one.sha256 for one in recorded}
    if target.sha256 and target.sha256 in digests:
        return True
    # A record without a digest is of an older version; its workbooks have no property, but our worksheets. Saved again by
    # another program, or by hand, they say so.
    is_ours = bool(target.run) or target.has_our_sheets
    no_digest_known = bool(recorded) and digests == {""}
    return no_digest_known and is_ours and target.saved_once
