"""The edge of the command line: whatever happens ends in a sentence and an exit code."""

import json
import sys
from argparse import Namespace
from importlib import import_module

import pytest

from desktop.cli import exit_codes, output
from desktop.cli.arguments import WrongUse
from desktop.compose import Services
from desktop.domain.errors import StorageUnwritable

# The package gives the function of the same name, so the module has to be asked for by its path.
EDGE = import_module("desktop.cli.main")


@pytest.fixture(autouse=True)
def signals_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The handlers of the tests' own process are left as they are."""
    for name in ("raise_on_interrupt", "end_at_once_on_interrupt", "watch_this_program_for_crashes"):
        monkeypatch.setattr(EDGE, name, lambda: None)


def ended_by(monkeypatch: pytest.MonkeyPatch, error: BaseException, *more: str) -> int:
    def command(options: Namespace, services: Services) -> int:
        raise error

    monkeypatch.setitem(EDGE._COMMANDS, "runs", command)
    code: int = EDGE.main(["runs", *more])
    return code


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (WrongUse("Say which account."), exit_codes.WRONG_USE, "wrong_use"),
        (StorageUnwritable("p", "the disk is full"), exit_codes.PAUSED, "storage_unwritable"),
        (KeyboardInterrupt(), exit_codes.INTERRUPTED, "interrupted"),
        (ZeroDivisionError("canary"), exit_codes.SOMETHING_LEFT, "bug"),
    ],
)
def test_every_end_is_a_sentence_and_with_json_an_object(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, code: int, word: str
) -> None:
    assert ended_by(monkeypatch, error, "--json") == code
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["error"] == word and told.err.strip() == found["message"]
    assert "Traceback" not in told.err and "canary" not in told.err


def test_output_that_is_lost_is_no_fault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended_by(monkeypatch, output.OutputLost(OSError(28, "No space left on device"))) == exit_codes.SOMETHING_LEFT
    assert "went wrong" not in capsys.readouterr().err


def test_help_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert EDGE.main(["--help"]) == exit_codes.DONE
    assert "check" in capsys.readouterr().out


def test_a_start_without_standard_streams_works_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert EDGE.main(["runs"]) == exit_codes.DONE
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        assert stream is not None
        stream.close()
