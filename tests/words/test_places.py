"""Where links are, as sentences call it."""

from desktop.domain.connections import Account, Connection, Environment, labels_apart
from desktop.words import say_text
from desktop.words.places import ENVIRONMENTS, PLACES
from tests.words.asking import never_asked_for

ACME = Connection("id1", "acme", "eu", Environment.SANDBOX, "https://sandbox.zohoapis.eu", account=Account("ACME"))


def test_every_sentence_is_asked_for() -> None:
    assert never_asked_for(PLACES.keys() - ENVIRONMENTS.keys()) == set()
    assert ENVIRONMENTS.keys() == {f"environment-{one}" for one in Environment}


def test_a_connection_is_called_by_company_data_centre_and_environment() -> None:
    assert say_text(ACME.label) == "ACME, EU, sandbox"
    assert say_text(Connection("id2", "here", "", None, "http://127.0.0.1:1").label) == "here"


def test_two_that_read_alike_are_told_apart() -> None:
    other = Connection("id3", "acme", "eu", Environment.SANDBOX, "https://sandbox.zohoapis.eu", account=Account("ACME"))
    elsewhere = Connection("id4", "acme", "eu", Environment.SANDBOX, "http://127.0.0.1:1", account=Account("ACME"))
    assert [say_text(one) for one in labels_apart(ACME, elsewhere)] == [
        "ACME, EU, sandbox (https://sandbox.zohoapis.eu)",
        "ACME, EU, sandbox (http://127.0.0.1:1)",
    ]
    assert say_text(labels_apart(ACME, other)[0]) == "ACME, EU, sandbox (system unknown)"
