"""Secrets as values that mask themselves, and the key to an account that is made of them. Nothing here stores or sends one."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from weakref import WeakValueDictionary

# By identity: of two equal secrets the second must not be forgotten with the first.
# It stands here and not in a room above, because it has to miss none: whoever makes a secret has it known by that alone.
# Threads make secrets while another looks at all of them. That needs no lock: a secret is put in by one step of the
# interpreter, and ``valuerefs`` copies all of them by one step.
_live: "WeakValueDictionary[int, Secret]" = WeakValueDictionary()


class Secret:
    """Text that nobody prints by accident: only :meth:`reveal` gives it, for the one header or form that needs it.

    As long as it exists, redaction.py knows it and takes it out of whatever is written down.
    """

    __slots__ = ("__weakref__", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        _live[id(self)] = self

    def reveal(self) -> str:
        """Return the secret text."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")


NO_SECRET = Secret("")


def live_secrets() -> Sequence[str]:
    """The texts of all secrets that the program holds just now; for those who take them out of other texts."""
    held = (known() for known in _live.valuerefs())
    return sorted({one.reveal() for one in held if one is not None}, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Client:
    """The program as Zoho's API console knows it: the organisation's own client id and secret."""

    id: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class Key:
    """What opens an account: a refresh token with its client, or a pasted access token that works for an hour.

    ``access_token`` beside a refresh token is the one that the sign-in brought along; it is used until ``expires_in_s`` is
    over and never stored. ``scopes`` are those that the sign-in's answer named, empty where it named none; neither are they.
    """

    access_token: Secret = NO_SECRET
    refresh_token: Secret = NO_SECRET
    client: Client = field(default_factory=lambda: Client("", NO_SECRET))
    expires_in_s: float = 0.0
    scopes: tuple[str, ...] = ()

    @classmethod
    def pasted(cls, access_token: str) -> "Key":
        """The key that a pasted access token is."""
        return cls(Secret(access_token))

    @property
    def lasts(self) -> bool:
        """True when new access tokens can be made with it."""
        return bool(self.refresh_token)
