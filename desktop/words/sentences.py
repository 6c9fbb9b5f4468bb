"""The sentences that lower rooms ask for by name, all tables in one."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from desktop.words.crm import CRM
from desktop.words.foreign_files import FOREIGN_FILES
from desktop.words.language import Plural
from desktop.words.permissions import PERMISSIONS
from desktop.words.places import PLACES
from desktop.words.readings import READINGS
from desktop.words.relations import RELATIONS
from desktop.words.results import RESULTS
from desktop.words.runs import RUNS
from desktop.words.sheets import SHEETS
from desktop.words.storage import STORAGE
from desktop.words.system_reasons import SYSTEM_REASONS

_TABLES: tuple[Mapping[str, str | Plural], ...] = (
    CRM,
    FOREIGN_FILES,
    PERMISSIONS,
    PLACES,
    READINGS,
    RELATIONS,
    RESULTS,
    RUNS,
    SHEETS,
    STORAGE,
    SYSTEM_REASONS,
)


def together(tables: Iterable[Mapping[str, str | Plural]]) -> dict[str, str | Plural]:
    """All tables as one. Raises ValueError for a name that stands in two of them."""
    all_of_them: dict[str, str | Plural] = {}
    for table in tables:
        if twice := all_of_them.keys() & table.keys():
            raise ValueError(f"two tables have {sorted(twice)}")
        all_of_them |= table
    return all_of_them


SENTENCES: Mapping[str, str | Plural] = MappingProxyType(together(_TABLES))
