"""Practice, a sandbox and real data are told apart in words and colour; what nobody told counts as real."""

import pytest

from desktop.domain.connections import Environment
from desktop.qt.place_words import environment_name, environment_words


@pytest.mark.parametrize(
    ("environment", "tint", "word", "name"),
    [
        (Environment.PRACTICE, "practice", "PRACTICE", "practice"),
        (Environment.SANDBOX, "sandbox", "SANDBOX", "sandbox"),
        (Environment.DEVELOPER, "sandbox", "SANDBOX", "developer"),
        (Environment.PRODUCTION, "production", "PRODUCTION", "production"),
        (None, "production", "PRODUCTION", "production"),
    ],
)
def test_an_environment_has_a_colour_and_a_word(environment: Environment | None, tint: str, word: str, name: str) -> None:
    assert environment_words(environment) == (tint, word)
    assert environment_name(environment) == name


def test_an_environment_of_a_newer_version_is_named_as_it_is() -> None:
    assert environment_name("preview") == "preview"
