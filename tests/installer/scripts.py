"""Load the scripts of installer/ as modules, although they are no package."""

import importlib.util
import sys
from types import ModuleType

from tests.house.sources import ROOT


def script(place: str) -> ModuleType:
    """Load a script by its path below installer/, without suffix: ``freeze/contents``."""
    path = ROOT / "installer" / f"{place}.py"
    spec = importlib.util.spec_from_file_location(f"installer_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module
