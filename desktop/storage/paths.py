"""Says where the program keeps its files."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Paths:
    """All folders and files of one user. They are made when they are asked for, and only that user may read them."""

    home: Path

    @classmethod
    def for_home(cls, home: Path | None) -> "Paths":
        """Put everything under ``home``, or if it is None, in the system's place for local program data."""
        # Never in the roaming profile: it may lie on a network share, where a database can be damaged.
        return cls(home.resolve() if home is not None else user_data_path("Delink", appauthor=False, roaming=False))

    @property
    def runs(self) -> Path:
        """The folder with the journals of all runs."""
        return self._folder("runs")

    @property
    def results(self) -> Path:
        """The folder of results workbooks for which nobody chose another place."""
        return self._folder("results")

    @property
    def practice(self) -> Path:
        """The folder with the state of the practice CRM."""
        return self._folder("practice")

    @property
    def logs(self) -> Path:
        """The folder of the log files, which hold no secrets."""
        return self._folder("logs")

    @property
    def pasted_file(self) -> Path:
        """The text file with the cells that were pasted last."""
        return self._folder("pasted") / "Pasted cells.txt"

    @property
    def settings_file(self) -> Path:
        """The file with the window's geometry and other small choices."""
        return self._create(self.home) / "settings.json"

    @property
    def connections_file(self) -> Path:
        """The file with the saved connections, without their secrets."""
        return self._create(self.home) / "connections.json"

    @property
    def token_times_file(self) -> Path:
        """The file that says when access tokens were asked for."""
        return self._create(self.home) / "token-times.json"

    def _folder(self, name: str) -> Path:
        self._create(self.home)  # by itself: mkdir gives its mode to the last folder of a path only, not to its parents
        return self._create(self.home / name)

    @staticmethod
    def _create(folder: Path) -> Path:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder
