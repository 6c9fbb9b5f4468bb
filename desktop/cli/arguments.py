"""The arguments: names, shapes and the sentences for wrong ones. Option names are a contract."""

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn

from desktop import __version__
from desktop.cli import output
from desktop.cli.complaints import in_our_words
from desktop.domain.connections import API_VERSIONS, DATA_CENTRES, DEFAULT_API_VERSION
from desktop.domain.row_choices import HiddenRows
from desktop.words import say
from desktop.words.catalogues import languages

COMMANDS = ("check", "run", "resume", "verify", "retry", "undo", "runs", "results", "connections", "practice", "support")


class WrongUse(Exception):
    """A wrong argument; ``args[0]`` is the sentence for the user."""

    code = "wrong_use"


class NoSuchRun(WrongUse):
    """No RUN was named, and there is none that the command could mean."""

    code = "run_not_found"


class RelationNotAccepted(WrongUse):
    """A relation that is not built in was named, and nothing says that it is meant."""

    code = "relation_not_allowed"


class _Help(argparse.HelpFormatter):
    """Everything that stands at the beginning of a line begins with a capital letter, as all that the program says does."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, say("Usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        own_words = {"positional arguments": say("Arguments"), "options": say("Options")}
        super().start_section(own_words.get(heading or "") or _capital(heading or ""))

    def _expand_help(self, action: argparse.Action) -> str:
        return _capital(super()._expand_help(action))


class _Parser(argparse.ArgumentParser):
    """Ends with one sentence in place of a page of usage; knows options by their whole names only."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Help, add_help=False, **settings)
        self.add_argument("-h", "--help", action="help", help=say("show this help and end"))

    def _print_message(self, message: str, file: object = None) -> None:
        """The help. The parser's own way passes over a disk that is full. Raises OutputLost."""
        output.tell(*message.rstrip("\n").split("\n"))

    def error(self, message: str) -> NoReturn:
        raise WrongUse(say("{message}; see “{prog} --help”.", message=_capital(in_our_words(message)), prog=self.prog))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def parse(argv: list[str]) -> argparse.Namespace:
    """The arguments of a command. Raises WrongUse."""
    parser = _Parser(prog="delink", description=say("Removes links between Zoho CRM records from a spreadsheet."))
    parser.add_argument("--version", action="version", version=f"delink {__version__}", help=say("show the version and end"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    _add_check(commands)
    _add_run(commands)
    _add_resume(commands)
    _add_verify(commands)
    _add_retry(commands)
    _add_undo(commands)
    _add_runs(commands)
    _add_connections(commands)
    support = commands.add_parser(
        "support", help=say("a file for people who help: a report and the log, without keys and records")
    )
    support.add_argument("run", nargs="?", metavar="RUN", default="")
    support.add_argument("--output", required=True, metavar="FILE.zip")
    _add_overwrite(support)
    _add_common(support)
    practice = commands.add_parser("practice", help=say("the practice CRM alone, until Ctrl-C"))
    practice.add_argument("--port", type=_port, default=0)
    practice.add_argument("--sheet", help=say("put the links of this sheet in"))
    _add_common(practice)
    options, unknown = parser.parse_known_args(argv)
    if unknown:
        # The name alone: what follows a mistyped option may be a secret.
        name = next((one for one in unknown if one.startswith("-")), unknown[0]).partition("=")[0]
        raise WrongUse(say("“{name}” is not understood here; see “delink {command} --help”.", name=name, command=options.command))
    return options


def _add_check(commands: Any) -> None:
    check = commands.add_parser("check", help=say("read a sheet and say what would be sent"))
    check.add_argument("sheet", metavar="SHEET")
    _add_sheet_options(check)
    _add_side(check)
    check.add_argument("--with-crm", action="store_true", help=say("also ask the CRM which links exist; changes nothing"))
    _add_account_options(check)
    _add_common(check)


def _add_run(commands: Any) -> None:
    run = commands.add_parser("run", help=say("remove the links of a sheet"))
    run.add_argument("sheet", metavar="SHEET")
    _add_sheet_options(run)
    _add_side(run)
    _add_account_options(run)
    _add_results(run)
    _add_confirmation(run)
    run.add_argument("--lanes", type=_lanes, default=None, metavar="N|auto", help=say("calls at once, 1 to 25"))
    run.add_argument(
        "--no-safety-copy", action="store_true", help=say("do not read the links first: fewer calls, but nothing can be put back")
    )
    run.add_argument("--first", type=_count, default=0, metavar="N", help=say("the first N links, then pause"))
    _add_partial_undo(run)
    _add_common(run)


def _add_resume(commands: Any) -> None:
    resume = commands.add_parser("resume", help=say("go on with a run"))
    resume.add_argument("run", nargs="?", metavar="RUN")
    _add_results(resume)
    resume.add_argument("--lanes", type=_lanes, default=None, metavar="N|auto")
    resume.add_argument("--yes", action="store_true", help=say("accepted; a confirmed run needs no second word"))
    _add_partial_undo(resume)
    _add_one_off(resume)
    _add_common(resume)


def _add_verify(commands: Any) -> None:
    verify = commands.add_parser("verify", help=say("read the links of a run again (changes nothing)"))
    verify.add_argument("run", nargs="?", metavar="RUN")
    _add_results(verify)
    verify.add_argument("--yes", action="store_true", help=say("accepted; a read needs no second word"))
    _add_one_off(verify)
    _add_common(verify)


def _add_retry(commands: Any) -> None:
    retry = commands.add_parser("retry", help=say("try again what a run left, in a run of its own"))
    retry.add_argument("run", metavar="RUN")
    _add_results(retry)
    _add_confirmation(retry)
    _add_one_off(retry)
    _add_common(retry)
    retry.set_defaults(lanes=None, partial_undo=False)


def _add_undo(commands: Any) -> None:
    undo = commands.add_parser("undo", help=say("put back the links that a run removed"))
    undo.add_argument("run", metavar="RUN")
    _add_results(undo)
    undo.add_argument("--yes", action="store_true", help=say("put back without asking, in production too"))
    undo.add_argument("--confirm", type=_count, metavar="N", help=say("the number of links that will be put back"))
    undo.set_defaults(lanes=None, partial_undo=False)
    _add_one_off(undo)
    _add_common(undo)


def _add_results(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--results", metavar="FILE", help=say("where the results go (.xlsx or .csv)"))
    _add_overwrite(parser)


def _add_overwrite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--overwrite", action="store_true", help=say("replace a file there that is none of Delink's own"))


def _add_partial_undo(parser: argparse.ArgumentParser) -> None:
    words = say("go on where the safety copy lacks the status of members or list prices; an undo then does not bring them back")
    parser.add_argument("--partial-undo", action="store_true", help=words)


def _add_confirmation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help=say("do not ask before links go, in production too"))
    parser.add_argument("--confirm", type=_count, metavar="N", help=say("the number of links that will be sent"))


def _add_runs(commands: Any) -> None:
    runs = commands.add_parser("runs", help=say("list the runs kept on this computer"))
    _add_common(runs)
    results = commands.add_parser("results", help=say("write the results of a run again"))
    results.add_argument("run", nargs="?", metavar="RUN")
    results.add_argument("--output", required=True, metavar="FILE")
    _add_overwrite(results)
    _add_common(results)


def _add_connections(commands: Any) -> None:
    connections = commands.add_parser("connections", help=say("saved connections"))
    names = "list|add|test|rename|remove"
    actions = connections.add_subparsers(dest="action", required=True, metavar=names, parser_class=_Parser)
    _add_common(actions.add_parser("list", help=say("the saved connections")))
    test = actions.add_parser("test", help=say("ask Zoho who the key belongs to and what it may read"))
    rename = actions.add_parser("rename", help=say("give a connection another name"))
    remove = actions.add_parser("remove", help=say("sign out: end the key at Zoho, and forget it and the connection"))
    for action in (test, rename, remove):
        action.add_argument("name", metavar="NAME")
        _add_common(action)
    rename.add_argument("new_name", metavar="NEW_NAME")
    add = actions.add_parser("add", help=say("sign in and keep the key in the system's keyring"))
    add.add_argument("name", metavar="NAME")
    _add_place(add)
    _add_relations(add)
    add.add_argument("--access-token", metavar="-", action=_SecretOption, help=say("an access token, which works for an hour"))
    add.add_argument("--client-id", metavar="ID", help=say("of a client in Zoho's API console"))
    add.add_argument("--client-secret", metavar="-", action=_SecretOption)
    add.add_argument("--grant-code", metavar="-", action=_SecretOption, help=say("a Self Client's code, good for three minutes"))
    add.add_argument("--refresh-token", metavar="-", action=_SecretOption)
    add.add_argument("--browser", action="store_true", help=say("sign in with this computer's browser"))
    add.add_argument("--device", action="store_true", help=say("sign in with a code on any other device"))
    _add_version(add)
    _add_common(add)
    for action in (test, add):
        words = say("if Zoho does not take the access token, ask the rest of its data centres whether it is theirs")
        action.add_argument("--find-data-centre", action="store_true", help=words)


class _SecretOption(argparse.Action):
    """Remembers in which order secrets were asked for: standard input has them line by line in that order."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        setattr(namespace, self.dest, values)
        namespace.secrets = [*(getattr(namespace, "secrets", None) or ()), self.dest]


def _add_relations(parser: Any) -> None:
    words = say("ask for the rights of this relation only (Campaigns/Contacts and so on; may be given several times)")
    parser.add_argument("--relation", action="append", default=[], dest="relations", metavar="RELATION", help=words)


def _add_sheet_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(say("how to read the sheet"))
    group.add_argument("--relation", default="auto", help=say("Campaigns/Contacts and so on, or auto"))
    words = say("the relation is a list that your organisation made itself; Zoho is asked whether its links can be taken off")
    group.add_argument("--custom-relation", action="store_true", help=words)
    group.add_argument("--parent-column", metavar="NAME|LETTER|NUMBER")
    group.add_argument("--related-column", metavar="NAME|LETTER|NUMBER")
    group.add_argument("--sheet-name", metavar="NAME")
    group.add_argument("--header-row", type=_header_row, metavar="N|none")
    group.add_argument("--encoding")
    group.add_argument("--delimiter")
    group.add_argument("--fill-down", action="store_true", help=say("an empty parent cell means the one above"))
    group.add_argument("--include-suspicious", action="store_true", help=say("send suspicious IDs too"))
    group.add_argument(
        "--hidden-rows",
        choices=tuple(map(str, HiddenRows)),
        metavar="skip|read",
        help=say("what becomes of rows that the workbook hides or filters out; asked for where they hold links"),
    )
    group.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help=say("only rows where the column holds this value, or with != does not; may be repeated"),
    )


def _add_side(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--side", choices=("auto", "as-sheet"), default="auto", help=say("which end of a link calls are addressed from")
    )


def _add_account_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(say("which account"))
    group.add_argument("--practice", action="store_true", help=say("the practice CRM on this computer"))
    group.add_argument("--connection", metavar="NAME")
    _add_one_off(group)
    _add_version(group)


def _add_one_off(parser: Any) -> None:
    parser.add_argument("--access-token", metavar="-", help=say("- reads it from standard input; it is never stored"))
    _add_place(parser)


def _add_place(parser: Any) -> None:
    unconfirmed = ", ".join(code for code, centre in DATA_CENTRES.items() if not centre.confirmed)
    codes = say(
        "one of {codes} ({unconfirmed}: not confirmed by Zoho)",
        codes=", ".join(DATA_CENTRES),
        unconfirmed=unconfirmed,
    )
    parser.add_argument("--data-centre", choices=tuple(DATA_CENTRES), metavar="CODE", help=codes)
    parser.add_argument("--environment", choices=("production", "sandbox", "developer"))
    parser.add_argument("--api-url", metavar="URL")
    parser.add_argument("--accounts-url", metavar="URL")


def _add_version(parser: Any) -> None:
    parser.add_argument("--api-version", choices=API_VERSIONS, default=DEFAULT_API_VERSION)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=say("one JSON object on the last line of standard output"))
    parser.add_argument(
        "--language", choices=languages(), metavar="CODE", help=say("the language of what is said; with --json it is English")
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(say("“{text}” is not a number", text=text))
    return int(text)


def _port(text: str) -> int:
    port = _count(text)
    if port > 65535:
        raise argparse.ArgumentTypeError(say("“{text}” is not a port", text=text))
    return port


def _lanes(text: str) -> int | None:
    if text == "auto":
        return None
    lanes = _count(text)
    if not 1 <= lanes <= 25:
        raise argparse.ArgumentTypeError(say("lanes are 1 to 25, or auto"))
    return lanes


def _header_row(text: str) -> int:
    return 0 if text == "none" else _count(text)
