"""A newer version of the program: what is told about it, and which of two versions is newer."""

import re
from dataclasses import dataclass

_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class UpdateNotice:
    """A published version and the page where people download it. The program itself never downloads it."""

    version: str
    link: str


def version_numbers(text: str) -> tuple[int, ...]:
    """``1.2.10`` as numbers that compare rightly. Raises ValueError for anything else."""
    if not _VERSION.fullmatch(text):
        raise ValueError(text)
    return tuple(int(part) for part in text.split("."))
