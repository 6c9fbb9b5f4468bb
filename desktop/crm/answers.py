"""Answers to outcomes, without any network: status, headers and body in; outcomes or one of our errors out.

Rules, from Zoho's page of the call and its specification of version 8:

* The body is parsed before the status is judged: 200, 207 and 400 can all carry ``data[]``, one item an id.
* Items are matched by ``details.id``, never by position; numbers are read as text. An id that is missing is UNKNOWN;
  a foreign id, or one id with two codes, makes the whole call UNKNOWN.
* ``code`` and ``status`` count, never ``message``: its wording differs between versions.
* ``INVALID_DATA`` means several things; ``details.resource_path_index`` (0 module, 1 parent, 2 list) tells them apart.
* Anything that is not an answer of the interface (5xx, redirect, web page, damaged JSON) leaves the fate open.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

from desktop.crm.refusals import REJECTED_TOKEN_CODES, outcome_of_item, refusal_of
from desktop.crm.session import Answer
from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerNotUnderstood, CrmBusy, RequestRefused, TokenRejected
from desktop.domain.outcomes import CallAnswer, LinkOutcome, Outcome
from desktop.domain.records import RecordId
from desktop.domain.redaction import told_by_server
from desktop.domain.texts import Text

_MISSING = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_INCOMPLETE)
_CONTRADICTION = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_CONTRADICTORY)
# Said by whatever stands before the CRM, so rarely in JSON: the call was too long to be read.
_REFUSED_BY_SIZE = (413, 414)

Item = dict[str, Any]


class Number(str):
    """A number as the text that it came as: an id in it must stay exact to its last digit."""

    __slots__ = ()


def read_delink_answer(connection: str, answer: Answer, ids: Sequence[RecordId]) -> CallAnswer:
    """One outcome for every id of a removal. Raises CrmBusy, TokenRejected, RequestRefused, AnswerNotUnderstood."""
    body = parsed(connection, answer)
    items = body.get("data") if isinstance(body, dict) else None
    if answer.status in (200, 207, 400) and isinstance(items, list) and items:
        return CallAnswer(outcomes_by_id(items, ids, _id_of, outcome_of_item), credits_left(answer))
    raise_refusal(connection, answer, body)
    raise AnswerNotUnderstood(connection, answer.status, Text("answer-silent-on-links"))


def read_page(connection: str, answer: Answer) -> tuple[list[Item], Mapping[str, Any]]:
    """The records and the ``info`` block of a read; an empty list for 204. Raises as :func:`read_delink_answer` does."""
    if answer.status == 204:
        if answer.body:
            raise AnswerNotUnderstood(connection, answer.status, Text("answer-empty-with-body"))
        return [], {"more_records": False}
    body = parsed(connection, answer)
    if answer.status != 200:
        raise_refusal(connection, answer, body, of_read=True)
    items, info = (body.get("data"), body.get("info", {})) if isinstance(body, dict) else (None, None)
    if answer.status != 200 or not isinstance(items, list) or not isinstance(info, dict) or not _are_records(items):
        raise AnswerNotUnderstood(connection, answer.status, Text("answer-not-records"))
    return items, info


def plain_value(value: Any) -> Any:
    """A value as JSON has it, its numbers no longer text; never for an id."""
    if isinstance(value, Number):
        return json.loads(value)
    if isinstance(value, dict):
        return {name: plain_value(one) for name, one in value.items()}
    return [plain_value(one) for one in value] if isinstance(value, list) else value


def parsed(connection: str, answer: Answer) -> Any:
    """The JSON of an answer; raises for redirects, server errors and everything that is not JSON."""
    if answer.status >= 500 or 300 <= answer.status < 400:
        name = "answer-of-server-error" if answer.status >= 500 else "answer-leads-elsewhere"
        raise AnswerNotUnderstood(connection, answer.status, Text(name), **_words_of(answer))
    if answer.status == 429:
        raise CrmBusy(connection, retry_after_s(answer))
    is_json = "json" in answer.headers.get("content-type", "").lower()
    if not is_json and answer.status not in _REFUSED_BY_SIZE:
        raise AnswerNotUnderstood(connection, answer.status, Text("answer-not-json"))
    try:
        return json.loads(answer.body, parse_int=Number, parse_float=Number, parse_constant=str)
    except (ValueError, RecursionError) as exc:
        if answer.status in _REFUSED_BY_SIZE:
            return {}
        raise AnswerNotUnderstood(connection, answer.status, Text("answer-is-damaged")) from exc


def _words_of(answer: Answer) -> dict[str, str]:
    """The code and the message of a server error, if it is one of the interface's."""
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    if answer.status < 500 or not isinstance(body, dict):
        return {}
    return {name: told_by_server(text_of(body.get(name))) for name in ("code", "message")}


