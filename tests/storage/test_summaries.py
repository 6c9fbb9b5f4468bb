"""The small file beside a journal: read where it is sound, made again where it is damaged, never believed of another run."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.outcomes import Outcome
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import Intent, RunState
from desktop.storage.run_folder import RunFolder
from desktop.storage.summaries import SummaryCache, count_open_calls_as_unknown, read_summary, summary_of, write_summary
from tests.storage.stored import facts_of, new_run, plan_of, sheet_of
from tests.storage.test_out_of_reach import ONE, OTHER

SHEET = sheet_of()


@pytest.fixture
def runs(tmp_path: Path) -> RunFolder:
    """Two runs that nobody works on."""
    folder = RunFolder(tmp_path)
    for run in (ONE, OTHER):
        folder.create(facts_of(SHEET, plan_of(SHEET), run), SHEET, plan_of(SHEET), ()).close()
    return folder


def field(name: str, value: object) -> Callable[[str], str]:
    """Damage: one field of the file has another value."""
    return lambda text: json.dumps({**json.loads(text), name: value})


DAMAGE: dict[str, Callable[[str], str]] = {
    "empty": lambda _: "",
    "cut": lambda text: text[: len(text) // 2],
    "a list": lambda text: f"[{text}]",
    "a text": lambda _: '"finished"',
    "null": lambda _: "null",
    "deep": lambda _: "[" * 100_000,
    "digits": lambda text: text.replace('"calls": 0', f'"calls": {"9" * 5000}'),
    "another run's": field("run", "20200101-1"),
    "started 5": field("started", 5),
    "started never": field("started", "never"),
    "started nowhere": field("started", "2026-11-24T12:00:00"),
    "finished list": field("finished", []),
    "sheet null": field("sheet", None),
    "connection object": field("connection", {"a": 1}),
    "calls text": field("calls", "7"),
    "calls true": field("calls", True),
    "calls endless": lambda text: text.replace('"calls": 0', '"calls": 1e999'),
    "reads below nothing": field("reads", -1),
    "state unknown": field("state", "dancing"),
    "state list": field("state", ["finished"]),
    "kind 1": field("kind", 1),
    "tally list": field("tally", []),
    "tally text": field("tally", {"delinked": "6"}),
    "tally unknown": field("tally", {"danced": 1}),
    "cause list": field("cause", ["x"]),
    "company 1": field("company", 1),
    "results 1": field("results", 1),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_summary_is_made_again_from_the_journal(how: str, runs: RunFolder, tmp_path: Path) -> None:
    path = tmp_path / f"{ONE}.json"
    whole = path.read_text("utf-8")
    damaged = DAMAGE[how](whole)
    assert damaged != whole
    path.write_text(damaged, "utf-8")
    before = next(one for one in RunFolder(tmp_path).summaries() if one.run == ONE)
    assert (before.started, before.links, before.calls, before.state) == ("2026-11-24T12:00:00Z", 6, 0, RunState.INTERRUPTED)
    assert json.loads(path.read_text("utf-8"))["run"] == ONE
    with runs.open(ONE) as run:
        assert run.facts == replace(facts_of(SHEET, plan_of(SHEET), ONE))


def test_a_summary_of_a_later_version_is_read_without_what_it_added(runs: RunFolder, tmp_path: Path) -> None:
    path = tmp_path / f"{ONE}.json"
    text = field("mood", ["good"])(path.read_text("utf-8")).replace('"running"', '"finished"')
    path.write_text(text, "utf-8")
    assert next(one for one in runs.summaries() if one.run == ONE).state is RunState.FINISHED
    assert path.read_text("utf-8") == text


def test_a_file_that_did_not_change_is_not_read_again(runs: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, known = tmp_path / f"{ONE}.json", SummaryCache()
    first = known.read(path, ONE)
    assert first is not None and known.read(path, ONE) is first
    write_summary(path, replace(first, calls=first.calls + 1))
    again = known.read(path, ONE)
    assert again is not None and again.calls == first.calls + 1
    path.unlink()
    assert known.read(path, ONE) is None


def test_results_of_a_version_that_kept_no_digests_are_known_by_their_path(runs: RunFolder, tmp_path: Path) -> None:
    path = tmp_path / f"{ONE}.json"
    fields = json.loads(path.read_text("utf-8"))
    del fields["written"]
    path.write_text(json.dumps({**fields, "results": "/elsewhere/results.xlsx"}), "utf-8")
    found = read_summary(path, ONE)
    assert found is not None and found.written == (ResultsFile("/elsewhere/results.xlsx", ""),)
    assert read_summary(path, OTHER) is None


def test_calls_that_a_dead_program_left_open_count_as_unknown(tmp_path: Path) -> None:
    with new_run(tmp_path) as run:
        run.commit([Intent(run.plan.batches[0], 1.0)])
        count_open_calls_as_unknown(run.ledger)
        assert not run.ledger.open_batches()
        assert run.ledger.tally[Outcome.UNKNOWN] == len(run.plan.batches[0])
        assert summary_of(run.facts, run.ledger, None, ()).tally == run.ledger.tally
