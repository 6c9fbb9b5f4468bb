"""The support file: what helpers need, and nobody's name."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import CrmUnreachable, ResultsUnwritable, RunNotFound, SecretStoreUnavailable
from desktop.domain.texts import Text
from desktop.domain.visible import visible
from desktop.storage.connections import ConnectionBook
from desktop.storage.run_folder import RunFolder
from desktop.storage.secrets import MemorySecrets
from desktop.storage.support import SupportFiles
from desktop.words import say_text
from tests.storage.stored import facts_of, plan_of, sheet_of

NAMES = ("Möbel & Söhne (Wien)", "Head office", "Ann Example", "ann@moebel.example", "20081234567", "Old Company", "ol.d")


def support_of(folder: Path) -> SupportFiles:
    company, name, user, email, organisation, before, before_name = NAMES
    book = ConnectionBook(folder / "connections.json", MemorySecrets())
    account = Account(company, organisation, user, email)
    book.add(
        Connection("id1", name, "eu", Environment.PRODUCTION, "https://www.zohoapis.eu", account=account), Key.pasted("1000.a.b")
    )
    runs, sheet = RunFolder(folder / "runs"), sheet_of()
    facts = facts_of(sheet, plan_of(sheet))
    gone = replace(facts.connection, name=before_name, account=Account(before))
    runs.create(replace(facts, connection=gone), sheet, plan_of(sheet), ()).close()
    return SupportFiles(folder / "logs", runs, "0.1.0", book, lambda _: {}, say_text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("logs", "runs"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_no_company_account_or_connection_is_named(folder: Path) -> None:
    lines = [f"{n} INFO Run 1 starts on {name}, EU: connection='{name}' ({name.upper()})" for n, name in enumerate(NAMES)]
    (folder / "logs" / "delink.log").write_text("\n".join([*lines, f"oldest {visible(NAMES[0])}\n"]), "utf-8")
    path = support_of(folder).save("", folder / "s.zip")
    assert support_of(folder).may_replace(path) and support_of(folder).may_replace(folder / "nothing.zip")
    mine = folder / "mine.zip"
    with zipfile.ZipFile(mine, "w") as file:
        file.writestr("list.csv", "a,b")
    sheet = folder / "list.csv"
    sheet.write_text("a,b", encoding="utf-8")
    assert not support_of(folder).may_replace(mine) and not support_of(folder).may_replace(sheet)
    with zipfile.ZipFile(path) as file:
        text = "\n".join(file.read(name).decode() for name in file.namelist())
    assert [name for name in NAMES if name.casefold() in text.casefold()] == []
    assert "0 INFO Run 1 starts on (name), EU" in text and "20261124-120000-000aaaa" in text


def test_a_name_inside_a_word_leaves_the_word(folder: Path) -> None:
    (folder / "logs" / "delink.log").write_text("golden retriever", "utf-8")
    with zipfile.ZipFile(support_of(folder).save("", folder / "s.zip")) as file:
        assert file.read("delink.log").decode() == "golden retriever"


def test_logged_error_does_not_name_its_connection() -> None:
    error = CrmUnreachable("Head office", "the network is down")
    assert "Head office" not in str(error) + repr(error)
    assert (error.connection, error.facts["connection"]) == ("Head office", "Head office")


def test_a_run_is_reported_by_its_name_and_an_unknown_one_is_told(folder: Path) -> None:
    support = support_of(folder)
    report = support.report("20261124-120000-000aaaa")
    assert "Run: 20261124-120000-000aaaa" in report and "Proxy: none" in report
    assert support.report("").split("\n")[2:] == report.split("\n")[2:], "without a name it is the newest one"
    with pytest.raises(RunNotFound):
        support.report("20200101-120000-000aaaa")


class NoStore(MemorySecrets):
    """A computer without a safe keyring."""

    def name(self) -> Text:
        raise SecretStoreUnavailable(Text("keyring-is-locked"))


def test_a_computer_on_which_little_works_is_reported_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    (folder / "connections.json").write_text("{", "utf-8")
    book = ConnectionBook(folder / "connections.json", NoStore())
    proxies = {"all": "http://ann:secret@proxy.example:3128"}
    support = SupportFiles(folder / "logs", RunFolder(folder / "runs"), "0.1.0", book, lambda _: proxies, say_text)
    report = support.report("")
    assert "Keyring: none that is safe (it is locked or missing)" in report and "Proxy: proxy.example:3128" in report
    assert "ann" not in report and "Run:" not in report


def test_a_support_file_that_cannot_be_written_is_told(folder: Path) -> None:
    place = folder / "s.zip"
    place.mkdir()
    assert support_of(folder).may_replace(place), "that it is a folder is told when it is written"
    with pytest.raises(ResultsUnwritable):
        support_of(folder).save("", place)
