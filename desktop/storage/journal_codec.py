"""Encodes changes, facts and plans as JSON for the journal, and decodes them. IDs are text on both sides.

A change is one row: its kind, its time and a compact payload. Links are named by their numbers; the ids of a batch follow
from the table of links, so that a call of 100 links takes a few hundred bytes.
"""

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.origins import kind_of, operation_and_origin
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import (
    AsSheet,
    Change,
    Copied,
    Doubted,
    Intent,
    Reopened,
    Returned,
    RunFacts,
    RunState,
    Settled,
    Sighted,
    StateChange,
)
from desktop.domain.texts import Text
from desktop.storage.kept_texts import decode_text, encode_text

Row = tuple[str, float, str]


class LinkEnds(Protocol):
    """The part of a run's links that is needed to write a change and to read it back."""

    @property
    def relations(self) -> Sequence[Relation]: ...
    @property
    def parent_ids(self) -> Sequence[RecordId]: ...
    @property
    def related_ids(self) -> Sequence[RecordId]: ...


def encode_batch(batch: Batch, links: LinkEnds) -> list[Any]:
    """Encode a batch as its number, its relation (by index), its side, the call's parent, and the numbers of its links."""
    relation = links.relations.index(batch.relation)
    return [batch.number, relation, str(batch.side), batch.call_parent_id, list(batch.link_numbers)]


def decode_batch(fields: list[Any], links: LinkEnds) -> Batch:
    """Decode what :func:`encode_batch` made; the ids are looked up in ``links``."""
    number, relation, side, call_parent_id, numbers = fields
    # A call names the records at the other end than the one that it is addressed from.
    call_ids = links.related_ids if side == Side.PARENT else links.parent_ids
    ids = tuple(call_ids[link] for link in numbers)
    return Batch(number, links.relations[relation], Side(side), RecordId(call_parent_id), ids, tuple(numbers))


def encode_change(change: Change, links: LinkEnds) -> Row:
    """Encode a change as a row: its kind, its time (seconds since the epoch) and its payload."""
    match change:
        case Intent(batch, at):
            return "intent", at, _dump(encode_batch(batch, links))
        case Settled(batch_number, outcomes, at):
            return "settled", at, _dump([batch_number, _grouped(outcomes)])
        case Returned(batch_number, left, at):
            return "returned", at, _dump([batch_number, left])
        case Sighted(linked, gone, at, reads):
            return "sighted", at, _dump([linked, gone, reads])
        case Copied(numbers, _, at, reads):
            return "copied", at, _dump([numbers, reads])
        case Reopened(numbers, at):
            return "reopened", at, _dump(numbers)
        case AsSheet(relation, at):
            return "as_sheet", at, _dump(links.relations.index(relation))
        case Doubted(batch, at):
            return "doubted", at, _dump(encode_batch(batch, links))
        case StateChange(state, cause, at, clock_lead):
            lead = [] if clock_lead is None else [clock_lead]  # last, where earlier versions of the program pass it over
            return "state", at, _dump([str(state), None if cause is None else str(cause), *lead])


def decode_change(row: Row, links: LinkEnds) -> Change:
    """Decode a row. Raises KeyError or ValueError for a row that no version of the program wrote."""
    kind, at, payload = row
    return _DECODERS[kind](json.loads(payload), at, links)


def encode_copy(change: Copied) -> Iterator[tuple[int, str, float]]:
    """Yield the lines of the safety copy that a change brings: the link, its own fields as JSON, and when it was read."""
    for link in change.links:
        yield link, _dump(change.fields.get(link, {})), change.at


def decode_copy(fields: str) -> dict[str, Any]:
    """Decode a link's own fields."""
    decoded: dict[str, Any] = json.loads(fields)
    return decoded


def _settled(fields: Any, at: float, _: LinkEnds) -> Change:
    groups = [(LinkOutcome(Outcome(outcome), CauseCode(cause), *words), numbers) for outcome, cause, *words, numbers in fields[1]]
    return Settled(fields[0], tuple((link, outcome) for outcome, numbers in groups for link in numbers), at)


def _state(fields: Any, at: float, _: LinkEnds) -> Change:
    return StateChange(RunState(fields[0]), None if fields[1] is None else CauseCode(fields[1]), at, *fields[2:3])


