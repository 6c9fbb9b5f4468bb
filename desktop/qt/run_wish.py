"""What the user is about to confirm, as one value that may cross threads."""

from dataclasses import dataclass

from desktop.application.starting import Retry, RunRequest, Undo
from desktop.domain.findings import Findings
from desktop.domain.operations import Operation
from desktop.domain.plans import Plan
from desktop.domain.previews import PlanFacts
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import RunFacts


@dataclass(frozen=True)
class RunWish:
    """A run as it would be: its links, its calls, and the run that it follows on, if it does.

    ``findings`` are those of a look at the links before; at most one of ``retry`` and ``undo`` is there.
    """

    sheet: SheetLinks
    plan: Plan
    facts: PlanFacts
    safety_copy: bool = True
    findings: Findings | None = None
    retry: Retry | None = None
    undo: Undo | None = None

    @property
    def request(self) -> RunRequest:
        """What is started once it is confirmed."""
        return RunRequest(self.sheet, self.plan, self.safety_copy, self.findings, self.retry, self.undo)

    @property
    def operation(self) -> Operation:
        """What the run would do."""
        return self.request.operation

    @property
    def parent(self) -> RunFacts | None:
        """The run that this one would retry or undo."""
        return self.request.parent
