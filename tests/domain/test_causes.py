"""Groups of causes are read off the rows of the causes."""

from desktop.domain.causes import (
    ADDRESS_CAUSES,
    LEFT_BY_CHOICE,
    PERMISSION_CAUSES,
    RUN_WIDE_CAUSES,
    UNBELIEVED_CAUSES,
    Cause,
    CauseCode,
    cause_of,
)


def test_what_several_causes_have_in_common_is_read_off_their_rows() -> None:
    permissions = {CauseCode.SCOPE_MISSING, CauseCode.NO_PERMISSION, CauseCode.PRIVILEGE_MISSING}
    of_address = {
        CauseCode.LIST_NOT_FOUND, CauseCode.MODULE_NOT_SUPPORTED, CauseCode.ADDRESS_WRONG, CauseCode.VERSION_NOT_SUPPORTED,
    }  # fmt: skip
    assert permissions == PERMISSION_CAUSES
    assert of_address | {CauseCode.PARENT_NOT_FOUND} == ADDRESS_CAUSES
    assert of_address | permissions | {CauseCode.METHOD_REFUSED} == RUN_WIDE_CAUSES
    assert {CauseCode.HELD_BACK, CauseCode.LEFT_OUT} == LEFT_BY_CHOICE
    assert {CauseCode.DENIED_UNPROVEN, CauseCode.SUCCESS_UNPROVEN} == UNBELIEVED_CAUSES


def test_signing_in_again_is_offered_where_another_key_may_have_what_this_one_lacks() -> None:
    pauses = (CauseCode.SIGNED_OUT, CauseCode.COPY_REFUSED, CauseCode.REFUSED_THREE_TIMES, CauseCode.LIST_NAME_REFUSED)
    assert all(cause_of(cause).signing_in_helps for cause in pauses)
    others = (CauseCode.OFFLINE, CauseCode.LIMIT_REACHED, CauseCode.DISK_FULL, CauseCode.CREDITS_LOW, CauseCode.CLOCK_JUMPED)
    assert not any(cause_of(cause).signing_in_helps for cause in others)


def test_what_is_waited_for_says_how_often() -> None:
    assert {cause for cause in CauseCode if cause.traits.most_tries} == {CauseCode.LIMIT_REACHED, CauseCode.OFFLINE}


def test_a_cause_of_a_newer_version_has_no_traits() -> None:
    assert cause_of("from_the_future") == Cause()
