"""The codes of errors are a contract with scripts: each error has one, and a closer kind has that of its kind."""

from desktop.domain import errors
from desktop.domain.causes import CauseCode
from desktop.domain.error_codes import error_code
from desktop.domain.outcomes import Refusal, RefusalScope
from desktop.domain.sign_in_problems import SignInProblem


class FromTheFuture(errors.DelinkError):
    """An error that has no code yet."""


class KindOfLocked(errors.SheetLocked):
    """A closer kind of an error that has a code."""


def test_a_closer_kind_of_an_error_has_the_code_of_its_kind() -> None:
    assert error_code(KindOfLocked("list.xlsx")) == "sheet_locked"
    assert error_code(FromTheFuture()) == "error"


def test_a_refusal_and_a_failed_sign_in_have_the_code_of_their_cause() -> None:
    refusal = Refusal(RefusalScope.RUN, CauseCode.SCOPE_MISSING, 401, "OAUTH_SCOPE_MISMATCH", "Unauthorized")
    assert error_code(errors.RequestRefused("eu", refusal)) == "scope_missing"
    assert error_code(errors.SignInFailed("eu", SignInProblem.DENIED)) == "sign_in_denied"
