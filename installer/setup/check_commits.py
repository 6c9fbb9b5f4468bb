"""Check how commits read: ``area: what it does`` in at most 72 characters, an empty line, and a body that says why.

python installer/setup/check_commits.py BASE          all commits after BASE
python installer/setup/check_commits.py --message FILE    one message, as git hands it to the hook commit-msg
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SUBJECT = 72
_SUBJECT = re.compile(r"[a-z][a-z0-9 ,/&-]*: [^\s].*[^.\s]")
_MADE_BY_GIT = ("Merge ", "Revert ", "fixup! ", "squash! ")


def main(arguments: Sequence[str]) -> int:
    """Print what is wrong; returns 0 if nothing is."""
    if arguments[:1] == ["--message"] and len(arguments) == 2:
        lines = Path(arguments[1]).read_text("utf-8").splitlines()
        messages = {"this message": "\n".join(line for line in lines if not line.startswith("#"))}
    elif len(arguments) == 1:
        messages = _messages_after(arguments[0])
    else:
        print(__doc__)
        return 2
    faults = [f"{commit}: {fault}" for commit, message in messages.items() for fault in faults_of(message)]
    print("\n".join(faults) or f"commits: {len(messages)}, all as they should read")
    return 1 if faults else 0


def faults_of(message: str) -> list[str]:
    """List what is wrong with one message."""
    subject, _, rest = message.strip().partition("\n")
    if subject.startswith(_MADE_BY_GIT):
        return []
    faults = []
    if len(subject) > LONGEST_SUBJECT:
        faults.append(f"the subject has {len(subject)} characters, more than {LONGEST_SUBJECT}")
    if not _SUBJECT.fullmatch(subject):
        faults.append(f"“{subject}” does not read “area: what it does”")
    if not rest.strip():
        faults.append("it has no body that says why")
    elif not rest.startswith("\n"):
        faults.append("no empty line stands between subject and body")
    return faults


def _messages_after(base: str) -> dict[str, str]:
    command = ["git", "log", "--no-merges", "-z", "--format=%h%n%B", f"{base}..HEAD"]
    log = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    parts = (entry.partition("\n") for entry in log.split("\0") if entry)
    return {commit: message for commit, _, message in parts}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
