"""Versions compare as numbers, and what is no version is refused."""

import pytest

from desktop.domain.updates import version_numbers


def test_versions_compare_part_by_part() -> None:
    numbers = [version_numbers(text) for text in ("0.9.9", "1.0.0", "1.2.9", "1.2.10", "1.10.0", "2.0.0")]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    "text", ["", "1.2", "1.2.3.4", "v1.2.3", "1.2.3 ", "1.2.3\n", "1.2.3rc1", "1..3", "-1.2.3", "١.٢.٣", "12345.0.0"]
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        version_numbers(text)
