"""Why a sign-in brought no key, in words: what happened and what to do in Zoho's API console or on this computer."""

from collections.abc import Mapping
from enum import StrEnum

from desktop.domain.causes import Cause


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


_NOTHING_STORED = "Nothing was stored."

_WORDS: Mapping[SignInProblem, Cause] = {
    SignInProblem.CODE_REFUSED: Cause(
        "Zoho did not accept the code",
        "A code works once and for about three minutes, and only at the data centre that made it.",
        f"Make a new one in Zoho's API console and use it at once; check the data centre. {_NOTHING_STORED}",
    ),
    SignInProblem.REFRESH_TOKEN_REFUSED: Cause(
        "Zoho did not accept the refresh token",
        "It was revoked, belongs to another client or data centre, or was not copied whole.",
        f"Copy it again and check the data centre, or sign in in another way. {_NOTHING_STORED}",
    ),
    SignInProblem.CLIENT_UNKNOWN: Cause(
        "Zoho does not know this client",
        "No client has this ID at the chosen data centre.",
        f"Copy the client ID again, check the data centre, or switch on Multi-DC for the client in Zoho's API console. "
        f"{_NOTHING_STORED}",
    ),
    SignInProblem.CLIENT_SECRET_WRONG: Cause(
        "Zoho did not accept the client secret",
        "The secret does not belong to this client ID at this data centre.",
        f"Copy the client secret again from Zoho's API console; it may differ between data centres. {_NOTHING_STORED}",
    ),
    SignInProblem.REDIRECT_WRONG: Cause(
        "Zoho does not know Delink's return address",
        "The client does not list the address that the browser comes back to, letter for letter.",
        f"Add Delink's three return addresses to the client in Zoho's API console. {_NOTHING_STORED}",
    ),
    SignInProblem.DENIED: Cause(
        "The sign-in was refused",
        "Access was not allowed on Zoho's page.",
        f"Sign in again and choose Accept. {_NOTHING_STORED}",
    ),
    SignInProblem.TIMED_OUT: Cause(
        "The sign-in took too long",
        "Zoho's page was not finished in time.",
        f"Sign in again. {_NOTHING_STORED}",
    ),
    SignInProblem.ANSWER_FORGED: Cause(
        "The sign-in did not come back as it was sent",
        "The browser brought an answer that does not belong to this sign-in.",
        f"Close other sign-in pages and try again; tell your IT department if it happens twice. {_NOTHING_STORED}",
    ),
    SignInProblem.OTHER_DATA_CENTRE: Cause(
        "The account is at another data centre",
        "Zoho says that this user signs in elsewhere, and Delink does not follow to an address that it does not know.",
        f"Choose the data centre whose address you see when you use Zoho CRM in the browser. {_NOTHING_STORED}",
    ),
    SignInProblem.PORTS_TAKEN: Cause(
        "Another program is in the way",
        "All three of Delink's return addresses are in use on this computer.",
        f"Close other Delink windows, or sign in with a code on another device. {_NOTHING_STORED}",
    ),
    SignInProblem.NO_LASTING_KEY: Cause(
        "Zoho gave no lasting key",
        "The answer held no refresh token, so the key would end after an hour.",
        f"Remove Delink from the connected apps in Zoho, then sign in again. {_NOTHING_STORED}",
    ),
    SignInProblem.SCOPE_REFUSED: Cause(
        "Zoho does not offer a permission that was asked for",
        "One of the scopes of this sign-in is not known at this data centre, or not open to this client or edition.",
        f"Check the data centre, or make the code with fewer scopes in Zoho's API console. {_NOTHING_STORED}",
    ),
    SignInProblem.GENERAL_ERROR: Cause(
        "Zoho could not carry out the sign-in",
        "Zoho's accounts server had an error that it does not explain.",
        f"Check the client in Zoho's API console and the data centre, then sign in again later. {_NOTHING_STORED}",
    ),
    SignInProblem.REFUSED_OTHER: Cause(
        "Zoho refused the sign-in",
        "Zoho gave a reason that Delink does not know.",
        f"Check the client in Zoho's API console, then sign in again. {_NOTHING_STORED}",
    ),
    SignInProblem.CANCELLED: Cause("The sign-in was cancelled", "You ended it before it was finished.", _NOTHING_STORED),
}


def words_of_problem(problem: SignInProblem) -> Cause:
    """The words for a problem."""
    return _WORDS[problem]
