"""The question before anything is removed or put back, asked at a terminal or answered by an option."""

import sys
from argparse import Namespace
from io import StringIO

import pytest

from desktop.cli.arguments import WrongUse
from desktop.cli.confirming import confirm
from desktop.domain.operations import Operation


class Terminal(StringIO):
    """Standard input with a person behind it."""

    def isatty(self) -> bool:
        return True


def options(*, yes: bool = False, number: int | None = None) -> Namespace:
    return Namespace(yes=yes, confirm=number)


def test_no_link_is_nothing_to_confirm() -> None:
    with pytest.raises(WrongUse, match="No link can be sent"):
        confirm(options(yes=True), 0)


def test_the_number_has_to_be_the_right_one_even_with_yes() -> None:
    confirm(options(number=1240), 1240)
    confirm(options(yes=True), 1240)
    with pytest.raises(WrongUse, match=r"--confirm 1241 does not match: it is 1,240 links to remove; nothing was sent\."):
        confirm(options(yes=True, number=1241), 1240)
    with pytest.raises(WrongUse, match="it is 1 link to put back"):
        confirm(options(number=2), 1, Operation.RESTORE)


def test_without_a_terminal_the_number_is_told_as_it_is_typed() -> None:
    with pytest.raises(WrongUse, match="--confirm 1240 or --yes"):
        confirm(options(), 1240)


@pytest.mark.parametrize(
    ("typed", "accepted"), [("1240\n", True), ("1,240\n", True), ("1241\n", False), ("", False), ("yes\n", False)]
)
def test_at_a_terminal_the_number_is_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, accepted: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    if accepted:
        confirm(options(), 1240, Operation.RESTORE)
    else:
        with pytest.raises(WrongUse, match="Another number was typed; nothing was sent"):
            confirm(options(), 1240, Operation.RESTORE)
    assert capsys.readouterr().err == "Type 1240 to put back 1,240 links; the records themselves stay.\n"
