"""The words for whatever went wrong: the catalogue's for what the program knows, one sentence for what it does not."""

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.errors import (
    ConnectionNotFound,
    DelinkError,
    HiddenRowsOpen,
    RelationUnclear,
    SecretStoreUnavailable,
    TokenRejected,
)
from desktop.words.errors import explain_error
from desktop.words.explanations import Explanation

# The user is asked to sign in, and what was wanted is then tried once more.
SIGNING_IN_HELPS = (TokenRejected, SecretStoreUnavailable, ConnectionNotFound)

_BUG = Explanation(
    "Something went wrong in Delink itself",
    "The details are in the log; what was recorded is kept.",
    "Try again, or close and start anew.",
)
# Where the catalogue's way on is an option of the command line.
_WAYS_IN_THE_WINDOW: Mapping[type[DelinkError], str] = {
    SecretStoreUnavailable: "Paste an access token; it is kept only until you close this window.",
    ConnectionNotFound: "Connect to the account that the run was started with; nothing was sent.",
    HiddenRowsOpen: "Go back to the sheet and choose which rows are meant; nothing was sent.",
    RelationUnclear: "Say which links shall be removed; nothing was sent.",
}


def words_for(error: object) -> Explanation:
    """A cause to show for an error of any kind."""
    if not isinstance(error, DelinkError):
        return _BUG
    words = explain_error(error)
    return replace(words, what_to_do=_WAYS_IN_THE_WINDOW.get(type(error), words.what_to_do))
