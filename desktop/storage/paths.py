"""Where the program keeps its files. Local data, never roaming: a database on a network share can be damaged."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Paths:
    """All folders and files of one user; made on demand, readable by that user only."""

    home: Path

    @classmethod
    def for_home(cls, home: Path | None) -> "Paths":
        """Everything under ``home`` when it is given, else the system's place for local program data."""
        return cls(home.resolve() if home is not None else user_data_path("Delink", appauthor=False, roaming=False))

    @property
    def runs(self) -> Path:
        """The journals of all runs."""
        return self._folder("runs")

    @property
    def results(self) -> Path:
        """Results workbooks that were not sent elsewhere."""
        return self._folder("results")

    @property
    def practice(self) -> Path:
        """The state of the practice CRM."""
        return self._folder("practice")

    @property
    def logs(self) -> Path:
        """Log files without secrets."""
        return self._folder("logs")

    @property
    def pasted_file(self) -> Path:
        """What was pasted last, as a text file."""
        return self._folder("pasted") / "Pasted cells.txt"

    @property
    def settings_file(self) -> Path:
        """Window geometry and other small choices."""
        return self._made(self.home) / "settings.json"

    @property
    def connections_file(self) -> Path:
        """Saved connections without their secrets."""
        return self._made(self.home) / "connections.json"

    @property
    def token_times_file(self) -> Path:
        """When access tokens were asked for."""
        return self._made(self.home) / "token-times.json"

    def _folder(self, name: str) -> Path:
        self._made(self.home)
        return self._made(self.home / name)

    @staticmethod
    def _made(folder: Path) -> Path:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder
