"""What Zoho says of an organisation's environment fills in what nobody named, and changes nothing that somebody did."""

from dataclasses import replace

import pytest

from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.errors import RunElsewhere
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.runs import RunFacts, check_same_place
from desktop.words.errors import explain_error

PRODUCTION, SANDBOX, DEVELOPER, PRACTICE = (
    Environment.PRODUCTION,
    Environment.SANDBOX,
    Environment.DEVELOPER,
    Environment.PRACTICE,
)


def connection(environment: Environment | None, system: str = "") -> Connection:
    return Connection("c", "c", "", environment, "http://127.0.0.1:1", account=Account(system=system))


@pytest.mark.parametrize(
    ("named", "told", "is_then"),
    [
        (None, "sandbox", SANDBOX),
        (None, "Developer", DEVELOPER),
        (None, "production", PRODUCTION),
        (None, "bigin", PRODUCTION),
        (None, "", None),
        (None, "something new", None),
        (SANDBOX, "production", SANDBOX),
        (SANDBOX, "developer", SANDBOX),
        (PRODUCTION, "sandbox", PRODUCTION),
        (PRACTICE, "production", PRACTICE),
    ],
)
def test_zohos_word_counts_where_nobody_named_one(named: Environment | None, told: str, is_then: Environment | None) -> None:
    known = connection(named).known_as(Account("ACME", system=told))
    assert (known.environment, known.account.company) == (is_then, "ACME")


def test_a_run_that_was_begun_before_zoho_was_asked_can_be_continued_at_the_same_place() -> None:
    before = connection(None)
    facts = RunFacts("r", Operation.REMOVE, Fresh(), "", "", "", "", "", (), before, "parent", 1, "", "")
    check_same_place(facts, connection(SANDBOX, "sandbox"))
    check_same_place(replace(facts, connection=connection(SANDBOX, "sandbox")), connection(None))
    with pytest.raises(RunElsewhere):
        check_same_place(replace(facts, connection=connection(PRODUCTION)), connection(SANDBOX, "sandbox"))
    with pytest.raises(RunElsewhere):
        check_same_place(facts, connection(SANDBOX))


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (("7001", "http://a"), ("7002", "http://a"), ("organisation 7001", "organisation 7002")),
        (("7001", "http://a"), ("", "http://b"), ("http://a", "http://b")),
    ],
)
def test_where_two_accounts_read_alike_the_refusal_names_what_differs(
    one: tuple[str, str], other: tuple[str, str], told: tuple[str, str]
) -> None:
    here, there = (
        Connection("c", "c", "", PRODUCTION, url, account=Account("Practice Ltd", organisation))
        for organisation, url in (one, other)
    )
    facts = RunFacts("r", Operation.REMOVE, Fresh(), "", "", "", "", "", (), here, "parent", 1, "", "")
    with pytest.raises(RunElsewhere) as refused:
        check_same_place(facts, there)
    sentence = explain_error(refused.value).in_one_line()
    assert sentence.startswith("The run was started for Practice Ltd, production (")
    assert all(f"({each})" in sentence for each in told)
