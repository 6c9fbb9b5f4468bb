"""Each leaf of the error tree in the words of people: what happened, what was kept, what to do next."""

from collections.abc import Mapping
from datetime import date

from desktop.domain import errors
from desktop.domain.cause_codes import CauseCode
from desktop.domain.causes import PERMISSION_CAUSES
from desktop.domain.outcomes import Refusal
from desktop.domain.sign_in_problems import SignInProblem
from desktop.domain.texts import Fact, Text
from desktop.words.causes import explain_cause
from desktop.words.explanations import Explanation
from desktop.words.sign_in_problems import explain_problem

ERRORS: Mapping[type[errors.DelinkError], Explanation] = {
    errors.SheetUnreadable: Explanation(
        "The file cannot be read", "{name} could not be read: {detail}.", "Choose another file; nothing was sent."
    ),
    errors.SheetUnsafe: Explanation(
        "The file is not safe to open",
        "{name} was not opened: {detail}.",
        "Save the rows you need in a new file; nothing was sent.",
    ),
    errors.SheetLocked: Explanation(
        "A different program holds the file open",
        "{name} is in use by another program.",
        "Close it there and open it again; nothing was sent.",
    ),
    errors.SheetWithoutLinks: Explanation(
        "No record IDs were found",
        "{name} has no links that could be removed: {detail}.",
        "Export the records from Zoho with their Record Id column and open that file; nothing was sent.",
    ),
    errors.SheetChoiceWrong: Explanation("The sheet does not have that", "{name}: {detail}.", "Choose again; nothing was sent."),
    errors.RelationUnclear: Explanation(
        "Which links are meant?",
        "{name}: {detail}.",
        "Name the relation (--relation), one of {possible}; nothing was sent.",
    ),
    errors.ResultsUnwritable: Explanation(
        "The results could not be written",
        "{name} could not be written: {detail}.",
        "The run's record is complete; save the results in another place.",
    ),
    errors.ResultsOverSheet: Explanation(
        "That is the sheet itself",
        "{name} is the sheet of this run, and the results would take its place.",
        "Give the results another name; nothing was written.",
    ),
    errors.ResultsInTheWay: Explanation(
        "Another file has that name",
        "{name} is no file of results that Delink wrote.",
        "Give the results another name, or replace that file with --overwrite; nothing was written.",
    ),
    errors.CrmUnreachable: Explanation(
        "Zoho cannot be reached",
        "No connection to Zoho could be made: {detail}.",
        "Check the network and try again; nothing was sent.",
    ),
    errors.AnswerMissing: Explanation(
        "No answer from Zoho", "The call went out and no whole answer came back ({detail}).", "Try again."
    ),
    errors.AnswerNotUnderstood: Explanation(
        "An answer that is not Zoho's",
        "What came back was not an answer of Zoho's interface ({detail}).",
        "Check the network, then try again.",
    ),
    errors.CrmBusy: Explanation(
        "Zoho's limit is reached", "Zoho takes no more calls for now.", "Try again later; what is done stays done."
    ),
    errors.TokensUsedUp: Explanation(
        "Signed in too often",
        "Zoho makes ten access tokens in ten minutes for one sign-in. Delink has asked for all of them.",
        "Try again in {minutes} min; what is done stays done.",
    ),
    errors.TokenRejected: Explanation(
        "Signed out of Zoho",
        "Zoho does not accept the access token: expired, revoked, or of another data centre.",
        "Sign in again; nothing was lost.",
    ),
    errors.HostNotAllowed: Explanation(
        "Not an address of Zoho",
        "{host} is not one of Zoho's known addresses.",
        "Check the address; nothing was sent.",
    ),
    errors.SecretStoreUnavailable: Explanation(
        "No safe place for the key",
        "This computer has no keyring that keeps a secret safe ({detail}).",
        "Give the access token for one command only (--access-token - with --data-centre or --api-url); nothing was stored.",
    ),
    errors.KeyMissing: Explanation(
        "The key cannot be used", "The keyring gave no key: {detail}.", "Sign in again; nothing was sent."
    ),
    errors.KeyNotForgotten: Explanation(
        "The key is still in the keyring",
        "The keyring did not remove the key ({detail}).",
        "Unlock the keyring and sign out again; until then the connection stays in the list.",
    ),
    errors.StorageUnwritable: Explanation(
        "A file of the program cannot be written",
        "{path} cannot be written ({detail}).",
        "Make room or choose another folder (DELINK_HOME), then try again; what was saved before is untouched.",
    ),
    errors.JournalUnwritable: Explanation(
        "The run's record cannot be written",
        "{path} cannot be written ({detail}).",
        "Make room or choose another folder, then continue; nothing was sent without a record.",
    ),
    errors.JournalDamaged: Explanation(
        "The run's record is damaged",
        "{path} cannot be trusted ({detail}).",
        "It is kept unchanged; start a new run from the sheet.",
    ),
    errors.SettingsUnreadable: Explanation(
        "The saved connections cannot be read",
        "{path} cannot be read ({detail}).",
        "Sign in again; runs are untouched.",
    ),
    errors.RelationNotAllowed: Explanation(
        "Links of that kind are not removed here",
        "\u201c{relation}\u201d is not on the list of relations that Delink may touch.",
        "Choose one of the offered relations; nothing was sent.",
    ),
    errors.RelationNotOffered: Explanation(
        "Zoho does not offer this kind of link for removal",
        "Zoho does not say that the links of “{relation}” can be taken off here. Or the sign-in may not ask "
        "for it (scope ZohoCRM.settings.related_lists.READ).",
        "Check the name with your administrator, or sign in with that scope; nothing was sent.",
    ),
    errors.IllegalTransition: Explanation(
        "Not possible now",
        "What the run is doing now does not go together with that.",
        "Nothing was changed.",
    ),
    errors.RunInUse: Explanation(
        "Another Delink is working on this run",
        "Run {run} is open in another window or command.",
        "Wait for it or close it there; nothing was sent.",
    ),
    errors.RunNotOpenable: Explanation(
        "This run cannot be opened",
        "Run {run} cannot be opened ({detail}).",
        "Its record is kept as it is and other runs can be used; nothing was sent.",
    ),
    errors.RunNotFound: Explanation(
        "There is no such run",
        "No run \u201c{run}\u201d is kept on this computer.",
        "See \u201cdelink runs\u201d for those that are; nothing was sent.",
    ),
    errors.UndoImpossible: Explanation("This run cannot be undone", "Run {run} cannot be undone: {detail}.", "Nothing was sent."),
    errors.RunReplaced: Explanation(
        "A retry has taken over this run",
        "What run {run} left was taken over by {name}.",
        "Continue or retry that one; nothing was sent.",
    ),
    errors.NothingToRetry: Explanation(
        "Nothing is left to try again", "Run {run} left no link that could be sent again.", "Nothing was sent."
    ),
    errors.LinksUnconfirmed: Explanation(
        "Some links are still not confirmed",
        "What became of {count} of the links of run {run} could not be read in Zoho.",
        "Try again in a few minutes; nothing was sent.",
    ),
    errors.RunElsewhere: Explanation(
        "The run is not of this organisation",
        "The run was started for {expected}, and the connection leads to {found}.",
        "Use the connection it was started with; nothing was sent.",
    ),
    errors.AccountNotProven: Explanation(
        "It may be another account",
        "The run was started for {expected}; whether {found} is the same company cannot be found out.",
        "Give a key that may read the organisation (ZohoCRM.org.READ), or go on at a terminal, where you are asked; "
        "nothing was sent.",
    ),
    errors.LookElsewhere: Explanation(
        "Zoho was asked in another account",
        "Which links exist was asked in {expected}; the links would be removed in {found}.",
        "Check with Zoho again; nothing was sent.",
    ),
    errors.LookOutdated: Explanation(
        "What Zoho said is too old",
        "Zoho was asked more than 15 minutes ago, and links may have come or gone since.",
        "Check with Zoho again; nothing was sent.",
    ),
    errors.NameTaken: Explanation(
        "The name cannot be used",
        "\u201c{name}\u201d is another connection's name, kept for something else, empty, or too long.",
        "Choose another name; nothing was changed.",
    ),
    errors.SignInFailed: Explanation(
        "Zoho refused the sign-in", "The sign-in brought no key.", "Sign in again; nothing was stored."
    ),
    errors.ConnectionNotFound: Explanation(
        "There is no such connection",
        "No connection is called \u201c{name}\u201d.",
        "See \u201cdelink connections list\u201d; nothing was sent.",
    ),
}

