"""Deadlines of calls: one thread cuts those whose time is over, and only those."""

import socket
import threading
import time

from desktop.crm.wire import Wire
from tests.patience import PATIENCE_S

LONG_S = PATIENCE_S


def pair() -> tuple[socket.socket, socket.socket]:
    near, far = socket.socketpair()
    near.settimeout(LONG_S)
    return near, far


def test_a_call_whose_time_is_over_is_cut() -> None:
    near, far = pair()
    wire = Wire()
    wire.start(0.05)
    wire.note_send(near)
    assert near.recv(1) == b"", "the read ended without an answer"
    assert wire.expired and wire.bytes_sent
    wire.end()
    near.close()
    far.close()


def test_a_call_that_ended_in_time_is_left_alone() -> None:
    near, far = pair()
    wire = Wire()
    wire.start(0.02)
    wire.note_send(near)
    wire.end()
    time.sleep(0.05)
    far.sendall(b"x")
    assert near.recv(1) == b"x"
    assert not wire.expired
    near.close()
    far.close()


def test_a_shorter_deadline_counts_beside_longer_ones() -> None:
    wires = [Wire() for _ in range(5)]
    for wire in wires:
        wire.start(LONG_S)
    near, far = pair()
    quick = Wire()
    quick.start(0.05)
    quick.note_send(near)
    assert near.recv(1) == b""
    assert not any(wire.expired for wire in wires)
    for wire in [*wires, quick]:
        wire.end()
    near.close()
    far.close()


def test_all_calls_share_one_watchdog_thread() -> None:
    wires = [Wire() for _ in range(50)]
    wires[0].start(LONG_S)
    threads = threading.active_count()
    for wire in wires:
        wire.start(LONG_S)
    assert threading.active_count() == threads
    for wire in wires:
        wire.end()
