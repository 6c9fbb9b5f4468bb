"""A refused sign-in carries Zoho's own word, if it is a word."""

import pytest

from desktop.crm.accounts_server import problem_of, word_of
from desktop.domain.sign_in_problems import SignInProblem


@pytest.mark.parametrize(
    ("error", "problem", "word"),
    [
        ("invalid_scope", SignInProblem.SCOPE_REFUSED, "invalid_scope"),
        ("general_error", SignInProblem.GENERAL_ERROR, "general_error"),
        ("something_new", SignInProblem.REFUSED_OTHER, "something_new"),
        ("<b>1000.abc</b>", SignInProblem.REFUSED_OTHER, ""),
        ("x" * 200, SignInProblem.REFUSED_OTHER, ""),
        (5, SignInProblem.REFUSED_OTHER, ""),
    ],
)
def test_the_word_of_a_refusal(error: object, problem: SignInProblem, word: str) -> None:
    assert (problem_of({"error": error}), word_of({"error": error})) == (problem, word)
