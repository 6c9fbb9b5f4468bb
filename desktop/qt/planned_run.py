"""What the user is about to confirm, as one value that may cross threads."""

from dataclasses import dataclass, field

from desktop.application.starting import RunRequest
from desktop.domain.previews import PlanFacts


@dataclass(frozen=True)
class PlannedRun(RunRequest):
    """A run as it would be, with the ``facts`` of its plan that pages show: to count them takes a while for a large plan."""

    facts: PlanFacts = field(kw_only=True)
