"""Which links of a run are there again because an undo put them back."""

from contextlib import AbstractContextManager

import pytest

from desktop.application.follow_ups import prepare_undo
from desktop.application.starting import RunRequest, start_run
from desktop.application.undone_links import put_back_links
from desktop.domain.errors import JournalDamaged
from desktop.engine.control import RunControl
from desktop.engine.ports import RunJournal
from tests.application.office import PAIRS, Office


@pytest.fixture
def undone(office: Office) -> str:
    """A run that was undone as a whole."""
    run = office.removed()
    undo, account = prepare_undo(office.services, run, office.offer, RunControl())
    office.work(start_run(office.services, RunRequest(undo.sheet, undo.plan, undo=undo), account, RunControl()))
    return run


def test_what_an_undo_put_back_is_known_less_what_a_look_found_gone_again(office: Office, undone: str) -> None:
    with office.services.runs.look_at(undone) as record:
        assert put_back_links(office.services.runs, record) == frozenset(range(len(PAIRS)))
        assert len(put_back_links(office.services.runs, record, [PAIRS[0]])) == len(PAIRS) - 1


def test_an_undo_that_cannot_be_read_counts_for_nothing(office: Office, undone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = office.services.runs

    def damaged(run: str) -> AbstractContextManager[RunJournal]:
        raise JournalDamaged(run, "it was cut short")

    with runs.look_at(undone) as record:
        monkeypatch.setattr(runs, "look_at", damaged)
        assert put_back_links(runs, record) == frozenset()


def test_a_run_without_an_undo_has_nothing_back(office: Office) -> None:
    with office.services.runs.look_at(office.removed()) as record:
        assert put_back_links(office.services.runs, record) == frozenset()
