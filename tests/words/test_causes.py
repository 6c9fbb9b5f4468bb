"""What people are told about a cause: in the words of the run's operation, and with what is in the way."""

from desktop.domain.cause_codes import CauseCode
from desktop.domain.operations import Operation
from desktop.words.causes import explain_cause, explain_outage, what_cannot_come_back


def test_a_run_that_puts_back_has_words_of_its_own() -> None:
    assert explain_cause(CauseCode.PARENT_NOT_FOUND).title == "The parent record was not found"
    assert explain_cause(CauseCode.PARENT_NOT_FOUND, Operation.RESTORE).title == "The parent record is no longer there"


def test_an_outage_names_what_is_in_the_way_where_somebody_knows() -> None:
    assert explain_outage("the proxy refuses").why == "No connection to Zoho could be made: the proxy refuses."
    assert explain_outage("").why == "No connection to Zoho could be made."


def test_an_undo_is_honest_about_what_it_cannot_bring_back() -> None:
    assert "workflows" in what_cannot_come_back()
