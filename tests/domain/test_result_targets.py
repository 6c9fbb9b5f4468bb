"""What results may take the place of, by what stands there and what runs recorded of it."""

import pytest

from desktop.domain.result_targets import NOTHING_THERE, Fate, ResultsFile, Target, fate_of

OURS, CHANGED, OLD = ResultsFile("/a.xlsx", "d1"), ResultsFile("/a.xlsx", "d0"), ResultsFile("/a.xlsx", "")
WORKBOOK = Target(True, sha256="d1", run="run-1", has_our_sheets=True, saved_once=True)
SAVED_AGAIN = Target(True, sha256="d1", run="run-1", has_our_sheets=True)
NO_PROPERTY = Target(True, sha256="d1", has_our_sheets=True, saved_once=True)
TEXT = Target(True, sha256="d1")


@pytest.mark.parametrize(
    ("target", "recorded", "fate"),
    [
        (NOTHING_THERE, [], Fate.FREE),
        (NOTHING_THERE, [OURS], Fate.FREE),
        (TEXT, [], Fate.FOREIGN),
        (TEXT, [OURS], Fate.REPLACED),
        (TEXT, [CHANGED], Fate.CHANGED),
        (TEXT, [CHANGED, OURS], Fate.REPLACED),
        (TEXT, [OLD], Fate.CHANGED),
        (WORKBOOK, [], Fate.REPLACED),
        (WORKBOOK, [CHANGED], Fate.CHANGED),
        (SAVED_AGAIN, [], Fate.CHANGED),
        (SAVED_AGAIN, [OURS], Fate.REPLACED),
        (NO_PROPERTY, [], Fate.FOREIGN),
        (NO_PROPERTY, [OLD], Fate.REPLACED),
        (NO_PROPERTY, [OLD, CHANGED], Fate.CHANGED),
        (Target(True), [CHANGED], Fate.CHANGED),
        (Target(True), [OLD], Fate.CHANGED),
        (Target(True), [], Fate.FOREIGN),
    ],
)
def test_only_what_delink_wrote_and_nobody_changed_is_replaced(target: Target, recorded: list[ResultsFile], fate: Fate) -> None:
    assert fate_of(target, recorded, may_overwrite=False) is fate


@pytest.mark.parametrize("target", [TEXT, WORKBOOK, SAVED_AGAIN, Target(True)])
def test_with_leave_everything_is_replaced_but_the_sheet(target: Target) -> None:
    assert fate_of(target, [CHANGED], may_overwrite=True) is Fate.REPLACED
    assert fate_of(Target(True, is_sheet=True, sha256="d1", run="run-1"), [OURS], may_overwrite=True) is Fate.SHEET


def test_a_sheet_that_is_gone_keeps_its_name() -> None:
    assert fate_of(Target(exists=False, is_sheet=True), [], may_overwrite=True) is Fate.SHEET
