"""Faults on request: a small vocabulary that can describe every failure of a network or a server.

A fault is a JSON object::

    {"match": {"method": "DELETE", "path": "text that the path contains", "skip": 0},   which calls; skip the first n of them
     "times": 1,                                  how many calls it hits
     "apply": "yes" | "no" | "late",              whether the call takes effect: before the fault, not at all, on release
     "do": "status",  "status": 503, "headers": {}, "body": "text" (or "body_hex"), "type": "text/html"    another answer
           "cut",     "keep": 20                  the true answer, its body cut after so many bytes
           "chunk_cut", "keep": 20                the same in chunks
           "open_cut", "keep": 20                 the same without a length: only the end of the connection ends it
           "reset" | "fin"                        no answer: connection reset, or closed
           "drip_headers" | "drip_body", "interval_s": 0.1     a byte at a time
           "hold", "then": "answer" | "fin" | "reset",         nothing more until released,
                   "at": "line" | "request" | "headers" | "body"     once the request's first line or all of it is read
                                                  ("request" when left out), or the answer's headers or all of it are sent
           "bomb" | "huge", "megabytes": 50       a body that unpacks to, or is, that much
           "rewrite", "how": "drop" | "foreign" | "shuffle" | "duplicate" | "contradict" | "numbers" | "no_ids"
                           | "set", "with": {}    these keys in the first item}
"""

import gzip
import json
import random
import threading
from typing import Any

from desktop.practice.rules import Request, Response

Fault = dict[str, Any]


class FaultQueue:
    """Holds the faults that wait for their calls. Any thread may use it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._faults: list[Fault] = []
        self.released = threading.Event()
        self.held = 0

    def add(self, faults: list[Fault]) -> None:
        """Queue faults; the first that matches a call hits it."""
        with self._guard:
            self._faults.extend(dict(fault) for fault in faults)
            self.released.clear()

    def clear(self) -> None:
        """Forget the waiting faults, and let held calls continue."""
        with self._guard:
            self._faults.clear()
        self.release()

    def release(self) -> None:
        self.released.set()

    def for_call(self, request: Request, within: str = "", *, read_whole: bool = True) -> Fault | None:
        """Return the fault that hits this call, if any, and use it up once.

        ``within`` restricts to faults whose path contains it. With ``read_whole`` false only those are considered that strike
        when just the first line of the request was read.
        """
        with self._guard:
            for fault in self._faults:
                match = fault.get("match", {})
                if within not in match.get("path", "") or (fault.get("at") != "line") is not read_whole:
                    continue
                if match.get("method", request.method) != request.method or match.get("path", "") not in request.target:
                    continue
                if match.get("skip", 0) > 0:
                    fault["match"] = {**match, "skip": match["skip"] - 1}
                    continue
                fault["times"] = fault.get("times", 1) - 1
                if fault["times"] <= 0:
                    self._faults.remove(fault)
                return fault
        return None

    def wait_for_release(self, seconds: float) -> None:
        """Block the calling thread until :meth:`release`, at most this long."""
        with self._guard:
            self.held += 1
        self.released.wait(seconds)
        with self._guard:
            self.held -= 1


def other_answer(fault: Fault) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of a ``status``, ``bomb`` or ``huge`` fault."""
    headers = {"Content-Type": fault.get("type", "application/json"), **fault.get("headers", {})}
    if fault["do"] == "status":
        body = bytes.fromhex(fault["body_hex"]) if "body_hex" in fault else str(fault.get("body", "")).encode()
        return int(fault["status"]), headers, body
    filler = b'{"data":"' + b" " * (int(fault.get("megabytes", 50)) * 1024 * 1024) + b'"}'
    if fault["do"] == "bomb":
        return 200, {**headers, "Content-Encoding": "gzip"}, gzip.compress(filler, 1)
    return 200, headers, filler


def rewritten(fault: Fault, response: Response) -> Response:
    """Return the answer with its items dropped, added, shuffled or spoiled."""
    if not isinstance(response.json, dict) or not isinstance(response.json.get("data"), list):
        return response
    items: list[dict[str, Any]] = json.loads(json.dumps(response.json["data"]))
    how = fault.get("how")
    if how == "drop":
        items = items[:-1] or [{"code": "SUCCESS", "details": {}, "message": "relation removed", "status": "success"}]
    elif how == "foreign":
        items.append({**items[0], "details": {"id": "9990000000000000001"}})
    elif how == "shuffle":
        random.Random(7).shuffle(items)
    elif how == "duplicate":
        items.append(items[0])
    elif how == "contradict":
        items.append({**items[0], "code": "INVALID_DATA" if items[0]["code"] == "SUCCESS" else "SUCCESS"})
    elif how == "numbers":
        text = json.dumps(items)
        for item in items:
            text = text.replace(f'"{item["details"]["id"]}"', str(item["details"]["id"]))
        items = json.loads(text)
    elif how == "no_ids":
        items = [{**item, "details": {}} for item in items]
    elif how == "set":
        items[0] |= fault.get("with", {})
    return Response(response.status, {**response.json, "data": items}, response.headers)
