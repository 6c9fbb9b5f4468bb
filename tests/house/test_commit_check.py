"""How a commit has to read, and what the check says of one that does not."""

from pathlib import Path

import pytest

from installer.setup.check_commits import faults_of, main


@pytest.mark.parametrize(
    "message",
    [
        "storage: flush the folder of a summary\n\nA power cut lost it.",
        "cli, docs: name the three commonest causes\n\nScripts need them.\nPeople too.",
        "Merge branch 'x'",
        'Revert "storage: flush"\n\nThis reverts commit 1.',
    ],
)
def test_a_message_that_says_what_and_why_passes(message: str) -> None:
    assert faults_of(message) == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("storage: flush the folder", "no body"),
        ("storage: flush the folder\nA power cut lost it.", "no empty line"),
        ("Flush the folder\n\nWhy.", "does not read"),
        ("storage: flush the folder.\n\nWhy.", "does not read"),
        ("wip\n\nWhy.", "does not read"),
        ("storage: " + "x" * 70 + "\n\nWhy.", "79 characters"),
        ("", "does not read"),
    ],
)
def test_what_is_wrong_is_named(message: str, fault: str) -> None:
    assert any(fault in one for one in faults_of(message))


def test_the_hook_reads_the_message_without_gits_comments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text("# Please enter\nqt: show the account\n\nIt was hidden.\n# On branch main\n", encoding="utf-8")
    assert main(["--message", str(message)]) == 0
    message.write_text("qt: show the account\n\n# only a comment\n", encoding="utf-8")
    assert main(["--message", str(message)]) == 1
    assert "no body" in capsys.readouterr().out
