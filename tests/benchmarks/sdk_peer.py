"""The peer: Zoho's official Python SDK, used as its own samples use it, in as many threads. Runs in an environment of its own.

    python tests/benchmarks/sdk_peer.py '{"api_url": …, "accounts_url": …, "token": …, "calls": 400, "ids": 100, "lanes": 20, …}'

Prints one JSON object: seconds for all calls, and how many links it was told are removed. Imports nothing of ours.
"""

import json
import logging
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from zohocrmsdk.src.com.zoho.api.authenticator.oauth_token import OAuthToken  # type: ignore[import-not-found]
from zohocrmsdk.src.com.zoho.api.authenticator.store import FileStore  # type: ignore[import-not-found]
from zohocrmsdk.src.com.zoho.crm.api import Initializer, ParameterMap  # type: ignore[import-not-found]
from zohocrmsdk.src.com.zoho.crm.api.dc.data_center import DataCenter  # type: ignore[import-not-found]
from zohocrmsdk.src.com.zoho.crm.api.related_records import (  # type: ignore[import-not-found]
    ActionWrapper,
    DelinkRecordsParam,
    RelatedRecordsOperations,
)
from zohocrmsdk.src.com.zoho.crm.api.sdk_config import SDKConfig  # type: ignore[import-not-found]


def main() -> None:
    """Send the calls of the one argument."""
    wish = json.loads(sys.argv[1])
    logging.disable(logging.CRITICAL)
    environment = DataCenter.Environment(wish["api_url"], wish["accounts_url"] + "/oauth/v2/token", wish["api_url"])
    token = OAuthToken(access_token=wish["token"], find_user=False)
    config = SDKConfig(auto_refresh_fields=False, pick_list_validation=False, connect_timeout=10, read_timeout=30)
    store = FileStore(wish["home"] + "/tokens.csv")
    Initializer.initialize(environment=environment, token=token, store=store, sdk_config=config, resource_path=wish["home"])

    def send(call: int) -> int:
        parameters = ParameterMap()
        parameters.add(DelinkRecordsParam.ids, ",".join(f"3652{call:07d}{index:08d}" for index in range(wish["ids"])))
        answer: Any = RelatedRecordsOperations("Contacts", "Campaigns").delink_records(int(f"365239700{call:010d}"), parameters)
        wrapper = answer.get_object()
        if not isinstance(wrapper, ActionWrapper):
            raise SystemExit(f"the SDK says {wrapper}")
        return sum(1 for one in wrapper.get_data() if one.get_status().get_value() == "success")

    send(wish["calls"])  # what it reads once of the organisation's fields is not counted
    started = time.perf_counter()
    with ThreadPoolExecutor(wish["lanes"]) as pool:
        removed = sum(pool.map(send, range(wish["calls"])))
    print(json.dumps({"seconds": time.perf_counter() - started, "removed": removed}), flush=True)


if __name__ == "__main__":
    main()
