"""Which language the program speaks: what the user has set, else what DELINK_LANGUAGE asks for, else the system's.

A language that is not shipped is passed over, so that settings of a newer version or of another computer still lead to one
that can be read.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from struct import error as BrokenRecord

from desktop.words import speak
from desktop.words.catalogues import FOLDER, best_of, from_environment, language_named
from desktop.words.language import ENGLISH, Language

_log = logging.getLogger(__name__)


def speak_as_asked(set_by_user: str, system: Iterable[str], folder: Path = FOLDER) -> Language:
    """From here on the program speaks this language, which is returned.

    ``set_by_user`` is the value of the settings, empty for the system's; ``system`` are the system's languages, the best first.
    """
    code = best_of([set_by_user, from_environment() or "", *system], folder)
    try:
        chosen = language_named(code, folder)
    except (OSError, ValueError, BrokenRecord):
        _log.warning("The catalogue of %s cannot be read; English is spoken", code, exc_info=True)
        chosen = language_named(ENGLISH)
    speak(chosen)
    return chosen
