"""Each leaf of the error tree in the words of people: what happened, what was kept, what to do next."""

from dataclasses import replace

from desktop.domain import errors
from desktop.domain.causes import PERMISSION_CAUSES, Cause, CauseCode, cause_of
from desktop.domain.outcomes import Refusal
from desktop.domain.sign_in_problems import SignInProblem, words_of_problem

_TEXTS: dict[type[errors.DelinkError], tuple[str, Cause]] = {
    errors.SheetUnreadable: (
        "sheet_unreadable",
        Cause("The file cannot be read", "{name} could not be read: {detail}.", "Choose another file; nothing was sent."),
    ),
    errors.SheetUnsafe: (
        "sheet_unsafe",
        Cause(
            "The file is not safe to open",
            "{name} was not opened: {detail}.",
            "Save the rows you need in a new file; nothing was sent.",
        ),
    ),
    errors.SheetLocked: (
        "sheet_locked",
        Cause(
            "Another program has the file open",
            "{name} is in use by another program.",
            "Close it there and open it again; nothing was sent.",
        ),
    ),
    errors.SheetWithoutLinks: (
        "sheet_without_links",
        Cause(
            "No record IDs were found",
            "{name} has no links that could be removed: {detail}.",
            "Export the records from Zoho with their Record Id column and open that file; nothing was sent.",
        ),
    ),
    errors.SheetChoiceWrong: (
        "sheet_choice",
        Cause("The sheet does not have that", "{name}: {detail}.", "Choose again; nothing was sent."),
    ),
    errors.RelationUnclear: (
        "relation_unclear",
        Cause(
            "Which links are meant?",
            "{name}: {detail}.",
            "Name the relation (--relation), one of {possible}; nothing was sent.",
        ),
    ),
    errors.HiddenRowsOpen: (
        "hidden_rows",
        Cause(
            "Which rows are meant?",
            "{name}: {found}.",
            "Say {choices}; nothing was sent.",
        ),
    ),
    errors.ResultsUnwritable: (
        "results_unwritable",
        Cause(
            "The results could not be written",
            "{name} could not be written: {detail}.",
            "The run's record is complete; save the results in another place.",
        ),
    ),
    errors.ResultsOverSheet: (
        "results_over_sheet",
        Cause(
            "That is the sheet itself",
            "{name} is the sheet of this run, and the results would take its place.",
            "Give the results another name; nothing was written.",
        ),
    ),
    errors.ResultsInTheWay: (
        "results_in_the_way",
        Cause(
            "Another file has that name",
            "{name} is no file of results that Delink wrote.",
            "Give the results another name, or replace that file with --overwrite; nothing was written.",
        ),
    ),
    errors.CrmUnreachable: (
        "crm_unreachable",
        Cause(
            "Zoho cannot be reached",
            "No connection to Zoho could be made: {detail}.",
            "Check the network and try again; nothing was sent.",
        ),
    ),
    errors.AnswerMissing: (
        "answer_missing",
        Cause("No answer from Zoho", "The call went out and no whole answer came back ({detail}).", "Try again."),
    ),
    errors.AnswerNotUnderstood: (
        "answer_not_understood",
        Cause(
            "An answer that is not Zoho's",
            "What came back was not an answer of Zoho's interface ({detail}).",
            "Check the network, then try again.",
        ),
    ),
    errors.CrmBusy: (
        "crm_busy",
        Cause("Zoho's limit is reached", "Zoho takes no more calls for now.", "Try again later; what is done stays done."),
    ),
    errors.TokensUsedUp: (
        "crm_busy",
        Cause(
            "Signed in too often",
            "Zoho makes ten access tokens in ten minutes for one sign-in, and Delink has asked for them all.",
            "Try again in {minutes} min; what is done stays done.",
        ),
    ),
    errors.TokenRejected: (
        "signed_out",
        Cause(
            "Signed out of Zoho",
            "Zoho does not accept the access token: expired, revoked, or of another data centre.",
            "Sign in again; nothing was lost.",
        ),
    ),
    errors.HostNotAllowed: (
        "host_not_allowed",
        Cause(
            "Not an address of Zoho",
            "{host} is not one of Zoho's known addresses.",
            "Check the address; nothing was sent.",
        ),
    ),
    errors.SecretStoreUnavailable: (
        "no_keyring",
        Cause(
            "No safe place for the key",
            "This computer offers no keyring that keeps a secret safely ({detail}).",
            "Give the access token for one command only (--access-token - with --data-centre or --api-url); nothing was stored.",
        ),
    ),
    errors.KeyMissing: (
        "key_missing",
        Cause("The key cannot be used", "The keyring gave no key: {detail}.", "Sign in again; nothing was sent."),
    ),
    errors.KeyNotForgotten: (
        "key_not_forgotten",
        Cause(
            "The key is still in the keyring",
            "The keyring did not remove the key ({detail}).",
            "Unlock the keyring and sign out again; until then the connection stays in the list.",
        ),
    ),
    errors.StorageUnwritable: (
        "storage_unwritable",
        Cause(
            "A file of the program cannot be written",
            "{path} cannot be written ({detail}).",
            "Make room or choose another folder (DELINK_HOME), then try again; what was saved before is untouched.",
        ),
    ),
    errors.JournalUnwritable: (
        "journal_unwritable",
        Cause(
            "The run's record cannot be written",
            "{path} cannot be written ({detail}).",
            "Make room or choose another folder, then continue; nothing was sent without a record.",
        ),
    ),
    errors.JournalDamaged: (
        "journal_damaged",
        Cause(
            "The run's record is damaged",
            "{path} cannot be trusted ({detail}).",
            "It is kept unchanged; start a new run from the sheet.",
        ),
    ),
    errors.SettingsUnreadable: (
        "settings_unreadable",
        Cause(
            "The saved connections cannot be read",
            "{path} cannot be read ({detail}).",
            "Sign in again; runs are untouched.",
        ),
    ),
    errors.RelationNotAllowed: (
        "relation_not_allowed",
        Cause(
            "Links of that kind are not removed here",
            "\u201c{relation}\u201d is not on the list of relations that Delink may touch.",
            "Choose one of the offered relations; nothing was sent.",
        ),
    ),
    errors.RelationNotOffered: (
        "relation_not_offered",
        Cause(
            "Zoho does not offer this kind of link for removal",
            "This account's list of related lists does not say that the links of \u201c{relation}\u201d can be taken off, or the "
            "sign-in may not ask for it (scope ZohoCRM.settings.related_lists.READ).",
            "Check the name with your administrator, or sign in with that scope; nothing was sent.",
        ),
    ),
    errors.IllegalTransition: (
        "not_now",
        Cause(
            "Not possible now",
            "The run is {state}; that does not go together with \u201c{event}\u201d.",
            "Nothing was changed.",
        ),
    ),
    errors.RunInUse: (
        "run_in_use",
        Cause(
            "Another Delink is working on this run",
            "Run {run} is open in another window or command.",
            "Wait for it or close it there; nothing was sent.",
        ),
    ),
    errors.RunNotOpenable: (
        "run_not_openable",
        Cause(
            "This run cannot be opened",
            "Run {run} cannot be opened ({detail}).",
            "Its record is kept as it is and other runs can be used; nothing was sent.",
        ),
    ),
    errors.RunNotFound: (
        "run_not_found",
        Cause(
            "There is no such run",
            "No run \u201c{run}\u201d is kept on this computer.",
            "See \u201cdelink runs\u201d for those that are; nothing was sent.",
        ),
    ),
    errors.UndoImpossible: (
        "undo_impossible",
        Cause("This run cannot be undone", "Run {run} cannot be undone: {detail}.", "Nothing was sent."),
    ),
    errors.RunReplaced: (
        "run_replaced",
        Cause(
            "A retry has taken over this run",
            "What run {run} left was taken over by {name}.",
            "Continue or retry that one; nothing was sent.",
        ),
    ),
    errors.NothingToRetry: (
        "nothing_to_retry",
        Cause("Nothing is left to try again", "Run {run} left no link that could be sent again.", "Nothing was sent."),
    ),
    errors.LinksUnconfirmed: (
        "links_unconfirmed",
        Cause(
            "Some links are still not confirmed",
            "What became of {count} of the links of run {run} could not be read in Zoho.",
            "Try again in a few minutes; nothing was sent.",
        ),
    ),
    errors.RunElsewhere: (
        "run_elsewhere",
        Cause(
            "The run belongs to another organisation",
            "The run was started for {expected}, and the connection leads to {found}.",
            "Use the connection it was started with; nothing was sent.",
        ),
    ),
    errors.AccountNotProven: (
        "account_not_proven",
        Cause(
            "It may be another account",
            "The run was started for {expected}; whether {found} is the same company cannot be found out.",
            "Give a key that may read the organisation (ZohoCRM.org.READ), or go on at a terminal, where you are asked; "
            "nothing was sent.",
        ),
    ),
    errors.LookElsewhere: (
        "look_elsewhere",
        Cause(
            "Zoho was asked in another account",
            "Which links exist was asked in {expected}; the links would be removed in {found}.",
            "Check with Zoho again; nothing was sent.",
        ),
    ),
    errors.LookOutdated: (
        "look_outdated",
        Cause(
            "What Zoho said is too old",
            "Zoho was asked more than 15 minutes ago, and links may have come or gone since.",
            "Check with Zoho again; nothing was sent.",
        ),
    ),
    errors.NameTaken: (
        "name_taken",
        Cause(
            "The name cannot be used",
            "\u201c{name}\u201d is another connection's name, kept for something else, empty, or too long.",
            "Choose another name; nothing was changed.",
        ),
    ),
    errors.SignInFailed: (
        "sign_in_refused",
        Cause("Zoho refused the sign-in", "The sign-in brought no key.", "Sign in again; nothing was stored."),
    ),
    errors.ConnectionNotFound: (
        "connection_not_found",
        Cause(
            "There is no such connection",
            "No connection is called \u201c{name}\u201d.",
            "See \u201cdelink connections list\u201d; nothing was sent.",
        ),
    ),
}


