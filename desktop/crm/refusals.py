"""Knows Zoho's error codes and what each means for a link or a call.

Codes and indexes count; a message counts only where two meanings share a code. Sources: Zoho's page "Delink related records",
its specification of version 8, and its page of status codes.
"""

import re
from collections.abc import Mapping
from typing import Any

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.redaction import told_by_server

REJECTED_TOKEN_CODES = frozenset({"INVALID_TOKEN", "AUTHENTICATION_FAILURE", "INVALID_OAUTHTOKEN"})

_CALL, _IDS, _PARENT, _RUN = RefusalScope.CALL, RefusalScope.IDS, RefusalScope.PARENT, RefusalScope.RUN

# How far each refusal reaches, and its cause. RUN: every call would meet it. PARENT: every call on this record would. IDS: one id
# is bad, so the others can go without it. CALL: it concerns this call only.
_BY_CODE: Mapping[str, tuple[RefusalScope, CauseCode]] = {
    "INVALID_MODULE": (_RUN, CauseCode.MODULE_NOT_SUPPORTED),
    "NOT_SUPPORTED": (_RUN, CauseCode.MODULE_NOT_SUPPORTED),
    "API_NOT_SUPPORTED": (_RUN, CauseCode.VERSION_NOT_SUPPORTED),
    "INVALID_URL_PATTERN": (_RUN, CauseCode.ADDRESS_WRONG),
    "INVALID_REQUEST_METHOD": (_RUN, CauseCode.METHOD_REFUSED),
    "METHOD_NOT_ALLOWED": (_RUN, CauseCode.METHOD_REFUSED),
    "OAUTH_SCOPE_MISMATCH": (_RUN, CauseCode.SCOPE_MISSING),
    "NO_PERMISSION": (_RUN, CauseCode.NO_PERMISSION),
    "AUTHORIZATION_FAILED": (_RUN, CauseCode.PRIVILEGE_MISSING),
    "NOT_ALLOWED": (_RUN, CauseCode.NO_PERMISSION),
    "UNABLE_TO_PARSE_DATA_TYPE": (_IDS, CauseCode.ID_FORMAT),
    "PATTERN_NOT_MATCHED": (_IDS, CauseCode.ID_FORMAT),
    "LIMIT_EXCEEDED": (_IDS, CauseCode.TOO_MANY_IDS),
    "REQUEST_ENTITY_TOO_LARGE": (_IDS, CauseCode.TOO_MANY_IDS),
    "MANDATORY_NOT_FOUND": (_CALL, CauseCode.IDS_MISSING),
    "REQUIRED_PARAM_MISSING": (_CALL, CauseCode.IDS_MISSING),
    "RECORD_LOCKED": (_PARENT, CauseCode.RECORD_LOCKED),
}

_PARAMETERS = re.compile(r"\b(?:approved|converted|per_page|fields|ids)\b", re.ASCII | re.IGNORECASE)

# Zoho's resource_path_index counts the segments of the path: module, record, related list, related record.
_BY_INDEX: Mapping[str, tuple[RefusalScope, CauseCode]] = {
    "0": (_RUN, CauseCode.MODULE_NOT_SUPPORTED),
    "1": (_PARENT, CauseCode.PARENT_NOT_FOUND),
    "2": (_RUN, CauseCode.LIST_NOT_FOUND),
    "3": (_CALL, CauseCode.ID_FORMAT),
}


def refusal_of(status: int, code: str, message: str, details: Mapping[str, Any]) -> Refusal:
    """Return what the refusal of a whole call means. Numbers in ``details`` have to be text."""
    parameter = parameter_of(status, message, details)
    scope, cause = _meaning(status, code.upper(), message, details, parameter)
    return Refusal(scope, cause, status, code or str(status), message, parameter=parameter)


def parameter_of(status: int, message: str, details: Mapping[str, Any]) -> str:
    """Return the parameter that a refusal with status 400 names in its details, or else in its message; or an empty text."""
    if status != 400:
        return ""
    named = details.get("param_name") or details.get("api_name")
    if isinstance(named, str):
        return named
    match = _PARAMETERS.search(message)
    return match[0].lower() if match else ""


def _meaning(status: int, code: str, message: str, details: Mapping[str, Any], parameter: str) -> tuple[RefusalScope, CauseCode]:
    """Return how far a refusal reaches, and its cause. ``code`` has to be in capitals."""
    if code == "INVALID_DATA":
        # Only the message says that the record is a converted lead. A refusal of the parameter of that name has the word, too.
        if "converted" in message.lower() and details.get("param_name") != "converted":
            return _PARENT, CauseCode.RECORD_CONVERTED
        index = details.get("resource_path_index")
        if isinstance(index, str) and index in _BY_INDEX:
            return _BY_INDEX[index]
        if status == 404:
            return _PARENT, CauseCode.PARENT_NOT_FOUND
        return (_CALL if details.get("id") else _IDS), CauseCode.ID_FORMAT
    if status in (413, 414):
        return _IDS, CauseCode.TOO_MANY_IDS
    if parameter == "ids" and code not in _BY_CODE:
        return _IDS, CauseCode.ID_FORMAT  # an unknown code that blames the ids: halving finds the bad one
    return _BY_CODE.get(code, (_CALL, CauseCode.REFUSED_OTHER))


def cause_of_code(code: str) -> CauseCode:
    """Return why one id was refused, by its code alone; an unknown code is REFUSED_OTHER."""
    return _BY_CODE.get(code.upper(), (_CALL, CauseCode.REFUSED_OTHER))[1]


def outcome_of_item(item: Mapping[str, Any]) -> LinkOutcome:
    """Return the outcome of one id from its item in ``data[]``."""
    code, status = told_by_server(str(item.get("code", ""))), str(item.get("status", "success"))
    message = told_by_server(str(item.get("message", "")))
    if code.upper() == "SUCCESS" and status.lower() == "success":
        return REMOVED
    # "relation not found": Zoho says it of a link that is not there and of an id that does not exist, and tells no difference.
    if code.upper() == "INVALID_DATA" and "converted" not in message.lower():
        return LinkOutcome(Outcome.NOT_LINKED, CauseCode.RELATION_NOT_FOUND, code, message)
    cause = CauseCode.RECORD_CONVERTED if code.upper() == "INVALID_DATA" else cause_of_code(code)
    return LinkOutcome(Outcome.REFUSED, cause, code, message)
