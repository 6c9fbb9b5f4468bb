"""A journal that may only be read: what is learnt of its links is known, and nothing of it reaches the disk."""

from desktop.domain.outcomes import REMOVED, Outcome
from desktop.domain.result_targets import ResultsFile
from desktop.domain.runs import Settled
from desktop.engine.read_only_book import ReadOnlyJournal
from tests.engine.rehearsal import Book, Rehearsal


class Closing(Book):
    """A journal in memory that remembers whether it was closed."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


def book_on_disk() -> Closing:
    stage = Rehearsal([(0, 0), (0, 1)])
    return Closing(stage.book.links, stage.book.plan)


def test_what_is_learnt_is_kept_in_memory_only() -> None:
    disk = book_on_disk()
    with ReadOnlyJournal(disk) as book:
        book.commit([Settled(None, ((0, REMOVED),), 5.0)])
        assert book.ledger.outcome(0).outcome is Outcome.DELINKED
        book.note_results(ResultsFile("r.xlsx", ""))
        assert (disk.commits, book.results) == ([], None)
    assert disk.closed == 1


def test_everything_else_comes_from_the_journal() -> None:
    disk = book_on_disk()
    book = ReadOnlyJournal(disk)
    assert (book.facts, book.links, book.plan, book.entries) == (disk.facts, disk.links, disk.plan, disk.entries)
    assert list(book.rows()) == list(disk.rows()) and list(book.safety_copy()) == list(disk.safety_copy())
