"""Turns answers into outcomes, without any network: takes status, headers and body, returns outcomes or raises our errors.

The rules come from Zoho's page of the call and its specification of version 8:

* The body is parse_json before the status is judged, because 200, 207 and 400 can all carry ``data[]`` with one item for each id.
* Items are matched by ``details.id``, never by position; numbers are read as text. An id without an item is UNKNOWN;
  a foreign id, or one id with two codes, makes the whole call UNKNOWN.
* ``code`` and ``status`` count, never ``message``, because its wording differs between versions.
* ``INVALID_DATA`` means several things; ``details.resource_path_index`` (0 module, 1 parent, 2 list) tells them apart.
* Anything that is not an answer of the API (5xx, redirect, web page, damaged JSON) leaves the fate of the links open.
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

# Both leave the fate of a link open, so that it is read before anything else is done with it.
_MISSING = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_INCOMPLETE)
_CONTRADICTION = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_CONTRADICTORY)
# The call was too long to be read. Whatever stands before the CRM answers that, so the body is rarely JSON.
_REFUSED_BY_SIZE = (413, 414)

Item = dict[str, Any]


class Number(str):
    """A number of a JSON body, kept as text: it may be an id, which must stay exact to its last digit."""

    __slots__ = ()


def read_delink_answer(connection: str, answer: Answer, ids: Sequence[RecordId]) -> CallAnswer:
    """Return the outcome of each id of a removal. Raises CrmBusy, TokenRejected, RequestRefused, AnswerNotUnderstood."""
    body = parse_json(connection, answer)
    items = body.get("data") if isinstance(body, dict) else None
    if answer.status in (200, 207, 400) and isinstance(items, list) and items:
        return CallAnswer(outcomes_by_id(items, ids, _id_of, outcome_of_item), credits_left(answer))
    raise_refusal(connection, answer, body)
    raise AnswerNotUnderstood(connection, answer.status, Text("answer-silent-on-links"))


def read_page(connection: str, answer: Answer) -> tuple[list[Item], Mapping[str, Any]]:
    """Return the records and the ``info`` block of a read. Raises what :func:`read_delink_answer` raises."""
    if answer.status == 204:  # Zoho's answer for an empty list
        if answer.body:
            raise AnswerNotUnderstood(connection, answer.status, Text("answer-empty-with-body"))
        return [], {"more_records": False}
    body = parse_json(connection, answer)
    if answer.status != 200:
        raise_refusal(connection, answer, body, of_read=True)
    items, info = (body.get("data"), body.get("info", {})) if isinstance(body, dict) else (None, None)
    if answer.status != 200 or not isinstance(items, list) or not isinstance(info, dict) or not _are_records(items):
        raise AnswerNotUnderstood(connection, answer.status, Text("answer-not-records"))
    return items, info


def plain_value(value: Any) -> Any:
    """Return a value with numbers in place of their text. Never use it for an id."""
    if isinstance(value, Number):
        return json.loads(value)
    if isinstance(value, dict):
        return {name: plain_value(inner) for name, inner in value.items()}
    return [plain_value(inner) for inner in value] if isinstance(value, list) else value


def parse_json(connection: str, answer: Answer) -> Any:
    """Return the JSON of an answer. Raises CrmBusy for a 429; AnswerNotUnderstood for redirects, server errors, and no JSON."""
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
            return {}  # the status says enough, and proves that nothing was done
        raise AnswerNotUnderstood(connection, answer.status, Text("answer-is-damaged")) from exc


def _words_of(answer: Answer) -> dict[str, str]:
    """Return the code and the message of a server error, if it came from the API."""
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    if answer.status < 500 or not isinstance(body, dict):
        return {}
    return {name: told_by_server(text_of(body.get(name))) for name in ("code", "message")}


def raise_refusal(connection: str, answer: Answer, body: Any, *, of_read: bool = False) -> None:
    """Raise TokenRejected or RequestRefused if a JSON 4xx refuses the whole call; return if it does not."""
    if not 400 <= answer.status < 500 or not isinstance(body, dict):
        return
    code, message = told_by_server(text_of(body.get("code"))), told_by_server(text_of(body.get("message")))
    # A missing scope is refused with 401 as well. A new token would not help there: it would have the same scopes.
    if code.upper() in REJECTED_TOKEN_CODES or (answer.status == 401 and code.upper() != "OAUTH_SCOPE_MISMATCH"):
        raise TokenRejected(connection, code)
    if code or answer.status in _REFUSED_BY_SIZE:
        details = body.get("details")
        refusal = refusal_of(answer.status, code, message, details if isinstance(details, dict) else {})
        raise RequestRefused(connection, replace(refusal, of_read=of_read))


def rejects_token(answer: Answer) -> bool:
    """True if Zoho refused the access token, under whichever code."""
    if not 400 <= answer.status < 500 or answer.status == 429:
        return False
    try:
        raise_refusal("", answer, parse_json("", answer))
    except TokenRejected:
        return True
    except (RequestRefused, AnswerNotUnderstood):
        return False
    return False


def credits_left(answer: Answer) -> int | None:
    """Return how many of the day's credits are left, or None. Zoho says so only once half of them are used."""
    text = answer.headers.get("x-api-credits-remaining", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def retry_after_s(answer: Answer) -> float | None:
    """Return the seconds that a 429 asks to wait: ``Retry-After`` as a number or a date, else ``details.retry_after``."""
    # No page of Zoho's promises either; a gateway before it may send the header. asked_wait_s() drops what is not sensible.
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
    """Return an outcome for each of ``ids``, matched with the items of an answer by the ids that these name."""
    asked = frozenset(ids)
    outcomes: dict[RecordId, LinkOutcome] = {}
    for item in items:
        record_id = RecordId(id_of(item))
        outcome = outcome_of(item) if record_id in asked else None
        # An answer with a foreign id, or with two codes for one id, may belong to another call: none of it is believed.
        if outcome is None or (record_id in outcomes and outcomes[record_id].code.upper() != outcome.code.upper()):
            return dict.fromkeys(ids, _CONTRADICTION)
        outcomes[record_id] = outcome
    return {record_id: outcomes.get(record_id, _MISSING) for record_id in ids}


def _id_of(item: Any) -> str:
    details = item.get("details") if isinstance(item, dict) else None
    return text_of(details.get("id")) if isinstance(details, dict) else ""


def _are_records(items: list[Any]) -> bool:
    return all(isinstance(item, dict) for item in items)


def text_of(value: Any) -> str:
    """Return a text, or a number as the text that it came as; empty for anything else."""
    return str(value) if isinstance(value, str) else ""
