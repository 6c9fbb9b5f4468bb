"""``delink`` and ``python -m desktop``: a command, or the window."""

import multiprocessing
import sys
from pathlib import Path

from desktop import __version__
from desktop.domain.visible import visible

_COMMANDS = frozenset(
    {"check", "run", "resume", "verify", "retry", "undo", "runs", "results", "connections", "practice", "support"}
)


def main(argv: list[str] | None = None) -> int:
    """Carry out the command line; without a command, open the window. Returns the exit code."""
    multiprocessing.freeze_support()
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if argv == ["--version"]:
        print(f"delink {__version__}")  # noqa: T201 (the answer)
        return 0
    if argv == ["--self-check"]:
        from desktop.self_check import main as check_itself

        return check_itself()
    wants_window = not argv or (argv[0] not in _COMMANDS and not {"-h", "--help"} & set(argv))
    if not wants_window:
        from desktop.cli import main as run_command

        return run_command(argv)
    return _open_window(argv)


def _open_window(argv: list[str]) -> int:
    unknown = [one for one in argv if one.startswith("-") and one != "--practice"]
    sheets = [one for one in argv if not one.startswith("-")]
    if unknown or len(sheets) > 1:
        print(f"“{visible((unknown or sheets)[-1])}” is not understood here; see “delink --help”.", file=sys.stderr)  # noqa: T201
        return 2
    from desktop.app import main as open_window

    return open_window(Path(sheets[0]) if sheets else None, practice="--practice" in argv)


if __name__ == "__main__":
    sys.exit(main())
