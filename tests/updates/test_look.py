"""When the program looks for a newer version, what it reports, and which failures nobody sees."""

import json
from pathlib import Path

import pytest

from desktop.compose import RESOURCES, build_services
from desktop.domain.updates import UpdateNotice
from desktop.storage.secrets import MemorySecrets
from desktop.updates.fetch import NoticeUnreachable
from desktop.updates.look import Source, UpdateCheck, source_of
from tests.updates.test_notice import LINK, PUBLIC, signed

ADDRESS_OF_OURS = "https://delink.example/notice.json"
DAY_S = 86_400.0


class Remembering:
    """Settings that are kept in memory."""

    def __init__(self, **values: object) -> None:
        self.values = values

    def get(self, key: str, default: object = None) -> object:
        return self.values.get(key, default)

    def set(self, key: str, value: object) -> None:
        self.values[key] = value


class Publisher:
    """Serves a notice and counts how often; ``now`` is the clock."""

    def __init__(self, data: bytes | Exception) -> None:
        self.data, self.asked, self.now = data, 0, 1_000_000.0

    def fetch(self, address: str) -> bytes:
        assert address == ADDRESS_OF_OURS
        self.asked += 1
        if isinstance(self.data, Exception):
            raise self.data
        return self.data


def look(publisher: Publisher, settings: Remembering, running: str = "1.0.0", key: str = PUBLIC) -> UpdateNotice | None:
    return UpdateCheck(lambda: Source(ADDRESS_OF_OURS, key), settings, running, lambda: publisher.now, publisher.fetch)()


def test_a_newer_version_is_reported_but_not_the_same_or_an_older_one() -> None:
    assert look(Publisher(signed()), Remembering()) == UpdateNotice("1.2.10", LINK)
    assert look(Publisher(signed()), Remembering(), running="1.2.10") is None
    assert look(Publisher(signed()), Remembering(), running="1.10.0") is None


def test_once_a_day_is_enough() -> None:
    publisher, settings = Publisher(signed()), Remembering()
    look(publisher, settings)
    publisher.now += DAY_S - 1
    assert look(publisher, settings) is None and publisher.asked == 1
    publisher.now += 2
    assert look(publisher, settings) is not None and publisher.asked == 2
    publisher.now -= 10 * DAY_S
    look(publisher, settings)
    assert publisher.asked == 3, "a clock that was set back does not silence it"


def test_an_old_notice_cannot_hide_a_newer_one_that_was_seen() -> None:
    publisher, settings = Publisher(signed(version="1.4.0")), Remembering()
    assert look(publisher, settings) is not None
    publisher.data, publisher.now = signed(version="1.2.10"), publisher.now + 2 * DAY_S
    assert look(publisher, settings) is None
    publisher.data, publisher.now = signed(version="1.4.1"), publisher.now + 2 * DAY_S
    assert look(publisher, settings) == UpdateNotice("1.4.1", LINK)


@pytest.mark.parametrize("data", [b"", b"<html>Sign in", NoticeUnreachable("gone"), signed(program="Other")])
def test_what_goes_wrong_is_silent(data: bytes | Exception) -> None:
    settings = Remembering()
    assert look(Publisher(data), settings) is None
    assert "update_newest" not in settings.values


@pytest.mark.parametrize(("address", "key"), [("", PUBLIC), (ADDRESS_OF_OURS, ""), ("", "")])
def test_without_an_address_or_a_key_nobody_is_asked(address: str, key: str) -> None:
    publisher = Publisher(signed())
    assert UpdateCheck(lambda: Source(address, key), Remembering(), "1.0.0", lambda: 0.0, publisher.fetch)() is None
    assert publisher.asked == 0


def test_the_program_as_it_is_published_here_asks_nobody() -> None:
    assert source_of(RESOURCES / "updates.json", Remembering()) == Source("", "")
    assert build_services(MemorySecrets()).look_for_update() is None


def test_a_setting_moves_the_address_but_never_the_key(tmp_path: Path) -> None:
    file = tmp_path / "updates.json"
    file.write_text(json.dumps({"address": ADDRESS_OF_OURS, "public_key": PUBLIC}))
    mirror = "https://intranet.example/delink.json"
    assert source_of(file, Remembering(update_address=mirror, public_key="theirs")) == Source(mirror, PUBLIC)
    assert source_of(file, Remembering(update_address="")) == Source("", PUBLIC), "an empty one switches it off"
    for damaged in ("", "[]", "{}", '{"address": "x"}'):
        file.write_text(damaged)
        assert source_of(file, Remembering()) == Source("", "")
