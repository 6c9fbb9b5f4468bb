"""All that the use cases together ask of the outside, for those who hand it on without looking into it.

Each use case declares beside itself the two or three things that it needs, and so does each part of the window and each
command. Only where all of them are handed out, at the top of the window and of the command line, somebody must hold
everything: that is what this is for. It adds nothing of its own; where several declare the same thing, it is all of them.
"""

from collections.abc import Callable
from typing import Protocol

from desktop.application.checking import CheckPorts
from desktop.application.connecting import NamedConnections, NamePorts
from desktop.application.follow_ups import FollowedRuns, FollowUpPorts
from desktop.application.opening import MemoryPorts, OpenPorts
from desktop.application.past_runs import ComparedRuns, ComparePorts, ListedRuns, PastRunPorts, SupportPorts
from desktop.application.practising import PracticePorts, PracticeServer
from desktop.application.sheet_reports import ReportPorts
from desktop.application.signing_in import SavedConnections, SignIn, SignInPorts
from desktop.application.starting import SeededPractice, StartedRuns, StartPorts
from desktop.application.working import WorkPorts


class Runs(ListedRuns, ComparedRuns, StartedRuns, FollowedRuns, Protocol):
    """Keeps the runs of this computer."""


class Connections(SavedConnections, NamedConnections, Protocol):
    """Keeps the saved connections and their keys."""


class Practice(SeededPractice, PracticeServer, Protocol):
    """The practice CRM of this program's folder."""


class Outside(
    OpenPorts,
    MemoryPorts,
    ReportPorts,
    CheckPorts,
    StartPorts,
    WorkPorts,
    FollowUpPorts,
    PastRunPorts,
    ComparePorts,
    SupportPorts,
    SignInPorts,
    NamePorts,
    PracticePorts,
    Protocol,
):
    """Everything of the outside that any use case needs."""

    @property
    def runs(self) -> Runs: ...
    @property
    def connections(self) -> Connections: ...
    @property
    def practice(self) -> Practice: ...
    @property
    def sign_in(self) -> Callable[[], SignIn]: ...
