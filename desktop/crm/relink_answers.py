"""Turns answers to calls that put links back into outcomes, without any network. The rules of answers.py hold here, too.

Two things differ. An item that Zoho refuses often names no ``details.id`` but the place of the record in the call
(``json_path``: ``$.data[3].list_price``). And if one value is refused, the answer may speak of the whole call.

Sources: Zoho's page "Update related records" and its specification of version 8.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.crm.answers import credits_left, outcomes_by_id, parse_json, raise_refusal, text_of
from desktop.crm.refusals import cause_of_code
from desktop.crm.session import Answer
from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerNotUnderstood, RequestRefused
from desktop.domain.outcomes import PUT_BACK, CallAnswer, LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.records import RecordId
from desktop.domain.redaction import told_by_server
from desktop.domain.texts import Text

_PLACE = re.compile(r"\$\.data\[([0-9]{1,2})\](?:\..*)?", re.ASCII | re.DOTALL)


def read_relink_answer(connection: str, answer: Answer, ids: Sequence[RecordId]) -> CallAnswer:
    """Return the outcome of each id of the call. Raises CrmBusy, TokenRejected, RequestRefused, AnswerNotUnderstood."""
    body = parse_json(connection, answer)
    items = body.get("data") if isinstance(body, dict) else None
    if answer.status in (200, 201, 207, 400) and isinstance(items, list) and items:
        outcomes = outcomes_by_id(items, ids, lambda item: _id_of(item, ids), outcome_of_item)
        return CallAnswer(outcomes, credits_left(answer))
    _raise_for_one_item(connection, answer, body)  # first, because the general rules would take it for a refusal of the call
    raise_refusal(connection, answer, body)
    raise AnswerNotUnderstood(connection, answer.status, Text("answer-silent-on-links"))


def outcome_of_item(item: Mapping[str, Any]) -> LinkOutcome:
    """Return the outcome of one id from its item in ``data[]``."""
    code, status = told_by_server(str(item.get("code", ""))), str(item.get("status", "success"))
    if code.upper() == "SUCCESS" and status.lower() == "success":
        return PUT_BACK
    return LinkOutcome(Outcome.REFUSED, _cause(code, item), code, told_by_server(str(item.get("message", ""))))


def _cause(code: str, item: Mapping[str, Any]) -> CauseCode:
    if code.upper() == "MANDATORY_NOT_FOUND":
        return CauseCode.VALUE_MISSING
    if code.upper() != "INVALID_DATA":
        return cause_of_code(code)
    if "converted" in str(item.get("message", "")).lower():
        return CauseCode.RECORD_CONVERTED
    field = _field(item)
    if not field:
        return CauseCode.DATA_REFUSED  # Zoho does not say what is wrong, so nothing is claimed about the record
    return CauseCode.RECORD_GONE if field == "id" else CauseCode.VALUE_REFUSED


def _field(item: Mapping[str, Any]) -> str:
    """Return the field that is wrong: ``id`` for the record itself, or a value of the link; empty if Zoho does not say."""
    details, message = _details(item), str(item.get("message", "")).lower()
    named = text_of(details.get("api_name")) or text_of(details.get("json_path")).rpartition("].")[2]
    return named or ("id" if re.search(r"\bid\b", message) else "")


def _raise_for_one_item(connection: str, answer: Answer, body: Any) -> None:
    """Raise RequestRefused with the scope IDS if the whole call was refused for one of its items.

    The call is halved then, until the item stands alone and the others have gone without it.
    """
    code = text_of(body.get("code")) if isinstance(body, dict) else ""
    named = code.upper() == "INVALID_DATA" and "json_path" in _details(body)
    if answer.status == 400 and (named or code.upper() == "MANDATORY_NOT_FOUND"):
        message = told_by_server(text_of(body.get("message")))
        raise RequestRefused(connection, Refusal(RefusalScope.IDS, _cause(code, body), answer.status, code, message))


def _id_of(item: Any, ids: Sequence[RecordId]) -> str:
    """Return the id that an item names, or that stands at the place it names in the call; empty if the two differ."""
    details = _details(item)
    named, place = text_of(details.get("id")), _PLACE.fullmatch(text_of(details.get("json_path")))
    connection_and_key = ids[int(place[1])] if place and int(place[1]) < len(ids) else ""
    return "" if named and connection_and_key and named != connection_and_key else named or connection_and_key


def _details(item: Any) -> Mapping[str, Any]:
    details = item.get("details") if isinstance(item, dict) else None
    return details if isinstance(details, dict) else {}
