"""The traits of a cause: which of them another key can mend, and what a row says when nothing is said of it."""

import pytest

from desktop.domain.cause_rows import ANY_OUTCOME, Cause, Remedy, Scope
from desktop.domain.outcome_codes import Outcome


@pytest.mark.parametrize(
    ("remedy", "helps"), [(Remedy.SIGN_IN, True), (Remedy.RIGHTS, True), (Remedy.CHOICE, False), (Remedy.OTHER, False)]
)
def test_another_key_helps_where_one_was_refused_or_lacks_a_right(remedy: Remedy, helps: bool) -> None:
    assert Cause(remedy=remedy).signing_in_helps is helps


def test_a_row_of_which_nothing_is_said_has_no_traits() -> None:
    row = Cause()
    assert (row.ends, row.scope, row.names_address, row.needs_proof, row.most_tries) == (
        (),
        Scope.LINK,
        False,
        False,
        0,
    )


def test_any_outcome_is_all_of_them() -> None:
    assert set(ANY_OUTCOME) == set(Outcome)
