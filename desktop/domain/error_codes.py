"""The short code of each error, as programs read it in the command line's ``error`` key."""

from collections.abc import Mapping

from desktop.domain import errors
from desktop.domain.outcomes import Refusal
from desktop.domain.sign_in_problems import SignInProblem

_CODES: Mapping[type[errors.DelinkError], str] = {
    errors.SheetUnreadable: "sheet_unreadable",
    errors.SheetUnsafe: "sheet_unsafe",
    errors.SheetLocked: "sheet_locked",
    errors.SheetWithoutLinks: "sheet_without_links",
    errors.SheetChoiceWrong: "sheet_choice",
    errors.RelationUnclear: "relation_unclear",
    errors.HiddenRowsOpen: "hidden_rows",
    errors.ResultsUnwritable: "results_unwritable",
    errors.ResultsOverSheet: "results_over_sheet",
    errors.ResultsInTheWay: "results_in_the_way",
    errors.CrmUnreachable: "crm_unreachable",
    errors.AnswerMissing: "answer_missing",
    errors.AnswerNotUnderstood: "answer_not_understood",
    errors.CrmBusy: "crm_busy",
    errors.TokensUsedUp: "crm_busy",
    errors.TokenRejected: "signed_out",
    errors.HostNotAllowed: "host_not_allowed",
    errors.SecretStoreUnavailable: "no_keyring",
    errors.KeyMissing: "key_missing",
    errors.KeyNotForgotten: "key_not_forgotten",
    errors.StorageUnwritable: "storage_unwritable",
    errors.JournalUnwritable: "journal_unwritable",
    errors.JournalDamaged: "journal_damaged",
    errors.SettingsUnreadable: "settings_unreadable",
    errors.RelationNotAllowed: "relation_not_allowed",
    errors.RelationNotOffered: "relation_not_offered",
    errors.IllegalTransition: "not_now",
    errors.RunInUse: "run_in_use",
    errors.RunNotOpenable: "run_not_openable",
    errors.RunNotFound: "run_not_found",
    errors.UndoImpossible: "undo_impossible",
    errors.RunReplaced: "run_replaced",
    errors.NothingToRetry: "nothing_to_retry",
    errors.LinksUnconfirmed: "links_unconfirmed",
    errors.RunElsewhere: "run_elsewhere",
    errors.AccountNotProven: "account_not_proven",
    errors.LookElsewhere: "look_elsewhere",
    errors.LookOutdated: "look_outdated",
    errors.NameTaken: "name_taken",
    errors.SignInFailed: "sign_in_refused",
    errors.ConnectionNotFound: "connection_not_found",
}


def error_code(error: errors.DelinkError) -> str:
    """The code of an error. A refusal and a failed sign-in have that of their cause."""
    match error:
        case errors.RequestRefused(refusal=Refusal() as refusal):
            return str(refusal.cause)
        case errors.SignInFailed(problem=SignInProblem() as problem):
            return str(problem)
    return next((_CODES[kind] for kind in type(error).__mro__ if kind in _CODES), "error")