def error_code(error: errors.DelinkError) -> str:
    """The short code of an error for the command line's ``error`` key."""
    if isinstance(error, errors.RequestRefused) and isinstance(error.refusal, Refusal):
        return str(error.refusal.cause)
    if isinstance(error, errors.SignInFailed) and isinstance(error.problem, SignInProblem):
        return str(error.problem)
    return _entry_of(error)[0]


def explain(error: errors.DelinkError) -> Cause:
    """Title, why and what to do for an error, with its facts filled in."""
    if isinstance(error, errors.RequestRefused) and isinstance(error.refusal, Refusal):
        cannot_read = error.refusal.of_read and error.refusal.cause in PERMISSION_CAUSES
        return cause_of(CauseCode.READ_REFUSED if cannot_read else error.refusal.cause)
    if isinstance(error, errors.SignInFailed) and isinstance(error.problem, SignInProblem):
        words = words_of_problem(error.problem)
        return replace(words, why=f"{words.why} Zoho's word for it: {error.word}.") if error.word else words
    cause = _entry_of(error)[1]
    facts = {key: str(value) for key, value in error.facts.items()}
    if "path" in facts and isinstance(error, errors.SheetError):
        facts.setdefault("name", facts["path"])
    if isinstance(error, errors.HiddenRowsOpen):
        facts |= _hidden_rows(error.hidden, error.rows)
    return Cause(cause.title, cause.why.format_map(facts), cause.what_to_do.format_map(facts))


def _hidden_rows(hidden: int | None, rows: int) -> dict[str, str]:
    if hidden is None:
        return {
            "found": "whether rows of it are hidden or filtered out cannot be found out",
            "choices": f"--hidden-rows read if all {rows:,} rows are meant, or save it in Excel as .xlsx again",
        }
    return {
        "found": f"{hidden:,} of its {rows:,} rows are hidden or filtered out, and some of them hold links",
        "choices": f"--hidden-rows skip for the {rows - hidden:,} visible rows or --hidden-rows read for all {rows:,}",
    }


def sentence_of(error: errors.DelinkError) -> str:
    """The error as one line for the command line: why, then what to do."""
    cause = explain(error)
    return " ".join(part for part in (cause.why, cause.what_to_do) if part)


def _entry_of(error: errors.DelinkError) -> tuple[str, Cause]:
    for kind in type(error).__mro__:
        if kind in _TEXTS:
            return _TEXTS[kind]
    return "error", Cause("That did not work", "Delink could not go on.", "Nothing was lost; try again.")
