"""The sheet of a command, read as its options want it."""

import argparse
from pathlib import Path

from desktop.application.opening import OpenPorts, open_as_told
from desktop.cli import output
from desktop.cli.arguments import RelationNotAccepted, WrongUse
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.relations import Relation, is_custom, parse_relation
from desktop.domain.row_choices import HiddenRows
from desktop.words import say


def read_sheet(options: argparse.Namespace, ports: OpenPorts) -> SheetLinks:
    """The sheet as the options want it read. Raises what opening a sheet raises, HiddenRowsOpen and WrongUse."""
    relation = _relation_of(options)
    choice = ReadingChoice(
        relation=relation,
        parent_column=options.parent_column,
        related_column=options.related_column,
        sheet_name=options.sheet_name,
        header_row=options.header_row,
        encoding=options.encoding,
        delimiter=options.delimiter,
        fill_down=options.fill_down,
        include_suspicious=options.include_suspicious,
        hidden_rows=HiddenRows(options.hidden_rows) if options.hidden_rows else None,
        where=tuple(options.where),
        accepted_relations=frozenset({relation} if relation is not None and is_custom(relation) else ()),
    )
    return open_as_told(ports, Path(options.sheet), choice)


def _relation_of(options: argparse.Namespace) -> Relation | None:
    """The relation that was named; one that is not built in only where it was accepted, and then with a warning."""
    if options.relation == "auto":
        if options.custom_relation:
            raise WrongUse(say("--custom-relation accepts the relation that --relation names; name it. Nothing was sent."))
        return None
    relation = parse_relation(options.relation)
    if not is_custom(relation):
        return relation
    if not options.custom_relation:
        raise RelationNotAccepted(
            say(
                "“{relation}” is none of the relations that Zoho documents for removal. If it is a list that your "
                "organisation made itself, add --custom-relation; nothing was sent.",
                relation=str(relation),
            )
        )
    output.report(
        say(
            "Take care: “{relation}” is a list of your organisation's own. Zoho does not document that its links can be "
            "removed and put back, so try it with a few links first (--first 5). Zoho is asked whether it offers this list.",
            relation=str(relation),
        )
    )
    return relation
