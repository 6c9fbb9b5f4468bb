"""The words and the colour of an environment, which tell practice, a sandbox and real data apart."""

from desktop.domain.connections import Environment
from desktop.words import say
from desktop.words.labels import environment_label


def environment_words(environment: Environment | None) -> tuple[str, str]:
    """The colour and the word of an environment; one that nobody told is treated as production."""
    match environment:
        case Environment.PRACTICE:
            return "practice", say("PRACTICE")
        case Environment.SANDBOX | Environment.DEVELOPER:
            return "sandbox", say("SANDBOX")
    return "production", say("PRODUCTION")


def environment_name(environment: Environment | str | None) -> str:
    """The environment as a word in a sentence; one that nobody told is treated as production, one of a newer version as it is."""
    return environment_label(environment or Environment.PRODUCTION)
