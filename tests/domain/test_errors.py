"""One tree of errors: the drawing at its head shows every class, where it stands in the code."""

import re

import pytest

from desktop.domain import errors
from desktop.domain.error_codes import error_code
from desktop.words.errors import explain_error


def drawn() -> dict[str, str]:
    """Each class of the drawing with the one that it hangs under."""
    above: dict[int, str] = {}
    parents: dict[str, str] = {}
    tree = str(errors.__doc__).split("::", 1)[1]
    for line in tree.splitlines():
        found = re.match(r"([ │├└─]*)([A-Z][A-Za-z]+)", line)
        if found is None:
            continue
        depth = (len(found[1]) + 1) // 4 - 1  # the drawing is indented by four, each step in it by three or four more
        above[depth] = found[2]
        if depth:
            parents[found[2]] = above[depth - 1]
    return parents


def coded(root: type[Exception] = errors.DelinkError) -> dict[str, str]:
    """The same of the classes; those that only hold what others share are left out."""
    parents: dict[str, str] = {}
    for one in root.__subclasses__():
        public = next(base for base in one.__mro__[1:] if not base.__name__.startswith("_"))
        if not one.__name__.startswith("_") and one.__module__ == errors.__name__:
            parents[one.__name__] = public.__name__
        parents |= coded(one)
    return parents


def test_the_drawing_shows_every_class_in_its_place() -> None:
    assert drawn() == coded()


@pytest.mark.parametrize("error", [errors.StorageUnwritable("/a/b", "disk full"), errors.NameTaken("shop")])
def test_what_is_no_matter_of_a_run_does_not_speak_of_one(error: errors.DelinkError) -> None:
    cause = explain_error(error)
    assert "run" not in f"{cause.title} {cause.why}".lower().split()
    assert error_code(error) in {"storage_unwritable", "name_taken"}
