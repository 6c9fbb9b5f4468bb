"""By what files of results are known: every language's words, and the digests that runs recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.application.known_results import known_results
from desktop.application.result_files import ResultsRequest
from desktop.application.run_results import save_results
from desktop.domain.errors import StorageUnwritable
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.outcomes import Tally
from desktop.domain.result_tables import ENGLISH_WORDS, OUTCOME_COLUMNS
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import RunState, RunSummary
from desktop.words.results import result_words
from desktop.words.speaking import speaking
from tests.application.office import Office
from tests.words.made_up import MADE_UP, MARK


@dataclass
class Runs:
    """Some runs, or none that can be read."""

    listed: Sequence[RunSummary] | None = ()

    def summaries(self) -> Sequence[RunSummary]:
        if self.listed is None:
            raise StorageUnwritable("runs", "no such folder")
        return self.listed


def summary(run: str, *written: ResultsFile) -> RunSummary:
    return RunSummary(run, Operation.REMOVE, Fresh(), RunState.FINISHED, "", None, "", "", Tally(), written=written)


def test_english_is_known_and_so_is_the_language_that_is_spoken() -> None:
    assert known_results(Runs()).words[0] is ENGLISH_WORDS
    with speaking(MADE_UP):
        assert result_words(MADE_UP) in known_results(Runs()).words
    assert result_words(MADE_UP) not in known_results(Runs()).words


def test_a_file_is_known_by_the_digest_that_its_run_recorded() -> None:
    runs = Runs([summary("one"), summary("two", ResultsFile("a.csv", ""), ResultsFile("b.csv", "abc"))])
    known = known_results(runs)
    assert (known.run_of("abc"), known.run_of("abd"), known.run_of("")) == ("two", "", "")


def test_a_text_in_words_that_nobody_knows_is_known_again_by_the_run_that_wrote_it(office: Office, tmp_path: Path) -> None:
    run, path = office.removed(), tmp_path / "r.csv"
    with speaking(MADE_UP), save_results(office.services, run, ResultsRequest(path)).record:
        assert path.read_text("utf-8-sig").splitlines()[0].count(MARK) == len(OUTCOME_COLUMNS)
    moved = path.rename(tmp_path / "elsewhere.csv")
    assert any(run in str(note) for note in office.services.open_sheet(moved).reading.notes)
    moved.write_text(moved.read_text("utf-8-sig") + "\n", encoding="utf-8-sig")
    assert not any(run in str(note) for note in office.services.open_sheet(moved).reading.notes), "it was changed since"


def test_runs_that_cannot_be_read_know_nothing() -> None:
    assert known_results(Runs(None)).run_of("abc") == ""
