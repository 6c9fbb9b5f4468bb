"""Every cause, rejection and error has words, and the words are fit for people."""

import inspect
import re

import pytest

from desktop.domain import errors
from desktop.domain.causes import CauseCode
from desktop.domain.entries import Rejection
from desktop.domain.error_codes import error_code
from desktop.domain.outcomes import Refusal, RefusalScope
from desktop.domain.row_choices import LeftOut
from desktop.domain.sign_in_problems import SignInProblem
from desktop.words.causes import CAUSES
from desktop.words.errors import ERRORS, HIDDEN_NOT_KNOWN, HIDDEN_ROWS, explain_error
from desktop.words.explanations import Explanation
from desktop.words.rejections import REJECTIONS, ROWS_LEFT_OUT
from desktop.words.sign_in_problems import SIGN_IN_PROBLEMS
from desktop.words.undo_causes import UNDO_CAUSES

BANNED = re.compile(r"(?<!-)\b(invalid|forbidden|please|sorry|oops|exception|null|json|http|url|token refused)\b", re.IGNORECASE)
ROOTS = {errors.DelinkError, errors.SheetError, errors.CrmError, errors.StorageError, errors.ConnectionRefused, errors.RunRefused}
FACTS = {
    "possible": ("Campaigns/Leads", "Campaigns/Contacts"),
    "path": "list.xlsx",
    "header_rows": (30,),
    "delimiter": "~",
    "connection": "eu",
    "detail": "it is cut short",
    "host": "evil.example",
    "relation": "Leads/Notes",
    "run": "r1",
    "expected": "ACME",
    "found": "Other",
    "name": "eu",
    "count": 3,
    "state": "finished",
    "event": "pause",
    "status": 502,
    "code": "INVALID_TOKEN",
    "retry_after_s": 3.0,
    "is_broken": True,
    "hidden": 4,
    "rows": 8,
    "problem": SignInProblem.CODE_REFUSED,
    "refusal": Refusal(RefusalScope.RUN, CauseCode.SCOPE_MISSING, 401, "OAUTH_SCOPE_MISMATCH", "Unauthorized"),
}


def leaves() -> list[type[errors.DelinkError]]:
    kinds = [one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, errors.DelinkError)]
    return [one for one in kinds if one not in ROOTS and not one.__name__.startswith("_")]


def made(kind: type[errors.DelinkError]) -> errors.DelinkError:
    known = inspect.signature(kind.__init__).parameters.values()
    names = [one.name for one in known if one.kind is one.POSITIONAL_OR_KEYWORD and one.name != "self"]
    return kind(*(FACTS[name] for name in names))


def test_every_code_has_words() -> None:
    assert CAUSES.keys() == set(CauseCode)
    assert REJECTIONS.keys() == set(Rejection) and ROWS_LEFT_OUT.keys() == set(LeftOut)
    assert SIGN_IN_PROBLEMS.keys() == set(SignInProblem)


ALL_WORDS = [
    *CAUSES.values(), *UNDO_CAUSES.values(), *REJECTIONS.values(), *ROWS_LEFT_OUT.values(), *SIGN_IN_PROBLEMS.values(),
    *ERRORS.values(), HIDDEN_ROWS, HIDDEN_NOT_KNOWN,
]  # fmt: skip


@pytest.mark.parametrize("words", ALL_WORDS)
def test_words_are_plain_sentences(words: Explanation) -> None:
    assert words.title and not words.title.endswith(".") and words.why.endswith(".")
    assert not words.what_to_do or words.what_to_do.endswith(".")
    for text in (words.title, words.why, words.what_to_do):
        assert not BANNED.search(text), text


@pytest.mark.parametrize("kind", leaves())
def test_every_error_has_a_code_and_a_sentence_with_its_facts(kind: type[errors.DelinkError]) -> None:
    error = made(kind)
    assert re.fullmatch(r"[a-z_]+", error_code(error))
    assert error_code(error) != "error"
    sentence = explain_error(error).in_one_line()
    assert sentence.endswith(".") and "{" not in sentence and kind.__name__ not in sentence
    assert explain_error(error).title


@pytest.mark.parametrize("cause", [CauseCode.SCOPE_MISSING, CauseCode.NO_PERMISSION, CauseCode.PRIVILEGE_MISSING])
def test_a_read_that_is_refused_asks_for_the_right_to_read(cause: CauseCode) -> None:
    refusal = Refusal(RefusalScope.RUN, cause, 403, "CODE", "words", of_read=True)
    sentence = explain_error(errors.RequestRefused("eu", refusal)).in_one_line()
    assert "READ" in sentence and "DELETE" not in sentence and "remove" not in sentence


def test_a_refused_sign_in_is_told_with_zohos_word() -> None:
    sentence = explain_error(errors.SignInFailed("eu", SignInProblem.SCOPE_REFUSED, word="invalid_scope")).in_one_line()
    assert "Zoho's word for it: invalid_scope." in sentence
