"""What the tests of the ways to sign in share: a clock, a person with another device, small questions."""

import pytest

from desktop.crm.client import open_crm
from desktop.crm.sign_in import SignInClock
from desktop.domain.connections import Connection
from desktop.domain.credentials import Key
from desktop.domain.errors import SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from desktop.practice import PracticeCrm
from tests.crm.browsing import Browser

CAMPAIGNS = "Campaigns/Contacts"


class Time:
    """A clock that only a sleep moves; whoever waits does something first."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.at: dict[float, object] = {}

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    @property
    def clock(self) -> SignInClock:
        return SignInClock(lambda: self.now, self.sleep)


class Person:
    """Types the code on another device after so many looks."""

    def __init__(self, crm: PracticeCrm, choice: str = "accept") -> None:
        self.crm, self.choice, self.user_code = crm, choice, ""

    def show(self, address: str, user_code: str) -> None:
        assert address == f"{self.crm.accounts_url}/oauth/v3/device"
        self.user_code = user_code

    def type(self) -> None:
        browser = Browser(self.choice)
        browser.open(f"{self.crm.accounts_url}/oauth/v3/device?user_code={self.user_code}")
        browser.close()


def polls(crm: PracticeCrm) -> int:
    return sum(target == "/oauth/v3/device/token" for target in crm.accounts.targets)


def silent(address: str, user_code: str) -> None:
    """A ``show`` callback for sign-ins of which nobody needs the address."""


def never() -> bool:
    return False


def problem_of(caught: pytest.ExceptionInfo[SignInFailed]) -> SignInProblem:
    problem = caught.value.problem
    assert isinstance(problem, SignInProblem)
    return problem


def works(connection: Connection, key: Key) -> bool:
    crm = open_crm(connection, key)
    try:
        return bool(crm.who_am_i().company)
    finally:
        crm.close()
