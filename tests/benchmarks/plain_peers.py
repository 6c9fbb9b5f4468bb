"""Peers of a run, in a process of their own: bare sockets (the floor), and the plain loop of Zoho's Python sample.

    python -m tests.benchmarks.plain_peers sockets|loop '{"api_url": …, "token": …, "calls": 400, "ids": 100, "lanes": 20}'

Prints one JSON object: seconds, and how many links are removed by what was answered.
"""

import asyncio
import json
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.benchmarks.rehearsed_run import pair


async def _sockets(wish: dict[str, Any]) -> int:
    """As many connections as lanes, each with one call after the other; nothing is parsed that need not be."""
    address, waiting = urlsplit(wish["api_url"]), list(range(wish["calls"]))

    async def lane() -> int:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        removed = 0
        while waiting:
            path = f"{_path(call := waiting.pop())}?ids={_ids(call, wish['ids'])}"
            head = f"DELETE {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Zoho-oauthtoken {wish['token']}\r\n\r\n"
            writer.write(head.encode())
            answered = await reader.readuntil(b"\r\n\r\n")
            length = int(answered.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            removed += (await reader.readexactly(length)).count(b'"SUCCESS"')
        writer.close()
        return removed

    return sum(await asyncio.gather(*(lane() for _ in range(wish["lanes"]))))


def _loop(wish: dict[str, Any]) -> int:
    """The sample of Zoho's page, once for each batch."""
    removed = 0
    for call in range(wish["calls"]):
        headers = {"Authorization": f"Zoho-oauthtoken {wish['token']}"}
        url = wish["api_url"] + _path(call)
        answer = requests.delete(url=url, headers=headers, params={"ids": _ids(call, wish["ids"])})  # noqa: S113 (as the sample)
        removed += sum(1 for one in answer.json()["data"] if one["code"] == "SUCCESS")
    return removed


def _path(call: int) -> str:
    return f"/crm/v8/Campaigns/{pair(call, 0)[0]}/Contacts"


def _ids(call: int, ids: int) -> str:
    return ",".join(pair(call, index)[1] for index in range(ids))


def main() -> None:
    """Carry out the wish of the two arguments."""
    wish = json.loads(sys.argv[2])
    started = time.perf_counter()
    removed = asyncio.run(_sockets(wish)) if sys.argv[1] == "sockets" else _loop(wish)
    print(json.dumps({"seconds": time.perf_counter() - started, "removed": removed}), flush=True)


if __name__ == "__main__":
    main()
