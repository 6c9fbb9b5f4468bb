"""Finds out whether the CRM honours calls from the other end of a relation.

Every link has two ends, and a plan addresses a call from whichever end makes fewer calls. A call that is addressed from the end
which is not the sheet's own is called *reversed*. No page of Zoho's promises that it is carried out, so it is tried out:

1. The first reversed call of a relation is a probe. No other reversed call leaves before the fate of the probe is known.
2. The probe is proven when a read shows that the call changed a link. Zoho's word is no proof: SUCCESS may have done nothing,
   and "no such link" may be said of a link that is there.
3. If the probe is not proven, the next reversed call is again a probe, and alone. After three unproven probes the calls of the
   relation go as in the sheet.
4. What was proven is remembered for the connection, its organisation and its environment. For a connection that is not saved
   it holds only in this run, whose own record shows it (:attr:`desktop.domain.ledger.Ledger.honoured`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from desktop.domain.connections import ONE_OFF_NAME, Connection
from desktop.domain.ledger import Ledger
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome, shows_effect
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.relations import Relation
from desktop.domain.runs import AsSheet, Change, Settled
from desktop.engine.decisions import Decision, OtherSide, ReadLater, SendAgain
from desktop.engine.workload import READ_BACKS, Task, TaskKind, Workload

PROBES_BEFORE_AS_SHEET = 3
_SETTING = "reversed_calls_honoured"


class KeptValues(Protocol):
    """Remembers small values (JSON types) between starts. Neither call waits for the disk."""

    def get(self, key: str, default: object = None) -> object: ...
    def set(self, key: str, value: object) -> None: ...


class LearnedDirections:
    """Remembers what earlier runs of a connection proved.

    The DELETE of a removal and the PUT of an undo are different calls, so that one of them is honoured proves nothing of the
    other.
    """

    def __init__(self, settings: KeptValues, connection: Connection, operation: Operation) -> None:
        self._settings = settings
        organisation, environment = connection.account.organisation_id, connection.environment or ""
        # All one-off connections share one id, and each may lead to another account: an empty place is never written.
        self._place = "" if connection.id == ONE_OFF_NAME else f"{connection.id}/{organisation}/{environment}"
        self._call = operation.call

    def proven(self, relations: Iterable[Relation]) -> set[Relation]:
        """Return those of the relations whose reversed calls an earlier run proved."""
        stored = self._stored_places().get(self._place)
        return {relation for relation in relations if isinstance(stored, list) and self._name(relation) in stored}

    def learn(self, relation: Relation) -> None:
        """Remember that reversed calls of this relation are honoured here."""
        places = self._stored_places()
        stored = places.get(self._place)
        names = [name for name in stored if isinstance(name, str)] if isinstance(stored, list) else []
        if self._place and self._name(relation) not in names:
            self._settings.set(_SETTING, {**places, self._place: [*names, self._name(relation)]})

    def _stored_places(self) -> Mapping[str, object]:
        # The settings are a file that people may edit, so no type in it can be relied on.
        stored = self._settings.get(_SETTING)
        return stored if isinstance(stored, dict) else {}

    def _name(self, relation: Relation) -> str:
        return f"{self._call} {relation.code}"


@dataclass(slots=True)
class _Probe:
    """A reversed call that has left; whether it was honoured is not known yet.

    ``unread`` are its links that a read still has to show after the call ``is_over`` (answered, or its answer lost). The proof
    ``is_certain`` if a read had seen the link before the call, too; only such a proof is remembered for later runs.
    """

    batch: Batch
    unread: set[int] = field(default_factory=set)
    is_over: bool = False
    is_proven: bool = False
    is_certain: bool = False


class Probes:
    """Lets only one reversed call of an unproven relation leave at a time. Owned by the coordinator."""

    def __init__(self, ledger: Ledger, relations: Iterable[Relation], learned: LearnedDirections | None) -> None:
        """``relations`` are those of the run; those that ``learned`` knows as proven count as proven from the start."""
        self._ledger = ledger
        self._learned = learned
        if learned is not None:
            ledger.honoured |= learned.proven(relations)
        self._open_probes: dict[Relation, _Probe] = {}
        self._unproven: dict[Relation, int] = {}

    def must_wait(self, batch: Batch) -> bool:
        """True while the call may not leave, because the fate of a probe of its relation is open."""
        return batch.side is Side.RELATED and batch.relation in self._open_probes and batch.relation not in self._ledger.honoured

    def is_undecided(self, relation: Relation) -> bool:
        """True as long as nothing has proven that calls from the other end are honoured."""
        return relation not in self._ledger.honoured

    def note_sent(self, batch: Batch) -> None:
        """The call is handed to a lane: it becomes the probe of its relation if that is unproven."""
        if batch.side is Side.RELATED and batch.relation not in self._ledger.honoured:
            self._open_probes[batch.relation] = _Probe(batch)

    def note_not_sent(self, batch: Batch) -> None:
        """The call did not leave after all, or provably did nothing: another one may be the probe."""
        if self._is_probe(batch):
            del self._open_probes[batch.relation]

    def note_decision(self, task: Task, decision: Decision, workload: Workload, at: float) -> list[Change]:
        """Take into account what follows a task, and let the next reversed call leave once the probe's fate is known.

        Returns the changes to write: after too many unproven probes, the calls of the relation go as in the sheet.
        """
        probe = self._open_probes.get(task.batch.relation)
        if probe is None:
            return []
        self._note_effect(probe, decision)
        if task.kind is TaskKind.SEND and self._is_probe(task.batch):
            if decision.repeats_its_task or decision.steps_of_kind(SendAgain):
                # The call did nothing (a 429, say), so it says nothing about reversed calls, and may go as a probe again.
                self.note_not_sent(task.batch)
                workload.release_held(task.batch.relation)
                return []
            probe.is_over, probe.unread = True, {link for step in decision.steps_of_kind(ReadLater) for link in step.links}
            return self._note_links_read(probe, (), workload, at)
        # A read that is refused from the other end is made from the sheet's own side, and only then proves something.
        is_read_elsewhere = any(step.task.kind is not TaskKind.SEND for step in decision.steps_of_kind(OtherSide))
        return [] if decision.repeats_its_task or is_read_elsewhere else self.note_read_over(task, workload, at)

    def note_read_over(self, task: Task, workload: Workload, at: float) -> list[Change]:
        """A read is over, whatever it showed, even if it was tried often enough and proved nothing."""
        probe = self._open_probes.get(task.batch.relation)
        # An earlier call's links may be read while the probe is still on its way; that says nothing of the probe.
        if probe is None or not probe.is_over or task.kind not in READ_BACKS:
            return []
        return self._note_links_read(probe, task.batch.link_numbers, workload, at)

    def _note_links_read(self, probe: _Probe, links: Iterable[int], workload: Workload, at: float) -> list[Change]:
        probe.unread.difference_update(links)
        return [] if probe.unread else self._close_probe(probe, workload, at)

    def _close_probe(self, probe: _Probe, workload: Workload, at: float) -> list[Change]:
        relation = probe.batch.relation
        del self._open_probes[relation]
        if probe.is_proven:
            self._ledger.honoured.add(relation)
            # Without a read before the call, the link may have been gone already. That is good enough for this run, which reads
            # what it is not sure of, but not for all later ones.
            if self._learned is not None and probe.is_certain:
                self._learned.learn(relation)
        self._unproven[relation] = self._unproven.get(relation, 0) + (not probe.is_proven)
        if self._unproven[relation] >= PROBES_BEFORE_AS_SHEET:
            workload.give_up_reversing(relation)
            return [AsSheet(relation, at)]
        workload.release_held(relation)
        return []

    def _note_effect(self, probe: _Probe, decision: Decision) -> None:
        """Mark the probe as proven if a read showed that the call changed one of its links."""
        links = set(probe.batch.link_numbers)
        # Outcomes with a batch number are what Zoho said of a call; only those without one come from a read.
        by_reads = (change for change in decision.changes if isinstance(change, Settled) and change.batch is None)
        for link, outcome in (link_outcome for change in by_reads for link_outcome in change.outcomes):
            if link in links and shows_effect(outcome):
                probe.is_proven = True
                # Before a link is put back, a read has always shown that it is missing.
                probe.is_certain |= outcome.outcome is Outcome.RELINKED or self._ledger.was_seen_linked(link)

    def _is_probe(self, batch: Batch) -> bool:
        probe = self._open_probes.get(batch.relation)
        return probe is not None and probe.batch.number == batch.number
