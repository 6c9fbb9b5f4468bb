"""Zoho's error codes and what each means for a link or a call. Codes and indexes count; messages only where two meanings
share a code. Sources: Zoho's page "Delink related records", its specification of version 8, and its page of status codes.
"""

import re
from collections.abc import Mapping
from typing import Any

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.redaction import told_by_server

REJECTED_TOKEN_CODES = frozenset({"INVALID_TOKEN", "AUTHENTICATION_FAILURE", "INVALID_OAUTHTOKEN"})

_CALL, _IDS, _PARENT, _RUN = RefusalScope.CALL, RefusalScope.IDS, RefusalScope.PARENT, RefusalScope.RUN

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

_BY_INDEX: Mapping[str, tuple[RefusalScope, CauseCode]] = {
    "0": (_RUN, CauseCode.MODULE_NOT_SUPPORTED),
    "1": (_PARENT, CauseCode.PARENT_NOT_FOUND),
    "2": (_RUN, CauseCode.LIST_NOT_FOUND),
    "3": (_CALL, CauseCode.ID_FORMAT),
}


def refusal_of(status: int, code: str, message: str, details: Mapping[str, Any]) -> Refusal:
    """What the refusal of a whole call means (numbers in ``details`` are text)."""
    parameter = parameter_of(status, message, details)
    scope, cause = _meaning(status, code.upper(), message, details, parameter)
    return Refusal(scope, cause, status, code or str(status), message, parameter=parameter)


def parameter_of(status: int, message: str, details: Mapping[str, Any]) -> str:
    """The parameter of the call that a refusal with status 400 names, in its details or else in its message; or empty."""
    if status != 400:
        return ""
    named = details.get("param_name") or details.get("api_name")
    if isinstance(named, str):
        return named
    said = _PARAMETERS.search(message)
    return said[0].lower() if said else ""


def _meaning(status: int, code: str, message: str, details: Mapping[str, Any], parameter: str) -> tuple[RefusalScope, CauseCode]:
    """``code`` is in capitals, as Zoho's documentation has it."""
    if code == "INVALID_DATA":
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
        return _IDS, CauseCode.ID_FORMAT
    return _BY_CODE.get(code, (_CALL, CauseCode.REFUSED_OTHER))


def cause_of_code(code: str) -> CauseCode:
    """Why one id was refused, by its code alone; what is not known is REFUSED_OTHER."""
    return _BY_CODE.get(code.upper(), (_CALL, CauseCode.REFUSED_OTHER))[1]


def outcome_of_item(item: Mapping[str, Any]) -> LinkOutcome:
    """The outcome of one id from its item in ``data[]``."""
    code, status = told_by_server(str(item.get("code", ""))), str(item.get("status", "success"))
    message = told_by_server(str(item.get("message", "")))
    if code.upper() == "SUCCESS" and status.lower() == "success":
        return REMOVED
    if code.upper() == "INVALID_DATA" and "converted" not in message.lower():
        return LinkOutcome(Outcome.NOT_LINKED, CauseCode.RELATION_NOT_FOUND, code, message)
    cause = CauseCode.RECORD_CONVERTED if code.upper() == "INVALID_DATA" else cause_of_code(code)
    return LinkOutcome(Outcome.REFUSED, cause, code, message)
