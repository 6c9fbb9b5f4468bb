"""``delink`` and ``python -m desktop``: a command, or the window.

Nothing is imported up here that takes time, because Ctrl-C must be looked after before anything else is loaded.
"""

import sys

_COMMANDS = frozenset(
    {"check", "run", "resume", "verify", "retry", "undo", "runs", "results", "connections", "practice", "support"}
)
_FAILED, _INTERRUPTED = 1, 130


def main(argv: list[str] | None = None) -> int:
    """Carry out the command line; without a command, open the window. Returns the exit code."""
    try:
        from desktop.system.foreign_code import leave_out_foreign_code
        from desktop.system.interrupts import end_at_once_on_interrupt

        end_at_once_on_interrupt()
        leave_out_foreign_code()
        code = _carry_out(sys.argv[1:] if argv is None else argv)
        return code if _flush() else code or _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _carry_out(argv: list[str]) -> int:
    import multiprocessing

    multiprocessing.freeze_support()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if argv == ["--version"]:
        return _tell_version()
    if argv == ["--self-check"]:
        return _check_itself()
    wants_window = not argv or (argv[0] not in _COMMANDS and not {"-h", "--help"} & set(argv))
    if not wants_window:
        from desktop.cli import main as run_command

        return run_command(argv)
    return _open_window(argv)


def _tell_version() -> int:
    from desktop import __version__
    from desktop.cli import output

    try:
        output.tell(f"delink {__version__}")
    except output.OutputLost as lost:
        lost.tell()
        return _FAILED
    return 0


def _check_itself() -> int:
    from desktop.cli.output import OutputLost
    from desktop.self_check import main as check_itself

    try:
        return check_itself()
    except OSError as exc:  # what its parts meet they tell; this is what they tell it to
        OutputLost(exc).tell()
        return _FAILED


def _open_window(argv: list[str]) -> int:
    from pathlib import Path

    unknown = [one for one in argv if one.startswith("-") and one != "--practice"]
    sheets = [one for one in argv if not one.startswith("-")]
    if unknown or len(sheets) > 1:
        from desktop.cli.output import report
        from desktop.words import say

        report(say("“{argument}” is not understood here; see “delink --help”.", argument=(unknown or sheets)[-1]))
        return 2
    from desktop.app import main as open_window

    return open_window(Path(sheets[0]) if sheets else None, practice="--practice" in argv)


def _flush() -> bool:
    """Write out what waits. False when standard output does not take it: that is said here, not by a traceback at the end."""
    from desktop.cli.output import OutputLost, flush_output

    try:
        flush_output()
    except OutputLost as lost:
        lost.tell()
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
