"""Names the reasons why a sign-in brought no key."""

from enum import StrEnum


class SignInProblem(StrEnum):
    """What went wrong between the user, the browser and Zoho's accounts server."""

    CODE_REFUSED = "code_refused"
    REFRESH_TOKEN_REFUSED = "refresh_token_refused"  # noqa: S105 (the name of a problem)
    CLIENT_UNKNOWN = "client_unknown"
    CLIENT_SECRET_WRONG = "client_secret_wrong"  # noqa: S105 (the name of a problem)
    REDIRECT_WRONG = "redirect_wrong"
    DENIED = "sign_in_denied"
    TIMED_OUT = "sign_in_timed_out"
    ANSWER_FORGED = "sign_in_forged"
    OTHER_DATA_CENTRE = "other_data_centre"
    PORTS_TAKEN = "ports_taken"
    NO_LASTING_KEY = "no_lasting_key"
    SCOPE_REFUSED = "scope_refused"
    GENERAL_ERROR = "sign_in_general_error"
    REFUSED_OTHER = "sign_in_refused"
    CANCELLED = "sign_in_cancelled"
