"""The workflows: actions are pinned, rights are few, and only those with the secrets sign."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit(workflow: Path) -> None:
    used = re.findall(r"uses: *(\S+)(.*)", workflow.read_text("utf-8"))
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", action) for action, _ in used), used
    assert all(re.fullmatch(r" +# v\d+\.\d+\.\d+", version) for _, version in used), "the version stands beside it, for people"


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_unless_a_job_says_otherwise(workflow: Path) -> None:
    assert re.search(r"^permissions:\n  contents: read\n", workflow.read_text("utf-8"), re.MULTILINE)


def test_no_secret_stands_in_a_command() -> None:
    """In a command the log could show it; it belongs in the environment of its step."""
    for workflow in WORKFLOWS:
        for line in workflow.read_text("utf-8").splitlines():
            assert "secrets." not in line or re.fullmatch(r" +[A-Z_]+: \$\{\{ secrets\.[A-Z0-9_]+ \}\}", line), line
