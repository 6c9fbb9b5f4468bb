"""Puts into our words what argparse complains of. It says it in English, and in the words of those who write programs.

argparse gives no codes, so its sentences are told apart by patterns. A sentence that none of them fits, perhaps of a newer
Python, is passed on as it is. What was typed in place of a value is never repeated where it could be a secret.
"""

import re
from collections.abc import Callable

from desktop.words import say

_OPTION = r"argument (?P<option>.+?): "


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("'\"") for name in listed.split(","))


_SAID: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (
        r"the following arguments are required: (?P<names>.+)",
        lambda found: say("{names} must be given", names=_names(found["names"])),
    ),
    (_OPTION + r"expected .*arguments?", lambda found: say("{option} needs a value", option=found["option"])),
    (_OPTION + r"ignored explicit argument .*", lambda found: say("{option} takes no value", option=found["option"])),
    (
        _OPTION + r"not allowed with argument (?P<other>.+)",
        lambda found: say("{option} cannot be given together with {other}", option=found["option"], other=found["other"]),
    ),
    (
        _OPTION + r"invalid choice: (?P<value>.+?) \((?:choose from|maybe you meant.*choose from) (?P<choices>.+)\)",
        lambda found: say(
            "{option} cannot be “{value}”, but one of these: {choices}",
            option=found["option"],
            value=found["value"].strip("'\""),
            choices=", ".join(_names(found["choices"])),
        ),
    ),
    # The types of arguments that are our own say what is wrong in a clause of ours.
    (_OPTION + r"(?P<detail>.+)", lambda found: say("{option}: {detail}", option=found["option"], detail=found["detail"])),
)


def in_our_words(complaint: str) -> str:
    """Return a complaint of argparse as a clause in the language that is spoken."""
    for pattern, said in _SAID:
        if (found := re.fullmatch(pattern, complaint, re.DOTALL)) is not None:
            return said(found)
    return complaint