def raise_refusal(connection: str, answer: Answer, body: Any, *, of_read: bool = False) -> None:
    """Raise TokenRejected or RequestRefused when a JSON 4xx refuses the whole call; return when it does not."""
    if not 400 <= answer.status < 500 or not isinstance(body, dict):
        return
    code, message = told_by_server(text_of(body.get("code"))), told_by_server(text_of(body.get("message")))
    if code.upper() in REJECTED_TOKEN_CODES or (answer.status == 401 and code.upper() != "OAUTH_SCOPE_MISMATCH"):
        raise TokenRejected(connection, code)
    if code or answer.status in _REFUSED_BY_SIZE:
        details = body.get("details")
        refusal = refusal_of(answer.status, code, message, details if isinstance(details, dict) else {})
        raise RequestRefused(connection, replace(refusal, of_read=of_read))


def rejects_token(answer: Answer) -> bool:
    """True for a refusal of the access token, under whichever of its names."""
    if not 400 <= answer.status < 500 or answer.status == 429:
        return False
    try:
        raise_refusal("", answer, parsed("", answer))
    except TokenRejected:
        return True
    except (RequestRefused, AnswerNotUnderstood):
        return False
    return False


def credits_left(answer: Answer) -> int | None:
    """What is left of the day's credits, if the CRM says so (it does once half of them are used)."""
    text = answer.headers.get("x-api-credits-remaining", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def retry_after_s(answer: Answer) -> float | None:
    """The wait that a 429 asks for in seconds: ``Retry-After`` as a number or a date, else ``details.retry_after``."""
    asked = answer.headers.get("retry-after", "").strip()
    if not asked:
        try:
            asked = text_of(json.loads(answer.body).get("details", {}).get("retry_after"))
        except (ValueError, AttributeError, RecursionError):
            return None
    try:
        return float(asked)
    except ValueError:
        pass  # it may be a date
    try:
        return parsedate_to_datetime(asked).timestamp() - time()
    except (ValueError, TypeError, OverflowError):
        return None


def outcomes_by_id(
    items: list[Any],
    ids: Sequence[RecordId],
    id_of: Callable[[Any], str],
    outcome_of: Callable[[Mapping[str, Any]], LinkOutcome],
) -> dict[RecordId, LinkOutcome]:
    """One outcome for every id that was asked for, by what the items of an answer say of themselves."""
    asked = frozenset(ids)
    found: dict[RecordId, LinkOutcome] = {}
    for item in items:
        far = RecordId(id_of(item))
        outcome = outcome_of(item) if far in asked else None
        if outcome is None or (far in found and found[far].code.upper() != outcome.code.upper()):
            return dict.fromkeys(ids, _CONTRADICTION)
        found[far] = outcome
    return {far: found.get(far, _MISSING) for far in ids}


def _id_of(item: Any) -> str:
    details = item.get("details") if isinstance(item, dict) else None
    return text_of(details.get("id")) if isinstance(details, dict) else ""


def _are_records(items: list[Any]) -> bool:
    return all(isinstance(item, dict) for item in items)


def text_of(value: Any) -> str:
    """A text, or a number as the text that it came as; empty for anything else."""
    return str(value) if isinstance(value, str) else ""
