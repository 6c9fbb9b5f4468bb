"""Keyrings that behave well and badly, under whatever name."""

import keyring.backend


class Kept(keyring.backend.KeyringBackend):
    """Keeps what it is given in memory; a stranger unless it poses as another."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def delete_password(self, service: str, username: str) -> None:
        if username not in self.kept:
            raise keyring.errors.PasswordDeleteError
        del self.kept[username]


def posing_as(name: str, backend: type[Kept]) -> Kept:
    """A store of ours under the name of one that is trusted."""
    module, _, kind = name.rpartition(".")
    posing: type[Kept] = type(kind, (backend,), {"__module__": module})
    return posing()