_HIDDEN_TITLE = "Which rows are meant?"
HIDDEN_ROWS = Explanation(
    _HIDDEN_TITLE,
    "{name}: {hidden} of its {rows} rows are hidden or filtered out, and some of them hold links.",
    "Say --hidden-rows skip for the {visible} visible rows or --hidden-rows read for all {rows}; nothing was sent.",
)
HIDDEN_NOT_KNOWN = Explanation(
    _HIDDEN_TITLE,
    "{name}: whether rows of it are hidden or filtered out cannot be found out.",
    "Say --hidden-rows read if all {rows} rows are meant, or save it in Excel as .xlsx again; nothing was sent.",
)
ANY_ERROR = Explanation("That did not work", "Delink could not go on.", "Nothing was lost; try again.")


def explain_error(error: errors.DelinkError) -> Explanation:
    """Title, why and what to do for an error, with its facts, in the language that is spoken."""
    match error:
        case errors.RequestRefused(refusal=Refusal() as refusal):
            cannot_read = refusal.of_read and refusal.cause in PERMISSION_CAUSES
            return explain_cause(CauseCode.READ_REFUSED if cannot_read else refusal.cause)
        case errors.SignInFailed(problem=SignInProblem() as problem):
            return explain_problem(problem, error.word)
        case errors.HiddenRowsOpen(hidden=None):
            return HIDDEN_NOT_KNOWN.said(name=error.path, rows=error.rows)
        case errors.HiddenRowsOpen(hidden=int() as hidden):
            return HIDDEN_ROWS.said(name=error.path, hidden=hidden, rows=error.rows, visible=error.rows - hidden)
    words = next((ERRORS[kind] for kind in type(error).__mro__ if kind in ERRORS), ANY_ERROR)
    return words.said(**_facts_of(error))


def _facts_of(error: errors.DelinkError) -> dict[str, Fact]:
    """What the error knows, as it can stand in a sentence. A sheet is named by the way to it."""
    facts: dict[str, Fact] = {
        name: value if isinstance(value, Text | int | float | date) else str(value) for name, value in error.facts.items()
    }
    if isinstance(error, errors.SheetError):
        facts.setdefault("name", error.path)
    return facts
