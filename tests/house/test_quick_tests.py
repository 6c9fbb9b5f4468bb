"""Rules that keep the tests quick and dependable, read from their syntax: they wait for things, not for time."""

import ast

import pytest

from tests.house.sources import ROOT

TESTS = ROOT / "tests"
LONGEST_SLEEP_S = 0.05
# What makes something fail in time has to let time pass; benchmarks measure it.
_ABOUT_TIME = ("truth", "benchmarks")
_SLEEPS = ("time.sleep", "sleep", "QTest.qSleep")


def long_sleeps(text: str) -> list[int]:
    """Lines that sleep longer than it takes to look again, or for a time that is not written there, and do not say why."""
    lines = text.splitlines()
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and ast.unparse(node.func) in _SLEEPS]
    return [call.lineno for call in calls if not _is_short(call) and "#" not in lines[call.lineno - 1]]


def _is_short(call: ast.Call) -> bool:
    match call.args:
        case [ast.Constant(value=int() | float() as seconds)]:
            return seconds <= LONGEST_SLEEP_S
    return False


@pytest.mark.parametrize("text", ["time.sleep(1)", "sleep(0.1)", "time.sleep(seconds)", "def f():\n    time.sleep(0.06)"])
def test_a_long_sleep_is_found(text: str) -> None:
    assert long_sleeps(text)


@pytest.mark.parametrize(
    "text", ["time.sleep(0.01)", "sleep(0)", "'time.sleep(1)'", "clock.sleep_until(3)", "sleep(1)  # until all wait behind it"]
)
def test_what_is_no_long_sleep_or_says_why_is_not(text: str) -> None:
    assert not long_sleeps(text)


def test_no_test_sleeps_where_it_could_wait_for_what_comes() -> None:
    paths = [path for path in TESTS.rglob("*.py") if path.relative_to(TESTS).parts[0] not in _ABOUT_TIME]
    assert len(paths) > 100
    found = {path.relative_to(ROOT).as_posix(): lines for path in paths if (lines := long_sleeps(path.read_text("utf-8")))}
    assert not found
