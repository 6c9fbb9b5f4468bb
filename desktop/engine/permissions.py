"""What a key may do, found out with one harmless read a module and one a list of lists; and whose data centre it is.

A read cannot show whether DELETE is allowed. Where the sign-in's answer named its scopes, it is known whether Zoho gave that
right; whether the user's profile has it too shows with the first removal, which "Try first with 5 links" is for.
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

# China's data centre has another operator and is never asked about a key that was not made for it.
_ASKED_ABOUT_KEYS = tuple(centre for centre in DATA_CENTRES.values() if centre.confirmed and centre.code != "cn")


@dataclass(frozen=True, slots=True)
class Permissions:
    """What was found: scopes that the key lacks, modules that the user may not open, lists that the layout hides.

    ``rights_are_told``: Zoho named the key's scopes, so those for removing and putting back are known as well.
    """

    account: Account
    relations: tuple[Relation, ...]
    missing_scopes: tuple[str, ...] = ()
    closed_modules: tuple[str, ...] = ()
    hidden_lists: tuple[Relation, ...] = ()
    rights_are_told: bool = False

    @property
    def is_enough(self) -> bool:
        """True when nothing stands in the way of a removal, as far as that is known before the first one."""
        needed = [scope for scope in self.missing_scopes if not is_extra(scope)]
        return not needed and not self.closed_modules and not self.hidden_lists

    def sentences(self) -> Sequence[Text]:
        """What is missing, one sentence each; empty when nothing is."""
        return tuple(self._told())

    def for_administrator(self, connection: Connection) -> Text:
        """A paragraph that explains itself to a Zoho administrator who does not know this program."""
        missing = self.sentences()
        return Text(
            "message-to-administrator",
            relations=tuple(label_of(relation) for relation in self.relations),
            who=self.account.email or self.account.user or Text("user-of-this-message"),
            place=connection.label,
            missing=reduce(lambda before, one: Text("one-after-the-other", before=before, one=one), missing) if missing else "",
            scopes=", ".join(scopes_for(self.relations)),
        )

    def _told(self) -> Iterator[Text]:
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
    """The relations that the connection's sign-in asked leave for; all built-in ones where nobody told."""
    return tuple(map(parse_relation, connection.relations)) or ALL_RELATIONS


def check_permissions(crm: Crm, relations: Iterable[Relation], scopes: Sequence[str] = ()) -> Permissions:
    """Ask who the key belongs to and read both ends of every relation once. Raises TokenRejected and the other leaves.

    ``scopes`` are those that the key's sign-in named, if it did.
    """
    relations = tuple(relations)
    account = crm.who_am_i()
    told = zip(ACCOUNT_SCOPES, (account.user, account.company), strict=True)
    missing, closed = [scope for scope, known in told if not known], []
    for module in modules_of(relations):
        try:
            crm.try_module(module)
        except RequestRefused as error:
            if error.refusal.cause is CauseCode.SCOPE_MISSING:
                missing.append(scope_of(module, "READ"))
            else:
                closed.append(module)
    untold = lacking(scopes, scopes_for(relations)) if scopes else ()
    lacks = tuple(dict.fromkeys((*missing, *untold)))
    return Permissions(account, relations, lacks, tuple(closed), tuple(_hidden(crm, relations, closed)), bool(scopes))


def find_place(open_crm: Callable[[Connection, Key], Crm], connection: Connection, key: Key) -> Connection | None:
    """Where a pasted access token is accepted, asking Zoho's environments and data centres one after the other.

    Only when the user wants it: the token travels to each of these hosts, all Zoho's own. A key that lasts was made by its
    own data centre, so there is nothing to find.
    """
    if key.lasts or connection.data_centre not in DATA_CENTRES:
        return None
    for place in _other_places(connection):
        try:
            with closing(open_crm(place, key)) as crm:
                return replace(place, account=crm.who_am_i())
        except (TokenRejected, CrmUnreachable, AnswerMissing, AnswerNotUnderstood, CrmBusy):
            continue
    return None


def _hidden(crm: Crm, relations: Iterable[Relation], closed: Sequence[str]) -> Iterator[Relation]:
    for relation in relations:
        if relation.parent_module in closed or relation.related_list in closed:
            continue
        shown = crm.visible_lists(relation.parent_module)
        names = {relation.related_list, "Potentials"} if relation.related_list == "Deals" else {relation.related_list}
        if shown is not None and not names & shown:
            yield relation


def _other_places(connection: Connection) -> Iterator[Connection]:
    environment = connection.environment or Environment.PRODUCTION
    yield from other_environments(connection)
    yield from (connection.at(centre, environment) for centre in _ASKED_ABOUT_KEYS if centre.code != connection.data_centre)
