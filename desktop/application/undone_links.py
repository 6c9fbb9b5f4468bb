"""Which links of a run its undos put back. A second undo leaves them out, and a look expects them to be there."""

from collections.abc import Collection

from desktop.application.result_files import ResultRuns
from desktop.domain.entries import Links
from desktop.domain.errors import JournalDamaged, RunRefused
from desktop.domain.history import ALONE, families
from desktop.domain.ledger import RunRecord

Key = tuple[int, str, str]
Pair = tuple[str, str]


def put_back_links(runs: ResultRuns, record: RunRecord, gone_again: Collection[Pair] = ()) -> frozenset[int]:
    """The numbers of the links, in the run, that its undos put back or found linked again.

    Not among them are those of these parent and related records that a look has found ``gone_again``.

    An undo that cannot be read now counts for nothing. The next undo then has its links too, reads them, and finds them
    there, so nothing is sent twice.
    """
    found: set[int] = set()
    for undo in families(runs.summaries()).get(record.facts.run, ALONE).undos:
        try:
            with runs.look_at(undo.run) as book:
                ends = undo.operation.done, undo.operation.already
                back = [link for outcome in ends for link in book.ledger.with_outcome(outcome)]
                keys = _keys(book.links, record.links)
                keys_back = {keys[link] for link in back}
        except (RunRefused, JournalDamaged):
            continue
        if keys_back:
            found.update(link for link, key in enumerate(_keys(record.links, record.links)) if key in keys_back)
    if gone_again:
        parents, related = record.links.parent_ids, record.links.related_ids
        found = {link for link in found if (parents[link], related[link]) not in gone_again}
    return frozenset(found)


def _keys(links: Links, base: Links) -> list[Key]:
    """What each link is, whatever its number: its relation, as ``base`` counts relations, and its two records."""
    places = [base.relations.index(one) if one in base.relations else -1 for one in links.relations]
    relations = (places[one] for one in links.relation_of)
    return list(zip(relations, links.parent_ids, links.related_ids, strict=True))
