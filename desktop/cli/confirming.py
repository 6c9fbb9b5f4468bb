"""The question before anything is removed or put back: how many links it is, and a number that has to be given for them."""

import argparse
import sys

from desktop.cli import output
from desktop.cli.arguments import WrongUse
from desktop.domain.operations import Operation
from desktop.domain.planning.plans import Plan
from desktop.domain.readings import SheetLinks
from desktop.domain.relations import label_of
from desktop.domain.texts import Fact
from desktop.words import say, say_count, say_text


def plan_line(sheet: SheetLinks, plan: Plan) -> str:
    """What would be removed, in how many calls."""
    facts: dict[str, Fact] = {
        "relations": ", ".join(say_text(label_of(relation)) for relation in sheet.relations),
        "calls": say_count("{n} call", "{n} calls", plan.calls),
        "as_sheet": plan.calls_as_sheet,
    }
    if plan.calls < plan.calls_as_sheet:
        return say_count(
            "{relations}: {n} link to remove in {calls} instead of {as_sheet}.",
            "{relations}: {n} links to remove in {calls} instead of {as_sheet}.",
            plan.links_to_send,
            **facts,
        )
    return say_count(
        "{relations}: {n} link to remove in {calls}.", "{relations}: {n} links to remove in {calls}.", plan.links_to_send, **facts
    )


def confirm(options: argparse.Namespace, number: int, operation: Operation = Operation.REMOVE) -> None:
    """Raise WrongUse unless the number of links was confirmed; ``operation`` is what is done to them.

    What is to be typed is told without grouping, because it is typed so in every language.
    """
    if not number:
        raise WrongUse(say("No link can be sent; nothing was sent."))
    if options.confirm is not None and options.confirm != number:
        raise WrongUse(_other_number(str(options.confirm), number, operation))
    if options.yes or options.confirm is not None:
        return
    if not sys.stdin.isatty():
        raise WrongUse(say("Confirm with --confirm {number} or --yes; nothing was sent.", number=str(number)))
    output.report(_to_type(number, operation))
    if sys.stdin.readline().strip().replace(",", "") != str(number):
        raise WrongUse(say("Another number was typed; nothing was sent."))


def _other_number(given: str, number: int, operation: Operation) -> str:
    if operation.ends_linked:
        return say_count(
            "--confirm {given} does not match: it is {n} link to put back; nothing was sent.",
            "--confirm {given} does not match: it is {n} links to put back; nothing was sent.",
            number,
            given=given,
        )
    return say_count(
        "--confirm {given} does not match: it is {n} link to remove; nothing was sent.",
        "--confirm {given} does not match: it is {n} links to remove; nothing was sent.",
        number,
        given=given,
    )


def _to_type(number: int, operation: Operation) -> str:
    if operation.ends_linked:
        return say_count(
            "Type {number} to put back {n} link; the records themselves stay.",
            "Type {number} to put back {n} links; the records themselves stay.",
            number,
            number=str(number),
        )
    return say_count(
        "Type {number} to remove {n} link; the records themselves stay.",
        "Type {number} to remove {n} links; the records themselves stay.",
        number,
        number=str(number),
    )