_DECODERS: dict[str, Callable[[Any, float, LinkEnds], Change]] = {
    "intent": lambda fields, at, links: Intent(decode_batch(fields, links), at),
    "settled": _settled,
    "returned": lambda fields, at, _: Returned(fields[0], fields[1], at),
    "sighted": lambda fields, at, _: Sighted(tuple(fields[0]), tuple(fields[1]), at, *fields[2:]),
    "copied": lambda fields, at, _: Copied(tuple(fields[0]), {}, at, fields[1]),
    "reopened": lambda fields, at, _: Reopened(tuple(fields), at),
    "as_sheet": lambda fields, at, links: AsSheet(links.relations[fields], at),
    "doubted": lambda fields, at, links: Doubted(decode_batch(fields, links), at),
    "state": _state,
}


def _grouped(outcomes: tuple[tuple[int, LinkOutcome], ...]) -> list[list[Any]]:
    """Encode each different outcome once, with the numbers of its links."""
    # Most links of a call have the same outcome, so a hundred of them cost little more than one.
    groups: dict[LinkOutcome, list[int]] = {}
    for link, outcome in outcomes:
        groups.setdefault(outcome, []).append(link)
    return [[str(o.outcome), str(o.cause), o.code, o.message, numbers] for o, numbers in groups.items()]


def encode_facts(facts: RunFacts) -> str:
    """Encode the facts as a JSON object. It holds no secret, because a connection has none inside."""
    fields = dataclasses.asdict(facts)
    # Earlier versions know one word for operation and origin together, and plain text for how the sheet was read. The object
    # that replaced that text therefore stands apart (encode_reading): they would show it as if it were the text.
    del fields["operation"], fields["origin"]
    fields["reading"] = facts.reading if isinstance(facts.reading, str) else ""
    return _dump({"kind": kind_of(facts.operation, facts.origin), "parent": facts.origin.run, **fields})


def encode_reading(reading: Text | str) -> str:
    """Encode how the sheet was read, in no language, so that whoever opens the journal reads it in their own."""
    return _dump(encode_text(reading))


def decode_facts(text: str, reading: str | None = None) -> RunFacts:
    """Decode the facts, with ``reading`` as :func:`encode_reading` made it.

    Raises KeyError, TypeError or ValueError for anything that is not an encoding of facts.
    """
    fields = json.loads(text)
    if reading is not None:  # older journals have it in the facts
        fields["reading"] = decode_text(json.loads(reading))
    fields["operation"], fields["origin"] = operation_and_origin(fields.pop("kind"), fields.pop("parent"))
    fields["relations"] = tuple(Relation(**relation) for relation in fields["relations"])
    fields["headers"] = tuple(fields["headers"])
    fields["connection"] = decode_connection(fields["connection"])
    return RunFacts(**fields)


def encode_connection(connection: Connection) -> str:
    """Encode a connection as a JSON object."""
    return _dump(dataclasses.asdict(connection))


def decode_connection(fields: Any) -> Connection:
    """Decode a connection. Raises KeyError, TypeError or ValueError for an object that is not one."""
    texts = _fields_of(Connection, fields)
    environment, account = texts.pop("environment"), _fields_of(Account, texts.pop("account"))
    relations = texts.pop("relations", [])
    # Dataclasses do not check types. A number in the place of an address would be found much later, and by accident.
    if not isinstance(relations, list) or not all(
        isinstance(text, str) for text in (*account.values(), *relations, *texts.values())
    ):
        raise TypeError("a text is of another type")
    named_environment = None if environment is None else Environment(environment)
    return Connection(**texts, environment=named_environment, account=Account(**account), relations=tuple(relations))


def _fields_of(kind: type[Account | Connection], fields: Any) -> dict[str, Any]:
    """Return those of the fields that this version knows; a newer one may have written more."""
    if not isinstance(fields, dict):
        raise TypeError("it is no object")
    names = {field.name for field in dataclasses.fields(kind)}
    return {name: value for name, value in fields.items() if name in names}


def _dump(value: Any) -> str:
    # json.dumps gives ASCII. What a server says may hold a lone surrogate, which UTF-8 cannot store but an escape can.
    return json.dumps(value, separators=(",", ":"))
