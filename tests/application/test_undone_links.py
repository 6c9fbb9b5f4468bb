"""Which links of a run are back: those that its undos put back, while the undos can be read, less what is gone again."""

from desktop.application.follow_ups import prepare_undo
from desktop.application.past_runs import forget_run
from desktop.application.starting import RunRequest, start_run
from desktop.application.undone_links import put_back_links
from desktop.engine.control import RunControl
from tests.application.office import PAIRS, Office


def test_what_an_undo_put_back_is_known_until_it_is_gone_again_or_the_undo_is_forgotten(office: Office) -> None:
    name = office.removed()
    undo, account = prepare_undo(office.services, name, office.offer, RunControl())
    run = start_run(office.services, RunRequest(undo.sheet, undo.plan, undo=undo), account, RunControl())
    with office.services.runs.read(name) as record:
        assert put_back_links(office.services.runs, record) == frozenset(), "it is not done yet"
        office.work(run)
        assert put_back_links(office.services.runs, record) == frozenset(range(len(PAIRS)))
        assert put_back_links(office.services.runs, record, {PAIRS[3]}) == frozenset(range(len(PAIRS))) - {3}
        forget_run(office.services, run.book.facts.run)
        assert put_back_links(office.services.runs, record) == frozenset()
