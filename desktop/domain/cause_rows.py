"""What a row of the catalogue of causes says: the traits that the program goes by. The words stand in desktop/words."""

from dataclasses import dataclass
from enum import Enum, auto

from desktop.domain.outcome_codes import Outcome

ANY_OUTCOME = tuple(Outcome)


class Scope(Enum):
    """Says how far a cause reaches."""

    LINK = auto()
    CALL = auto()  # every link of the same parent record
    RUN = auto()  # every call: put right, the same call may succeed


class Remedy(Enum):
    """What helps, where the program can offer it or has to know it."""

    OTHER = auto()
    SIGN_IN = auto()  # another key may be accepted
    RIGHTS = auto()  # the sign-in or the user lacks a right, which another key may have
    CHOICE = auto()  # the user said no to the link: it is not asked for, and a retry is no yes


@dataclass(frozen=True, slots=True)
class Cause:
    """The traits of a cause.

    ``ends`` are the outcomes that a link can have with this cause. ``names_address``: the parent, the list, the module or the
    version was refused, so no other call to the same address fares better. ``needs_proof``: Zoho gave an answer, which nobody
    believes before a read shows that it is true. ``most_tries``: how often it is waited for before the run pauses.
    """

    ends: tuple[Outcome, ...] = ()
    scope: Scope = Scope.LINK
    remedy: Remedy = Remedy.OTHER
    names_address: bool = False
    needs_proof: bool = False
    most_tries: int = 0

    @property
    def signing_in_helps(self) -> bool:
        """True where another key may be accepted, or have the rights that this one lacks."""
        return self.remedy in (Remedy.SIGN_IN, Remedy.RIGHTS)


NO_TRAITS = Cause()
