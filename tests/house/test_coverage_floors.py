"""The floors of branch coverage: lines and branches of a room count together, and a room that was not measured is below."""

import importlib.util
from pathlib import Path

import pytest

from tests.house.sources import ROOT

_spec = importlib.util.spec_from_file_location("check_coverage", ROOT / "installer" / "setup" / "check_coverage.py")
assert _spec is not None and _spec.loader is not None
check_coverage = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(check_coverage)


def told(lines: tuple[int, int], branches: tuple[int, int]) -> dict[str, dict[str, int]]:
    """What coverage tells of one file: taken and all, of lines and of branches."""
    names = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    return {"summary": dict(zip(names, (*lines, *branches), strict=True))}


def test_files_of_a_room_are_added_up_and_those_without_a_line_change_nothing() -> None:
    files = {
        "desktop/crm/__init__.py": told((0, 0), (0, 0)),
        "desktop/crm/a.py": told((8, 10), (2, 6)),
        "desktop/crm/b.py": told((4, 4), (0, 0)),
        "desktop/storage/c.py": told((1, 1), (1, 1)),
        "desktop/updates/__init__.py": told((0, 0), (0, 0)),
    }
    assert check_coverage.rooms_of(files) == {"crm": 70.0, "storage": 100.0}


@pytest.mark.parametrize("shift", [-0.1, 0.0])
def test_a_room_below_its_floor_is_named(shift: float, capsys: pytest.CaptureFixture[str]) -> None:
    found = dict(check_coverage.FLOORS)
    found["crm"] += shift
    assert check_coverage.rooms_below(found) == (["crm"] if shift else [])
    assert check_coverage.report(found) == (1 if shift else 0)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "TOO LOW" in line] == ([next(one for one in lines if "crm" in one)] if shift else [])


def test_a_room_that_was_not_measured_is_below() -> None:
    assert check_coverage.rooms_below({}) == list(check_coverage.FLOORS)


def test_every_room_with_a_floor_is_measured() -> None:
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(f'"desktop.{room}"' in settings and (Path(ROOT) / "desktop" / room).is_dir() for room in check_coverage.FLOORS)
