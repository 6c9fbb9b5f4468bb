"""Finds out what a key may do, and which data centre it belongs to, with harmless reads: one a module and one a list of lists.

No read can show whether DELETE is allowed. If the answer to the sign-in named the key's scopes, it is known whether Zoho gave
that right to the key. Whether the user's profile has the right as well shows only with the first removal, which is what "Try
first with 5 links" is for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import reduce

from desktop.domain.causes import CauseCode
from desktop.domain.connections import DATA_CENTRES, Account, Connection, Environment, other_environments
from desktop.domain.credentials import Key
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmBusy, CrmUnreachable, RequestRefused, TokenRejected
from desktop.domain.relations import Relation, label_of, parse_relation, words_of
from desktop.domain.scopes import (
    ACCOUNT_SCOPES,
    ALL_RELATIONS,
    is_extra,
    lacking,
    modules_of,
    needed_to_undo,
    scope_of,
    scopes_for,
)
from desktop.domain.texts import Text
from desktop.engine.ports import Crm

# China's data centre is run by another company, so it is never shown a key that was not made for it.
_ASKED_ABOUT_KEYS = tuple(centre for centre in DATA_CENTRES.values() if centre.confirmed and centre.code != "cn")


@dataclass(frozen=True, slots=True)
class Permissions:
    """Scopes that the key lacks, modules that the user may not open, and lists that the layout hides.

    With ``rights_are_told`` Zoho named the key's scopes, so those for removing and putting back are known as well.
    """

    account: Account
    relations: tuple[Relation, ...]
    missing_scopes: tuple[str, ...] = ()
    closed_modules: tuple[str, ...] = ()
    hidden_lists: tuple[Relation, ...] = ()
    rights_are_told: bool = False

    @property
    def is_enough(self) -> bool:
        """True if nothing stands in the way of a removal, as far as that can be known before the first one."""
        needed = [scope for scope in self.missing_scopes if not is_extra(scope)]
        return not needed and not self.closed_modules and not self.hidden_lists

    def sentences(self) -> Sequence[Text]:
        """Return what is missing, one sentence for each kind; empty if nothing is."""
        return tuple(self._missing())

    def for_administrator(self, connection: Connection) -> Text:
        """Return a paragraph for a Zoho administrator who does not know this program."""
        missing = self.sentences()
        return Text(
            "message-to-administrator",
            relations=tuple(label_of(relation) for relation in self.relations),
            who=self.account.email or self.account.user or Text("user-of-this-message"),
            place=connection.label,
            # How sentences are joined differs between languages, so the pairs are nested as facts and joined when they are said.
            missing=reduce(lambda before, last: Text("one-after-the-other", before=before, one=last), missing) if missing else "",
            scopes=", ".join(scopes_for(self.relations)),
        )

    def _missing(self) -> Iterator[Text]:
        # Scopes for an undo are told apart: without them links can be removed all the same.
        undo = [scope for scope in self.missing_scopes if needed_to_undo(scope)]
        if others := [scope for scope in self.missing_scopes if scope not in undo]:
            yield Text("scopes-missing", n=len(others), scopes=", ".join(others))
        if undo:
            yield Text("scopes-missing-to-undo", n=len(undo), scopes=", ".join(undo))
        for module in self.closed_modules:
            yield Text("module-closed", module=words_of(module).many)
        for relation in self.hidden_lists:
            yield Text("list-hidden", list=words_of(relation.related_list).many, module=words_of(relation.parent_module).many)


def relations_of(connection: Connection) -> tuple[Relation, ...]:
    """Return the relations that the sign-in of this connection asked rights for; all built-in ones if that is not known."""
    return tuple(map(parse_relation, connection.relations)) or ALL_RELATIONS


def check_permissions(crm: Crm, relations: Iterable[Relation], scopes: Sequence[str] = ()) -> Permissions:
    """Ask who the key belongs to and read one record of the modules at both ends of every relation.

    ``scopes`` are those that the key's sign-in named, if it did. Raises TokenRejected and the other leaves of CrmError.
    """
    relations = tuple(relations)
    account = crm.who_am_i()
    # Fields that the token may not read come back empty: no user's name means that the scope for users is missing.
    field_of_scope = zip(ACCOUNT_SCOPES, (account.user, account.company), strict=True)
    missing, closed = [scope for scope, field in field_of_scope if not field], []
    for module in modules_of(relations):
        try:
            crm.try_module(module)
        except RequestRefused as error:
            if error.refusal.cause is CauseCode.SCOPE_MISSING:
                missing.append(scope_of(module, "READ"))
            else:
                closed.append(module)  # the key has the right, but the user's profile has not
    not_named = lacking(scopes, scopes_for(relations)) if scopes else ()
    lacks = tuple(dict.fromkeys((*missing, *not_named)))
    return Permissions(account, relations, lacks, tuple(closed), tuple(_hidden(crm, relations, closed)), bool(scopes))


def find_place(open_crm: Callable[[Connection, Key], Crm], connection: Connection, key: Key) -> Connection | None:
    """Return the connection at which a pasted access token is accepted, or None if no place accepts it.

    Asks Zoho's environments and data centres one after the other. Call it only if the user wants that, because the token
    travels to each of these hosts (all are Zoho's own).
    """
    # A key that lasts was made by its own data centre, so there is nothing to find. A typed address is no place of Zoho's.
    if key.lasts or connection.data_centre not in DATA_CENTRES:
        return None
    for place in _other_places(connection):
        try:
            with closing(open_crm(place, key)) as crm:
                return replace(place, account=crm.who_am_i())
        except (TokenRejected, CrmUnreachable, AnswerMissing, AnswerNotUnderstood, CrmBusy):
            continue  # a wrong place rejects the token like an expired one, and one that does not answer cannot be it
    return None


def _hidden(crm: Crm, relations: Iterable[Relation], closed: Sequence[str]) -> Iterator[Relation]:
    """Yield the relations whose list the organisation's layout does not show: Zoho refuses calls on a hidden list."""
    for relation in relations:
        if relation.parent_module in closed or relation.related_list in closed:
            continue  # told as a closed module already
        shown = crm.visible_lists(relation.parent_module)
        # "Potentials" is the older name of Deals, which lists in older organisations still have.
        names = {relation.related_list, "Potentials"} if relation.related_list == "Deals" else {relation.related_list}
        if shown is not None and not names & shown:
            yield relation


def _other_places(connection: Connection) -> Iterator[Connection]:
    environment = connection.environment or Environment.PRODUCTION
    yield from other_environments(connection)
    yield from (connection.at(centre, environment) for centre in _ASKED_ABOUT_KEYS if centre.code != connection.data_centre)
