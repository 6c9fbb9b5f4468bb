"""Names of practice records: a record has the same name everywhere, and different ones seldom share one."""

from desktop.practice.names import name_of
from desktop.practice.rules import MODULES


def test_a_record_keeps_its_name_and_its_module_counts() -> None:
    assert name_of("Contacts", "3652397000000925128") == "David Ivanova", "it is the same in every process"
    assert name_of("Campaigns", "3652397000000925128") != name_of("Products", "3652397000000925128")


def test_every_module_has_names_of_two_parts_and_many_of_them() -> None:
    for module in MODULES:
        names = {name_of(module, f"36523970000{number:08d}") for number in range(300)}
        assert len(names) > 20 and all(len(name.split()) >= 2 for name in names), module
