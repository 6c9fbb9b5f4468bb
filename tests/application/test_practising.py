"""The practice CRM is served by itself, with the links of a sheet in it."""

import socket

import pytest

from desktop.application.practising import serve_practice
from tests.application.office import PAIRS, Office
from tests.truth.stage import sheet_of


def test_a_sheet_is_put_into_what_is_served(office: Office) -> None:
    served = serve_practice(office.services, 0, sheet_of(PAIRS))
    assert served.api_url.startswith("http://127.0.0.1:") and served.control_url.startswith(served.api_url)
    assert served is office.services.practice.start(), "it is the one that the window and the command line sign in to"
    served.close()


def test_a_port_that_is_taken_is_told(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OSError):
        serve_practice(office.services, other.getsockname()[1])
