"""Every cause that a user can meet, with the traits that the program goes by.

The codes stand in cause_codes.py, the rows in link_causes.py and run_causes.py. What several causes have in common is read
off their rows. What people are told about a cause stands in desktop/words/causes.py.
"""

from collections.abc import Callable, Mapping

from desktop.domain.cause_codes import CauseCode
from desktop.domain.cause_rows import Cause, Remedy, Scope
from desktop.domain.link_causes import LINK_CAUSES
from desktop.domain.outcome_codes import Outcome
from desktop.domain.run_causes import RUN_CAUSES

__all__ = [
    "ADDRESS_CAUSES",
    "CATALOGUE",
    "LEFT_BY_CHOICE",
    "PERMISSION_CAUSES",
    "RUN_WIDE_CAUSES",
    "UNBELIEVED_CAUSES",
    "Cause",
    "CauseCode",
    "cause_of",
]

CATALOGUE: Mapping[CauseCode, Cause] = {**LINK_CAUSES, **RUN_CAUSES}


def _those(have_it: Callable[[Cause], bool]) -> frozenset[CauseCode]:
    return frozenset(code for code, row in CATALOGUE.items() if have_it(row))


# The user said no to these links: they are not asked for, and a retry is no yes.
LEFT_BY_CHOICE = _those(lambda row: row.remedy is Remedy.CHOICE)
# A call was refused because the sign-in or the user lacks a right.
PERMISSION_CAUSES = _those(lambda row: Outcome.REFUSED in row.ends and row.remedy is Remedy.RIGHTS)
# The whole list, module, scope or address was refused: with the cause put right, the same call may succeed.
RUN_WIDE_CAUSES = _those(lambda row: Outcome.REFUSED in row.ends and row.scope is Scope.RUN)
# What a refusal of the call's own address says. No other call there fares better.
ADDRESS_CAUSES = _those(lambda row: row.names_address)
# Zoho gave an answer for the link, but nothing is said of it before a read shows whether the answer is true.
UNBELIEVED_CAUSES = _those(lambda row: row.needs_proof)


def cause_of(code: CauseCode | str) -> Cause:
    """The catalogue's row for a code; a code of a newer version has no traits that this one could go by."""
    try:
        return CATALOGUE[CauseCode(code)]
    except ValueError:
        return Cause()
