"""What may go wrong in a sign-in, by the codes that scripts read."""

from desktop.domain.sign_in_problems import SignInProblem


def test_the_codes_are_a_contract_with_scripts() -> None:
    assert {str(problem) for problem in SignInProblem} == {
        "code_refused",
        "refresh_token_refused",
        "client_unknown",
        "client_secret_wrong",
        "redirect_wrong",
        "sign_in_denied",
        "sign_in_timed_out",
        "sign_in_forged",
        "other_data_centre",
        "ports_taken",
        "no_lasting_key",
        "scope_refused",
        "sign_in_general_error",
        "sign_in_refused",
        "sign_in_cancelled",
    }
