"""The practice CRM by itself, for people and programs that want to try something against it."""

from typing import Protocol

from desktop.domain.readings import SheetLinks


class ServedPractice(Protocol):
    """Where the practice CRM is, and the keys that it takes; they stay the same from start to start."""

    api_url: str
    accounts_url: str
    access_token: str
    client_id: str
    client_secret: str
    control_url: str
    control_secret: str

    def close(self) -> None: ...


class PracticeServer(Protocol):
    """The practice CRM of this program's folder, as far as it is served by itself."""

    def start(self, port: int = 0) -> ServedPractice: ...
    def seed(self, sheet: SheetLinks) -> None: ...


class PracticePorts(Protocol):
    """What it takes to serve the practice CRM."""

    @property
    def practice(self) -> PracticeServer: ...


def serve_practice(ports: PracticePorts, port: int = 0, sheet: SheetLinks | None = None) -> ServedPractice:
    """Serve it until it is closed (port 0: any free one), with the sheet's links in it.

    Raises OSError when the port is taken, StorageUnwritable when its state cannot be kept.
    """
    served = ports.practice.start(port)
    if sheet is not None:
        ports.practice.seed(sheet)
    return served
