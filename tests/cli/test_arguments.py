"""Help and complaints about arguments: whole names, sentences, a capital letter wherever a line begins anew."""

from collections.abc import Sequence

import pytest

from desktop.cli.arguments import COMMANDS, WrongUse, parse

WRONG = (
    ["check"],
    ["undo"],
    ["run", "a.csv", "--confirm", "many"],
    ["run", "a.csv", "--lanes"],
    ["run", "a.csv", "--side", "left"],
    ["connections", "burn"],
    ["practice", "--port", "high"],
)


def the_help(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        parse([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", [(), *((one,) for one in COMMANDS), ("connections", "add")], ids="-".join)
def test_help_begins_everything_with_a_capital_letter(command: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    lines = the_help(capsys, *command).splitlines()
    assert lines[0].startswith(" ".join(["Usage: delink", *command]))
    headings = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert "Options:" in headings and all(line[0].isupper() for line in headings)
    (own,) = [line for line in lines if line.strip().startswith("-h, --help")]
    assert own.split("--help")[1].strip().startswith("Show")


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_complaint_is_one_sentence_with_a_capital_letter(arguments: list[str]) -> None:
    with pytest.raises(WrongUse) as wrong:
        parse(arguments)
    sentence = str(wrong.value)
    assert sentence[0].isupper() or sentence.startswith("--")  # an option is written as it is typed
    assert sentence.endswith("--help”.") and "sage:" not in sentence
    assert f"“delink {arguments[0]}" in sentence
