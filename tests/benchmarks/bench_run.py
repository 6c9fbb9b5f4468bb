"""A run of 10,000 links against the practice CRM in a process of its own.

The limit is computed: ``ceil(calls / lanes) × latency`` is the least that the calls can take on the wire. The peer is a
plain loop that sends one call after the other over one kept-alive connection, measured on a sample of the same calls.
"""

import csv
import http.client
import json
import math
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.measuring import ROOT, delink

LINKS, PARENTS, LANES, LATENCY_MS, SAMPLE = 10_000, 120, 10, 200, 10


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sheet = home / "links.csv"
        with sheet.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("Campaign Id", "Contact Id"))
            writer.writerows((f"36523970000003{n % PARENTS + 27001:05d}", f"36523970000091{n + 10001:05d}") for n in range(LINKS))
        crm = subprocess.Popen(
            [sys.executable, "-m", "desktop", "practice", "--sheet", str(sheet), "--json"],
            cwd=ROOT,
            env={"DELINK_HOME": str(home / "crm"), "PATH": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert crm.stdout is not None
            told = json.loads(crm.stdout.readline())
            _measure(told, sheet, home)
        finally:
            crm.terminate()
            crm.wait()


def _measure(crm: dict[str, str], sheet: Path, home: Path) -> None:
    control(crm, "settings", latency_ms=LATENCY_MS, cap=LANES)
    loop_s = _plain_loop(crm) * PARENTS / SAMPLE
    place = ("--api-url", crm["api_url"], "--access-token", "-")
    run = delink("run", str(sheet), *place, "--lanes", str(LANES), "--yes", home=home / "run", secret=crm["access_token"])
    ideal = math.ceil(run.told["calls"] / LANES) * LATENCY_MS / 1000
    wire = _time_on_the_wire(crm)
    print(f"run: {run.told['links']:,} links, {run.told['delinked']:,} removed")
    print(f"  {run.told['calls']} calls over {LANES} lanes, {LATENCY_MS} ms each")
    print(f"  on the wire   {wire:6.2f} s   {wire / ideal:5.2f} × the least possible ({ideal:.2f} s)")
    print(f"  plain loop    {loop_s:6.2f} s   {loop_s / wire:5.2f} × as long as ours (from {SAMPLE} calls)")
    print(f"  whole command {run.seconds:6.2f} s   start, sheet, plan, journal and results workbook included")
    print(f"  peak memory   {run.peak_mb:6.0f} MB")


def _plain_loop(crm: dict[str, str]) -> float:
    """Seconds for a sample of calls, one after the other; they name links that do not exist."""
    address = urlsplit(crm["api_url"])
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 0)
    started = time.perf_counter()
    for number in range(SAMPLE):
        ids = ",".join(f"36523970000099{number:02d}{n:03d}" for n in range(84))
        path = f"/crm/v8/Campaigns/3652397000000327001/Contacts?ids={ids}"
        connection.request("DELETE", path, headers={"Authorization": f"Zoho-oauthtoken {crm['access_token']}"})
        connection.getresponse().read()
    connection.close()
    return time.perf_counter() - started


def _time_on_the_wire(crm: dict[str, str]) -> float:
    """From the arrival of the first removal of the run to the end of its last one, as the practice CRM saw it."""
    calls = [one for one in control(crm, "calls")["calls"] if one["method"] == "DELETE"][SAMPLE:]
    return float(max(one["at"] for one in calls) - min(one["at"] for one in calls)) + LATENCY_MS / 1000


def control(crm: dict[str, str], what: str, **wish: object) -> dict[str, Any]:
    """The practice CRM's control interface."""
    address = urlsplit(crm["control_url"])
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 0)
    connection.request("POST" if wish else "GET", f"{address.path}/{what}", json.dumps(wish) if wish else None)
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


if __name__ == "__main__":
    main()
