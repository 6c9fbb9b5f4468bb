"""Prove that a lock can be installed with Debian 12's pip while the registry offers newer versions of everything.

The proof needs no network. It makes a registry in a folder: for each package of the lock a small stand-in of the pinned version
and one of a far newer version. The stand-in asks for the same packages as the real one, as far as that is known: from the real
package if it is installed in the Python that runs this, else from the lock's own "via" notes. The lock is written again with
the hashes of the stand-ins, and ``install_lock.sh`` installs it into an environment of its own, with Debian 12's pip. This
proves the way of installing, and that the lock names all that its packages ask for.
"""

import base64
import hashlib
import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from zipfile import ZipFile

from packaging.utils import canonicalize_name

_BLOCK = re.compile(r"\n(?=\S)")
_PIN = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? *\\?$", re.MULTILINE)
_VIA = re.compile(r"^    #(?: via)? +([A-Za-z0-9._-]+)$", re.MULTILINE)
_NEWER = "9999.0"


@dataclass(frozen=True)
class Pin:
    """One package of a lock. ``marker`` says on which systems it is installed, ``asked_for_by`` which packages need it."""

    name: str
    version: str
    marker: str
    asked_for_by: tuple[str, ...]


def pins_of(lock: str) -> list[Pin]:
    """List the packages that the text of a lock names."""
    pins = []
    for block in _BLOCK.split(lock.strip()):
        if (match := _PIN.match(block)) is not None:
            name, version, marker = match.groups(default="")
            pins.append(Pin(canonicalize_name(name), version, marker, tuple(map(canonicalize_name, _VIA.findall(block)))))
    return pins


def fault_of(lock: Path, install: Path, pip_wheel: Path, folder: Path) -> str | None:
    """Install a copy of the lock in ``folder``, which must be empty; returns what went wrong, or None.

    ``install`` is install_lock.sh, ``pip_wheel`` the pip to use.
    """
    pins = pins_of(lock.read_text("utf-8"))
    hashes = dict(_make_registry(folder / "registry", pins))
    copy = folder / lock.name
    copy.write_text("".join(f"{_line_of(pin)} --hash=sha256:{hashes[pin]}\n" for pin in pins), "utf-8")
    python = _environment_with(pip_wheel, folder / "environment")
    pip = subprocess.run([install, copy, python], env=_offline(folder / "registry"), capture_output=True, text=True, timeout=120)
    if pip.returncode:
        return f"{lock.stem}: Debian 12's pip cannot install it: {(pip.stderr or pip.stdout).strip()}"
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True, timeout=60, check=True
    )
    wrong = [line for line in listed.stdout.split() if line.endswith(f"=={_NEWER}")]
    return f"{lock.stem}: another version than the pinned one was installed: {', '.join(wrong)}" if wrong else None


def _line_of(pin: Pin) -> str:
    return f"{pin.name}=={pin.version}" + (f" ; {pin.marker}" if pin.marker else "")


def _make_registry(folder: Path, pins: list[Pin]) -> Iterator[tuple[Pin, str]]:
    """Write the stand-ins and their index pages; yields each pin with the hash of its stand-in.

    A package may be pinned twice: to one version for some versions of Python, and to another for the rest.
    """
    installed = {canonicalize_name(package.name): package for package in distributions()}
    for name in {pin.name for pin in pins}:
        page = folder / name
        page.mkdir(parents=True)
        _write_wheel(page, name, _NEWER, [])
        for pin in pins:
            if pin.name == name:
                wheel = _write_wheel(page, name, pin.version, _requirements_of(pin, pins, installed))
                yield pin, hashlib.sha256(wheel.read_bytes()).hexdigest()
        links = (f'<a href="{wheel.name}">{wheel.name}</a>' for wheel in page.glob("*.whl"))
        (page / "index.html").write_text("<!DOCTYPE html>" + "".join(links), "utf-8")


def _requirements_of(pin: Pin, pins: list[Pin], installed: Mapping[str, Distribution]) -> list[str]:
    """Return what a package asks for: as it says itself if it is installed, else as the lock notes it."""
    package = installed.get(pin.name)
    if package is not None and package.version == pin.version:
        return package.requires or []
    return [_asked_for(other) for other in pins if pin.name in other.asked_for_by]


def _asked_for(pin: Pin) -> str:
    # With an extra, because that is the kind of requirement that an old pip does not find in a lock.
    return f"{pin.name}[extra]" + (f" ; {pin.marker}" if pin.marker else "")


def _write_wheel(folder: Path, name: str, version: str, requirements: list[str]) -> Path:
    """Write a package that holds nothing but its description."""
    stem = f"{name.replace('-', '_')}-{version}"
    files = {
        f"{stem}.dist-info/METADATA": "\n".join(
            [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", *(f"Requires-Dist: {need}" for need in requirements), ""]
        ),
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: delink\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},sha256={_record_sum(text)},{len(text.encode())}\n" for path, text in files.items())
    path = folder / f"{stem}-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        for member, text in {**files, f"{stem}.dist-info/RECORD": record + f"{stem}.dist-info/RECORD,,\n"}.items():
            archive.writestr(member, text)
    return path


def _record_sum(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def _environment_with(pip_wheel: Path, folder: Path) -> Path:
    """Make an environment whose pip is the one in this wheel; returns its Python."""
    venv.create(folder, symlinks=True)
    library = folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    with ZipFile(pip_wheel) as archive:
        archive.extractall(library)
    return folder / "bin/python"


def _offline(registry: Path) -> dict[str, str]:
    """Return environment variables that make pip use this registry only, whatever this computer's settings say."""
    other_settings = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return {**other_settings, "PIP_INDEX_URL": registry.as_uri(), "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
