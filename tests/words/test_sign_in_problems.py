"""Every problem of a sign-in has words of its own, and says what becomes of the key."""

from desktop.domain.sign_in_problems import SignInProblem
from desktop.words.sign_in_problems import SIGN_IN_PROBLEMS, explain_problem


def test_every_problem_has_words_of_its_own() -> None:
    titles = [SIGN_IN_PROBLEMS[problem].title for problem in SignInProblem]
    assert len(set(titles)) == len(titles)


def test_everybody_is_told_that_nothing_was_stored() -> None:
    for problem in SignInProblem:
        words = SIGN_IN_PROBLEMS[problem]
        assert words.what_to_do.endswith("Nothing was stored."), problem
        assert words.why.endswith("."), problem


def test_zohos_own_word_is_told_where_it_gave_one() -> None:
    assert explain_problem(SignInProblem.DENIED, "access_denied").why.endswith("Zoho's word for it: access_denied.")
    assert "word for it" not in explain_problem(SignInProblem.DENIED).why
