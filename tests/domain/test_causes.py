"""One catalogue: every cause, rejection and error has words, and the words are fit for people."""

import inspect
import re

import pytest

from desktop.domain import errors
from desktop.domain.causes import (
    ADDRESS_CAUSES,
    CATALOGUE,
    NOT_WANTED,
    PERMISSION_CAUSES,
    RUN_WIDE_CAUSES,
    UNBELIEVED_CAUSES,
    Cause,
    CauseCode,
    cause_of,
)
from desktop.domain.entries import Rejection
from desktop.domain.error_causes import error_code, explain, sentence_of
from desktop.domain.outcomes import Refusal, RefusalScope
from desktop.domain.rejections import REJECTIONS
from desktop.domain.sign_in_problems import SignInProblem, words_of_problem

BANNED = re.compile(r"\b(invalid|forbidden|please|sorry|oops|exception|null|json|http|url|token refused)\b", re.IGNORECASE)
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


def test_every_cause_is_in_the_catalogue() -> None:
    assert set(CATALOGUE) == set(CauseCode)
    assert set(REJECTIONS) == set(Rejection)


def test_what_several_causes_have_in_common_is_read_off_their_rows() -> None:
    permissions = {CauseCode.SCOPE_MISSING, CauseCode.NO_PERMISSION, CauseCode.PRIVILEGE_MISSING}
    of_address = {
        CauseCode.LIST_NOT_FOUND, CauseCode.MODULE_NOT_SUPPORTED, CauseCode.ADDRESS_WRONG, CauseCode.VERSION_NOT_SUPPORTED,
    }  # fmt: skip
    assert permissions == PERMISSION_CAUSES
    assert of_address | {CauseCode.PARENT_NOT_FOUND} == ADDRESS_CAUSES
    assert of_address | permissions | {CauseCode.METHOD_REFUSED} == RUN_WIDE_CAUSES
    assert {CauseCode.HELD_BACK, CauseCode.LEFT_OUT} == NOT_WANTED
    assert {CauseCode.DENIED_UNPROVEN, CauseCode.SUCCESS_UNPROVEN} == UNBELIEVED_CAUSES


def test_signing_in_again_is_offered_where_another_key_may_have_what_this_one_lacks() -> None:
    pauses = (CauseCode.SIGNED_OUT, CauseCode.COPY_REFUSED, CauseCode.REFUSED_THREE_TIMES, CauseCode.LIST_NAME_REFUSED)
    assert all(cause_of(cause).signing_in_helps for cause in pauses)
    others = (CauseCode.OFFLINE, CauseCode.LIMIT_REACHED, CauseCode.DISK_FULL, CauseCode.CREDITS_LOW, CauseCode.CLOCK_JUMPED)
    assert not any(cause_of(cause).signing_in_helps for cause in others)


def test_what_is_waited_for_says_how_often() -> None:
    assert {code for code, row in CATALOGUE.items() if row.most_tries} == {CauseCode.LIMIT_REACHED, CauseCode.OFFLINE}


@pytest.mark.parametrize("cause", [*CATALOGUE.values(), *REJECTIONS.values(), *map(words_of_problem, SignInProblem)])
def test_words_are_plain(cause: Cause) -> None:
    assert cause.title and cause.why
    for text in (cause.title, cause.why, cause.what_to_do):
        assert not BANNED.search(text), text


@pytest.mark.parametrize("kind", leaves())
def test_every_error_has_a_code_and_a_sentence_with_its_facts(kind: type[errors.DelinkError]) -> None:
    error = made(kind)
    assert re.fullmatch(r"[a-z_]+", error_code(error))
    assert error_code(error) != "error"
    sentence = sentence_of(error)
    assert sentence.endswith(".") and "{" not in sentence and kind.__name__ not in sentence
    assert explain(error).title


@pytest.mark.parametrize("cause", [CauseCode.SCOPE_MISSING, CauseCode.NO_PERMISSION, CauseCode.PRIVILEGE_MISSING])
def test_a_read_that_is_refused_asks_for_the_right_to_read(cause: CauseCode) -> None:
    refusal = Refusal(RefusalScope.RUN, cause, 403, "CODE", "words", of_read=True)
    sentence = sentence_of(errors.RequestRefused("eu", refusal))
    assert "READ" in sentence and "DELETE" not in sentence and "remove" not in sentence


def test_a_refused_sign_in_is_told_with_zohos_word() -> None:
    sentence = sentence_of(errors.SignInFailed("eu", SignInProblem.SCOPE_REFUSED, word="invalid_scope"))
    assert "Zoho's word for it: invalid_scope." in sentence


def test_a_cause_of_a_newer_version_is_shown_not_lost() -> None:
    assert cause_of("from_the_future").title == "from_the_future"
