"""The words for whatever went wrong: the catalogue's for what the program knows, one sentence for what it does not."""

from desktop.domain.causes import Cause
from desktop.domain.error_causes import explain
from desktop.domain.errors import DelinkError

_BUG = Cause(
    "Something went wrong in Delink itself",
    "The details are in the log; what was recorded is kept.",
    "Try again, or close and start anew.",
)


def words_for(error: object) -> Cause:
    """A cause to show for an error of any kind."""
    return explain(error) if isinstance(error, DelinkError) else _BUG
