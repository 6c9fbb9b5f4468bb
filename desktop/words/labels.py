"""What the things are called that stand in tables, lists and boxes: outcomes, data centres, environments, settings.

The values of their enums are keys of journals, settings and JSON, which are the same in every language; these are for people.
"""

from collections.abc import Mapping

from desktop.domain.connections import DataCentre, Environment
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState
from desktop.words.places import ENVIRONMENTS
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

RUN_STATES: Mapping[RunState, str] = {
    RunState.RUNNING: "Working",
    RunState.PAUSED: "Paused",
    RunState.STOPPED: "Stopped",
    RunState.INTERRUPTED: "Interrupted",
    RunState.FINISHED: "Finished",
}

DATA_CENTRE_NAMES: Mapping[str, str] = {
    "us": "United States",
    "eu": "Europe",
    "in": "India",
    "au": "Australia",
    "jp": "Japan",
    "cn": "China",
    "ca": "Canada",
    "sa": "Saudi Arabia",
    "uk": "United Kingdom",
    "ae": "United Arab Emirates",
}

SETTING_NAMES: Mapping[str, str] = {
    "lanes": "Calls at once",
    "credits_floor": "Credits that are left for others",
    "keep_runs_days": "Keep finished runs",
    "language": "Language",
    "update_address": "Where news of newer versions is",
}


def outcome_label(outcome: Outcome) -> str:
    """What became of a link, in a word or two."""
    return language().say(OUTCOMES[outcome])


def state_label(state: RunState) -> str:
    """Where a run stands, in a word."""
    return language().say(RUN_STATES[state])


def data_centre_label(centre: DataCentre) -> str:
    """Name the region of a data centre."""
    return language().say(DATA_CENTRE_NAMES[centre.code])


def environment_label(environment: Environment | str) -> str:
    """An environment in the middle of a sentence; one that only a newer version knows stays as it is."""
    name = f"environment-{environment}"
    return language().say(ENVIRONMENTS[name]) if name in ENVIRONMENTS else str(environment)


def setting_label(name: str) -> str:
    """Name a setting by its key."""
    return language().say(SETTING_NAMES[name])
