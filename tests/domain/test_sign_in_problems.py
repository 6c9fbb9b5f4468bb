"""Every problem of a sign-in has words of its own, and says what becomes of the key."""

from desktop.domain.sign_in_problems import SignInProblem, words_of_problem


def test_every_problem_has_words_of_its_own() -> None:
    titles = [words_of_problem(problem).title for problem in SignInProblem]
    assert len(set(titles)) == len(titles)


def test_everybody_is_told_that_nothing_was_stored() -> None:
    for problem in SignInProblem:
        words = words_of_problem(problem)
        assert words.what_to_do.endswith("Nothing was stored."), problem
        assert words.why.endswith("."), problem


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
