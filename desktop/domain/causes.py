"""Groups of causes that the program treats alike. Each group is read off the rows in cause_codes.py.

What people are told about a cause stands in desktop/words/causes.py.
"""

from collections.abc import Callable

from desktop.domain.cause_codes import CauseCode
from desktop.domain.cause_rows import NO_TRAITS, Cause, Remedy, Scope
from desktop.domain.outcome_codes import Outcome

__all__ = [
    "ADDRESS_CAUSES",
    "LEFT_BY_CHOICE",
    "PERMISSION_CAUSES",
    "RUN_WIDE_CAUSES",
    "UNBELIEVED_CAUSES",
    "Cause",
    "CauseCode",
    "cause_of",
]


def _those(have_it: Callable[[Cause], bool]) -> frozenset[CauseCode]:
    return frozenset(code for code in CauseCode if have_it(code.traits))


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
    """Return the traits of a cause. A code that only a newer version of the program knows has none."""
    try:
        return CauseCode(code).traits
    except ValueError:
        return NO_TRAITS
