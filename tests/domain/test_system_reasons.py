"""Why the system did not let a file be read or written."""

import errno

import pytest

from desktop.domain.system_reasons import reason_of
from desktop.domain.texts import Text


class OfWindows(OSError):
    """An error with a number of Windows' own, as Python makes it there."""

    winerror: int


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (errno.ENOSPC, "no-space-left"),
        (errno.EACCES, "permission-denied"),
        (errno.EROFS, "disk-is-read-only"),
        (errno.EIO, "disk-fails"),
    ],
)
def test_a_usual_reason_is_told_in_the_users_language(number: int, name: str) -> None:
    assert reason_of(OSError(number, "Kein Speicherplatz")) == Text(name)


def test_a_reason_that_is_not_known_here_stays_in_the_systems_words() -> None:
    assert reason_of(OSError(errno.ENOTCONN, "Der Socket ist nicht verbunden")) == "Der Socket ist nicht verbunden"


def test_no_reason_at_all_is_told_as_what_the_caller_says() -> None:
    assert reason_of(OSError()) == Text("disk-error")
    assert reason_of(OSError(), "folder-cannot-be-made") == Text("folder-cannot-be-made")


def test_on_windows_a_file_that_is_open_elsewhere_is_told_apart_from_one_without_permission() -> None:
    error = OfWindows(errno.EACCES, "Zugriff verweigert")
    error.winerror = 32
    assert reason_of(error) == Text("used-by-another-program")
    error.winerror = 5
    assert reason_of(error) == Text("permission-denied")
