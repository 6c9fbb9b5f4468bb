"""The outcomes that a link can have, and what several of them have in common."""

from enum import StrEnum


class Outcome(StrEnum):
    """Every link ends in exactly one of these; the values are the codes of the command line and the journal.

    The runs of each operation have five of them (``outcomes`` in operations.py), and three are the same in all.
    """

    DELINKED = "delinked"
    NOT_LINKED = "not_linked"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_ATTEMPTED = "not_attempted"
    RELINKED = "relinked"
    ALREADY_LINKED = "already_linked"


# What was asked for is not so, or nobody knows: somebody has to look at these.
OPEN_OUTCOMES = (Outcome.REFUSED, Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED)
# What was asked for is so, by this run or without it: nothing is left to do.
AS_MEANT = frozenset({Outcome.DELINKED, Outcome.NOT_LINKED, Outcome.RELINKED, Outcome.ALREADY_LINKED})
# What was asked for is so, and a call of this run did it.
DONE = frozenset({Outcome.DELINKED, Outcome.RELINKED})
