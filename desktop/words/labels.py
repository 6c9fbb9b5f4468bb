"""What the things are called that stand in tables, lists and boxes: outcomes.

The values of their enums are keys of journals, settings and JSON, which are the same in every language; these are for people.
"""

from collections.abc import Mapping

from desktop.domain.outcomes import Outcome
from desktop.words.speaking import language

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.DELINKED: "Removed",
    Outcome.NOT_LINKED: "Was not linked",
    Outcome.REFUSED: "Refused",
    Outcome.UNKNOWN: "Not confirmed",
    Outcome.NOT_ATTEMPTED: "Not sent",
    Outcome.RELINKED: "Put back",
    Outcome.ALREADY_LINKED: "Was linked again already",
}


def outcome_label(outcome: Outcome) -> str:
    """What became of a link, in a word or two."""
    return language().say(OUTCOMES[outcome])
