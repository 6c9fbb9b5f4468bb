"""Settings of others load no code into the program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import ROOT, delink, pairs_of, place_of, seed, write_sheet
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pipe with a name")


def test_openssl_never_reads_a_configuration_that_a_variable_names(tmp_path: Path) -> None:
    """A pipe that nobody writes to: whoever opens it to read stays there for ever."""
    pipe = tmp_path / "openssl.cnf"
    os.mkfifo(pipe)
    foreign = {"OPENSSL_CONF": str(pipe)}
    use = "import ssl; ssl.create_default_context()"
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", use], env={**os.environ, **foreign}, timeout=2)
    sheet = write_sheet(tmp_path / "a.csv", pairs_of(4, 2))
    with PracticeCrm() as crm:
        seed(crm, pairs_of(4, 2))
        assert delink(tmp_path / "home", "run", str(sheet), *place_of(crm), "--yes", secret=crm.access_token, **foreign).code == 0
    code = f"from desktop.__main__ import main; main(['--version']); {use}; import os; print(sorted(os.environ))"
    variables = dict.fromkeys(("OPENSSL_MODULES", "OPENSSL_ENGINES", "OPENSSL_CONF_INCLUDE"), "/nowhere")
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **foreign, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert ended.returncode == 0 and "OPENSSL" not in ended.stdout


def test_nothing_that_uses_openssl_is_loaded_before_the_variables_are_gone() -> None:
    loaded = "{'ssl', '_ssl', '_hashlib', 'hashlib'} & set(sys.modules)"
    code = f"import sys, desktop.__main__, desktop.system.foreign_code; print({loaded})"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
    assert ended.stdout.strip() == "set()", ended


@pytest.mark.parametrize("how", ["variable", "file", "folder only", "damaged file"])
def test_keyring_loads_no_code_that_others_name(how: str, tmp_path: Path) -> None:
    trace = tmp_path / "was-loaded"
    (tmp_path / "evil.py").write_text(f"import pathlib; pathlib.Path({str(trace)!r}).touch()\n", "utf-8")
    (tmp_path / "secretstorage.py").write_text(f"import pathlib; pathlib.Path({str(trace)!r}).touch()\n", "utf-8")
    settings = {
        "file": f"[backend]\ndefault-keyring=evil.Keyring\nkeyring-path={tmp_path}\n",
        "folder only": f"[backend]\nkeyring-path={tmp_path}\n",
        "damaged file": f"default-keyring=evil.Keyring\nkeyring-path={tmp_path}\n",
    }
    folder = tmp_path / "config" / "python_keyring"
    folder.mkdir(parents=True)
    (folder / "keyringrc.cfg").write_text(settings.get(how, ""), "utf-8")
    chosen = {"PYTHON_KEYRING_BACKEND": "evil.Keyring", "PYTHONPATH": str(tmp_path)} if how == "variable" else {}
    if how == "variable":
        (tmp_path / "secretstorage.py").unlink()
    add = ("connections", "add", "eu", "--data-centre", "eu", "--access-token", "-", "--json")
    ended = delink(tmp_path / "home", *add, secret="1000.a.b", XDG_CONFIG_HOME=str(tmp_path / "config"), **chosen)
    assert (ended.code, ended.json["error"]) == (3, "no_keyring")
    assert not trace.exists()
