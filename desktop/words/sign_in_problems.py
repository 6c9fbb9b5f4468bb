"""Why a sign-in brought no key, in words: what happened and what to do in Zoho's API console or on this computer."""

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.sign_in_problems import SignInProblem
from desktop.words.explanations import Explanation
from desktop.words.speaking import say

SIGN_IN_PROBLEMS: Mapping[SignInProblem, Explanation] = {
    SignInProblem.CODE_REFUSED: Explanation(
        "Zoho did not accept the code",
        "A code works once and for about three minutes, and only at the data centre that made it.",
        "Make a new one in Zoho's API console and use it at once; check the data centre. Nothing was stored.",
    ),
    SignInProblem.REFRESH_TOKEN_REFUSED: Explanation(
        "Zoho did not accept the refresh token",
        "It was revoked, belongs to another client or data centre, or was not copied whole.",
        "Copy it again and check the data centre, or sign in in another way. Nothing was stored.",
    ),
    SignInProblem.CLIENT_UNKNOWN: Explanation(
        "Zoho does not know this client",
        "No client has this ID at the chosen data centre.",
        "Copy the client ID again, check the data centre, or switch on Multi-DC for the client in Zoho's API console. "
        "Nothing was stored.",
    ),
    SignInProblem.CLIENT_SECRET_WRONG: Explanation(
        "Zoho did not accept the client secret",
        "The secret does not belong to this client ID at this data centre.",
        "Copy the client secret again from Zoho's API console; it may differ between data centres. Nothing was stored.",
    ),
    SignInProblem.REDIRECT_WRONG: Explanation(
        "Zoho does not know Delink's return address",
        "The client does not list the address that the browser comes back to, letter for letter.",
        "Add Delink's three return addresses to the client in Zoho's API console. Nothing was stored.",
    ),
    SignInProblem.DENIED: Explanation(
        "The sign-in was refused",
        "Access was not allowed on Zoho's page.",
        "Sign in again and choose Accept. Nothing was stored.",
    ),
    SignInProblem.TIMED_OUT: Explanation(
        "The sign-in took too long",
        "Zoho's page was not finished in time.",
        "Sign in again. Nothing was stored.",
    ),
    SignInProblem.ANSWER_FORGED: Explanation(
        "The sign-in did not come back as it was sent",
        "The browser brought an answer that does not belong to this sign-in.",
        "Close other sign-in pages and try again; tell your IT department if it happens twice. Nothing was stored.",
    ),
    SignInProblem.OTHER_DATA_CENTRE: Explanation(
        "The account is at another data centre",
        "Zoho says that this user signs in at a place that Delink does not know. Delink does not go there.",
        "Choose the data centre whose address you see when you use Zoho CRM in the browser. Nothing was stored.",
    ),
    SignInProblem.PORTS_TAKEN: Explanation(
        "Another program is in the way",
        "All three of Delink's return addresses are in use on this computer.",
        "Close other Delink windows, or sign in with a code on another device. Nothing was stored.",
    ),
    SignInProblem.NO_LASTING_KEY: Explanation(
        "Zoho gave no lasting key",
        "The answer held no refresh token, so the key would end after an hour.",
        "Remove Delink from the connected apps in Zoho, then sign in again. Nothing was stored.",
    ),
    SignInProblem.SCOPE_REFUSED: Explanation(
        "Zoho does not offer a right that was asked for",
        "One of the scopes of this sign-in is not known at this data centre. Or it is not open to this client or edition.",
        "Check the data centre, or make the code with fewer scopes in Zoho's API console. Nothing was stored.",
    ),
    SignInProblem.GENERAL_ERROR: Explanation(
        "Zoho could not carry out the sign-in",
        "Zoho's accounts server had an error that it does not explain.",
        "Check the client in Zoho's API console and the data centre, then sign in again later. Nothing was stored.",
    ),
    SignInProblem.REFUSED_OTHER: Explanation(
        "Zoho refused the sign-in",
        "Zoho gave a reason that Delink does not know.",
        "Check the client in Zoho's API console, then sign in again. Nothing was stored.",
    ),
    SignInProblem.CANCELLED: Explanation(
        "The sign-in was cancelled", "You ended it before it was finished.", "Nothing was stored."
    ),
}


def explain_problem(problem: SignInProblem, zohos_word: str = "") -> Explanation:
    """The words for a problem, with Zoho's own word for it where there is one."""
    words = SIGN_IN_PROBLEMS[problem].said()
    if not zohos_word:
        return words
    return replace(words, why=say("{why} Zoho's word for it: {word}.", why=words.why, word=zohos_word))
