"""What the use cases ask of the outside, all together, is what the composition puts together."""

from dataclasses import fields

from desktop.application.connecting import NamedConnections
from desktop.application.outside import Connections, Outside, Practice, Runs
from desktop.application.signing_in import SavedConnections
from desktop.compose import Services

# What only the window asks for: its own files, notices, the task bar, news of a newer version.
OF_THE_WINDOW = {"keep_pasted", "samples_folder", "home_folder", "notify", "task_bar", "look_for_update"}


def members(protocol: type) -> set[str]:
    """What a protocol asks for, with what it inherits."""
    return {name for one in protocol.__mro__ for name in vars(one) if not name.startswith("_")}


def test_the_composition_offers_what_is_asked_for_and_nothing_else() -> None:
    assert {one.name for one in fields(Services)} == members(Outside) | OF_THE_WINDOW


def test_what_several_use_cases_ask_of_the_same_thing_is_all_there() -> None:
    assert {"create", "open", "read", "look_at", "summaries", "stored_summary", "earlier", "remove", "new_id"} == members(Runs)
    assert members(Connections) == members(SavedConnections) | members(NamedConnections)
    assert {"connect", "seed", "start"} == members(Practice)
