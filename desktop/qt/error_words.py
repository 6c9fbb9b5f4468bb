"""The words for whatever went wrong: the catalogue's for what the program knows, one sentence for what it does not."""

from dataclasses import replace

from desktop.domain.errors import (
    ConnectionNotFound,
    DelinkError,
    HiddenRowsOpen,
    RelationUnclear,
    SecretStoreUnavailable,
    TokenRejected,
)
from desktop.words import say
from desktop.words.errors import explain_error
from desktop.words.explanations import Explanation

# The user is asked to sign in, and what was wanted is then tried once more.
SIGNING_IN_HELPS = (TokenRejected, SecretStoreUnavailable, ConnectionNotFound)


def words_for(error: object) -> Explanation:
    """A cause to show for an error of any kind."""
    if not isinstance(error, DelinkError):
        return Explanation(
            say("Something went wrong in Delink itself"),
            say("The details are in the log; what was recorded is kept."),
            say("Try again, or close and start anew."),
        )
    words = explain_error(error)
    return replace(words, what_to_do=_way_in_the_window(error) or words.what_to_do)


def _way_in_the_window(error: DelinkError) -> str:
    """What to do where the catalogue's way on is an option of the command line; empty for all other errors."""
    match error:
        case SecretStoreUnavailable():
            return say("Paste an access token; it is kept only until you close this window.")
        case ConnectionNotFound():
            return say("Connect to the account that the run was started with; nothing was sent.")
        case HiddenRowsOpen():
            return say("Go back to the sheet and choose which rows are meant; nothing was sent.")
        case RelationUnclear():
            return say("Say which links shall be removed; nothing was sent.")
    return ""
