"""The way in from the command line: which command, and what becomes of its errors."""

import argparse
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.application.outside import Outside
from desktop.cli import check_command, connections, exit_codes, other_commands, output, run_commands, undo_commands
from desktop.cli.arguments import WrongUse, parse
from desktop.compose import build_services, log_file, watch_this_program_for_crashes
from desktop.domain.error_codes import error_code
from desktop.domain.errors import DelinkError
from desktop.system.interrupts import end_at_once_on_interrupt, raise_on_interrupt
from desktop.words import say, speak
from desktop.words.catalogues import best_of, from_environment, language_named
from desktop.words.errors import explain_error
from desktop.words.language import ENGLISH

_log = logging.getLogger(__name__)

_COMMANDS: dict[str, Callable[[argparse.Namespace, Outside], int]] = {
    "check": check_command.check,
    "run": run_commands.run,
    "resume": run_commands.resume,
    "verify": undo_commands.verify,
    "retry": run_commands.retry,
    "undo": undo_commands.undo,
    "runs": other_commands.runs,
    "results": other_commands.results,
    "connections": connections.connections,
    "practice": other_commands.practice,
    "support": other_commands.support,
}


def main(argv: list[str], make_outside: Callable[[], Outside] = build_services) -> int:
    """Carry out a command and return its exit code. No traceback leaves here."""
    as_json = "--json" in argv
    speak(language_named(ENGLISH if as_json else _language_of(argv)))
    _open_missing_streams()
    try:
        raise_on_interrupt()
        options = parse(argv)
        outside = make_outside()
        watch_this_program_for_crashes()
        return _COMMANDS[options.command](options, outside)
    except WrongUse as exc:
        return _fail(exc.code, str(exc), exit_codes.WRONG_USE, as_json)
    except DelinkError as exc:
        return _fail(error_code(exc), explain_error(exc).in_one_line(), exit_codes.of_error(exc), as_json)
    except SystemExit as exc:  # the parser has told its help
        return exc.code if isinstance(exc.code, int) else exit_codes.DONE
    except KeyboardInterrupt:
        return _fail("interrupted", say("Interrupted; nothing was lost."), exit_codes.INTERRUPTED, as_json)
    except output.OutputLost as lost:
        lost.tell()
        return exit_codes.SOMETHING_LEFT
    except Exception:  # the edge of the program: the user gets a sentence, the log the rest
        _log.exception("The command failed")
        words = say(
            "Something went wrong in Delink itself; what was recorded is kept. The log {log_file} has the details.",
            log_file=log_file(),
        )
        return _fail("bug", words, exit_codes.SOMETHING_LEFT, as_json)
    finally:
        end_at_once_on_interrupt()


def _language_of(argv: list[str]) -> str:
    """The language that the arguments or the environment ask for. It is looked for before the parser, whose help is said too.

    A wrong code is the parser's matter; until then English is spoken.
    """
    after = [*argv[1:], ""]
    asked = [value for name, value in zip(argv, after, strict=True) if name == "--language"]
    asked += [name.partition("=")[2] for name in argv if name.startswith("--language=")]
    return best_of([*asked[-1:], *filter(None, [from_environment()])])


def _open_missing_streams() -> None:
    """A scheduler may start the program without standard streams; Python then has None in their place."""
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")


def _fail(code: str, sentence: str, exit_code: int, as_json: bool) -> int:
    output.report(sentence)
    try:
        if as_json:
            output.print_json({"error": code, "message": sentence})
    except output.OutputLost as lost:
        lost.tell()
    return exit_code
